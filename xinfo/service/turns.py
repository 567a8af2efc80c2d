"""When programs get to ask: so many requests a minute each, and few of all places at once. Answers nothing.

Whoever has to wait for himself, in one conversation or with many questions at once, takes no place from others.
"""

from __future__ import annotations

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
from xinfo.service.limits import Pace
from xinfo.service.service import Caller

AT_ONCE, OF_ONE = 8, 3
"""Requests that are worked on at once, and those of one caller; the engine lets fewer statements run side by side."""
Made = TypeVar("Made")


class Turns:
    """One for all programs of a server; of its event loop alone."""

    def __init__(self) -> None:
        self._pace, self._places = Pace(), anyio.CapacityLimiter(AT_ONCE)
        self._waiting: WeakValueDictionary[tuple[str, ...], anyio.CapacityLimiter] = WeakValueDictionary()
        """What a caller, and each of his conversations, may have at once; there as long as anybody waits for it."""

    async def run(self, caller: Caller, conversation: str, handle: Handle, work: Callable[[], Made]) -> Made:
        """What `work` makes in a thread, once it is its turn; it is cancelled where nobody waits for it any more.

        Raises TooOften where the caller has to wait, TookTooLong where he has left before it was his turn.
        """
        if seconds := self._pace.wait(caller.key):
            raise TooOften(text("service.too_often", "en", n=self._pace.per_minute, seconds=seconds), seconds)

        def begun() -> Made:
            if handle.cancelled:
                raise stopped("cancelled")
            return work()

        try:
            turn = self._shared(1, caller.key, conversation) if conversation else nullcontext()
            async with turn, self._shared(OF_ONE, caller.key):
                return await anyio.to_thread.run_sync(begun, abandon_on_cancel=True, limiter=self._places)
        finally:
            handle.cancel()

    def _shared(self, most: int, *whose: str) -> anyio.CapacityLimiter:
        return self._waiting.setdefault(whose, anyio.CapacityLimiter(most))
