"""Runs checked statements on a Spark cluster, with the limits of the engine at hand: rows, time, cancelling, turns.

The cluster's tables are one exported version of a store and never change, so what was once answered is kept for as long
as this engine lives. An answer that is waited for no longer is ended on the cluster, too; where the cluster does not
listen, nobody waits for it.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from xinfo.errors import EngineError, StoreError, TookTooLong
from xinfo.query.failure import failed, stopped
from xinfo.query.fetch import plain_rows
from xinfo.query.many import long_lists
from xinfo.query.result import Bound, Result
from xinfo.query.spark.dialect import spark_sql
from xinfo.query.spark.link import Link
from xinfo.query.watch import Handle
from xinfo.shares import Share

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

AT_ONCE = 8
OPENING = 180.0
"""Seconds at least until the first statement of a session must be answered: a cluster that has slept takes its time."""
FINGERPRINT = "SELECT value FROM meta WHERE key = 'fingerprint'"
KEPT = 500
"""So many answers are remembered."""
LOOK = 0.02
"""Seconds between two looks at whether a question is still waited for."""
Waiting = Callable[[float, float], None]
"""Hears how many seconds a question has taken, and which part of the cluster's tasks is done (0 to 1)."""
Fetch = Callable[[str, "Future[pa.Table]", Handle], None]
"""Fetches the rows of a statement, under a tag by which it can be ended."""


class SparkEngine:
    """A cluster behind a Spark Connect server. Safe to share between threads."""

    patience = 60.0

    def __init__(self, address: str, tables: str, *, at_once: int = AT_ONCE, waiting: Waiting | None = None):
        """`address` is spark://HOST:PORT and `tables` the folder that `xinfo export` wrote, as the cluster names it.

        Raises InputError for an address of another form; connects when the first statement runs.
        """
        self._link = Link(address, tables)
        self._share = Share(at_once)
        self._kept: OrderedDict[tuple[str, str, int], Result] = OrderedDict()
        self._keeping = threading.Lock()
        self._numbers = itertools.count()
        self._waiting = waiting or (lambda seconds, part: None)
        self._asking = threading.local()
        self.known = ""
        """The fingerprint of the store whose tables these are, once it was asked for."""

    def execute(self, sql: str, params: Bound, *, row_cap: int, seconds: float, handle: Handle | None = None) -> Result:
        """The first `row_cap` rows of a checked statement in DuckDB's dialect. Raises EngineError and TookTooLong."""
        key = (sql, json.dumps(params, sort_keys=True, default=str), row_cap)
        with self._keeping:
            if found := self._kept.get(key):
                self._kept.move_to_end(key)
                return found
        start, handle = time.monotonic(), handle or Handle()
        turn = contextlib.ExitStack()
        turn.enter_context(self._share.turn(seconds, handle.is_cancelled))
        patience = seconds if self._link.warm else max(seconds, OPENING)
        fetch = partial(self._fetch, spark_sql(sql, long_lists(params)), dict(params), row_cap, turn)
        table = self._fetched(fetch, patience, handle)
        result = _result(table, row_cap, (time.monotonic() - start) * 1000)
        with self._keeping:
            self._kept[key] = result
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return result

    @property
    def name(self) -> str:
        """The cluster in messages."""
        return self._link.name

    def fingerprint(self, handle: Handle | None = None) -> str:
        """That of the store whose tables these are. Raises EngineError and TookTooLong."""
        found = self.execute(FINGERPRINT, {}, row_cap=1, seconds=self.patience, handle=handle)
        if not found.rows:
            raise failed("cluster_missing")
        self.known = str(found.rows[0][0])
        return self.known

    def check(self) -> None:
        """Connects, and reads the smallest table. Raises StoreError with what is wrong."""
        try:
            self.fingerprint()
        except EngineError as error:
            raise StoreError(str(error)) from error

    @contextmanager
    def looking(self, seconds: float, handle: Handle | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """Raises EngineError: the published rows behind the figures are not on the cluster."""
        raise failed("published_elsewhere")
        yield

    def close(self) -> None:
        """Lets the connection go; what runs on the cluster is left to end."""
        self._link.close()

    def _fetched(self, fetch: Fetch, patience: float, handle: Handle) -> pa.Table:
        """The rows, fetched by a thread of its own, which gives the turn back when the cluster has answered."""
        future: Future[pa.Table] = Future()
        tag = f"xinfo-{next(self._numbers)}"
        threading.Thread(target=fetch, args=(tag, future, handle), daemon=True).start()
        start = time.monotonic()
        while not wait([future], LOOK).done:
            if handle.cancelled or time.monotonic() - start >= patience:
                threading.Thread(target=self._end, args=(tag,), daemon=True).start()
                raise self._given_up(handle, patience)
            self._waiting(time.monotonic() - start, handle.part)
        return future.result()

    def _given_up(self, handle: Handle, patience: float) -> TookTooLong:
        if handle.cancelled:
            return stopped("cancelled")
        if not self._link.warm:
            return stopped("cluster_silent", cluster=self.name, seconds=f"{patience:g}")
        return stopped("cluster_too_long", cluster=self.name)

    def _fetch(
        self, sql: str, params: dict[str, Any], row_cap: int, turn: contextlib.ExitStack,
        tag: str, future: Future[pa.Table], handle: Handle,
    ) -> None:  # fmt: skip
        self._asking.handle = handle
        try:
            try:
                future.set_result(self._collected(sql, params, row_cap, tag))
            except Exception as error:
                if not lost(error):
                    raise
                self._forget()
                future.set_result(self._collected(sql, params, row_cap, tag))
        except Exception as error:
            future.set_exception(error if isinstance(error, EngineError) else said(error, self.name))
        finally:
            turn.close()

    def _forget(self) -> None:
        """Lets a lost session go, and what it has answered: behind the same address there may be another cluster."""
        self._link.drop()
        with self._keeping:
            self._kept.clear()

    def _collected(self, sql: str, params: dict[str, Any], row_cap: int, tag: str) -> pa.Table:
        session = self._link.session()
        session.addTag(tag)
        session.registerProgressHandler(self._heard)
        try:
            rows = session.sql(sql, args=params).limit(row_cap + 1).toArrow()
        finally:
            session.removeTag(tag)
        self._link.warm = True
        return rows

    def _heard(self, stages: Any, inflight_tasks: int, operation_id: str | None, done: bool) -> None:
        """How far the cluster is, as it tells itself to the thread that waits for it."""
        tasks = sum(stage.num_tasks for stage in stages or ())
        handle: Handle | None = getattr(self._asking, "handle", None)
        if handle and tasks:
            handle.part = sum(stage.num_completed_tasks for stage in stages) / tasks

    def _end(self, tag: str) -> None:
        with contextlib.suppress(Exception):  # nobody waits for it any more, whatever became of it
            self._link.session().interruptTag(tag)


def _result(table: pa.Table, row_cap: int, elapsed_ms: float) -> Result:
    columns = [column.to_pylist() for column in table.columns]
    rows = list(zip(*columns, strict=True))
    return Result(tuple(table.column_names), plain_rows(rows[:row_cap]), len(rows) > row_cap, elapsed_ms)


GONE = (
    *("unavailable", "connection refused", "connection reset", "socket closed", "failed to connect", "goaway"),
    *("session_not_found", "session_changed", "session_closed", "session not found", "session is closed"),
)
_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cluster_missing", ("path_not_found", "no such file", "does not exist", "not found")),
    ("cluster_unreadable", ("unresolved_column", "parse_syntax", "datatype_mismatch")),
    ("cluster_closed", ("permission", "unauthenticated", "forbidden")),
)
_TOO_MUCH = ("outofmemory", "out of memory", "resources exhausted", "resource_exhausted")


def lost(error: Exception) -> bool:
    """Whether the connection or the session is gone, so that a new one may help."""
    told = _told(error)
    return any(sign in told for sign in GONE)


def said(error: Exception, cluster: str) -> EngineError:
    """The failure as an error that a person can act on."""
    told = _told(error)
    if lost(error):
        return failed("cluster_lost", cluster=cluster)
    if any(sign in told for sign in _TOO_MUCH):
        return stopped("cluster_memory")
    if "cancel" in told or "interrupted" in told:
        return stopped("cancelled")
    for words, signs in _WORDS:
        if any(sign in told for sign in signs):
            return failed(words)
    return failed("cluster_failed", cluster=cluster)


def _told(error: Exception) -> str:
    return f"{type(error).__name__} {error}".lower()
