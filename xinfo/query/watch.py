"""Ends statements whose time is up or that a user has cancelled. Knows cursors and clocks, nothing of SQL or rows.

One thread watches all statements of an engine, since starting a thread for each would cost more than a short query. It
goes on interrupting until a statement has ended: an interrupt that comes just before a statement starts is lost.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

_PAUSE = 0.02
"""Seconds between two looks at what is running."""


class Handle:
    """A hold on one statement that runs, or is about to, so that another thread can end it."""

    def __init__(self) -> None:
        self.cancelled = False
        self.part = 0.0
        """Which part of the work is done, 0 to 1, where the engine tells it."""

    def cancel(self) -> None:
        """Ends the statement; does nothing to one that has ended, and keeps one from starting that has not."""
        self.cancelled = True

    def is_cancelled(self) -> bool:
        return self.cancelled


class Watch:
    """The watching thread and what it watches."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._running: dict[duckdb.DuckDBPyConnection, tuple[float, Handle]] = {}
        self._stopped = False
        threading.Thread(target=self._run, name="query-watch", daemon=True).start()

    @contextmanager
    def over(self, cursor: duckdb.DuckDBPyConnection, seconds: float, handle: Handle) -> Iterator[None]:
        """While this is entered, the cursor is interrupted once `seconds` are over or the handle is cancelled."""
        with self._changed:
            if not self._running:
                self._changed.notify()
            self._running[cursor] = (time.monotonic() + seconds, handle)
        try:
            yield
        finally:
            with self._changed:
                del self._running[cursor]

    def stop(self) -> None:
        """Lets the thread end."""
        with self._changed:
            self._stopped = True
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while not self._stopped:
                self._interrupt()
                self._changed.wait(_PAUSE if self._running else None)

    def _interrupt(self) -> None:
        # Not part of the loop: its names would hold on to a cursor for as long as the thread sleeps.
        now = time.monotonic()
        for cursor, (deadline, handle) in self._running.items():
            if handle.cancelled or now >= deadline:
                cursor.interrupt()
