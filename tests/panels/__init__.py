"""Tiny panels for the tests of the store: reference files beside this one, figures from rows given in a test."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from xinfo.store.build import build
from xinfo.store.versions import current

HERE = Path(__file__).parent
HEAD = ("place", "metric", "period", "value", "unit", "consumer", "offering", "sector", "status", "method", "source")
BASE = {"gdp": "yuan", "info_consumption": "yuan", "info_consumption_per_capita": "yuan"}
BASE |= {"population": "persons", "connected_terminals": "units"}


def write_csv(
    path: Path, rows: Iterable[Mapping[str, object]], head: Sequence[str] = (*HEAD, "confidence", "note")
) -> None:
    """Writes rows as an import file; columns that a row lacks stay empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, head)
        writer.writeheader()
        writer.writerows(rows)


def figure(metric: str, period: str, value: object, extra: Mapping[str, object] | None = None) -> dict[str, object]:
    """One row of observation.csv, in base units and of Xining where nothing else is said."""
    row = {"place": "xining", "metric": metric, "period": period, "value": value, "unit": BASE.get(metric, "ratio")}
    return row | dict(extra or {})


def built(folder: Path, rows: Iterable[Mapping[str, object]]) -> duckdb.DuckDBPyConnection:
    """The store of these figures, opened read-only."""
    write_csv(folder / "data" / "observation.csv", rows)
    store = folder / "store.duckdb"
    build(store, shipped=HERE, data=folder / "data", built_at="2016-01-01T00:00:00")
    return duckdb.connect(str(current(store)), read_only=True)
