"""Gibran asked in English: fixed patterns over declared metrics and dimensions, answered from DuckDB. Runs apart.

Its best configuration for these tables: every column declared under the name that people use, places and regions
sampled whole so that it knows each by name, sums, averages, medians and ratios declared as metrics. None is of its
type `count`: every "how many" and "total" would get that one; nor of `median`, which release 0.1.2 declares and
cannot compute.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import gibran
from gibran.governance.default import DefaultGovernance
from gibran.governance.types import IdentityContext
from gibran.nl.runner import run_nl_query
from gibran.sync.applier import apply
from gibran.sync.example_values import populate_example_values
from gibran.sync.loader import load
from gibran.sync.migrations import apply_all

from bench.peers.process import Shown, serve
from bench.peers.titles import TITLES

ASKER = IdentityContext(user_id="asker", role_id="reader", attributes={}, source="cli")
TIMES = ("year", "quarter")
RATIOS = {
    "share of GDP": ("info_consumption", "gdp"),
    "LTE share": ("lte_subscribers", "mobile_subscribers"),
}


def ready(tables: dict[str, str]) -> Callable[[str, Any], Callable[[], Shown]]:
    """One database with every table as a source."""
    connection = duckdb.connect()
    apply_all(connection, Path(gibran.__file__).parent / "migrations")
    declared: dict[str, list[Any]] = {"sources": [], "metrics": [], "policies": []}
    for name, path in tables.items():
        _declare(declared, _source(name), _loaded(connection, _source(name), path))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "gibran.yaml")  # JSON is YAML
        file.write_text(
            json.dumps({**declared, "roles": [{"id": "reader", "display_name": "Reader"}]}), encoding="utf-8"
        )
        config = load(file)
    apply(connection, config)
    populate_example_values(connection, config.config, low_cardinality_threshold=100, sample_limit=100)
    governance = DefaultGovernance(connection)

    def ask(data: str, question: str) -> Callable[[], Shown]:
        found = run_nl_query(connection, governance, ASKER, question, _source(data))
        return lambda: _shown(found)

    return ask


def _source(name: str) -> str:
    return "t_" + name.replace(" ", "_").replace("-", "_")


def _loaded(connection: duckdb.DuckDBPyConnection, name: str, path: str) -> dict[str, str]:
    """Makes a table with dates as dates; its columns and their types."""
    connection.execute(f"CREATE TABLE \"{name}\" AS FROM read_csv('{path}', dateformat = '%Y/%m/%d')")
    described = connection.execute(f'DESCRIBE "{name}"').fetchall()
    return {column: kind for column, kind, *_ in described}


def _declare(declared: dict[str, list[Any]], source: str, columns: dict[str, str]) -> None:
    figures = [column for column, kind in columns.items() if kind == "DOUBLE"]
    dimensions = [column for column in columns if column not in figures]
    declared["sources"].append(
        {
            "id": source,
            "display_name": "pilots",
            "type": "duckdb_table",
            "uri": source,
            "columns": [{"name": column, "type": kind, "sensitivity": "public"} for column, kind in columns.items()],
            "dimensions": [_dimension(source, column) for column in dimensions],
        }
    )
    declared["metrics"] += _metrics(source, figures)
    declared["policies"].append({"id": source, "role": "reader", "source": source, "default_column_mode": "allow"})


def _dimension(source: str, column: str) -> dict[str, str]:
    kind = "temporal" if column in TIMES else "categorical"
    return {"id": f"{source}.{column}", "column": column, "display_name": column, "type": kind}


def _metrics(source: str, figures: list[str]) -> list[dict[str, Any]]:
    pilots = {"id": f"{source}_pilots", "source": source, "display_name": "pilots"}
    made: list[dict[str, Any]] = [{**pilots, "type": "sum", "expression": "1"}]
    for figure in figures:
        title = TITLES[figure]
        middle = {"column": figure, "p": 0.5}
        for kind, named in (("sum", title), ("avg", f"average {title}"), ("percentile", f"median {title}")):
            shape = middle if kind == "percentile" else {"expression": figure}
            made.append(
                {"id": f"{source}_{kind}_{figure}", "source": source, "display_name": named, "type": kind, **shape}
            )
    for named, (above, below) in RATIOS.items():
        if {above, below} <= {*figures}:
            parts = {"numerator": f"{source}_sum_{above}", "denominator": f"{source}_sum_{below}"}
            made.append(
                {
                    "id": f"{source}_{above}_over_{below}",
                    "source": source,
                    "display_name": named,
                    "type": "ratio",
                    **parts,
                }
            )
    return made


def _shown(found: Any) -> Shown:
    result = found.run_result.query_result if found.run_result else None
    if result is None or result.status != "ok":
        return None
    rows = [tuple(row) for row in result.rows or ()]
    if any("grain" in dimension for dimension in found.match.intent.get("dimensions", ())):
        rows.sort(key=lambda row: str(row[0]))
    figures = [tuple(float(value) for value in row if isinstance(value, int | float | Decimal)) for row in rows]
    return [row for row in figures if row]


if __name__ == "__main__":
    serve(ready, ("gibran", "duckdb"))
