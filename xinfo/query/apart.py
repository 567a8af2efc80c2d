"""An engine that runs statements in processes of their own, which the operating system holds to memory and time.

What the guard keeps out cannot happen in the engine; this is for what nobody thought of. A process that passes its
time, its memory or is cancelled is killed, and another takes its place. It judges and changes no statement.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Any

import duckdb

from xinfo.errors import EngineError
from xinfo.query.engine import DuckEngine
from xinfo.query.failure import stopped
from xinfo.query.result import Bound, Result
from xinfo.query.watch import Handle

GRACE = 1.0
"""Seconds that the process has, beyond the statement's own, to come to an end by itself."""
BESIDES = 3 * 2**29
"""Bytes of addresses that a process may take beside the memory for statements: code, threads, the mapped store."""
_PAUSE = 0.02
_START = "import sys; from xinfo.query.apart import main; main(*sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)"


class ApartEngine:
    """Like DuckEngine, with `workers` processes; look-ups of the project's own stay in this one."""

    patience = DuckEngine.patience

    def __init__(self, path: Path, *, memory: int = 2**30, workers: int = 2):
        """Opens the file; `memory` is each process's own, in bytes. Raises StoreError as DuckEngine does."""
        self._here = DuckEngine(path)
        self._command = [sys.executable, "-c", _START, str(path), str(memory)]
        self._free: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for _ in range(workers):
            self._free.put(_Worker(self._command))
        self._workers = workers

    def execute(self, sql: str, params: Bound, *, row_cap: int, seconds: float, handle: Handle | None = None) -> Result:
        """As DuckEngine.execute, and it ends: at the latest GRACE after its time."""
        handle, until = handle or Handle(), time.monotonic() + seconds
        if handle.cancelled:
            raise stopped("cancelled")
        try:
            worker = self._free.get(timeout=max(0.0, seconds))
        except queue.Empty:
            raise stopped("waited", seconds=f"{seconds:g}") from None
        try:
            said = worker.run((sql, dict(params), row_cap, until - time.monotonic()), until + GRACE, handle)
        finally:
            self._free.put(worker if worker.alive else _Worker(self._command))
        if isinstance(said, EngineError):
            raise said
        return said

    def looking(self, seconds: float) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """As DuckEngine.looking."""
        return self._here.looking(seconds)

    def close(self) -> None:
        """Ends the processes and lets the file go."""
        for _ in range(self._workers):
            self._free.get().end()
        self._here.close()


class _Worker:
    """One process, and the way to it."""

    def __init__(self, command: list[str]):
        # It finds the package the way this process does, wherever that was started.
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        self.alive = True

    def run(self, job: tuple[str, dict[str, object], int, float], until: float, handle: Handle) -> Result | EngineError:
        """What the process says to a job; it is killed at `until`, or once the handle is cancelled."""
        done = threading.Event()
        watch = threading.Thread(target=self._watch, args=(until, handle, done), daemon=True)
        watch.start()
        try:
            assert self._process.stdin
            assert self._process.stdout
            pickle.dump(job, self._process.stdin)
            self._process.stdin.flush()
            said: Result | EngineError = pickle.load(self._process.stdout)  # from a process of our own
            return said
        except (OSError, EOFError, pickle.UnpicklingError):
            self.end()
            if handle.cancelled:
                return stopped("cancelled")
            if time.monotonic() >= until:
                return stopped("too_long")
            return stopped("memory")
        finally:
            done.set()

    def end(self) -> None:
        """Kills the process and waits for its end."""
        self.alive = False
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        for way in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                way and way.close()

    def _watch(self, until: float, handle: Handle, done: threading.Event) -> None:
        while not done.wait(_PAUSE):
            if handle.cancelled or time.monotonic() >= until:
                with contextlib.suppress(OSError):
                    self._process.kill()
                return


def main(path: str, memory: str, asked: IO[bytes], answers: IO[bytes]) -> None:
    """The process: runs each job that comes in, until none comes any more."""
    _hold(int(memory))
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


def _hold(memory: int) -> None:
    """Takes no more addresses than that from the operating system, where it can hold a process to it."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory + BESIDES, memory + BESIDES))
