"""Ids said in words: places, provinces, parts, periods, statuses. Makes no sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from xinfo.answer.findings import Findings
from xinfo.errors import InputError
from xinfo.language import times
from xinfo.language.texts import listing, text, texts
from xinfo.store.periods import Period, parse_id
from xinfo.understand.catalog import Catalog
from xinfo.understand.say_places import place_name, province_name

OWN_TEXTS = {
    **dict.fromkeys(("consumer", "offering", "sector"), "part"),
    "region": "region_name",
    "batch": "batch_name",
    "measure": "measure_name",
    "statistic": "statistic",
    **{name: name for name in ("admin_type", "content_area", "level", "project_status", "status")},
}
"""The section of the texts in which the ids of a column have their words."""


def word(column: str, value: Any, catalog: Catalog, lang: str) -> str:
    """The words for one id: ('place', 'xining') -> Xining / 西宁市. An id without words stays as it is."""
    if value is None:
        return text("answer.not_given", lang)
    if column == "place" and value in catalog.places:
        return place_name(value, catalog, lang)
    if column == "province":
        return province_name(value, catalog, lang) if catalog.own else province(value, catalog, lang)
    if column == "metric" and value in catalog.metrics:
        return catalog.metrics[value].label(lang)
    if column == "period":
        return period(value, lang)
    key = f"{OWN_TEXTS.get(column)}.{value}"
    return text(key, lang) if key in texts(lang) else str(value)


def period(period_id: str, lang: str) -> str:
    """A period for a table or an axis; a span over years is said by its ends."""
    return "–".join(times.short(end, lang) for end in periods_of(period_id)) or period_id


def long_period(period_id: str, lang: str) -> str:
    """A period in a sentence: the third quarter of 2014."""
    ends = periods_of(period_id)
    return times.span(ends[0], ends[-1], lang) if ends else period_id


def periods_of(period_id: str) -> list[Period]:
    """The first and last period of an id (`2014Q2..2015Q1`), one where they are the same; none for no id of ours."""
    try:
        return [parse_id(end) for end in period_id.split("..")]
    except InputError:
        return []


def in_a_row(
    periods: Sequence[str], lang: str, order: Sequence[str] = (), alone: Callable[[str, str], str] = period
) -> str:
    """Periods in words; three or more that follow each other, as in `order` or by the calendar, by their ends."""
    runs: list[list[str]] = []
    for name in periods:
        if runs and _follows(runs[-1][-1], name, order):
            runs[-1].append(name)
        else:
            runs.append([name])
    said = []
    for run in runs:
        if len(run) > 2:
            said.append(text("gap.run", lang, first=period(run[0], lang), last=period(run[-1], lang)))
        else:
            said += [alone(name, lang) for name in run]
    return listing(said, lang)


def _follows(one: str, other: str, order: Sequence[str]) -> bool:
    if one in order and other in order:
        return order.index(other) == order.index(one) + 1
    return parse_id(other).start_date == parse_id(one).end_date + timedelta(days=1)


def province(name: str, catalog: Catalog, lang: str) -> str:
    if lang == "en":
        return name
    return next((p.province_zh for p in catalog.places.values() if p.province_en == name and p.province_zh), name)


def row_label(row: Mapping[str, Any], by: tuple[str, ...], findings: Findings) -> str:
    """The words for a row among its like: Xining; personal; Xining · 2014 Q3."""
    said = [word(name, row.get(name), findings.catalog, findings.lang) for name in by]
    return " · ".join(said)
