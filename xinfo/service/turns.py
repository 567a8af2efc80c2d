"""When programs get to ask: so many requests a minute each, and as many at once as is their share. Answers nothing.

Questions of one conversation wait for each other, and take no place from others while they do.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import nullcontext
from typing import TypeVar
from weakref import WeakValueDictionary

import anyio
import anyio.to_thread

from xinfo.errors import TooOften
from xinfo.language.texts import text
from xinfo.query.failure import stopped
from xinfo.query.watch import Handle
from xinfo.service.service import Caller
from xinfo.shares import QUESTIONS, on_behalf

PER_MINUTE, AT_ONCE = 120, 30
"""Requests of one caller: an assistant that asks question after question stays below them."""
MOST_CALLERS = 10_000


class Pace:
    """A bucket of tokens for each caller, filled as time goes by."""

    def __init__(self, per_minute: int = PER_MINUTE, at_once: int = AT_ONCE):
        self.per_minute, self._at_once = per_minute, at_once
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, caller: str) -> int:
        """Counts a request; the seconds after which the caller may ask again, 0 where he may now."""
        now = time.monotonic()
        with self._lock:
            left, at = self._left.pop(caller, (float(self._at_once), now))
            left = min(float(self._at_once), left + (now - at) * self.per_minute / 60)
            allowed = left >= 1
            self._left[caller] = (left - allowed, now)
            if len(self._left) > MOST_CALLERS:
                self._left.popitem(last=False)
        return 0 if allowed else math.ceil((1 - left) * 60 / self.per_minute)


PATIENCE = 20.0
"""Seconds that a program waits for its turn."""
Made = TypeVar("Made")


class Turns:
    """One for all programs of a server; of its event loop alone."""

    def __init__(self) -> None:
        self._pace, self._threads = Pace(), anyio.CapacityLimiter(QUESTIONS.places)
        self._talking: WeakValueDictionary[tuple[str, str], anyio.Lock] = WeakValueDictionary()
        """One for each conversation; there as long as anybody waits for it."""

    async def run(self, caller: Caller, conversation: str, handle: Handle, work: Callable[[], Made]) -> Made:
        """What `work` makes in a thread, once it is its turn; it is cancelled where nobody waits for it any more.

        Raises TooOften where the caller has to wait, ShareTaken where what he has under way stays too much, and
        TookTooLong where no turn comes or he has left before.
        """
        if seconds := self._pace.wait(caller.key):
            raise TooOften(text("service.too_often", "en", n=self._pace.per_minute, seconds=seconds), seconds)

        def begun() -> Made:
            if handle.cancelled:
                raise stopped("cancelled")
            return work()

        talk = self._talking.setdefault((caller.key, conversation), anyio.Lock()) if conversation else nullcontext()
        try:
            async with talk:
                with on_behalf(caller.claimant):
                    async with QUESTIONS.turn_async(PATIENCE):
                        return await anyio.to_thread.run_sync(begun, abandon_on_cancel=True, limiter=self._threads)
        finally:
            handle.cancel()
