"""From when to when each place has a metric's figures: looked up a metric at a time, when a question first needs it.

So opening a store costs the same however many figures it holds, and memory holds what was asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from xinfo.query.engine import Engine
from xinfo.query.result import Result
from xinfo.query.schema import relation
from xinfo.store.periods import Period, parse_id
from xinfo.understand.catalog import Known

KNOWN = """
  select o.place_id,
         min(case when p.period_type = 'year' then o.period_id end),
         max(case when p.period_type = 'year' then o.period_id end),
         min(case when p.period_type = 'quarter' then o.period_id end),
         max(case when p.period_type = 'quarter' then o.period_id end),
         bool_or(p.period_type = 'quarter' and p.quarter < 4)
  from observation as o inner join period as p on p.period_id = o.period_id
  where o.metric_id = $metric and p.period_type in ('year', 'quarter') group by o.place_id
"""
HELD = """
  select distinct o.period_id, p.end_date from {observation} as o inner join period as p on p.period_id = o.period_id
  where o.metric_id = $metric and list_contains($places, o.place_id) and p.period_type <> 'month'
    and (p.period_type <> 'ytd' or o.origin = 'published')
  order by p.end_date desc, o.period_id limit 60
"""
MOST_PLACES = 1_000_000


class Reach(Mapping[tuple[str, str], Known]):
    """By metric and place. Looking up raises EngineError and TookTooLong; safe to share between threads."""

    def __init__(self, engine: Engine, metrics: Iterable[str]):
        self._engine, self._metrics = engine, frozenset(metrics)
        self._found: dict[str, dict[str, Known]] = {}

    def __getitem__(self, about: tuple[str, str]) -> Known:
        metric, place = about
        return self._of(metric)[place]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for metric in sorted(self._metrics):
            for place in self._of(metric):
                yield metric, place

    def __len__(self) -> int:
        return sum(len(self._of(metric)) for metric in self._metrics)

    def _of(self, metric: str) -> dict[str, Known]:
        if metric not in self._metrics:
            return {}
        if metric not in self._found:
            given, here = {"metric": metric}, self._engine
            rows = here.execute(KNOWN, given, row_cap=MOST_PLACES, seconds=here.patience).rows
            self._found[metric] = {str(row[0]): _known(row) for row in rows}
        return self._found[metric]


def _known(row: Sequence[Any]) -> Known:
    ends = [period_of(end) for end in row[1:5]]
    return Known(ends[0], ends[1], ends[2], ends[3], bool(row[5]))


def held(engine: Engine, metric: str, places: Sequence[str], published_only: bool) -> Result:
    """The periods for which any of the places has the metric, newest first. Raises EngineError and TookTooLong."""
    sql = HELD.format(observation=relation("observation", published_only))
    return engine.execute(sql, {"metric": metric, "places": list(places)}, row_cap=60, seconds=engine.patience)


@lru_cache(maxsize=4096)
def period_of(period_id: str | None) -> Period | None:
    """The period of an id, where there is one."""
    return parse_id(period_id) if period_id else None
