"""Whole briefings that fill themselves for a place and a period, and a briefing carried on to the next period.

The templates are data, in `templates/`: questions in English with a few placeholders.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from xinfo.answer.labels import long_period
from xinfo.ask import Workspace
from xinfo.briefing.asking import Missing, understood
from xinfo.briefing.model import LIVE, Account, Ask, Briefing, Item, Note, Section, Text, Words
from xinfo.briefing.saved import from_form
from xinfo.errors import InputError, nearest
from xinfo.language import times
from xinfo.language.texts import listing
from xinfo.store.periods import Period, parse_id
from xinfo.understand.read import read
from xinfo.understand.reading import Reading, Slots, When
from xinfo.understand.say import sentence
from xinfo.understand.say_places import place_name
from xinfo.understand.template import read_yaml

FOLDER = Path(__file__).parent / "templates"
YEARS_BACK = 2


@cache
def names() -> tuple[str, ...]:
    """The ids of the templates."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def title(template: str, lang: str) -> str:
    """A template's name in words, its placeholders left out."""
    return TITLES[template][lang]


TITLES: Mapping[str, Words] = {
    "quarterly_progress": {"en": "Quarterly progress", "zh": "季度进展"},
    "target_check": {"en": "Target check", "zh": "目标完成情况"},
    "pilot_comparison": {"en": "Comparison of pilots", "zh": "试点比较"},
}


def drafted(template: str, place: str, period: str, workspace: Workspace, lang: str, id_: str = "") -> Briefing:
    """The briefing of a template for a place and a period, both by id. Raises InputError for what there is not."""
    if template not in names():
        raise InputError(f"there is no template '{template}'", ", ".join(names()), nearest(template, names()))
    if place not in workspace.catalog.places:
        raise InputError(f"there is no place '{place}'", close=nearest(place, workspace.catalog.places))
    span = parse_id(period)
    form = read_yaml(FOLDER / f"{template}.yaml")
    name = id_ or f"{place}-{span.id}-{template}".lower().replace("_", "-")
    head = {"id": name, "lang": lang, "place": place, "period": span.id, "made_from": template}
    briefing = from_form({"title": form["title"], "sections": form["sections"], **head}, template)

    def titled(words: Words) -> Words:
        return {one: _filled(told, place, span, workspace, one) for one, told in words.items()}

    asked = _each(briefing, lambda question: _filled(question, place, span, workspace, "en"), titled)
    return replace(_each(asked, lambda question: _said(question, workspace, lang)), title=titled(briefing.title))


def following(period: str) -> str:
    """The id of the next period of its kind: of a running total the next one, of a year the next year."""
    span = parse_id(period)
    if span.kind == "year":
        return span.years_on(1).id
    if span.first == 1 and span.kind == "ytd":
        return Period(span.year, 1, min(span.last + 3, 12)).id
    months = span.last - span.first + 1
    first = span.last + 1
    return Period(span.year + (first > 12), (first - 1) % 12 + 1, (first - 1) % 12 + months).id


def name_for(briefing: Briefing, period: str) -> str:
    """An id for the same briefing in another period: the old period in it gives way to the new one."""
    old, new = briefing.period.lower(), parse_id(period).id.lower()
    stem = briefing.id.replace(old, new) if old and old in briefing.id else f"{briefing.id}-{new}"
    return stem[:64].rstrip("-")


def carried_on(briefing: Briefing, period: str, workspace: Workspace, id_: str) -> Briefing:
    """The same briefing for another period: everything asked of its own period is asked of that one.

    A course that ended in its year goes on to the new one; what is about other times, such as a target, stays.
    """
    if not briefing.period:
        raise InputError(f"'{briefing.id}' is not about one period; give its file a 'period'")
    old, new = parse_id(briefing.period), parse_id(period)

    def moved(question: str) -> str:
        found, _ = read(question, workspace.reader, briefing.lang)
        if not isinstance(found, Reading):  # Of one period there is no comparison; of the next there is.
            return question.replace(_months_so_far(old, "en"), _months_so_far(new, "en"))
        slots = found.slots.but(periods=_periods(found.slots, old, new))
        if slots == found.slots:
            return question
        return sentence(found.template, slots, workspace.catalog, briefing.lang)

    def renamed(words: Words, then: Period, now: Period) -> Words:
        return {lang: told.replace(times.name(then, lang), times.name(now, lang)) for lang, told in words.items()}

    kept = {name: told for name, told in briefing.letterhead.items() if name not in ("number", "date")}
    series = briefing.series or (briefing.id if id_ != briefing.id else "")
    return replace(
        _each(briefing, moved, lambda words: renamed(words, _whole(old), _whole(new))), id=id_, period=new.id,
        title=renamed(briefing.title, old, new), letterhead=kept, series=series,
    )  # fmt: skip


def _periods(slots: Slots, old: Period, new: Period) -> tuple[When, ...]:
    """The periods of a question in the new issue; the months so far of a year are those of the new one."""
    if len(slots.periods) > 1 and slots.periods == tuple(map(When.of, _so_far(old))):
        return tuple(map(When.of, _so_far(new)))
    aims = slots.measure in ("target", "gap", "attainment")
    return tuple(when if aims and when != When.of(old) else _moved(when, old, new) for when in slots.periods)


def _moved(when: When, old: Period, new: Period) -> When:
    if when == When.of(old):
        return When.of(new)
    if when == When.of(_whole(old)):
        return When.of(_whole(new))
    years = new.year - old.year
    if when.start != when.end and (when.end.year, when.end.last) == (old.year, old.last):
        return When(when.start.years_on(years), Period(new.year, *_last(when.end, new)))
    if years and when.start == when.end and when.start.year == old.year - 1 and when.start.kind == old.kind:
        return When.of(when.start.years_on(years))
    return when


def _last(end: Period, new: Period) -> tuple[int, int]:
    """The months of the new end of a course, in periods of its own kind."""
    months = end.last - end.first + 1
    return new.last - months + 1, new.last


def _each(
    briefing: Briefing, change: Callable[[str], str], title: Callable[[Words], Words] = lambda words: words
) -> Briefing:
    """The briefing with every question changed, those inside texts too, and the titles of its sections."""

    def words(given: Words) -> Words:
        return {lang: LIVE.sub(lambda found: f"[[{change(found[1])}]]", text) for lang, text in given.items()}

    def item(one: Item) -> Item:
        if isinstance(one, Ask | Account):
            return replace(one, question=change(one.question))
        return Text(one.id, words(one.text)) if isinstance(one, Text) else Note(one.id, words(one.text))

    sections = tuple(Section(title(one.title), tuple(map(item, one.items))) for one in briefing.sections)
    return replace(briefing, sections=sections)


def _filled(text: str, place: str, span: Period, workspace: Workspace, lang: str) -> str:
    when = f"{'in ' if lang == 'en' else ''}{long_period(span.id, lang)}"
    said = {"place": place_name(place, workspace.catalog, lang), "period": times.name(span, lang), "when": when}
    ends = (
        Period(span.year - YEARS_BACK, 1, 3),
        Period(span.year, (span.last - 1) // 3 * 3 + 1, (span.last + 2) // 3 * 3),
    )
    said |= {name: times.name(end, lang) for name, end in zip(("begin", "end"), ends, strict=True)}
    said["whole"] = times.name(_whole(span), lang)
    said["so_far"] = _months_so_far(span, lang)
    return text.format(**said, year=span.year)


def _whole(span: Period) -> Period:
    """The last whole year at the end of a period."""
    return Period(span.year if span.last == 12 else span.year - 1)


def _months_so_far(span: Period, lang: str) -> str:
    return listing([f"in {long_period(one.id, lang)}" for one in _so_far(span)], lang)


def _so_far(span: Period) -> tuple[Period, ...]:
    """The months of its year up to the end of each quarter of a period."""
    return tuple(Period(span.year, 1, end) for end in range(3, span.last + 1, 3))


def _said(question: str, workspace: Workspace, lang: str) -> str:
    """The question as the document's language says it; as it is where it is not understood."""
    found = understood(question, workspace, lang)
    return question if isinstance(found, Missing) else found.sentence
