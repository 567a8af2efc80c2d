"""Reads a store's catalog: places, metrics, facts, the stretch of time with figures; and its sources, methods and meta.

The tables `meta` and `method` are not for templates; they are read here once, when a workspace opens.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from xinfo.errors import StoreError
from xinfo.store.periods import Period, parse_id
from xinfo.understand.catalog import Catalog, Division, Metric, Place

PLACE = (
    "place_id, name_en, name_zh, admin_type, coalesce(province_en, ''), coalesce(province_zh, ''), "
    "coalesce(region, ''), batch, adcode, confidence, longitude, latitude"
)


@dataclass(frozen=True)
class Contents:
    """What a store says of itself."""

    catalog: Catalog
    sources: dict[str, tuple[str, str, str, str, str]]
    """source_id, title, publisher, url, published by id."""
    methods: dict[str, tuple[str, str]]
    """Labels in English and Chinese by id."""
    meta: dict[str, str]


def read_contents(version: Path, divisions: Path) -> Contents:
    """The contents of one version of a store; `divisions` is the gazetteer's CSV file. Raises StoreError."""
    try:
        with duckdb.connect(str(version), read_only=True) as con:
            meta = dict(con.execute("select key, value from meta").fetchall())
            catalog = Catalog(
                places={
                    row[0]: Place(*row) for row in con.execute(f"select {PLACE} from place order by adcode").fetchall()
                },
                metrics={row[0]: Metric(*row) for row in con.execute(METRICS).fetchall()},
                divisions=tuple(read_divisions(divisions)),
                facts=frozenset(row[0] for row in con.execute("select fact_id from fact").fetchall()),
                data_from=parse_id(meta["data_from"]) if meta.get("data_from") else None,
                data_to=parse_id(meta["data_to"]) if meta.get("data_to") else None,
                newest=_newest(con.execute(NEWEST).fetchall()),
                target_periods=_targets(con.execute("select distinct metric_id, period_id from target").fetchall()),
            )
            sources = {row[0]: row for row in con.execute(SOURCES).fetchall()}
            methods = {
                row[0]: row[1:] for row in con.execute("select method_id, label_en, label_zh from method").fetchall()
            }
    except duckdb.Error as error:
        raise StoreError(f"{version} is no store of this xinfo: build it anew with 'xinfo build'") from error
    return Contents(catalog, sources, methods, meta)


METRICS = (
    "select metric_id, label_en, label_zh, unit, kind, numerator, denominator, growth_of from metric order by metric_id"
)
NEWEST = """
  select o.metric_id, o.place_id, max(case when p.period_type = 'year' then o.period_id end),
         max(case when p.period_type = 'quarter' then o.period_id end)
  from observation as o inner join period as p on p.period_id = o.period_id
  where p.period_type in ('year', 'quarter') group by o.metric_id, o.place_id
"""
SOURCES = (
    "select source_id, coalesce(title, ''), coalesce(publisher, ''), coalesce(url, ''), "
    "coalesce(cast(published as varchar), '') from source"
)


def read_divisions(path: Path) -> Iterable[Division]:
    """The gazetteer, row by row."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Division(row["adcode"], row["name_en"], row["name_zh"], row["level"])


def _newest(rows: list[tuple[str, ...]]) -> dict[tuple[str, str], tuple[Period | None, Period | None]]:
    return {(m, p): (parse_id(y) if y else None, parse_id(q) if q else None) for m, p, y, q in rows}


def _targets(rows: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for metric, period in sorted(rows):
        found.setdefault(metric, []).append(period)
    return {metric: tuple(periods) for metric, periods in found.items()}
