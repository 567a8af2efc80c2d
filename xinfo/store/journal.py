"""What a store keeps of how it came to be: each build, load and restore, its files, and the figures it replaced.

Says when two given rows are the same figure, target or project, and which of them counts, as SQL on rows by the names
of their tables. Writes the tables `load`, `loaded_file` and `revision` of a version that is being made, which `history`
reads.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from xinfo.errors import InputError, StoreError
from xinfo.store import versions
from xinfo.store.opening import attach, opened
from xinfo.store.schema import DIMENSIONS
from xinfo.store.standing import MADE_UP

REVISED = ("value", "status")
"""What makes a published figure a revised one."""
_FIGURE = ("place_id", "metric_id", "period_id", *DIMENSIONS, "method", "source_id")


@dataclass(frozen=True)
class Loaded:
    """What one file brought: all its rows, those that were not there before, and those that are revised."""

    file: str
    table: str
    rows: int
    new: int
    revised: int
    repeated: int = 0
    """Rows beside those that give a figure once more, word for word."""


def last_load(store: Path) -> int:
    """The number of the last load that a plain DuckDB file at `store` knows of; 0 for any other store."""
    if store.is_file() and not versions.listed(store):
        with contextlib.suppress(StoreError), opened(it=store) as connection:
            [number] = connection.execute("SELECT coalesce(max(load_id), 0) FROM it.load").fetchone() or (0,)
            return int(number)
    return 0


def begin(
    connection: DuckDBPyConnection, store: Path, number: int, loaded_at: str, who: str, kind: str, of: int | None = None
) -> None:
    """Takes over the journal of the newest version that can be read and notes what is under way; `of` is restored."""
    for version in reversed(versions.listed(store)):
        with contextlib.suppress(StoreError):
            attach(connection, version, "earlier")
            for table in ("load", "loaded_file"):
                connection.execute(f"INSERT INTO {table} SELECT * FROM earlier.{table} ORDER BY load_id")
            connection.execute("DETACH earlier")
            break
    connection.execute("INSERT INTO load VALUES (?, ?, ?, ?, ?)", [number, loaded_at, who, kind, of])


def note_file(connection: DuckDBPyConnection, number: int, path: Path, loaded: Loaded) -> None:
    """Notes a file of a load with what tells it from any other."""
    try:
        with path.open("rb") as file:
            mark = hashlib.file_digest(file, "sha256").hexdigest()
        size = path.stat().st_size
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read: {error.strerror}") from error
    row = [number, loaded.file, mark, size, loaded.table, loaded.rows, loaded.new, loaded.revised]
    connection.execute("INSERT INTO loaded_file VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def note_revisions(connection: DuckDBPyConnection, number: int, earlier: str, fresh: str, replaced: str) -> None:
    """Notes what of the published figures in `earlier` those in `fresh` replace, which `replaced` says of two rows."""
    columns = (*_FIGURE, "value", "unit", "value_written", "unit_written", "status")
    other = " OR ".join(f"earlier.{name} IS DISTINCT FROM fresh.{name}" for name in REVISED)
    connection.execute(f"""
        INSERT INTO revision (load_id, {", ".join(columns)}, earlier_load)
        SELECT {number}, {", ".join(f"earlier.{name}" for name in columns)}, earlier.load_id
        FROM {earlier} AS earlier JOIN {fresh} AS fresh ON {replaced} WHERE {other}""")


KEYS = {
    "published": ("place_id", "metric_id", "period_id", *DIMENSIONS, "method", "source_id"),
    "target": ("place_id", "metric_id", "period_id", "comparison", "source_id"),
    "project": ("project_id",),
}
"""What makes two rows the same figure from the same source: the later one takes the place of the earlier one, but that
an unconfirmed one stands beside what is confirmed. Of projects, which nothing chooses from, there is never but one."""
VALUES = {
    "published": REVISED,
    "target": ("value",),
    "project": (
        *("place_id", "name_en", "name_zh", "content_area", "level", "status"),
        *("budget", "spent", "start_date", "due_date", "source_id"),
    ),
}
"""What has changed where a figure is revised."""


def given(table: str, store: str = "main") -> str:
    """SQL: all given rows of a table of a store that is finished; of targets those, too, that do not count."""
    if table != "target":
        return f"{store}.{table}"
    return f"(FROM {store}.target UNION ALL SELECT * EXCLUDE (why) FROM {store}.rival_target)"


def vouched(row: str) -> str:
    """SQL: whether somebody has said of a row's figure what it is, and it is not made up."""
    return f"({row}.mark NOT LIKE 'unconfirmed%' AND {row}.mark <> '{MADE_UP}')"


def stands_for(fresh: str, earlier: str) -> str:
    """SQL: whether a row takes the place of an earlier one of the same figure, source and all.

    What nobody has vouched for only stands beside what somebody has: the marks choose, until it is confirmed.
    """
    return f"({vouched(fresh)} OR NOT {vouched(earlier)})"


def replaced(table: str) -> str:
    """SQL: whether the row `fresh` takes the place of the row `earlier`."""
    same = " AND ".join(f"fresh.{name} = earlier.{name}" for name in KEYS[table])
    return same if table == "project" else f"{same} AND {stands_for('fresh', 'earlier')}"
