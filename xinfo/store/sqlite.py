"""Small files of what people ask and say, in SQLite beside a store: a write that returns is on the disk.

Knows no table; what is deleted is overwritten, and nobody else on the machine may read a file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from xinfo.errors import StoreError

WAIT = 15
"""Seconds for others that write; nobody waits longer for a note that does not matter to him."""


@contextmanager
def opened(path: Path, table: str, version: int, *, reading: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection in one transaction that is on the disk when the block ends; `table` makes a new file.

    Who is only `reading` waits for no other and keeps nobody waiting. Raises StoreError.
    """
    try:
        if not path.exists():
            path.touch(mode=0o600)
        with closing(sqlite3.connect(path, timeout=WAIT, isolation_level=None)) as connection:
            connection.execute("pragma synchronous = extra")  # waits for the folder, too: the journal must be gone
            connection.execute("pragma secure_delete = on")
            connection.execute("begin" if reading else "begin immediate")
            _prepare(connection, path, table, version)
            yield connection
            connection.execute("commit")
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path}: what people asked or said cannot be kept or read: {error}") from error


def _prepare(connection: sqlite3.Connection, path: Path, table: str, version: int) -> None:
    (found,) = connection.execute("pragma user_version").fetchone()
    if found > version:
        raise StoreError(f"{path} was written by a newer xinfo (form {found}, this one knows {version}); update xinfo")
    if found == 0:
        connection.execute(table)
        connection.execute(f"pragma user_version = {version}")
