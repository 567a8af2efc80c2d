"""A frame to slots and signs: periods by the kind of metric, parts that exist, units that fit. Chooses no template."""

from __future__ import annotations

from dataclasses import dataclass, field

from xinfo.language.texts import text
from xinfo.store.periods import Period
from xinfo.understand.catalog import Catalog
from xinfo.understand.frame import DIMENSIONS, GROUPS, PROJECT_GROUPS, Frame, Trouble
from xinfo.understand.hear.metrics import parts_of
from xinfo.understand.reading import Scope, Slots, When
from xinfo.understand.say import measured_unit
from xinfo.understand.when import Times

ALIASES = {
    "how_many": {"how_many", "count"}, "ask_one": {"ask_place", "list"}, "ask_many": {"ask_place", "list"},
    "which_one": {"ask_place", "list", "filler"}, "which_ones": {"ask_place", "list"}, "list": {"ask_place", "list"},
    "by_how_much": {"difference", "how_many", "filler"}, "rate_question": {"how_many", "filler"}, "share_question": {"how_many", "filler"},
    "gap_question": {"how_many", "filler"}, "rank": {"filler"}, "cumulative": {"total"},
}  # fmt: skip
"""What a cue word calls for in terms of templates' signs."""


NEAREST = 5
"""Places shown as near where no number was said."""


@dataclass
class Settled:
    slots: Slots
    signs: set[str] = field(default_factory=set)
    """What was heard, as templates name it."""
    cues: list[frozenset[str]] = field(default_factory=list)
    """For each cue word the signs it may stand for; one with `filler` may stand for nothing."""
    assumed: list[tuple[str, str]] = field(default_factory=list)
    """(text key, what) of everything taken for granted."""
    troubles: list[Trouble] = field(default_factory=list)


def settle(frame: Frame, catalog: Catalog) -> Settled:
    """Slots and signs of a frame, with its troubles and new ones."""
    settled = Settled(Slots(), troubles=list(frame.troubles))
    settled.cues = [_signs_of(cue) for cue in frame.cues]
    slots = Slots(
        measure=frame.measure or "value", metric=frame.metric, consumer=frame.consumer, offering=frame.offering,
        sector=frame.sector, places=frame.places, scope=frame.scope, other=frame.other, over=frame.over,
        order=frame.order, n=frame.n, cmp=frame.cmp, content_area=frame.content_area, level=frame.level,
        project_status=frame.project_status, field=frame.field, fact=frame.fact, grain=frame.grain,
        than=frame.than[0] if len(frame.than) == 1 else None,
    )  # fmt: skip
    if frame.has_cue("average"):
        slots = slots.but(over=None)
    slots = _subject(frame, slots, catalog, settled)
    slots = _time(frame, slots, catalog, settled)
    slots = _sets(frame, slots, settled)
    slots = _numbers(frame, slots, catalog, settled)
    settled.signs = _signs(frame, slots)
    settled.slots = Slots(fact=frame.fact) if frame.fact else slots
    return settled


def _signs_of(cue: frozenset[str]) -> frozenset[str]:
    return frozenset(sign for name in cue for sign in ALIASES.get(name, {name}))


def _subject(frame: Frame, slots: Slots, catalog: Catalog, settled: Settled) -> Slots:
    trouble = settled.troubles.append
    if frame.fact:
        return slots
    if frame.metrics and not frame.metric:
        trouble(Trouble("which_metric", options=frame.metrics))
    if frame.options:
        trouble(Trouble("which_place", options=frame.options))
    if frame.per:
        trouble(Trouble("no_ratio", options=(frame.per,)))
    wrong = [part for dimension, parts in frame.parts().items() if frame.metric and dimension not in parts_of(catalog, frame.metric) for part in parts]
    if wrong:
        trouble(Trouble("no_such_part", about=wrong[0]))
    if slots.measure == "share" and frame.metric:
        return _share(frame, slots, settled)
    return slots


def _share(frame: Frame, slots: Slots, settled: Settled) -> Slots:
    if any(len(parts) == 1 for parts in frame.parts().values()) or frame.over in DIMENSIONS:
        return slots
    if frame.places and frame.scope:
        return slots.but(measure="share_of_set")
    settled.troubles.append(Trouble("share_of_what"))
    return slots


def _time(frame: Frame, slots: Slots, catalog: Catalog, settled: Settled) -> Slots:
    times = frame.times or Times()
    whens = _relative(times, catalog, settled) if times.relative else times.whens
    if times.part and not whens and not times.relative:
        settled.troubles.append(Trouble("which_year"))
    at_end = slots.metric in catalog.metrics and slots.measure != "target" and catalog.at_end(slots.metric or "")
    grain = slots.grain or _grain(frame, slots, whens)
    if grain and not (frame.has_cue("difference", "compare") and len(whens) > 1):
        return slots.but(grain=grain, periods=_course(whens, catalog))
    fitted = []
    for index, when in enumerate(whens):
        until = index < len(times.untils) and times.untils[index]
        end = index < len(times.ends) and times.ends[index]
        fitted.append(_at_end(when) if at_end else _flow(when, end, until, settled, slots))
    slots = slots.but(periods=tuple(dict.fromkeys(fitted)), grain=None)
    return _ranges(frame, slots, at_end, settled)


def _relative(times: Times, catalog: Catalog, settled: Settled) -> tuple[When, ...]:
    """'latest', 'last year', counted from the newest figures of the store."""
    newest = catalog.data_to
    if newest is None or times.relative is None:
        return ()
    kind, back = str(times.relative[0]), int(str(times.relative[1]))
    whole = newest.year if newest.last == 12 else newest.year - 1
    if kind == "quarter":
        last = newest.last - newest.last % 3
        when = When.of(Period(newest.year, last - 2, last))
    elif kind == "years":
        when = When(Period(whole - back + 1), Period(whole))
    else:
        year = whole - back
        when = When.of(Period(year, *times.part)) if times.part else When.of(Period(year))
    settled.assumed.append(("assumed.relative", when.id))
    return (when,)


def _grain(frame: Frame, slots: Slots, whens: tuple[When, ...]) -> str | None:
    """The grain of a course where none was said: years for a range of years, else quarters."""
    if not (frame.has_cue("trend", "ask_period") and slots.metric):
        return None
    if frame.has_cue("difference") and len(whens) == 2:
        return None
    years = {period.year for when in whens for period in (when.start, when.end)}
    whole = all(when.start.kind == when.end.kind == "year" for when in whens)
    return "year" if whole and (not whens or max(years) - min(years) >= 2) else "quarter"


def _course(whens: tuple[When, ...], catalog: Catalog) -> tuple[When, ...]:
    """The one stretch that a course runs over: what was said, or everything there is."""
    if whens:
        ordered = sorted(whens, key=lambda when: (when.start.year, when.start.first))
        last = max(whens, key=lambda when: (when.end.year, when.end.last))
        return (When(ordered[0].start, last.end),)
    if catalog.data_from and catalog.data_to:
        return (When(Period(catalog.data_from.year), Period(catalog.data_to.year)),)
    return ()


def _at_end(when: When) -> When:
    """A stock is that of the end: of a year as the year, else of the last quarter or month."""
    end = when.end
    if when.start != when.end:
        return when
    if end.kind == "year" or (end.last % 3 and end.kind == "month"):
        return when
    return When.of(Period(end.year, end.last - 2, end.last) if end.last % 3 == 0 else Period(end.year, end.last, end.last))


def _flow(when: When, end: bool, until: bool, settled: Settled, slots: Slots) -> When:
    """'through September' is everything up to it; 'at the end of the third quarter' says nothing about a flow."""
    period = when.end
    if when.start != when.end or period.first == 1 or period.kind == "year":
        return when
    if until:
        return When.of(Period(period.year, 1, period.last))
    if end and slots.metric:
        settled.troubles.append(Trouble("end_of_flow", about=period.id))
    return when


def _ranges(frame: Frame, slots: Slots, at_end: bool, settled: Settled) -> Slots:
    """What a range means depends on the question: a sum, two ends of a growth, or nothing for a stock."""
    if len(slots.periods) != 1 or not slots.metric:
        return slots
    when = slots.periods[0]
    cumulative = any("cumulative" in cue for cue in frame.cues)
    if when.start == when.end:
        if any("difference" in cue and "filler" not in _signs_of(cue) for cue in frame.cues) and len(frame.places) == 1 and not frame.other:
            # 'by how many yuan did it rise in 2015': against the same period of the year before.
            return slots.but(periods=(when, When.of(when.end.years_on(-1))))
        if cumulative and when.start.kind in ("quarter", "month") and when.start.first > 1 and not at_end:
            settled.troubles.append(Trouble("cumulative_quarter", about=when.id))
        return slots
    if frame.has_cue("difference"):
        return slots.but(periods=(_end_of(when.end, at_end), _end_of(when.start, at_end)))
    if slots.measure == "growth":
        if when.start.years_on(1) == when.end:
            return slots.but(periods=(When.of(when.end),))
        settled.troubles.append(Trouble("growth_over_years", about=when.id))
    elif at_end or (slots.measure == "value" and not frame.has_cue("total", "how_many", "average") and not frame.order and frame.cmp is None and not frame.over and not _spent(frame)):
        settled.troubles.append(Trouble("range_of_what", about=when.id))
    return slots


def _end_of(period: Period, at_end: bool) -> When:
    return _at_end(When.of(period)) if at_end else When.of(period)


def _spent(frame: Frame) -> bool:
    """'How much did they spend from … to …' asks for a sum."""
    return any(heard.kind == "filler" and heard.text.lower() in ("how much", "consume", "consumed", "spend", "多少", "是多少") for heard in frame.heard)


def _sets(frame: Frame, slots: Slots, settled: Settled) -> Slots:
    """All pilots, where the question is about places and names none."""
    about_many = frame.order or frame.cmp or frame.over in GROUPS or frame.over == "place" or frame.has_cue("average", "near")
    if slots.scope is None and (not slots.places or frame.has_cue("near")) and (about_many or frame.projects) and not frame.options:
        if not (frame.has_cue("ask_period")):
            slots = slots.but(scope=Scope())
    if slots.scope is None and not slots.places and not slots.metric and not frame.fact and frame.has_cue("ask_one", "ask_many"):
        slots = slots.but(scope=Scope())
    return slots


def _numbers(frame: Frame, slots: Slots, catalog: Catalog, settled: Settled) -> Slots:
    slots = _bar(frame, slots, catalog, settled)
    if frame.turned and (frame.has_cue("difference")):
        slots = slots.but(places=slots.places[::-1], scope=slots.other or slots.scope, other=slots.scope if slots.other else None)
    if len(slots.periods) == 2 and frame.has_cue("required"):
        slots = slots.but(periods=tuple(sorted(slots.periods, key=lambda when: -when.end.year)))
    elif len(slots.periods) == 2 and frame.has_cue("difference"):
        a, b = slots.periods
        as_said = any("than" in cue for cue in frame.cues)
        later_first = (a.end.year, a.end.last) > (b.end.year, b.end.last)
        if (not as_said and not later_first) or (as_said and frame.turned):
            slots = slots.but(periods=(b, a))
    if frame.has_cue("near"):
        slots = slots.but(n=slots.n or NEAREST)
    if frame.order and not frame.projects:
        slots = slots.but(n=slots.n or _rows(frame, settled, slots, catalog))
    elif any("rank" in cue for cue in frame.cues) and slots.metric and (slots.scope or len(slots.places) > 1):
        slots = slots.but(order="desc", scope=slots.scope or (None if slots.places else Scope()))
        slots = slots.but(n=slots.n or _every(slots, catalog))
    return slots


def _every(slots: Slots, catalog: Catalog) -> int:
    return max(1, len(catalog.members(slots.scope)) if slots.scope else len(slots.places))


def _rows(frame: Frame, settled: Settled, slots: Slots, catalog: Catalog) -> int:
    """How many places a ranking shows where no number was said: one, or all of them where an order was asked for."""
    if any("rank" in cue for cue in frame.cues):
        return _every(slots, catalog)
    if frame.has_cue("ask_many") and not frame.has_cue("ask_one") and not slots.grain:
        settled.troubles.append(Trouble("how_many_rows"))
    return 1


def _bar(frame: Frame, slots: Slots, catalog: Catalog, settled: Settled) -> Slots:
    """The threshold in the base unit; a number whose unit cannot be that of the figure stops the answer."""
    bar = frame.threshold
    if bar is None:
        return slots
    unit = measured_unit(slots, catalog)
    fits = {
        "yuan": bar.unit == "money" or (bar.unit is None and bar.scaled),
        "count": bar.unit in (None, "count"),
        "ratio": bar.unit == "ratio",
        "yuan/person": bar.unit == "money",
    }.get(unit or "", False)
    if slots.metric and not fits:
        settled.troubles.append(Trouble("unit_of_bar", about=_bar_words(frame), options=(slots.metric,)))
    return slots.but(threshold=bar.value)


def _bar_words(frame: Frame) -> str:
    return next((h.meaning.removeprefix("threshold=") for h in frame.heard if h.meaning.startswith("threshold=")), "")


def _signs(frame: Frame, slots: Slots) -> set[str]:
    """Everything that was heard, as templates name it."""
    parts = [values for values in (slots.consumer, slots.offering, slots.sector) if values]
    signs = {
        "place": bool(slots.places), "places": len(slots.places) > 1, "scope": slots.scope is not None,
        "two_scopes": slots.other is not None, "metric": slots.metric is not None, "part": bool(parts),
        "parts": any(len(values) > 1 for values in parts), "period": bool(slots.periods),
        "periods": len(slots.periods) > 1, "span": any(w.start != w.end for w in slots.periods),
        "grain": slots.grain is not None, "over_place": slots.over == "place" and not frame.projects,
        "over_part": slots.over in DIMENSIONS, "over_group": slots.over in GROUPS,
        "by_project": frame.projects and (slots.over in PROJECT_GROUPS or slots.over == "place"),
        "order": slots.order is not None, "n": frame.n is not None, "threshold": slots.threshold is not None,
        "than": slots.than is not None, "measure": slots.measure != "value", "projects": frame.projects,
        "project": any((slots.content_area, slots.level, slots.project_status)), "field": slots.field is not None,
        "fact": slots.fact is not None,
    }  # fmt: skip
    return {sign for sign, heard in signs.items() if heard}


def note(assumed: tuple[str, str], catalog: Catalog, lang: str) -> str:
    """An assumption in words."""
    return text(assumed[0], lang, what=assumed[1])
