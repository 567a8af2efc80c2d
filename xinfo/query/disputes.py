"""Figures that sources give differently, as the store noted them: looked up for the places of an answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from xinfo.query.engine import Engine
from xinfo.store.adding_up import Unequal
from xinfo.store.disputed import Disputed

DISPUTED = """
  select place_id, metric_id, period_id, consumer, offering, sector, value, source_id, mark, other, other_source,
    other_mark, why
  from disputed where list_contains($metrics, metric_id) and list_contains($places, place_id)
    {only}
  order by period_id, place_id, consumer, offering, sector, other_source
"""
PUBLISHED = "and mark in ('reported', 'preliminary') and other_mark in ('reported', 'preliminary')"
GIVEN = """
  select distinct o.place_id, o.metric_id, o.period_id, o.consumer, o.offering, o.sector
  from observation as o inner join disputed as d on d.place_id = o.place_id and d.metric_id = o.metric_id
    and d.consumer = o.consumer and d.offering = o.offering and d.sector = o.sector
  where o.rule = 'published' and list_contains($metrics, o.metric_id) and list_contains($places, o.place_id)
"""
ANY = "select count(*) from disputed"
MOST = 100_000


@dataclass(frozen=True)
class Noted:
    """What the store noted of figures that contradict each other."""

    unequal: Sequence[Unequal] = ()
    disputed: Sequence[Disputed] = ()
    given: Collection[tuple[str, ...]] = ()
    """The keys of figures of their series that were given as such: none of the others is in them."""


class Disputes:
    """Looking up raises EngineError and TookTooLong; safe to share between threads."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._any: bool | None = None

    def of(self, metrics: Collection[str], places: Collection[str], published_only: bool) -> tuple[Disputed, ...]:
        """Those of any of the metrics and places; with `published_only` those between published figures."""
        if self._any is None:
            self._any = bool(self._rows(ANY, {})[0][0])
        if not self._any:
            return ()
        about = {"metrics": list(metrics), "places": list(places)}
        sql = DISPUTED.format(only=PUBLISHED if published_only else "")
        return tuple(Disputed(*row) for row in self._rows(sql, about))

    def given(self, found: Collection[Disputed]) -> frozenset[tuple[str, ...]]:
        """The keys of the figures of such series that were given as such and are not worked out from others."""
        if not found:
            return frozenset()
        about = {"metrics": list({one.metric for one in found}), "places": list({one.place for one in found})}
        return frozenset(self._rows(GIVEN, about))

    def _rows(self, sql: str, given: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
        return self._engine.execute(sql, given, row_cap=MOST, seconds=self._engine.patience).rows
