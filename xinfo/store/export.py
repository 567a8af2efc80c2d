"""A store as a folder of Parquet files, for engines that run on many machines. Reads a store and never changes it.

The figures are partitioned by metric and sorted by place and period within: who asks for a metric reads nothing else,
and who asks for a place skips most of that. The published rows behind the figures, and who loaded them, stay behind.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import duckdb

from xinfo.store import opening, schema
from xinfo.store.folders import new_folder

FIGURES = "observation"
TABLES = (*(table for table in schema.TABLES if table != "published"), "unequal", "disputed", "meta")
ORDER = "place_id, period_id, consumer, offering, sector"
PARQUET = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880"
Progress = Callable[[str, float], None]


def export_parquet(version: Path, folder: Path, progress: Progress) -> dict[str, int]:
    """Writes a version of a store to a new folder, whole or not at all; the number of rows by table.

    Raises InputError where the folder holds something, StoreError where the store cannot be read or the disk written.
    """
    with new_folder(folder) as draft, opening.opened(it=version) as connection:
        rows = {table: _written(connection, table, draft, progress) for table in TABLES}
    progress("done", 1.0)
    return rows


def _written(connection: duckdb.DuckDBPyConnection, table: str, draft: Path, progress: Progress) -> int:
    """One table's files; how many rows they hold."""
    if table == FIGURES:
        _write_figures(connection, draft / table, progress)
    else:
        (draft / table).mkdir(parents=True)
        connection.execute(f"COPY (FROM it.{table}) TO {opening.literal(draft / table / 'part-0.parquet')} ({PARQUET})")
    return int((connection.execute(f"SELECT count(*) FROM it.{table}").fetchone() or (0,))[0])


def _write_figures(connection: duckdb.DuckDBPyConnection, folder: Path, progress: Progress) -> None:
    metrics = connection.execute(f"SELECT DISTINCT metric_id FROM it.{FIGURES} ORDER BY metric_id").fetchall()
    folder.mkdir(parents=True)
    for done, (metric,) in enumerate(metrics):
        progress(f"figures: {metric}", done / len(metrics))
        part = folder / f"metric_id={quote(metric, safe='')}"
        part.mkdir()
        connection.execute(
            f"COPY (SELECT * EXCLUDE (metric_id) FROM it.{FIGURES} WHERE metric_id = $metric ORDER BY {ORDER}) "
            f"TO {opening.literal(part / 'part-0.parquet')} ({PARQUET})",
            {"metric": metric},
        )


def columns() -> dict[str, list[tuple[str, str]]]:
    """The names and DuckDB types of the columns of each exported table."""
    with duckdb.connect() as connection:
        schema.create(connection)
        found = connection.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() ORDER BY table_name, column_index"
        ).fetchall()
    return {table: [(name, kind) for owner, name, kind in found if owner == table] for table in TABLES}
