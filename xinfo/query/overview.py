"""How many figures a store holds of each metric, for how many places, from when to when. Says no words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xinfo.query.engine import Engine

OVERVIEW = """
    select o.metric_id, count(*), count(distinct o.place_id), count(*) filter (where o.status = 'illustrative'),
           arg_min(o.period_id, (p.start_date, o.period_id)), arg_max(o.period_id, (p.end_date, o.period_id))
    from {table} as o inner join period as p on p.period_id = o.period_id
    where o.value is not null and ($place = '' or o.place_id = $place)
      and p.start_date >= cast($first as date) and p.end_date <= cast($last as date)
    group by o.metric_id order by 2 desc, 1
"""
PLACES = "select distinct place_id from {table} where value is not null order by 1"
MOST_ROWS, SECONDS = 1_000_000, 30.0


@dataclass(frozen=True)
class Overview:
    """What is held of a metric."""

    metric: str
    figures: int
    places: int
    demonstration: int
    """How many of the figures are made up."""
    first: str
    last: str
    """The ids of the first and the last period."""


def read_overview(
    engine: Engine, published_only: bool = False, place: str = "", within: tuple[date, date] = (date.min, date.max)
) -> tuple[Overview, ...]:
    """Every metric with figures, of one place or of all, of the periods within two days; those with the most first.

    Raises EngineError and TookTooLong.
    """
    given = {"place": place, "first": within[0].isoformat(), "last": within[1].isoformat()}
    sql = OVERVIEW.format(table=_table(published_only))
    return tuple(Overview(*row) for row in _rows(engine, sql, given))


def places_held(engine: Engine, published_only: bool = False) -> tuple[str, ...]:
    """The places that have any figure. Raises the same."""
    sql = PLACES.format(table=_table(published_only))
    return tuple(place for (place,) in _rows(engine, sql, {}))


def _rows(engine: Engine, sql: str, given: Mapping[str, str]) -> Sequence[tuple[Any, ...]]:
    return engine.execute(sql, given, row_cap=MOST_ROWS, seconds=SECONDS).rows


def _table(published_only: bool) -> str:
    return "published_observation" if published_only else "observation"
