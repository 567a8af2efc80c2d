"""Opening versions of a store to read them: what is damaged or of another make is said, with what to do about it.

Answering questions opens a store in a stricter way of its own: see `query.engine`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from xinfo.errors import StoreError
from xinfo.store.schema import SCHEMA

OTHER_MAKE = "was made by another version of xinfo: build it anew with 'xinfo build'"
_HEADERS = 3 * 4096  # of a DuckDB file, before its first block


@contextlib.contextmanager
def opened(**versions: Path) -> Iterator[DuckDBPyConnection]:
    """A connection with each version attached read-only under its name. Raises StoreError as `attach` does."""
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        for name, version in versions.items():
            attach(connection, version, name)
        yield connection


def attach(connection: DuckDBPyConnection, version: Path, name: str) -> None:
    """Attaches a version read-only. Raises StoreError where it is missing, damaged or of another make of xinfo."""
    try:
        connection.execute(f"ATTACH {literal(version)} AS {name} (READ_ONLY)")
    except duckdb.Error as error:
        raise damaged(version) from error
    try:
        require_whole(connection, version, name)
        if schema_of(connection, name) != SCHEMA:
            raise StoreError(f"{version} {OTHER_MAKE}")
    except StoreError:
        connection.execute(f"DETACH {name}")
        raise


def require_whole(connection: DuckDBPyConnection, version: Path, name: str | None = None) -> None:
    """Raises StoreError where the file is shorter than it says of itself: the engine would only find out in passing.

    It is attached as `name`, or is what the connection is of.
    """
    try:
        sql = "SELECT total_blocks, block_size FROM pragma_database_size() WHERE database_name = "
        sql += "coalesce(?, current_database())"
        [blocks, size] = connection.execute(sql, [name]).fetchone() or (0, 0)
        whole = version.stat().st_size >= _HEADERS + blocks * size
    except (duckdb.Error, OSError):
        whole = False
    if not whole:
        raise damaged(version)


def schema_of(connection: DuckDBPyConnection, name: str) -> str:
    """Which make of tables an attached store has; empty where it is none that says so."""
    with contextlib.suppress(duckdb.Error):
        found = connection.execute(f"SELECT value FROM {name}.meta WHERE key = 'schema'").fetchone()
        return str(found[0]) if found else ""
    return ""


def notes(version: Path) -> dict[str, str]:
    """What a version's file says of itself. Raises StoreError."""
    with opened(it=version) as connection:
        return {str(key): str(value) for key, value in connection.execute("SELECT key, value FROM it.meta").fetchall()}


def outdated(version: Path) -> bool:
    """Whether this is a whole DuckDB file, but not one that this xinfo reads."""
    with duckdb.connect() as connection, contextlib.suppress(duckdb.Error):
        connection.execute(f"ATTACH {literal(version)} AS it (READ_ONLY)")
        return schema_of(connection, "it") != SCHEMA
    return False


def damaged(version: Path) -> StoreError:
    """What to say of a file that is no whole store."""
    return StoreError(
        f"the store {version.name} cannot be opened: it is missing, damaged or in use ({version}). "
        "'xinfo versions' lists the others and brings one back; 'xinfo build' makes a new one"
    )


def literal(path: Path) -> str:
    """A path as SQL text."""
    return "'" + str(path).replace("'", "''") + "'"
