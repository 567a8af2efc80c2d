"""In how many of some places a store has each metric, year by year. Says no words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from xinfo.query.engine import Engine
from xinfo.query.holdings import MOST_ROWS, SECONDS
from xinfo.query.schema import relation

ROWS = """
    select distinct o.metric_id, p.year, o.place_id
    from {table} as o inner join period as p on p.period_id = o.period_id where o.value is not null
"""
Years = Mapping[int, frozenset[str]]
"""Which of the places have a figure of a year, or of a part of it."""


def read_by_year(engine: Engine, places: Collection[str], published_only: bool = False) -> Mapping[str, Years]:
    """By metric. Raises EngineError and TookTooLong."""
    sql = ROWS.format(table=relation("observation", published_only))
    found: dict[str, dict[int, frozenset[str]]] = {}
    for metric, year, place in engine.execute(sql, {}, row_cap=MOST_ROWS, seconds=SECONDS).rows:
        years = found.setdefault(str(metric), {})
        years[int(str(year))] = years.get(int(str(year)), frozenset()) | ({str(place)} & set(places))
    return found
