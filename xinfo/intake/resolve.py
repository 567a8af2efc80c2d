"""One cell's meaning: what its row, its column and the whole table say together. Reads no cell."""

from __future__ import annotations

from collections.abc import Mapping as Says
from dataclasses import dataclass
from decimal import Decimal

from xinfo.errors import InputError
from xinfo.intake.mapping import Mapping
from xinfo.intake.said import growth_of
from xinfo.intake.state import State
from xinfo.intake.times import part_of, period_of
from xinfo.intake.units import Measured, listed_units
from xinfo.intake.words import Words
from xinfo.store.periods import Period, parse_id
from xinfo.store.written import UNITS
from xinfo.understand.catalog import DIMENSIONS


@dataclass(frozen=True)
class Meaning:
    """A figure's key, its place aside, and its unit."""

    metric: str
    period: str
    parts: tuple[str, str, str]
    base: str
    """The metric's base unit."""
    unit: Measured | None
    """None where only the cell can say it."""
    status: str | None = None


@dataclass(frozen=True)
class Lacking:
    """Why a cell has no meaning: what was expected, what stands there instead, and what would do."""

    expected: str
    text: str = ""
    nearest: tuple[str, ...] = ()


LEFT = Lacking("nothing")
"""A cell that is left out on purpose: the growth of a metric whose growth the store does not keep."""


def resolve(mapping: Mapping, says: Says[str, str], state: State, words: Words) -> Meaning | Lacking:
    """What a cell of a column that `says` something means in a row of that `state`."""
    metric = says.get("metric") or state.metric or mapping.fixed.get("metric")
    if metric is None or metric not in words.catalog.metrics:
        return Lacking("metric", metric or "", words.nearest_metrics(metric) if metric else ())
    if state.metric and says.get("metric", state.metric) != state.metric:
        return Lacking("metric", f"{state.metric} / {metric}")
    growth = state.growth or "growth" in (says.get("measure"), mapping.fixed.get("measure"))
    if growth:
        if (grown := growth_of(words.catalog, metric)) is None:
            return LEFT
        metric = grown
    try:
        period = _period(mapping, says, state, words.runs(metric))
    except (InputError, ValueError) as error:
        return Lacking("period", str(error))
    if period is None:
        return Lacking("period")
    parts = _parts(mapping, says, state, words, metric)
    if isinstance(parts, Lacking):
        return parts
    unit = _unit(mapping, says, state, words.catalog.metrics[metric].unit, metric)
    if isinstance(unit, Lacking):
        return unit
    status = says.get("status") or state.status
    return Meaning(metric, period.id, parts, words.catalog.metrics[metric].unit, unit, status)


def _period(mapping: Mapping, says: Says[str, str], state: State, runs: bool) -> Period | None:
    """The figure's period; None where a year is lacking or row and column contradict each other."""
    said = parse_id(says["period"]) if "period" in says else None
    fixed = parse_id(mapping.fixed["period"]) if "period" in mapping.fixed else None
    years = {y for y in (state.year, said and said.year, _number(says.get("year"))) if y}
    spans = {p for p in (state.part, said and part_of(said), says.get("span")) if p}
    if len(years) > 1 or len(spans) > 1:
        return None
    year = next(iter(years), None) or _number(mapping.fixed.get("year")) or (fixed and fixed.year)
    span = next(iter(spans), None) or mapping.fixed.get("span")
    if span is None and not years and fixed:
        span = part_of(fixed)
    if not year:
        return None
    return _reaching(
        period_of(year, span), says.get("reach") or state.reach or mapping.fixed.get("reach"), mapping, runs
    )


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _reaching(period: Period, reach: str | None, mapping: Mapping, runs: bool) -> Period:
    """The period that a running total, 'this month' or 'this quarter' means at the end of `period`."""
    if reach is None and mapping.cumulative and period.kind in ("month", "quarter"):
        reach = "ytd"
    if reach == "ytd" and runs:
        return Period(period.year, 1, period.last)
    if reach == "month":
        return Period(period.year, period.last, period.last)
    if reach == "quarter":
        return Period(period.year, 3 * ((period.last + 2) // 3) - 2, 3 * ((period.last + 2) // 3))
    return period


def _parts(
    mapping: Mapping, says: Says[str, str], state: State, words: Words, metric: str
) -> tuple[str, str, str] | Lacking:
    known = {**{d: mapping.fixed[d] for d in DIMENSIONS if d in mapping.fixed}, **dict(state.parts)}
    known |= {d: says[d] for d in DIMENSIONS if d in says}
    base = words.catalog.metrics[metric].growth_of or metric
    odd = [part for d, part in known.items() if part != "all" and d not in words.dimensions(base)]
    if odd:
        return Lacking("part", f"{metric} / {odd[0]}")
    consumer, offering, sector = (known.get(d, "all") for d in DIMENSIONS)
    return consumer, offering, sector


def _unit(mapping: Mapping, says: Says[str, str], state: State, base: str, metric: str) -> Measured | Lacking | None:
    """The unit that column or row says, else the metric's own, else the one of the table's that measures it."""
    # A row's unit is that of its amounts: a rate beside them has its own
    rowwise = state.unit if base != "ratio" or (state.unit and _fitting(state.unit, base)) else None
    for written in (says.get("unit"), rowwise, mapping.units.get(metric)):
        if written and (fit := _fitting(written, base)):
            return fit
        if written:
            return Lacking("unit", written, tuple(choices(base)))
    written = mapping.fixed.get("unit")
    return _fitting(written, base) if written else None


def _fitting(written: str, base: str) -> Measured | None:
    """The one of the written units that measures `base`."""
    if written == base:
        return Measured(base)
    found = [unit for unit in listed_units(written) if unit.measures(base)]
    return found[0].of(base) if len(found) == 1 else None


def choices(base: str) -> list[str]:
    """The units of the import format that measure a base unit."""
    kind = base.partition("/")[0]
    return [name for name, unit in UNITS.items() if unit.counts == kind and name != "count"] or [base]


def scaled(value: Decimal, unit: Measured) -> str:
    """The value in the import format's unit, as plain decimal text."""
    return format((value * unit.times).normalize(), "f") if unit.times != 1 else format(value, "f")
