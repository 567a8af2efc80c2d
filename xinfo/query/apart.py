"""An engine that runs what people wrote in processes of their own, which the operating system holds to memory and time.

The guard cannot know how much one call of a function makes of its texts, and nothing inside the engine ends such a
call. A process that passes its time, its memory or is cancelled is killed, and another takes its place. What xinfo
composes itself needs none of this: people fill it with bound values alone, so it runs where the pages are drawn, on
all cores and without a way in between. Nothing here judges or changes a statement.
"""

from __future__ import annotations

import functools
import pickle
import queue
import threading
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

import duckdb

from xinfo.confined import Process, hold, most_taken
from xinfo.errors import EngineError, StoreError, TooMuch
from xinfo.query.engine import DuckEngine
from xinfo.query.failure import failed, stopped
from xinfo.query.result import Bound, Result
from xinfo.query.watch import Handle
from xinfo.shares import Share

GRACE = 1.0
"""Seconds that the process has, beyond the statement's own, to come to an end by itself."""
STARTING = 60.0
"""Seconds that a process may take until it can take jobs."""
MEMORY = 2**29
"""Bytes that a statement may take, as the engine counts them."""
BESIDES = 3 * 2**28
"""Bytes of addresses that a process may take beside those: code, threads, the open store; some 210 MB are."""
WORKERS = 2
Job = tuple[str, str, dict[str, object], int]
"""The store's file, a statement with its values, the most rows."""
_START = "import sys; from xinfo.query.apart import main; main(*sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)"


class _Pool:
    """Processes that take whatever job comes next, on any store; started with the first one."""

    def __init__(self, workers: int, memory: int):
        self._free: queue.SimpleQueue[Process] = queue.SimpleQueue()
        self._memory, self._lock, self._share = memory, threading.Lock(), Share(workers)
        self._missing = workers
        """How many have to be started with the next job."""

    def run(self, job: Job, until: float, handle: Handle) -> Result | EngineError:
        """What comes of a job; whoever ran it is replaced where it was killed or is spent.

        Raises TooMuch, and TookTooLong where no turn comes.
        """
        with self._share.turn(until - time.monotonic(), handle.is_cancelled):
            return self._ran(job, until, handle)

    def _ran(self, job: Job, until: float, handle: Handle) -> Result | EngineError:
        process = self._taken(until)
        try:
            left = until - time.monotonic()
            said, spent = process.run((*job, left), until + GRACE, handle.is_cancelled)
            if spent:
                process.end()
        finally:
            if process.alive:
                self._free.put(process)
            else:
                self._start()
        found: Result | EngineError = said
        return found

    def _taken(self, until: float) -> Process:
        with self._lock:
            starting, self._missing = self._missing, 0
        for _ in range(starting):
            self._start()
        began = time.monotonic()
        try:
            return self._free.get(timeout=max(0.0, until - began))
        except queue.Empty:
            raise stopped("waited", seconds=f"{until - began:.0f}") from None

    def _start(self) -> None:
        """Starts a process in its own time: nobody's statement is given to one that is not there yet."""
        threading.Thread(target=self._started, args=(Process(_START, str(self._memory)),), daemon=True).start()

    def _started(self, process: Process) -> None:
        try:
            process.run(None, time.monotonic() + STARTING)
            self._free.put(process)
        except TooMuch:
            with self._lock:
                self._missing += 1


_pool = functools.cache(_Pool)
"""One for all stores that are open: a process holds some 80 MB while it waits."""


class ApartEngine:
    """Like the engine `here`, in one of `workers` processes; look-ups stay here."""

    patience = DuckEngine.patience

    def __init__(self, path: Path, here: DuckEngine, *, memory: int = MEMORY, workers: int = WORKERS):
        self._here, self._path = here, path
        self._pool = _pool(workers, memory)

    def execute(self, sql: str, params: Bound, *, row_cap: int, seconds: float, handle: Handle | None = None) -> Result:
        """As DuckEngine.execute, and it ends: at the latest GRACE after its time."""
        handle, until = handle or Handle(), time.monotonic() + seconds
        if handle.cancelled:
            raise stopped("cancelled")
        try:
            said = self._pool.run((str(self._path), sql, dict(params), row_cap), until, handle)
        except TooMuch as ended:
            raise stopped(ended.kind) from None
        if isinstance(said, EngineError):
            raise said
        return said

    def looking(
        self, seconds: float, handle: Handle | None = None
    ) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """As DuckEngine.looking."""
        return self._here.looking(seconds, handle)


def main(memory: str, asked: IO[bytes], answers: IO[bytes]) -> None:
    """A process: runs each job that comes in, until none comes any more, and holds on to the last one's store.

    Beside what came of a job it says whether it is spent: memory once taken is not all given back, and would be missing
    in the next.
    """
    hold(int(memory) + BESIDES)
    most = most_taken() + int(memory) // 2
    held: tuple[str, DuckEngine] | None = None
    while True:
        try:
            job = pickle.load(asked)  # from the process that started this one
        except EOFError:
            return
        if job is None:  # to see whether it has started
            _tell(answers, None)
            continue
        path, sql, params, row_cap, seconds = job
        if held and held[0] != path:
            held[1].close()
            held = None
        said: Result | EngineError
        try:
            held = held or (path, DuckEngine(Path(path), memory=f"{int(memory) // 2**20}MB", threads=1))
            said = held[1].execute(sql, params, row_cap=row_cap, seconds=seconds)
        except EngineError as error:
            said = error
        except StoreError:
            said = failed("damaged")
        except MemoryError:
            said = stopped("memory")
        _tell(answers, (said, most_taken() > most))


def _tell(answers: IO[bytes], said: object) -> None:
    pickle.dump(said, answers)
    answers.flush()
