"""An unhardened, writable store with canaries in tables and in a file: what the guard lets through is run on it."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Collection
from pathlib import Path

import duckdb

from tests.sql.store import PARAMETERS, tiny_store

MARK = "CANARY"
SECONDS = 2.0


class Trap:
    """Runs texts in a folder of its own, which becomes the working directory until `close`."""

    def __init__(self, folder: Path):
        (folder / "canary.csv").write_text(f"a\n{MARK}-file\n", encoding="utf-8")
        path = tiny_store(folder / "tiny.duckdb")
        self._here = os.getcwd()
        os.chdir(folder)
        self._connection = duckdb.connect(str(path), config={"memory_limit": "500MB", "threads": 1})
        self._connection.execute(f"CREATE TABLE canary AS SELECT '{MARK}-table' AS value")
        self._connection.execute("CHECKPOINT")
        self._before = self._state()

    def run(self, sql: str, names: Collection[str]) -> str:
        """All that comes out; the mark alone where it takes too long or too much."""
        timer = threading.Timer(SECONDS, self._connection.interrupt)
        timer.start()
        try:
            bound = {name: PARAMETERS.get(name, 1) for name in names}
            return repr(self._connection.execute(sql, bound).fetchmany(2000))
        except duckdb.Error as error:
            return "" if not isinstance(error, duckdb.InterruptException | duckdb.OutOfMemoryException) else MARK
        finally:
            timer.cancel()

    @property
    def unchanged(self) -> bool:
        """Whether tables, settings and files are what they were."""
        return self._state() == self._before

    def close(self) -> None:
        self._connection.close()
        os.chdir(self._here)

    def _state(self) -> tuple[object, ...]:
        found = self._connection.execute(
            "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views()"
        )
        names = tuple(sorted(row[0] for row in found.fetchall()))
        values = self._connection.execute("SELECT name, value FROM duckdb_settings() ORDER BY name").fetchall()
        return names, hashlib.sha256(repr(values).encode()).hexdigest(), tuple(sorted(os.listdir()))
