"""The sentence that answers: picks the template's wording for the circumstances and fills in the figures.

A template's headline is one text, or several by circumstance (`none`, `one`, `growth_down`, …) or measure, tried in
that order. How numbers and periods are written is `language`'s; how slots are said is `understand.say`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from xinfo.answer.comparison import difference, distance
from xinfo.answer.counting import counted, counted_pilots
from xinfo.answer.findings import Findings, Row
from xinfo.answer.labels import long_period, row_label, subject, word
from xinfo.language.numbers import amount
from xinfo.language.texts import listing, text
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.reading import Scope
from xinfo.understand.say import metric_phrase

RANKED = 5
"""So many of a ranking are named in the sentence."""
LISTED = 12


def headline(findings: Findings) -> str:
    """One sentence with the figure, its unit and its period."""
    wording: str | Mapping[str, str] = findings.template.headline[findings.lang]
    if not isinstance(wording, str):
        offered = [name for name in (*_circumstances(findings), findings.slots.measure, "value") if name in wording]
        wording = wording[offered[0]]
    elif not findings.rows and findings.template.measures:
        wording = text("answer.nothing", findings.lang)
    said = wording.format_map(_values(findings)).strip()
    return said[:1].upper() + said[1:]


def _circumstances(findings: Findings) -> Iterator[str]:
    """What a template may have a wording of its own for, the most telling first."""
    if not findings.rows:
        yield "none"
        return
    record, measure, value = findings.records[0], findings.slots.measure, findings.rows[0].get("value")
    if "quarters_left" in record and not record.get("as_of"):
        yield "begin"
    if "quarters_left" in record and not record["quarters_left"]:
        yield "over"
    if {"reached", "target"} <= record.keys() and record["reached"] >= record["target"]:
        yield "met"
    if record.get("quarters_left") == 1:
        yield "last"
    if findings.catalog.places.get(record.get("place", "")) and record.get("admin_type") == "municipality":
        yield "municipality"
    if isinstance(value, (int, float)) and value <= 0:
        direction = "down" if value < 0 else "flat"
        yield f"{measure}_{direction}"
        yield direction
    if (value if "count" in findings.template.needs else len(findings.rows)) == 1:
        yield "one"


def _values(findings: Findings) -> dict[str, str]:
    """Every placeholder of a headline; those that do not apply are empty."""
    said = findings.said | _figures(findings) | _bookkeeping(findings) | _sets(findings)
    said |= {"sentence": findings.reading.sentence, "difference": difference(findings)}
    return said | {name[:1].upper() + name[1:]: value[:1].upper() + value[1:] for name, value in said.items()}


def _figures(findings: Findings) -> dict[str, str]:
    """The rows' numbers and what they are about, alone and listed."""
    by, rows, lang = subject(findings), findings.rows, findings.lang
    ends = {"first": rows[0], "last": rows[-1]} if rows else {}
    said = {"count": str(len(rows)), "course": _course(findings), "first_when": _when(findings)}
    for end in ("first", "last"):
        said[end] = _name(ends[end], by, findings) if end in ends else ""
        said[f"{end}_value"] = number(ends[end].get("value"), findings) if end in ends else ""
    said["value"] = said["first_value"] if len(rows) == 1 else _list(findings, by, text("list.semicolon", lang))
    change = rows[0].get("value") if rows else None
    # A gap between two ratios is one of percentage points; a growth is a ratio itself.
    apart = distance if findings.slots.measure == "gap" else amount
    said["change"] = apart(abs(change), findings.unit, lang) if isinstance(change, (int, float)) else ""
    ranked = [
        text("answer.ranked", lang, name=_name(row, by, findings), value=number(row.get("value"), findings))
        for row in rows
    ]
    said["ranking"] = shortened(ranked, RANKED, lang)
    said["ranking_after"] = text("answer.after", lang, list=said["ranking"]) if rows else ""
    said["listing"] = _lists(findings, by)
    said["names"] = shortened([_name(row, by, findings) for row in rows], LISTED, lang)
    return said


def _bookkeeping(findings: Findings) -> dict[str, str]:
    """What the statement gives for the sentence alone: targets, bases, texts."""
    record: Row = findings.records[0] if findings.records else {}
    slots, lang = findings.slots, findings.lang
    metric = findings.catalog.metrics.get(slots.metric or "")
    # The target behind an implied figure is one of its numerator, which is an amount like it.
    unit = metric.unit if metric else None
    said = {name: _amount(record.get(name), unit, lang) for name in ("target", "reached", "base", "whole_year")}
    said["share"] = _amount(record.get("share"), "ratio", lang)
    said["quarters_left"] = str(record.get("quarters_left") or 0)
    said["as_of"] = long_period(record["as_of"], lang) if record.get("as_of") else ""
    said["definition"] = str(record.get(f"definition_{lang}") or "")
    said["fact_text"] = str(record.get(f"text_{lang}") or "")
    for name in ("province", "region", "admin_type"):
        said[f"first_{name}"] = word(name, record[name], findings.catalog, lang) if record.get(name) else ""
    if record.get("region"):
        said["first_region"] = text(f"region.{record['region']}", lang)
    return said


def _sets(findings: Findings) -> dict[str, str]:
    """How many places and projects, with the noun in its number, and the verbs that go with the places asked about."""
    slots, lang = findings.slots, findings.lang
    one, scope = len(slots.places) == 1, slots.scope or Scope()
    value = findings.rows[0].get("value") if findings.rows else 0
    number_of = int(value) if isinstance(value, (int, float)) else 0
    projects = int(findings.records[0].get("projects") or 0) if findings.records else 0
    said = {name: text(f"answer.{name}.{'one' if one else 'many'}", lang) for name in ("have", "their", "together")}
    said["whole"] = metric_phrase(slots.but(consumer=(), offering=(), sector=()), findings.catalog, lang)
    said["was"] = text(f"answer.was.{'many' if _is_plural(findings) else 'one'}", lang)
    said["value_places"] = counted_pilots(number_of, scope, findings.catalog, lang)
    said["count_places"] = counted_pilots(len(findings.rows), scope, findings.catalog, lang)
    phrase = findings.said["projects"]
    for name, n in (("value", number_of), ("count", len(findings.rows)), ("summed", projects)):
        said[f"{name}_projects"] = counted("projects", n, phrase, lang)
    counted_places = len(findings.gathered("places") or findings.gathered("place"))
    return said | {"counted": str(counted_places), "comparison": _comparison(findings)}


def number(value: Any, findings: Findings) -> str:
    """The asked-for number as it stands in a sentence."""
    return _amount(value, findings.unit, findings.lang) or text("answer.no_figure", findings.lang)


def shortened(items: list[str], most: int, lang: str) -> str:
    """'A, B and C', or 'A, B and 24 more'."""
    if len(items) <= most:
        return listing(items, lang)
    return text(
        "answer.more", lang, list=text("list.comma", lang).join(items[:most]), n=len(items) - most, all=len(items)
    )


def _amount(value: Any, unit: str | None, lang: str) -> str:
    return amount(value, unit, lang) if isinstance(value, (int, float)) else ""


def _name(row: Row, by: tuple[str, ...], findings: Findings) -> str:
    if by == ("period",):
        return long_period(row["period"], findings.lang)
    return row_label(row, by, findings)


def _lists(findings: Findings, by: tuple[str, ...]) -> str:
    """`_list`; where two things tell rows apart, one for each of the first: 'Xining (personal 5 …); Wuhan (…)'."""
    if len(by) != 2 or by[0] != "place":
        return _list(findings, by)
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in findings.rows:
        groups.setdefault(row_label(row, by[:1], findings), []).append(row)
    said = [
        text("answer.list_of", findings.lang, name=name, list=_list(replace(findings, rows=tuple(rows)), by[1:]))
        for name, rows in groups.items()
    ]
    between = text("list.semicolon", findings.lang)
    return between.join(said) if len(said) <= RANKED else shortened(said, RANKED, findings.lang)


def _list(findings: Findings, by: tuple[str, ...], between: str | None = None) -> str:
    """'personal 4.5 billion yuan and public 1 billion yuan'; '12 billion yuan in 2014'."""
    lang, form = findings.lang, "answer.item_period" if by == ("period",) else "answer.item"
    items = [
        text(form, lang, name=_name(row, by, findings), value=number(row.get("value"), findings))
        for row in findings.rows
    ]
    return between.join(items[:LISTED]) if between and len(items) <= LISTED else shortened(items, LISTED, lang)


def _course(findings: Findings) -> str:
    """'from 1.2 billion yuan (2013) to 1.5 billion yuan (2014)', for each line of a trend."""
    by = tuple(name for name in subject(findings) if name not in ("period", "metric"))
    courses: dict[str, list[Row]] = {}
    for row in findings.rows:
        if "period" in row:
            courses.setdefault(row_label(row, by, findings), []).append(row)
    said = []
    for name, rows in courses.items():
        figures: dict[str, str] = {}
        for end, at in (("first", rows[0]), ("last", rows[-1])):
            figures |= {end: long_period(at["period"], findings.lang), f"{end}_value": number(at["value"], findings)}
        form = "answer.course" if len(courses) == 1 else "answer.course_of"
        said.append(text(form, findings.lang, name=name, **figures))
    between = text("list.semicolon", findings.lang)
    return between.join(said) if len(said) <= RANKED else shortened(said, RANKED, findings.lang)


def _when(findings: Findings) -> str:
    """'in the third quarter of 2014' for the first row."""
    if not findings.rows or "period" not in findings.rows[0]:
        return ""
    slots = findings.slots
    metric = findings.catalog.metrics.get(slots.metric or "")
    at_end = metric is not None and slots.measure == "value" and findings.catalog.at_end(metric.metric_id)
    form = "sentence.at_end" if at_end else "sentence.during"
    return text(form, findings.lang, period=long_period(findings.rows[0]["period"], findings.lang))


def _comparison(findings: Findings) -> str:
    """'at least ' before a target whose source says so."""
    said = findings.gathered("comparisons") + findings.gathered("comparison")
    return text(f"answer.comparison.{said[0]}", findings.lang) if len(said) == 1 else ""


def _is_plural(findings: Findings) -> bool:
    """Whether an English verb after the asked-for figure is plural: 'e-commerce sales were'."""
    slots = findings.slots
    if slots.measure != "value" or not slots.metric:
        return False
    label = metric_phrase(slots.but(**dict.fromkeys(DIMENSIONS, ())), findings.catalog, "en")
    head = label.split(" (")[0]
    for ending in (" of ", " as ", " per ", " for ", " on ", " to ", " in "):
        head = head.split(ending)[0]
    return head.endswith("s") and not head.endswith("ss")
