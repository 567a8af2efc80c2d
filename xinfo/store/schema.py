"""What the store is made of: tables, closed lists of values, and the codes that working figures out runs on.

Holds no rule of how figures combine (`shapes`, `complete`) and reads no file.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what names a table or a status need not load the engine
    from duckdb import DuckDBPyConnection
from collections.abc import Sequence

from duckdb import DuckDBPyConnection

DIMENSIONS: dict[str, tuple[str, ...]] = {
    "consumer": ("all", "personal", "enterprise", "public"),
    "offering": ("all", "products", "services"),
    "sector": ("all", "finance", "education", "health", "transport", "commerce", "social_security"),
}
CONFIDENCES = ("high", "medium", "low")
COMPARISONS = ("at_least", "about", "at_most")
CONTENT_AREAS = (
    "infrastructure",
    "smart_products",
    "new_consumption",
    "public_service_cloud",
    "sme_ecommerce",
    "consumer_experience",
)
LEVELS = ("government", "industry", "enterprise", "community")
PROJECT_STATUSES = ("planned", "under_way", "completed", "delayed")
TABLES = (
    "place",
    "containment",
    "metric",
    "period",
    "source",
    "method",
    "fact",
    "published",
    "observation",
    "target",
    "rival_target",
    "project",
)
"""Those of content, which the fingerprint covers."""
NOT_CONTENT = {
    **dict.fromkeys(("published", "target", "rival_target", "project"), ("load_id",)),
    "source": ("uploaded_by",),
}
"""Columns of theirs that tell how the content came in."""
SCHEMA = "6"
"""Counted up when the tables change; a store of another one is not read."""
PUBLISHED_ONLY = "published_only"  # the key in `meta` of a store whose questions never meet a demonstration row
DEMONSTRATION = "demonstration"  # the method and the source of every demonstration row


def create(connection: DuckDBPyConnection) -> None:
    """Creates the empty tables and views."""
    connection.execute(Path(__file__).with_name("schema.sql").read_text(encoding="utf-8"))


def columns_by_table(connection: DuckDBPyConnection) -> dict[str, list[str]]:
    """Each table's column names, in order."""
    names: dict[str, list[str]] = {}
    for table, name in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index"
    ).fetchall():
        names.setdefault(table, []).append(name)
    return names


def one_of(values: tuple[str, ...]) -> str:
    """A closed list as a SQL list literal; the values are our own, never a user's."""
    return "[" + ", ".join(f"'{value}'" for value in values) + "]"


def insert(connection: DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Adds rows with the table's columns in their order, all at once: a statement for each would be planned each."""
    import pyarrow as pa  # with all that it brings it costs more than a question, and only what writes needs it

    if not rows:
        return
    connection.register("rows_made", pa.table({str(at): column for at, column in enumerate(zip(*rows, strict=True))}))
    connection.execute(f"INSERT INTO {table} SELECT * FROM rows_made")
    connection.unregister("rows_made")
