"""What the missing figures of a metric make unanswerable, by the rules that answers follow. Ids only, no words.

Growth needs the same months a year earlier by the same method, or a published rate; a year needs its quarters; a total
leaves out who has no figure; a share needs every part; a ratio needs both its figures; an attainment needs the figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xinfo.errors import InputError
from xinfo.query.catalog import growth_metric
from xinfo.query.engine import Engine
from xinfo.query.holdings import TOTAL, Holding, Holdings, Part, View, read_holdings
from xinfo.query.schema import relation
from xinfo.store.periods import Period, parse_id, quarters
from xinfo.understand.catalog import DIMENSIONS, PARTS, Catalog, Metric
from xinfo.understand.reading import Scope

KINDS = ("total", "growth", "whole", "parts", "ratio", "target")
TARGETS = "select place_id, period_id from {table} where metric_id = $metric"

Held = Mapping[tuple[str, str], Holding]


@dataclass(frozen=True)
class Gap:
    """Something that cannot be answered, and for want of what."""

    kind: str
    """One of KINDS; growth_method where the year before was counted differently, total_some where some are
    left out, total_in for provinces none of whose pilots has it."""
    periods: tuple[str, ...]
    places: tuple[str, ...] = ()
    """Who lacks it; none where nobody has it."""
    missing: tuple[str, ...] = ()
    """Periods that would mend it; for a ratio the metric, for parts the dimension."""
    provinces: tuple[str, ...] = ()
    """Whose pilots a total is of; none for all pilots."""
    of: int = 0
    """How many places the total should have."""


def find_gaps(
    engine: Engine, catalog: Catalog, holdings: Holdings, view: View, part: Part, published_only: bool = False
) -> tuple[Gap, ...]:
    """The gaps of what is shown; those that differ in nothing but the period stand together."""
    metric = catalog.metrics[holdings.metric]
    rates = growth_metric(catalog, metric.metric_id)
    stated = read_holdings(engine, rates, published_only).of(part) if rates else {}
    found = [*_totals(view, catalog), *_growth(view, stated)]
    if metric.kind == "flow":
        found += _whole(view)
    if part == TOTAL:
        found += _parts(view, holdings, catalog)
        found += _targets(engine, view, metric, published_only)
    if metric.numerator and metric.denominator:
        found += _ratio(engine, view, metric, part, published_only)
    return tuple(sorted(_merged(found), key=lambda gap: KINDS.index(gap.kind.split("_")[0])))


def _totals(view: View, catalog: Catalog) -> Iterator[Gap]:
    """Totals, rankings and averages of the pilots, and of each province that has several."""
    provinces = dict.fromkeys(catalog.places[place].province_en for place in catalog.pilots())
    sets = {province: catalog.members(Scope(province=province)) for province in provinces if province}
    for period in view.periods:
        lacking = tuple(place for place in catalog.pilots() if (place, period) not in view.held)
        if lacking and len(lacking) == len(catalog.pilots()):
            yield Gap("total", (period,), (), (), (), len(lacking))
        elif lacking:
            yield Gap("total_some", (period,), lacking, (), (), len(catalog.pilots()))
            without = [p for p, members in sets.items() if len(members) > 1 and set(members) <= set(lacking)]
            yield from [Gap("total_in", (period,), (), (), tuple(without))] * bool(without)


def _growth(view: View, stated: Held) -> Iterator[Gap]:
    """Places with a figure, but none to compare it with and no published rate."""
    for period in view.periods:
        before = _years_on(period, -1)
        having = [place for place in view.places if (place, period) in view.held and (place, period) not in stated]
        without = tuple(place for place in having if (place, before) not in view.held)
        apart = tuple(
            place
            for place in having
            if place not in without and view.held[place, period].method != view.held[place, before].method
        )
        if without:
            yield Gap("growth", (period,), without, (before,))
        if apart:
            yield Gap("growth_method", (period,), apart, (before,))


def _whole(view: View) -> Iterator[Gap]:
    """Periods that a place has some pieces of, but not all."""
    known: dict[str, set[Period]] = {}
    for place, held in view.held:
        known.setdefault(place, set()).add(parse_id(held))
    for period in view.periods:
        span = parse_id(period)
        by_missing: dict[tuple[str, ...], list[str]] = {}
        for place in view.places:
            if (place, period) in view.held:
                continue
            inside = [one for one in known.get(place, ()) if _within(one, span)]
            pieces = [q for q in quarters(span, span) if span.in_quarters and q != span]
            missing = tuple(q.id for q in pieces if not any(_within(q, one) for one in inside))
            if inside and missing:
                by_missing.setdefault(missing, []).append(place)
        yield from (Gap("whole", (period,), tuple(places), missing) for missing, places in by_missing.items())


def _within(inner: Period, outer: Period) -> bool:
    return inner.year == outer.year and outer.first <= inner.first and inner.last <= outer.last


def _parts(view: View, holdings: Holdings, catalog: Catalog) -> Iterator[Gap]:
    """Places with a total but not with every part of it, for each way the metric is split by anybody."""
    for at, dimension in enumerate(DIMENSIONS):
        wanted: list[Part] = [(*TOTAL[:at], part, *TOTAL[at + 1 :]) for part in PARTS[dimension]]  # type: ignore[misc]
        tables = [holdings.of(part) for part in wanted]
        if not any(tables):
            continue
        for period in view.periods:
            lacking = tuple(
                place
                for place in view.places
                if (place, period) in view.held and any((place, period) not in table for table in tables)
            )
            if lacking:
                yield Gap("parts", (period,), lacking, (dimension,))


def _ratio(engine: Engine, view: View, metric: Metric, part: Part, published_only: bool) -> Iterator[Gap]:
    """Places that lack the ratio for want of one of its two figures."""
    for name, its_part in ((metric.numerator or "", part), (metric.denominator or "", TOTAL)):
        held = read_holdings(engine, name, published_only).of(its_part)
        for period in view.periods:
            lacking = tuple(p for p in view.places if (p, period) not in view.held and (p, period) not in held)
            if lacking and held:
                yield Gap("ratio", (period,), lacking, (name,))


def _targets(engine: Engine, view: View, metric: Metric, published_only: bool) -> Iterator[Gap]:
    """Targets whose figure is not there."""
    sql = TARGETS.format(table=relation("target", published_only))
    rows = engine.execute(sql, {"metric": metric.metric_id}, row_cap=100_000, seconds=30.0).rows
    by_period: dict[str, list[str]] = {}
    for place, period in rows:
        if (place, period) not in view.held and period in view.periods:
            by_period.setdefault(str(period), []).append(str(place))
    yield from (Gap("target", (period,), tuple(sorted(places))) for period, places in sorted(by_period.items()))


def _merged(gaps: Sequence[Gap]) -> list[Gap]:
    """Gaps that differ in their periods alone become one; a total that nobody has is told once for all sets."""
    found: dict[Gap, list[Gap]] = {}
    for gap in gaps:
        by_period = gap.kind.startswith(("growth", "whole"))
        found.setdefault(replace(gap, periods=(), missing=() if by_period else gap.missing), []).append(gap)
    return [
        replace(first, periods=_each(gap.periods for gap in same), missing=_each(gap.missing for gap in same))
        for first, same in ((group[0], group) for group in found.values())
    ]


def _each(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for one in lists for item in one))


def _years_on(period: str, years: int) -> str:
    try:
        return parse_id(period).years_on(years).id
    except InputError:
        return ""
