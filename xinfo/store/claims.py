"""What loaded figures are said to be, by whom they are said to be published, and what is known of them already.

Runs on a version that is being made; what looks at the one before it finds it attached as `old`. Confirms nothing: see
`confirm`.
"""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from xinfo.store.journal import vouched
from xinfo.store.schema import one_of
from xinfo.store.standing import STATUSES


def keep_marks(connection: DuckDBPyConnection, table: str, same: tuple[str, ...], last: int) -> None:
    """Rows after row id `last` that say again what somebody vouched for in `old` are marked as they are there.

    `same` are the columns that have to be alike. A status that is weaker than the one confirmed says something new.
    """
    alike = " AND ".join(f"now.{name} IS NOT DISTINCT FROM earlier.{name}" for name in same)
    kept = "mark = earlier.mark"
    if table != "project":
        kept += ", status = earlier.status"
        now, then = (f"list_position({one_of(STATUSES)}, {row}.status)" for row in ("now", "earlier"))
        alike += f" AND {now} <= {then}"
    connection.execute(f"""
        UPDATE {table} AS now SET {kept} FROM old.{table} AS earlier
        WHERE now.rowid > {last} AND {alike} AND {vouched("earlier")}""")


def note_claims(connection: DuckDBPyConnection, table: str, last: int, publisher: str, kind: str) -> None:
    """Lists the sources of the unconfirmed figures after row id `last`, with what is said of them.

    A publisher that is known already stays: it was given with the source, or confirmed.
    """
    named = f"SELECT DISTINCT source_id FROM {table} WHERE rowid > {last} AND mark LIKE 'unconfirmed%'"
    connection.execute(f"""
        INSERT INTO source (source_id, title) SELECT source_id, source_id FROM ({named})
        WHERE source_id NOT IN (SELECT source_id FROM source) ORDER BY 1""")
    connection.execute(
        f"""UPDATE source SET claimed = coalesce(nullif($kind, ''), claimed),
        publisher = coalesce(publisher, nullif($publisher, '')) WHERE source_id IN ({named})""",
        {"kind": kind, "publisher": publisher},
    )


def note_uploads(connection: DuckDBPyConnection) -> None:
    """Notes of each source whether its figures are unconfirmed, and who loaded those."""
    given = " UNION ALL ".join(
        f"SELECT source_id, load_id, mark LIKE 'unconfirmed%' AS open FROM {table}"
        for table in ("published", "target", "project")
    )
    connection.execute(f"""
        UPDATE source SET unconfirmed = said, uploaded_by = names FROM (
            SELECT source_id, CASE WHEN bool_and(open) THEN 'all' WHEN bool_or(open) THEN 'some' END AS said,
                array_to_string(list_sort(list_distinct(list(who) FILTER (open AND who <> ''))), ', ') AS names
            FROM (SELECT source_id, load_id, open FROM ({given}) GROUP BY ALL) LEFT JOIN load USING (load_id)
            GROUP BY source_id) AS uploaded
        WHERE source.source_id = uploaded.source_id""")
