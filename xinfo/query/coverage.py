"""Which whole years a store has figures and targets for, by metric and place; read once, for proposing questions."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from xinfo.errors import EngineError, StoreError
from xinfo.query.engine import Engine
from xinfo.query.schema import relation
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.suggest.coverage import Coverage

FIGURES = """
    select metric_id, years, list(place_id) as places
    from (select metric_id, place_id, list(cast(period_id as integer) order by cast(period_id as integer) desc) as years
          from {table} where length(period_id) = 4 {whole} group by metric_id, place_id) as by_place
    group by metric_id, years
"""
"""Most places of a metric have the same years: they are told together."""
PERIODS = """
    select metric_id, periods, list(place_id) as places
    from (select metric_id, place_id, list(period_id order by period_id) as periods
          from (select distinct metric_id, place_id, period_id from {table} where 1 = 1 {whole}) as apart
          group by metric_id, place_id) as by_place
    group by metric_id, periods
"""
SPLIT = """
    select metric_id, list(distinct place_id) filter (where consumer <> 'all') as consumer,
           list(distinct place_id) filter (where offering <> 'all') as offering,
           list(distinct place_id) filter (where sector <> 'all') as sector
    from {table} where consumer <> 'all' or offering <> 'all' or sector <> 'all' group by metric_id
"""
MOST_ROWS = 5_000_000
WHOLE = "and consumer = 'all' and offering = 'all' and sector = 'all' and value is not null"


_known: WeakKeyDictionary[Engine, dict[bool, Coverage]] = WeakKeyDictionary()
_reading = threading.Lock()


def read_coverage(engine: Engine, published_only: bool = False) -> Coverage:
    """The coverage of the store behind an engine; `published_only` leaves illustrative ones out. Raises StoreError.

    Read once for each engine, whose figures never change: what takes long to make of it is kept by this very object.
    """
    with _reading:
        known = _known.setdefault(engine, {})
        if published_only not in known:
            known[published_only] = _read(engine, published_only)
        return known[published_only]


def _read(engine: Engine, published_only: bool) -> Coverage:
    def rows(sql: str, table: str = "observation") -> Sequence[tuple[Any, ...]]:
        asked = sql.format(table=relation(table, published_only), whole=WHOLE if table == "observation" else "")
        return engine.execute(asked, {}, row_cap=MOST_ROWS, seconds=60).rows

    try:
        figures, targets = _by_metric(rows(FIGURES)), _by_metric(rows(FIGURES, "target"))
        return Coverage(figures, targets, _by_place(rows(PERIODS)), _split(rows(SPLIT)))
    except EngineError as error:
        raise StoreError("the store was made by another version of xinfo: build it anew with 'xinfo build'") from error


def _by_metric(rows: Sequence[tuple[Any, ...]]) -> dict[str, dict[str, tuple[int, ...]]]:
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for metric, years, places in rows:
        found.setdefault(metric, {}).update(dict.fromkeys(places, tuple(dict.fromkeys(years))))
    return found


def _by_place(rows: Sequence[tuple[Any, ...]]) -> dict[str, dict[str, frozenset[str]]]:
    found: dict[str, dict[str, frozenset[str]]] = {}
    for metric, periods, places in rows:
        found.setdefault(metric, {}).update(dict.fromkeys(places, frozenset(periods)))
    return found


def _split(rows: Sequence[tuple[Any, ...]]) -> dict[tuple[str, str], frozenset[str]]:
    """Places with parts, by metric and dimension."""
    return {
        (metric, dimension): frozenset(places or ())
        for metric, *by_dimension in rows
        for dimension, places in zip(DIMENSIONS, by_dimension, strict=True)
    }
