"""Figures that sources give differently, and totals that their parts do not add up to: looked up once for a metric.

The store noted both when it was built.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from xinfo.query.engine import Engine
from xinfo.store.adding_up import Unequal
from xinfo.store.disputed import Disputed
from xinfo.store.standing import COUNTED

UNEQUAL = """
  select place_id, metric_id, consumer, offering, sector, period_id, value, added, parts
  from unequal where metric_id = $metric order by period_id, place_id, consumer, offering, sector
"""
MOST_UNEQUAL = 100_000


class Contradictions:
    """By metric. Looking up raises EngineError and TookTooLong; safe to share between threads."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._found: dict[str, tuple[Unequal, ...]] = {}

    def of(self, metrics: Iterable[str]) -> tuple[Unequal, ...]:
        """Those of any of the metrics."""
        return tuple(one for metric in metrics for one in self._of(metric))

    def _of(self, metric: str) -> tuple[Unequal, ...]:
        if metric not in self._found:
            here = self._engine
            rows: Sequence[tuple[Any, ...]] = here.execute(
                UNEQUAL, {"metric": metric}, row_cap=MOST_UNEQUAL, seconds=here.patience
            ).rows
            self._found[metric] = tuple(Unequal(*row) for row in rows)
        return self._found[metric]


DISPUTED = """
  select place_id, metric_id, period_id, consumer, offering, sector, value, source_id, mark, other, other_source,
    other_mark, why
  from disputed where metric_id = $metric
  order by period_id, place_id, consumer, offering, sector, other_source
"""
TARGETS = """
  select t.place_id, t.metric_id, t.period_id, 'all' as consumer, 'all' as offering, 'all' as sector, t.value,
    t.source_id, t.mark, r.value as other, r.source_id as other_source, r.mark as other_mark, r.why
  from target as t inner join rival_target as r
    on r.place_id = t.place_id and r.metric_id = t.metric_id and r.period_id = t.period_id
  where t.metric_id = $metric and r.mark <> 'illustrative'
    and abs(t.value - r.value) > 0.001 * greatest(abs(t.value), abs(r.value))
  order by t.period_id, t.place_id, t.value, r.source_id
"""
GIVEN = """
  select distinct o.place_id, o.metric_id, o.period_id, o.consumer, o.offering, o.sector
  from observation as o inner join disputed as d on d.place_id = o.place_id and d.metric_id = o.metric_id
    and d.consumer = o.consumer and d.offering = o.offering and d.sector = o.sector
  where o.rule = 'published' and o.metric_id = $metric
"""
MOST = 100_000


@dataclass(frozen=True)
class Noted:
    """What the store noted of figures that contradict each other."""

    unequal: Sequence[Unequal] = ()
    disputed: Sequence[Disputed] = ()
    targets: Sequence[Disputed] = ()
    """The same of targets."""
    given: Collection[tuple[str, ...]] = ()
    """The keys of figures of their series that were given as such: none of the others is in them."""


class Disputes:
    """By metric. Looking up raises EngineError and TookTooLong; safe to share between threads."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._found: dict[tuple[str, str], tuple[Disputed, ...]] = {}
        self._given: dict[str, frozenset[tuple[str, ...]]] = {}

    def of(self, metrics: Iterable[str], places: Collection[str], published_only: bool) -> tuple[Disputed, ...]:
        """Those of any of the metrics and places; with `published_only` those between published figures."""
        return self._between(DISPUTED, metrics, places, published_only)

    def targets(self, metrics: Iterable[str], places: Collection[str], published_only: bool) -> tuple[Disputed, ...]:
        """The same of targets."""
        return self._between(TARGETS, metrics, places, published_only)

    def given(self, found: Iterable[Disputed]) -> frozenset[tuple[str, ...]]:
        """The keys of the figures of such metrics that were given as such and are not worked out from others."""
        return frozenset[tuple[str, ...]]().union(*map(self._given_of, {one.metric for one in found}))

    def _between(
        self, sql: str, metrics: Iterable[str], places: Collection[str], published_only: bool
    ) -> tuple[Disputed, ...]:
        found = (one for metric in metrics for one in self._of(sql, metric) if one.place in places)
        return tuple(one for one in found if not published_only or {one.mark, one.other_mark} <= {*COUNTED})

    def _of(self, sql: str, metric: str) -> tuple[Disputed, ...]:
        if (sql, metric) not in self._found:
            self._found[sql, metric] = tuple(Disputed(*row) for row in self._rows(sql, metric))
        return self._found[sql, metric]

    def _given_of(self, metric: str) -> frozenset[tuple[str, ...]]:
        if metric not in self._given:
            self._given[metric] = frozenset(self._rows(GIVEN, metric))
        return self._given[metric]

    def _rows(self, sql: str, metric: str) -> Sequence[tuple[Any, ...]]:
        return self._engine.execute(sql, {"metric": metric}, row_cap=MOST, seconds=self._engine.patience).rows
