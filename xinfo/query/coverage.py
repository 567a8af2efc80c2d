"""Which whole years a store has figures and targets for, by metric and place; read once, for proposing questions."""

from __future__ import annotations

from pathlib import Path

import duckdb

from xinfo.errors import StoreError
from xinfo.understand.frame import DIMENSIONS
from xinfo.understand.suggest.coverage import Coverage

FIGURES = """
    select metric_id, place_id, list(distinct cast(period_id as integer) order by cast(period_id as integer) desc)
    from {table} where length(period_id) = 4 {whole} group by metric_id, place_id
"""
PERIODS = "select metric_id, list(distinct period_id) from {table} where 1 = 1 {whole} group by metric_id"
SPLIT = """
    select metric_id, list(distinct place_id) filter (where consumer <> 'all') as consumer,
           list(distinct place_id) filter (where offering <> 'all') as offering,
           list(distinct place_id) filter (where sector <> 'all') as sector
    from {table} where consumer <> 'all' or offering <> 'all' or sector <> 'all' group by metric_id
"""
WHOLE = "and consumer = 'all' and offering = 'all' and sector = 'all' and value is not null"


def read_coverage(version: Path, published_only: bool = False) -> Coverage:
    """The coverage of one version of a store; with `published_only` without illustrative figures. Raises StoreError."""
    prefix = "published_" if published_only else ""
    try:
        with duckdb.connect(str(version), read_only=True) as con:
            figures = con.execute(FIGURES.format(table=f"{prefix}observation", whole=WHOLE)).fetchall()
            periods = con.execute(PERIODS.format(table=f"{prefix}observation", whole=WHOLE)).fetchall()
            parts = con.execute(SPLIT.format(table=f"{prefix}observation")).fetchall()
            targets = con.execute(FIGURES.format(table=f"{prefix}target", whole="")).fetchall()
    except duckdb.Error as error:
        raise StoreError(f"{version} is no store of this xinfo: build it anew with 'xinfo build'") from error
    return Coverage(
        _by_metric(figures), _by_metric(targets), {metric: frozenset(ids) for metric, ids in periods}, _split(parts)
    )


def _by_metric(rows: list[tuple[str, str, list[int]]]) -> dict[str, dict[str, tuple[int, ...]]]:
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for metric, place, years in rows:
        found.setdefault(metric, {})[place] = tuple(years)
    return found


def _split(
    rows: list[tuple[str, list[str] | None, list[str] | None, list[str] | None]],
) -> dict[tuple[str, str], frozenset[str]]:
    """Places with parts, by metric and dimension."""
    return {
        (metric, dimension): frozenset(places or ())
        for metric, *by_dimension in rows
        for dimension, places in zip(DIMENSIONS, by_dimension, strict=True)
    }
