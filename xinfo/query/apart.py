"""An engine that runs what people wrote in processes of their own, which the operating system holds to memory and time.

The guard cannot know how much one call of a function makes of its texts, and nothing inside the engine ends such a
call. A process that passes its time, its memory or is cancelled is killed, and another takes its place. What xinfo
composes itself needs none of this: people fill it with bound values alone, so it runs where the pages are drawn, on
all cores and without a way in between. Nothing here judges or changes a statement.
"""

from __future__ import annotations

import pickle
import queue
import threading
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Any

import duckdb

from xinfo.confined import Process, hold
from xinfo.errors import EngineError, TooMuch
from xinfo.query.engine import DuckEngine
from xinfo.query.failure import stopped
from xinfo.query.result import Bound, Result
from xinfo.query.watch import Handle

GRACE = 1.0
"""Seconds that the process has, beyond the statement's own, to come to an end by itself."""
MEMORY = 2**29
"""Bytes that a statement may take, as the engine counts them."""
BESIDES = 3 * 2**28
"""Bytes of addresses that a process may take beside those: code, threads, the mapped store."""
WORKERS = 2
_START = "import sys; from xinfo.query.apart import main; main(*sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)"


class ApartEngine:
    """Like the engine `here`, with `workers` processes, started with the first statement; look-ups stay here."""

    patience = DuckEngine.patience

    def __init__(self, path: Path, here: DuckEngine, *, memory: int = MEMORY, workers: int = WORKERS):
        self._here, self._path, self._memory = here, path, memory
        self._free: queue.SimpleQueue[Process] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._waiting = workers
        """How many processes are still to be started."""
        self._workers = workers

    def start(self) -> None:
        """Starts the processes, so that the first statement need not wait for them."""
        with self._starting:
            while self._waiting:
                self._free.put(self._process())
                self._waiting -= 1

    def execute(self, sql: str, params: Bound, *, row_cap: int, seconds: float, handle: Handle | None = None) -> Result:
        """As DuckEngine.execute, and it ends: at the latest GRACE after its time."""
        self.start()
        handle, until = handle or Handle(), time.monotonic() + seconds
        if handle.cancelled:
            raise stopped("cancelled")
        try:
            process = self._free.get(timeout=max(0.0, seconds))
        except queue.Empty:
            raise stopped("waited", seconds=f"{seconds:g}") from None
        job = (sql, dict(params), row_cap, until - time.monotonic())
        try:
            said: Result | EngineError = process.run(job, until + GRACE, lambda: handle.cancelled)
        except TooMuch as ended:
            raise stopped(ended.kind) from None
        finally:
            self._free.put(process if process.alive else self._process())
        if isinstance(said, EngineError):
            raise said
        return said

    def looking(self, seconds: float) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """As DuckEngine.looking."""
        return self._here.looking(seconds)

    def close(self) -> None:
        """Ends the processes; the engine here stays open."""
        with self._starting:
            for _ in range(self._workers - self._waiting):
                self._free.get().end()

    def _process(self) -> Process:
        return Process(_START, str(self._path), str(self._memory))


def main(path: str, memory: str, asked: IO[bytes], answers: IO[bytes]) -> None:
    """The process: runs each job that comes in, until none comes any more."""
    hold(int(memory) + BESIDES)
    engine = DuckEngine(Path(path), memory=f"{int(memory) // 2**20}MB", threads=1)
    while True:
        try:
            sql, params, row_cap, seconds = pickle.load(asked)  # from the process that started this one
        except EOFError:
            return
        pickle.dump(_run(engine, sql, params, row_cap, seconds), answers)
        answers.flush()


def _run(engine: DuckEngine, sql: str, params: dict[str, Any], row_cap: int, seconds: float) -> Result | EngineError:
    try:
        return engine.execute(sql, params, row_cap=row_cap, seconds=seconds)
    except EngineError as error:
        return error
    except MemoryError:
        return stopped("memory")
