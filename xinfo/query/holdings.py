"""What a store holds of one metric and part: each place's figures by period, with the state of each. Says no words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from xinfo.query.engine import Engine
from xinfo.query.schema import relation
from xinfo.store.periods import Period, parse_id
from xinfo.store.standing import MADE_UP, standing_of

STATES = ("published", "worked_out", "unconfirmed", "demonstration", "conflicting", "missing")
GRAINS = ("quarter", "running", "year", "month")
"""Single quarters; from January to the end of each quarter; years; months."""
TOTAL = ("all", "all", "all")
MOST_ROWS, SECONDS = 1_000_000, 30.0
FIGURES = """
    select place_id, period_id, value, unit, mark, method, origin, consumer, offering, sector from {table}
    where metric_id = $metric and value is not null
"""
CONFLICTS = """
    select place_id, period_id, consumer, offering, sector, list(distinct value order by value) as given
    from published where metric_id = $metric and status <> 'illustrative'
    group by place_id, period_id, consumer, offering, sector having count(distinct value) > 1
"""
METRICS = "select metric_id, count(distinct place_id) from {table} where value is not null group by metric_id"

Part = tuple[str, str, str]
"""Consumer, offering, sector."""


@dataclass(frozen=True)
class Holding:
    """A figure that the store holds; `given` has the values where sources or methods contradict each other."""

    state: str
    value: float
    unit: str
    status: str
    method: str
    given: tuple[float, ...] = ()


@dataclass(frozen=True)
class Holdings:
    """All figures of a metric, by part, then by place and period."""

    metric: str
    by_part: Mapping[Part, Mapping[tuple[str, str], Holding]]

    def of(self, part: Part = TOTAL) -> Mapping[tuple[str, str], Holding]:
        return self.by_part.get(part, {})

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts there are figures of, the total first."""
        return tuple(sorted(self.by_part, key=lambda part: (part != TOTAL, *part)))


@dataclass(frozen=True)
class View:
    """A table of places and periods, ready to be looked at."""

    places: tuple[str, ...]
    periods: tuple[str, ...]
    held: Mapping[tuple[str, str], Holding] = field(repr=False)

    def state(self, place: str, period: str) -> str:
        found = self.held.get((place, period))
        return found.state if found else "missing"

    def between(self, first: int, last: int) -> View:
        """The same, of these years alone."""
        kept = tuple(period for period in self.periods if first <= parse_id(period).year <= last)
        return View(self.places, kept, self.held)

    def counts(self) -> dict[str, int]:
        """How many cells are in each state."""
        found = dict.fromkeys(STATES, 0)
        for place in self.places:
            for period in self.periods:
                found[self.state(place, period)] += 1
        return found


def read_holdings(engine: Engine, metric: str, published_only: bool = False) -> Holdings:
    """What the store behind an engine holds of a metric. Raises EngineError and TookTooLong."""
    table = relation("observation", published_only)
    rows = _rows(engine, FIGURES.format(table=table), {"metric": metric})
    given = {tuple(key): tuple(values) for *key, values in _rows(engine, CONFLICTS, {"metric": metric})}
    by_part: dict[Part, dict[tuple[str, str], Holding]] = {}
    for place, period, value, unit, mark, method, origin, *part in rows:
        rivals = given.get((place, period, *part), ())
        state = "conflicting" if rivals else _state(mark, origin)
        held = by_part.setdefault((part[0], part[1], part[2]), {})
        held[place, period] = Holding(state, value, unit, mark, method or "", rivals)
    return Holdings(metric, by_part)


def _state(mark: str, origin: str) -> str:
    """Published or worked out; what is made up, internal or not confirmed is that, however it was come by."""
    if mark == MADE_UP:
        return "demonstration"
    return origin if standing_of(mark) == "published" else "unconfirmed"


def metrics_held(engine: Engine, published_only: bool = False) -> dict[str, int]:
    """For each metric with figures, how many places have any."""
    return dict(_rows(engine, METRICS.format(table=relation("observation", published_only)), {}))


def view(holdings: Holdings, part: Part, grain: str, pilots: Sequence[str], places: Sequence[str]) -> View:
    """The pilots, and of the other `places` those with a figure, by every period from the first year's start on."""
    held = holdings.of(part)
    known = {place for place, _ in held}
    shown = tuple(place for place in places if place in known or place in set(pilots))
    return View(shown, _periods({parse_id(period) for _, period in held}, grain), held)


def grains(held: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """The grains worth a look: months only where there are figures of months."""
    kinds = {parse_id(period).kind for _, period in held}
    return tuple(grain for grain in GRAINS if grain != "month" or grain in kinds)


def _periods(known: Collection[Period], grain: str) -> tuple[str, ...]:
    """Every period of a grain from January of the first year held to the last month held; of years the last one too."""
    if not known:
        return ()
    first, last = min(period.year for period in known), max((period.year, period.last) for period in known)
    ends = {"year": (12,), "month": range(1, 13)}.get(grain, (3, 6, 9, 12))
    reach = (last[0], 12) if grain == "year" else last
    months = {"quarter": 3, "month": 1}.get(grain)
    return tuple(
        Period(year, end - months + 1 if months else 1, end).id
        for year in range(first, last[0] + 1)
        for end in ends
        if (year, end) <= reach
    )


def _rows(engine: Engine, sql: str, params: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    return engine.execute(sql, params, row_cap=MOST_ROWS, seconds=SECONDS).rows
