"""When programs get to ask: so many requests a minute each, and as many at once as is their share. Answers nothing.

Questions of one conversation wait for each other, and take no place from others while they do.
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
from xinfo.shares import QUESTIONS, on_behalf

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
