"""The figures of a store themselves, page by page in a fixed order. Says no words and works nothing out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xinfo.query.engine import Engine
from xinfo.query.schema import relation
from xinfo.store.periods import Period

KEY = ("metric", "place", "period", "consumer", "offering", "sector")
COLUMNS = (*KEY, "value", "unit", "status", "method", "origin", "sources")
FIGURES = """
    select o.metric_id, o.place_id, o.period_id, o.consumer, o.offering, o.sector,
           o.value, o.unit, o.status, o.method, o.origin, o.sources
    from {table} as o inner join period as p on p.period_id = o.period_id
    where o.value is not null and ($metric = '' or o.metric_id = $metric) and ($place = '' or o.place_id = $place)
      and p.start_date >= cast($first as date) and p.end_date <= cast($last as date)
      and (o.metric_id, o.place_id, o.period_id, o.consumer, o.offering, o.sector)
        > ($after_metric, $after_place, $after_period, $after_consumer, $after_offering, $after_sector)
    order by 1, 2, 3, 4, 5, 6 limit $most
"""
SECONDS = 30.0


@dataclass(frozen=True)
class Wanted:
    """Which figures; empty for all."""

    metric: str = ""
    place: str = ""
    period: Period | None = None
    """Those of periods within it."""


def read_figures(
    engine: Engine, wanted: Wanted, after: Sequence[str], most: int, published_only: bool
) -> tuple[Mapping[str, Any], ...]:
    """At most so many figures that come after a key, which is empty for the first ones.

    Raises EngineError and TookTooLong.
    """
    first, last = (wanted.period.start_date, wanted.period.end_date) if wanted.period else ("0001-01-01", "9999-12-31")
    given = {"metric": wanted.metric, "place": wanted.place, "first": str(first), "last": str(last), "most": most}
    given |= {f"after_{name}": said for name, said in zip(KEY, after or [""] * len(KEY), strict=True)}
    sql = FIGURES.format(table=relation("observation", published_only))
    rows = engine.execute(sql, given, row_cap=most, seconds=SECONDS).rows
    return tuple(dict(zip(COLUMNS, row, strict=True)) for row in rows)
