"""Rows made in Python on their way into a table. Knows no table and no rule."""

from __future__ import annotations

from collections.abc import Sequence

from duckdb import DuckDBPyConnection


def insert(connection: DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Adds rows with the table's columns in their order, all at once: a statement for each would be planned each."""
    import pyarrow as pa  # with all that it brings it costs more than a question, and only what writes needs it

    if not rows:
        return
    connection.register("rows_made", pa.table({str(at): column for at, column in enumerate(zip(*rows, strict=True))}))
    connection.execute(f"INSERT INTO {table} SELECT * FROM rows_made")
    connection.unregister("rows_made")
