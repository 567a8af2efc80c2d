"""The sentence that answers: picks the template's wording for the circumstances and fills in the figures.

A template's headline is one text, or several by circumstance (`none`, `one`, `growth_down`, …) or measure, tried in
that order. How numbers and periods are written is `language`'s; how slots are said is `understand.say`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from xinfo.answer.circumstances import RANKED, circumstances
from xinfo.answer.claims import change, changed, claims, relative
from xinfo.answer.comparison import difference
from xinfo.answer.counting import counted, counted_pilots
from xinfo.answer.course import grouped, lines, moved
from xinfo.answer.findings import Findings
from xinfo.answer.labels import long_period, row_label, word
from xinfo.answer.lying import how_they_lie
from xinfo.answer.owning_up import BRACKETS, marks, owned_up
from xinfo.answer.rows import Row
from xinfo.answer.verdict import against
from xinfo.language.numbers import amount, ordinal
from xinfo.language.texts import listing, text
from xinfo.understand.frame import GROUPS
from xinfo.understand.naming import measured_unit, metric_phrase, whole_of_share
from xinfo.understand.reading import Scope
from xinfo.understand.say import tidy
from xinfo.understand.say_places import place_name

T = TypeVar("T")
LISTED = 12


def headline(findings: Findings) -> str:
    """One sentence with the figure, its unit and its period."""
    wording: str | Mapping[str, str] = findings.template.headline[findings.lang]
    if not isinstance(wording, str):
        offered = [name for name in circumstances(findings) if name in wording]
        wording = wording[offered[0]]
    elif not findings.rows and findings.template.measures:
        wording = text("answer.nothing", findings.lang)
    said = tidy(wording.format_map(_values(findings)).strip())
    if "{count}" in wording:
        said = _counted_once(said, findings)
    return _as_spelt(findings) + owned_up(said[:1].upper() + said[1:], findings)


def _counted_once(said: str, findings: Findings) -> str:
    """How many there are stands before the list, and not behind it again."""
    n = len(findings.rows)
    again, once = (text(f"answer.{key}", findings.lang, list="", n=n, all=n) for key in ("more", "more_of_counted"))
    return said.replace(again, once)


def _as_spelt(findings: Findings) -> str:
    """What misspelt words were taken for, in front of the sentence; empty where there is none."""
    taken = [heard for heard in findings.reading.heard if heard.kind == "corrected"]
    words = [text("answer.taken_for", findings.lang, word=one.text, meaning=one.meaning) for one in taken]
    return text("answer.as_spelt", findings.lang, words=listing(words, findings.lang)) if words else ""


def _values(findings: Findings) -> dict[str, str]:
    """Every placeholder of a headline; those that do not apply are empty."""
    said = findings.said | _figures(findings) | _bookkeeping(findings) | _sets(findings)
    said |= how_they_lie(findings) | against(findings) | claims(findings)
    said |= {"sentence": findings.reading.sentence, "difference": difference(findings)}
    return said | {name[:1].upper() + name[1:]: value[:1].upper() + value[1:] for name, value in said.items()}


def _figures(findings: Findings) -> dict[str, str]:
    """The rows' numbers and what they are about, alone and listed."""
    by, rows, lang = findings.subject, findings.rows, findings.lang
    ends = {"first": rows[0], "last": rows[-1]} if rows else {}

    def ranked(row: Row) -> str:
        return text("answer.ranked", lang, name=_name(row, by, findings), **_value(row, findings, enclosed=True))

    said = {"count": str(len(rows)), "course": _course(findings), "first_when": _when(findings)}
    for end in ("first", "last"):
        said[end] = _name(ends[end], by, findings) if end in ends else ""
        said[f"{end}_value"] = figure(ends[end], findings) if end in ends else ""
        said[f"{end}_ranked"] = ranked(ends[end]) if end in ends else ""
    said["value"] = said["first_value"] if len(rows) == 1 else _list(findings, by, text("list.semicolon", lang))
    value = rows[0].get("value") if rows else None
    said["change"] = change(value, findings.records[0], findings) if isinstance(value, (int, float)) else ""

    ranks = "position" in findings.template.needs
    said["nth"] = ordinal(round(value), lang) if ranks and isinstance(value, (int, float)) else ""

    said["ranking"] = shortened(rows, RANKED, lang, ranked)
    said["ranking_after"] = text("answer.after", lang, list=said["ranking"]) if rows else ""
    said["listing"] = _lists(findings, by)
    said["names"] = shortened(rows, LISTED, lang, lambda row: _name(row, by, findings))
    return said


def _bookkeeping(findings: Findings) -> dict[str, str]:
    """What the statement gives for the sentence alone: targets, bases, texts."""
    record: Row = findings.records[0] if findings.records else {}
    slots, lang = findings.slots, findings.lang
    metric = findings.catalog.metrics.get(slots.metric or "")
    # The target behind an implied figure is one of its numerator, which is an amount like it.
    unit = metric.unit if metric else None
    said = {name: _amount(record.get(name), unit, lang) for name in ("target", "reached", "base", "whole_year")}
    if "position" in findings.template.needs:  # What the place is ranked by, which may be a rate.
        reached = _amount(record.get("reached"), measured_unit(slots, findings.catalog), lang)
        said["reached"] = relative(reached, findings)
    said["share"] = _amount(record.get("share"), "ratio", lang)
    said["quarters_left"] = str(record.get("quarters_left") or 0)
    said["as_of"] = long_period(record["as_of"], lang) if record.get("as_of") else ""
    said["definition"] = str(record.get(f"definition_{lang}") or "")
    said["project_name"] = _project(record, findings)
    said["money"] = _amount(record.get("money"), "yuan", lang)
    said["fact_text"] = str(record.get(f"text_{lang}") or "")
    for name in ("province", "region", "admin_type"):
        said[f"first_{name}"] = word(name, record[name], findings.catalog, lang) if record.get(name) else ""
    if record.get("region"):
        said["first_region"] = text(f"region.{record['region']}", lang)
    return said


def _project(record: Row, findings: Findings) -> str:
    """A project's name, with its place where that is none that was asked about alone."""
    name, place = str(record.get(f"name_{findings.lang}") or ""), record.get("place")
    if not (name and place) or findings.slots.places == (place,):
        return name
    return text("answer.project_of", findings.lang, name=name, place=place_name(place, findings.catalog, findings.lang))


def _sets(findings: Findings) -> dict[str, str]:
    """How many places and projects, with the noun in its number, and the verbs that go with the places asked about."""
    slots, lang = findings.slots, findings.lang
    one, scope = len(slots.places) == 1, slots.scope or Scope()
    value = findings.rows[0].get("value") if findings.rows else 0
    number_of = int(value) if isinstance(value, (int, float)) else 0
    projects = int(findings.records[0].get("projects") or 0) if findings.records else 0
    said = {name: text(f"answer.{name}.{'one' if one else 'many'}", lang) for name in ("have", "their", "together")}
    said["whole"] = metric_phrase(whole_of_share(slots), findings.catalog, lang)
    said["value_places"] = counted_pilots(number_of, scope, findings.catalog, lang)
    said["count_places"] = counted_pilots(len(findings.rows), scope, findings.catalog, lang)
    phrase = findings.said["projects"]
    for name, n in (("value", number_of), ("count", len(findings.rows)), ("summed", projects)):
        said[f"{name}_projects"] = counted("projects", n, phrase, lang)
    counted_places = len(findings.gathered("places") or findings.gathered("place"))
    return said | {"counted": str(counted_places)}


def figure(row: Row, findings: Findings) -> str:
    """A row's asked-for number as it stands in a sentence, with its mark."""
    value = _value(row, findings)
    return value["value"] + value["beside"]


def _value(row: Row, findings: Findings, enclosed: bool = False) -> dict[str, str]:
    """The number, and its marks for where others stand beside it; `enclosed` where brackets are around both."""
    said = _amount(row.get("value"), findings.unit, findings.lang) or text("answer.no_figure", findings.lang)
    marked = marks(row, findings)
    said = text("answer.things", findings.lang, n=said) if _counts(findings) else said
    value = changed(said, findings.record_of(row), findings, None if enclosed else marked["within"])
    inside = marked["within"] and value.endswith(BRACKETS)  # Of the figure's own.
    return {"value": value} | (dict.fromkeys(marked, "") if inside else marked)


def _counts(findings: Findings) -> bool:
    """Whether the numbers of a list are so many places or projects."""
    return (
        findings.unit == "count" and len(findings.rows) > 1 and bool(findings.template.needs & {"count", "by_project"})
    )


def shortened(items: Sequence[T], most: int, lang: str, say: Callable[[T], str], between: str = "") -> str:
    """'A, B and C' (or with `between` between them), or 'A, B and 24 more'; `say` is asked for the named ones only."""
    named = list(map(say, items[:most]))
    if len(items) <= most:
        return between.join(named) if between else listing(named, lang)
    comma = text("list.comma", lang)
    return text("answer.more", lang, list=comma.join(named), n=len(items) - most, all=len(items))


def _amount(value: Any, unit: str | None, lang: str) -> str:
    return amount(value, unit, lang) if isinstance(value, (int, float)) else ""


def _name(row: Row, by: tuple[str, ...], findings: Findings) -> str:
    if by == ("period",):
        return long_period(row["period"], findings.lang)
    return row_label(row, by, findings)


def _lists(findings: Findings, by: tuple[str, ...]) -> str:
    """`_list`; where two things tell rows apart, one for each of the first: 'Xining (personal 5 …); Wuhan (…)'."""
    if len(by) != 2 or by[0] not in ("place", *GROUPS):
        return _list(findings, by)
    lang = findings.lang

    def said(rows: list[dict[str, Any]]) -> str:
        listed = _list(replace(findings, rows=tuple(rows)), by[1:])
        return text("answer.list_of", lang, name=row_label(rows[0], by[:1], findings), list=listed)

    return shortened(grouped(findings.rows, by[:1]), RANKED, lang, said, text("list.semicolon", lang))


def _list(findings: Findings, by: tuple[str, ...], between: str = "") -> str:
    """'personal 4.5 billion yuan and public 1 billion yuan'; '12 billion yuan in 2014'."""
    lang, form = findings.lang, "answer.item_period" if by == ("period",) else "answer.item"

    def said(row: Row) -> str:
        return text(form, lang, name=_name(row, by, findings), **_value(row, findings))

    return shortened(findings.rows, LISTED, lang, said, between)


def _course(findings: Findings) -> str:
    """'from 1.2 billion yuan (2013) to 1.5 billion yuan (2014)', for each line of a trend."""
    by = tuple(name for name in findings.subject if name not in ("period", "metric"))
    courses, lang = lines(findings), findings.lang
    form = "answer.course" if len(courses) == 1 else "answer.course_of"

    def said(rows: list[dict[str, Any]]) -> str:
        figures = dict(moved(rows, findings))
        for end, at in (("first", rows[0]), ("last", rows[-1])):
            value = _value(at, findings)
            figures |= {end: long_period(at["period"], lang), f"{end}_value": value["value"]}
            figures[f"{end}_dated"] = value["dated"]
        alone = "_alone" if len(rows) == 1 else ""
        return text(form + alone, lang, name=row_label(rows[0], by, findings), **figures)

    return shortened(courses, RANKED, lang, said, text("list.semicolon", lang))


def _when(findings: Findings) -> str:
    """'in the third quarter of 2014' for the first row."""
    if not findings.rows or "period" not in findings.rows[0]:
        return ""
    slots = findings.slots
    metric = findings.catalog.metrics.get(slots.metric or "")
    at_end = metric is not None and slots.measure == "value" and findings.catalog.at_end(metric.metric_id)
    form = "sentence.at_end" if at_end else "sentence.during"
    return text(form, findings.lang, period=long_period(findings.rows[0]["period"], findings.lang))
