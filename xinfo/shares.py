"""Fair shares of what the machine can do little of at once: questions, statements, pages, drawings, files that come in.

A `Share` has places. Nobody holds more than half of them and no address more than three quarters, so that one who asks
for much leaves room for others; of those who wait, whoever has fewest under way goes first, and then whoever was let in
longest ago. On whose behalf something is done goes with the context (`on_behalf`); where nothing says so, whoever
serves pages knows (`known_by`). Knows no person, page or program: claimants are names.
"""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

from xinfo.errors import ShareTaken, TookTooLong
from xinfo.language.texts import text

Given = ParamSpec("Given")
Made = TypeVar("Made")
PATIENCE = 30.0
"""Seconds that one waits for a place before it is said that there is none."""
_LOOK = 0.02
"""Seconds between two looks at whether it is still waited for."""


@dataclass(frozen=True)
class Claimant:
    """On whose behalf something is done."""

    person: str = ""
    address: str = ""
    """Where he asks from, if that tells people apart: empty for one who is signed in, and for this machine."""


_CLAIMANT: ContextVar[Claimant | None] = ContextVar("claimant", default=None)
_known: Callable[[], Claimant] = Claimant


def known_by(tell: Callable[[], Claimant]) -> None:
    """From now on `tell` says on whose behalf is done what nothing else says that of."""
    global _known
    _known = tell


def claimant() -> Claimant:
    """On whose behalf the work of this thread or task is done."""
    return _CLAIMANT.get() or _known()


@contextmanager
def on_behalf(of: Claimant) -> Iterator[None]:
    """While this is entered, work is done on behalf of this claimant."""
    before = _CLAIMANT.set(of)
    try:
        yield
    finally:
        _CLAIMANT.reset(before)


def passed_on(work: Callable[Given, Made]) -> Callable[Given, Made]:
    """The work for another thread, which does it on behalf of whoever has it done now."""
    of = claimant()

    @wraps(work)
    def done(*given: Given.args, **named: Given.kwargs) -> Made:
        with on_behalf(of):
            return work(*given, **named)

    return done


@dataclass(eq=False)
class _Claim:
    """A place that is wanted, or held once `let_in` has come."""

    of: Claimant
    number: int
    let_in: Future[None] = field(default_factory=Future)


@dataclass(eq=False)
class _Turn:
    """What is held for as long as a turn lasts; no claim where it is over, or its place is with others meanwhile."""

    claim: _Claim | None = None


class _Mine(threading.local):
    """The turn that a thread has begun last."""

    turn = _Turn()


class Share:
    """Places for one kind of work. Safe to share between threads and event loops."""

    def __init__(self, places: int):
        self.places = places
        self.of_one, self.of_address = max(1, places // 2), max(1, places - places // 4)
        self._lock, self._numbers = threading.Lock(), itertools.count(1)
        self._running: Counter[tuple[str, str]] = Counter()
        self._waiting: list[_Claim] = []
        self._let_in: dict[str, int] = {}
        """When each was let in last, counted, as long as he waits or has something under way."""
        self._free, self._mine = places, _Mine()

    @contextmanager
    def turn(self, seconds: float = PATIENCE, called_off: Callable[[], bool] = lambda: False) -> Iterator[None]:
        """A place for what is done inside. Raises ShareTaken where one's own share stays taken for so long, and
        TookTooLong where others' are, or where it is called off. Another thread may end what this one has begun.
        """
        before, claim = self._mine.turn, self._claimed()
        self._mine.turn = turn = _Turn(claim)
        try:
            self._wait(claim, seconds, called_off)
            yield
        finally:
            held, turn.claim = turn.claim, None
            if held:
                self._left(held)
            if self._mine.turn is turn:
                self._mine.turn = before

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Lets others have the place that this thread holds, if it holds one, while it waits for something else."""
        turn = self._mine.turn
        if not turn.claim:
            yield
            return
        self._left(turn.claim)
        turn.claim = None
        yield
        turn.claim = again = self._claimed()
        self._wait(again, PATIENCE, lambda: False)

    @asynccontextmanager
    async def turn_async(self, seconds: float = PATIENCE) -> AsyncIterator[None]:
        """The same for a task, which holds up no other while it waits."""
        claim = self._claimed()
        try:
            try:
                await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(claim.let_in)), seconds)
            except TimeoutError:
                raise self._refusal(claim, seconds) from None
            yield
        finally:
            self._left(claim)

    def shared(self, work: Callable[Given, Made]) -> Callable[Given, Made]:
        """The function, each call of which takes a place."""

        @wraps(work)
        def done(*given: Given.args, **named: Given.kwargs) -> Made:
            with self.turn():
                return work(*given, **named)

        return done

    def _wait(self, claim: _Claim, seconds: float, called_off: Callable[[], bool]) -> None:
        until = time.monotonic() + seconds
        while not claim.let_in.done():
            if called_off():
                raise _stopped("cancelled")
            if (left := until - time.monotonic()) <= 0:
                raise self._refusal(claim, seconds)
            with suppress(TimeoutError):
                claim.let_in.result(min(left, _LOOK))

    def _claimed(self) -> _Claim:
        with self._lock:
            claim = _Claim(claimant(), next(self._numbers))
            self._waiting.append(claim)
            self._let_in.setdefault(claim.of.person, 0)
            self._admit()
        return claim

    def _left(self, claim: _Claim) -> None:
        """Gives a place back, or waits no longer for one."""
        with self._lock:
            if claim.let_in.done():
                self._running.subtract(_keys(claim.of))
                self._running += Counter()  # without those that are at nought
                self._free += 1
            else:
                self._waiting.remove(claim)
            person = claim.of.person
            if not self._running[person, ""] and all(one.of.person != person for one in self._waiting):
                self._let_in.pop(person, None)
            self._admit()

    def _admit(self) -> None:
        """Gives free places to those whose turn it is."""
        while self._free and (able := [one for one in self._waiting if not self._full(one.of)]):
            first = min(able, key=self._order)
            self._waiting.remove(first)
            self._running.update(_keys(first.of))
            self._free -= 1
            self._let_in[first.of.person] = next(self._numbers)
            first.let_in.set_result(None)

    def _full(self, of: Claimant) -> bool:
        at_address = bool(of.address) and self._running["", of.address] >= self.of_address
        return at_address or self._running[of.person, ""] >= self.of_one

    def _order(self, claim: _Claim) -> tuple[int, int, int, int]:
        person, address = (self._running[key] for key in ((claim.of.person, ""), ("", claim.of.address)))
        return person, address, self._let_in[claim.of.person], claim.number

    def _refusal(self, claim: _Claim, seconds: float) -> TookTooLong:
        with self._lock:
            own = self._full(claim.of)
        if own:
            return ShareTaken(text("engine.share_taken", "en"), "share_taken")
        return _stopped("waited", seconds=f"{seconds:.0f}")


def _keys(of: Claimant) -> list[tuple[str, str]]:
    """Under which what he has under way is counted."""
    return [(of.person, ""), *([("", of.address)] if of.address else [])]


def _stopped(kind: str, **about: object) -> TookTooLong:
    return TookTooLong(text(f"engine.{kind}", "en", **about), kind, about)


QUESTIONS = Share(8)
"""Of whole questions, from their words to their answer, whichever door they come by."""
PAGES = Share(8)
"""Of pages that are drawn."""
DRAWINGS = Share(4)
"""Of charts as pictures, documents and workbooks."""
UPLOADS = Share(8)
"""Of files that are sent, and of loads."""
