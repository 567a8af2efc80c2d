"""Stopping without cutting anybody off: what runs is counted, and the server waits for it before it closes."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType

import uvicorn

PATIENCE = 30.0
"""Seconds that running answers and loads have once the server is told to stop."""
DELIVERY = 0.5
"""Seconds for the last answer to reach its browser."""

_lock = threading.Lock()
_running = 0
_stopping = threading.Event()


@contextlib.contextmanager
def answering() -> Iterator[None]:
    """Counts a page that is being drawn, or a load, as running."""
    global _running
    with _lock:
        _running += 1
    try:
        yield
    finally:
        with _lock:
            _running -= 1


def running() -> int:
    """How many pages are being drawn and loads are at work."""
    return _running


def stopping() -> bool:
    """Whether the server was told to stop."""
    return _stopping.is_set()


class Server(uvicorn.Server):
    """A server that takes nobody in any more once it is told to stop, and ends when nothing runs any longer."""

    _quiet_since: float | None = None
    _told = 0.0

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begins to stop; a second Ctrl-C does not wait."""
        if not _stopping.is_set():
            _stopping.set()
            self._told = time.monotonic()
        elif sig == signal.SIGINT:
            self.force_exit = True
        self.should_exit = True

    async def on_tick(self, counter: int) -> bool:
        """Whether it is time to go; asked ten times a second."""
        leave = await super().on_tick(counter)
        if not leave or self.force_exit or not _stopping.is_set():
            return leave
        for listener in self.servers:
            listener.close()
        now = time.monotonic()
        if running():
            self._quiet_since = None
        elif self._quiet_since is None:
            self._quiet_since = now
        quiet = self._quiet_since is not None and now - self._quiet_since >= DELIVERY
        return quiet or now - self._told >= PATIENCE
