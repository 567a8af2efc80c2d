"""The months that the period ids of new and stored figures stand for, as a table for queries on a load."""

from __future__ import annotations

import pyarrow as pa
from duckdb import DuckDBPyConnection

from xinfo.store.periods import parse_id


def note_spans(connection: DuckDBPyConnection) -> None:
    """Makes the temporary table `stretch` (period_id, year, first, last) for new rows and `old`'s figures."""
    tables = ("published", "old.published", "target")
    used = connection.execute(" UNION ".join(f"SELECT DISTINCT period_id FROM {table}" for table in tables)).fetchall()
    rows = [(period_id, parse_id(period_id)) for (period_id,) in used]
    columns = {
        "period_id": pa.array([period_id for period_id, _ in rows], pa.string()),
        "year": pa.array([period.year for _, period in rows], pa.int32()),
        "first": pa.array([period.first for _, period in rows], pa.int32()),
        "last": pa.array([period.last for _, period in rows], pa.int32()),
    }
    connection.register("stretch_rows", pa.table(columns))
    connection.execute("CREATE OR REPLACE TEMP TABLE stretch AS SELECT * FROM stretch_rows")
    connection.unregister("stretch_rows")
