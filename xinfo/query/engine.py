"""Runs checked statements on a store, and nothing else: no statement is judged, changed or written here.

What is a hard limit: the store is opened read-only; no file, network, extension or setting can be reached from SQL; no
more than `row_cap` rows leave, and no more characters than `fetch` allows; nothing spills to disk. What is soft: memory
(DuckDB counts most of what it uses, and single values may pass the limit several times over) and time (an interrupt
ends scans, joins and sorts within some hundredths of a second, but not one call of a function on one huge value). The
guard keeps such calls out; `apart` runs statements where the operating system holds them to both.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import duckdb

from xinfo.errors import EngineError
from xinfo.query.failure import failed, stopped
from xinfo.query.fetch import fetched, plain_rows
from xinfo.query.many import joined, long_lists
from xinfo.query.result import Bound, Result
from xinfo.query.watch import Handle, Watch
from xinfo.shares import Share
from xinfo.store.opening import damaged, require_whole

__all__ = ["DuckEngine", "Engine", "Handle"]

_CONFIG = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_unsigned_extensions": "false",
    "python_enable_replacements": "false",
    "max_temp_directory_size": "0B",
    "temp_directory": "",
}
# The lock comes last: nothing can be set after it. Without the file systems' name, SQL could still read the store's own
# bytes and write beside it.
_SETTINGS = (
    "SET allow_persistent_secrets = false",
    "SET enable_progress_bar = false",
    "SET disabled_filesystems = 'LocalFileSystem'",
    "SET lock_configuration = true",
)


_opening = threading.Lock()
_KEPT = 256
"""So many statements stay parsed; reading the text of one takes as long as running a short one."""


class Engine(Protocol):
    """Whatever can run a checked statement."""

    @property
    def patience(self) -> float:
        """Seconds that a question may take."""
        ...

    def execute(self, sql: str, params: Bound, *, row_cap: int, seconds: float, handle: Handle | None = None) -> Result:
        """The first `row_cap` rows. Raises EngineError where it fails, TookTooLong where it passes a limit."""
        ...

    def looking(
        self, seconds: float, handle: Handle | None = None
    ) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A cursor for look-ups that take several statements; raises the same."""
        ...


class DuckEngine:
    """A store's DuckDB file, opened read-only and closed to everything else. Safe to share between threads."""

    patience = 10.0

    def __init__(self, path: Path, *, memory: str = "1GB", threads: int | None = None, at_once: int | None = None):
        """Opens the file; `memory` is DuckDB's limit for all queries together, `at_once` how many run side by side.

        By default there are as many threads as cores, and as many side by side, but four at least.
        Raises StoreError if the file is missing, broken or locked.
        """
        cores = os.cpu_count() or 1
        config: dict[str, str | bool | int | float | list[str]] = {
            **_CONFIG,
            "memory_limit": memory,
            "threads": str(threads or cores),
        }
        try:
            self._connection = _opened(path, config)
        except duckdb.Error:
            raise damaged(path) from None
        require_whole(self._connection, path)
        self._watch = Watch()
        self._share = Share(at_once or max(4, cores))
        self._parsed: OrderedDict[tuple[str, frozenset[str]], duckdb.Statement] = OrderedDict()
        self._parsing = threading.Lock()

    def execute(self, sql: str, params: Bound, *, row_cap: int, seconds: float, handle: Handle | None = None) -> Result:
        """The first `row_cap` rows of a checked statement, with exactly the parameters that it names.

        The time counts from the call on, waiting for a turn included. Raises TookTooLong where time or memory ran out
        or the handle was cancelled, EngineError for anything else; neither repeats the engine's own words.
        """
        start, handle = time.perf_counter(), handle or Handle()
        with self._share.turn(seconds, handle.is_cancelled):
            columns, rows = self._fetch(sql, params, row_cap, seconds - (time.perf_counter() - start), handle)
        return Result(columns, plain_rows(rows[:row_cap]), len(rows) > row_cap, (time.perf_counter() - start) * 1000)

    @contextmanager
    def looking(self, seconds: float, handle: Handle | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for look-ups of the project's own that take several statements; closed after, ended in time.

        Raises what `execute` raises.
        """
        handle = handle or Handle()
        try:
            cursor = self._connection.cursor()
        except duckdb.Error:
            raise failed("closed") from None
        start = time.perf_counter()
        try:
            with (
                self._share.turn(seconds, handle.is_cancelled),
                self._watch.over(cursor, seconds - (time.perf_counter() - start), handle),
            ):
                yield cursor
        except duckdb.Error as error:
            raise _said(error, handle) from None
        finally:
            cursor.close()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor on the engine's connection without its limits, to measure them against."""
        return self._connection.cursor()

    def close(self) -> None:
        """Lets the file go. Queries that still run come to their end, or to an error, without their limit of time."""
        self._watch.stop()
        self._connection.close()

    def _fetch(
        self, sql: str, params: Bound, row_cap: int, seconds: float, handle: Handle
    ) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Columns and at most one row more than the cap, on a cursor of its own that is closed after."""
        if handle.cancelled:
            raise stopped("cancelled")
        try:
            cursor = self._connection.cursor()
        except duckdb.Error:
            raise failed("closed") from None
        try:
            with self._watch.over(cursor, seconds, handle):
                cursor.execute(self._statement(sql, long_lists(params), cursor), dict(params))
                columns = tuple(str(column[0]) for column in cursor.description or ())
                return columns, fetched(cursor, row_cap + 1)
        except (duckdb.Error, MemoryError, RuntimeError, OverflowError, ValueError, TypeError) as error:
            raise _said(error, handle) from None
        finally:
            cursor.close()

    def _statement(self, sql: str, long: frozenset[str], cursor: duckdb.DuckDBPyConnection) -> duckdb.Statement:
        """The parsed text; raises what parsing raises, and ValueError where it is not one statement."""
        with self._parsing:
            if (found := self._parsed.get((sql, long))) is None:
                [found] = cursor.extract_statements(joined(sql, long) if long else sql)
            self._parsed[sql, long] = found
            self._parsed.move_to_end((sql, long))
            if len(self._parsed) > _KEPT:
                self._parsed.popitem(last=False)
            return found


def _opened(path: Path, config: dict[str, str | bool | int | float | list[str]]) -> duckdb.DuckDBPyConnection:
    """A locked connection. Engines of one process on one file share one database, which is locked once."""
    with _opening:
        connection = duckdb.connect(str(path), read_only=True, config=config)
        locked = connection.execute("SELECT current_setting('lock_configuration')").fetchone()
        if locked != (True,):
            for setting in _SETTINGS:
                connection.execute(setting)
        return connection


def _said(error: Exception, handle: Handle) -> EngineError:
    """The engine's failure in words of our own: its own name tables, columns and paths that are nobody's business."""
    if handle.cancelled:
        return stopped("cancelled")
    if isinstance(error, duckdb.InterruptException):
        return stopped("too_long")
    if isinstance(error, duckdb.OutOfMemoryException | MemoryError):
        return stopped("memory")
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return failed(words)
    return failed("failed")


_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (duckdb.ConversionException, "conversion"),
    (duckdb.OutOfRangeException, "range"),
    (duckdb.BinderException, "binding"),
    (duckdb.CatalogException, "unknown"),
    (duckdb.ParserException, "unreadable"),
    (duckdb.IOException, "damaged"),
    (duckdb.PermissionException, "forbidden"),
    (duckdb.InvalidInputException, "values"),
)
