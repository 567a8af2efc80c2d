"""Reads a store's catalog: places, metrics, facts, the stretch of time with figures; and its sources, methods and meta.

The tables `meta` and `method` are not for templates; they are read here once, when a workspace opens.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xinfo.errors import EngineError, StoreError
from xinfo.query.disputes import Contradictions, Disputes, Noted
from xinfo.query.engine import Engine
from xinfo.query.proved import Marks
from xinfo.query.reach import Reach, period_of
from xinfo.store.opening import OTHER_MAKE
from xinfo.store.programme import KEY as PROGRAMME
from xinfo.store.programme import called
from xinfo.store.schema import SCHEMA
from xinfo.understand.catalog import Catalog, Metric, Place
from xinfo.understand.whose import Division, OwnProgramme

PLACE = (
    "place_id, name_en, name_zh, admin_type, coalesce(province_en, ''), coalesce(province_zh, ''), "
    "coalesce(region, ''), batch, adcode, confidence, longitude, latitude"
)


@dataclass(frozen=True)
class Contents:
    """What a store says of itself."""

    catalog: Catalog
    sources: dict[str, tuple[str, ...]]
    """source_id, title, publisher, url, published, the Chinese title where there is one, whether `all` or `some` of its
    figures are unconfirmed, and who loaded those, by id."""
    methods: dict[str, tuple[str, str]]
    """Labels in English and Chinese by id."""
    meta: dict[str, str]
    contradictions: Contradictions
    disputes: Disputes
    marks: Marks

    def noted(self, published_only: bool, metrics: Collection[str], places: Collection[str]) -> Noted:
        """What contradicts figures of some metrics and places. Raises EngineError and TookTooLong."""
        disputed = self.disputes.of(metrics, places, published_only)
        targets = self.disputes.targets(metrics, places, published_only)
        return Noted(self.contradictions.of(metrics), disputed, targets, self.disputes.given(disputed))


def growth_metric(catalog: Catalog, metric: str | None) -> str | None:
    """The metric that holds the published growth rates of another, where there is one."""
    return next((one.metric_id for one in catalog.metrics.values() if metric and one.growth_of == metric), None)


def read_contents(engine: Engine, divisions: Path) -> Contents:
    """The contents of the store behind an engine; `divisions` is the gazetteer's CSV file. Raises StoreError."""

    def rows(sql: str) -> Sequence[tuple[Any, ...]]:
        return engine.execute(sql, {}, row_cap=MOST_ROWS, seconds=OPENING).rows

    try:
        meta = {str(key): str(value) for key, value in rows("select key, value from meta where value is not null")}
        if meta.get("schema") != SCHEMA:
            raise StoreError(f"the store {OTHER_MAKE}")
        metrics = {row[0]: Metric(*row) for row in rows(METRICS)}
        known = rows(SOURCES)
        own = None
        if PROGRAMME in meta:
            any_project = bool(rows("select 1 as found from project limit 1"))
            own = OwnProgramme(**json.loads(meta[PROGRAMME]), projects=any_project)
        catalog = Catalog(
            places={row[0]: Place(*row) for row in rows(f"select {PLACE} from place order by adcode")},
            metrics=metrics,
            divisions=() if own else read_divisions(divisions),
            facts=frozenset(row[0] for row in rows("select fact_id from fact")),
            data_from=period_of(meta.get("data_from")),
            data_to=period_of(meta.get("data_to")),
            aims=_aims(rows("select distinct metric_id, place_id, period_id from target")),
            known=Reach(engine, metrics),
            uploads={source: who for source, *_, which, who in known if which},
            called=called(meta),
            own=own,
        )
        methods = {row[0]: (row[1], row[2]) for row in rows("select method_id, label_en, label_zh from method")}
    except EngineError as error:
        raise StoreError(f"the store cannot be read ({error}); perhaps it {OTHER_MAKE}") from error
    noted = Contradictions(engine), Disputes(engine)
    return Contents(catalog, {row[0]: row for row in known}, methods, meta, *noted, Marks(engine))


MOST_ROWS = 5_000_000
OPENING = 600.0
"""Seconds for what is read at once; a cluster may have to wake."""
METRICS = (
    "select metric_id, label_en, label_zh, unit, kind, numerator, denominator, growth_of from metric order by metric_id"
)
SOURCES = (
    "select source_id, coalesce(title, ''), coalesce(publisher, ''), coalesce(url, ''), "
    "coalesce(cast(published as varchar), ''), coalesce(title_zh, ''), coalesce(unconfirmed, ''), "
    "coalesce(uploaded_by, '') from source"
)


@cache
def read_divisions(path: Path) -> tuple[Division, ...]:
    """The gazetteer, row by row; read once a process, as it comes with the program."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Division(row["adcode"], row["name_en"], row["name_zh"], row["level"], row["capital"] or None)
            for row in csv.DictReader(file)
        )


def _aims(rows: Sequence[tuple[Any, ...]]) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for metric, place, period in sorted(rows):
        found.setdefault((metric, place), []).append(period)
    return {goal: tuple(periods) for goal, periods in found.items()}
