"""The front: takes connections at the one address, hands each to a process, and starts a process anew that has ended.

A connection is handed over with its socket: the front is out of the way from then on, every process sees for itself who
is at the other end, and no header can say anything else. Draws nothing and answers nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine

from prometheus_client.multiprocess import mark_process_dead

from xinfo.service.address import listening
from xinfo.store.room import room
from xinfo.ui import logs
from xinfo.ui.processes import head
from xinfo.ui.settings import Settings
from xinfo.ui.stopping import PATIENCE

_START = "import sys; from xinfo.ui.processes.behind import main; main(int(sys.argv[1]), int(sys.argv[2]))"
AGAIN = 1.0
"""Seconds before a process that has ended is started anew."""
LONGEST = PATIENCE + 10.0
"""Seconds that processes have to stop; then they are killed."""
STARTING = 120.0
"""Seconds that a connection waits for a process to be ready."""

log = logging.getLogger("xinfo")


def serve(settings: Settings, count: int, tell: Callable[[str], None]) -> int:
    """Serves the app in so many processes until it is stopped; 0, for the exit code, or 1 where none could be started.

    Raises InputError for a port that is none or is taken.
    """
    listener = listening(settings.doors.address, settings.port)
    if settings.json:
        logs.as_json()
    tell(f"xinfo answers at {settings.address}; Ctrl-C stops it")
    return asyncio.run(Front(settings, listener, count).run())


class Place:
    """A process, or the room for the one that follows it."""

    def __init__(self, number: int, settings: Settings, numbers: str):
        """Starts it; `numbers` is the folder in which the processes count together."""
        self.number, self.since = number, time.monotonic()
        self.way, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.way.setblocking(False)
        self.held: int | None = None
        """How many connections it has; None until it is ready."""
        with there:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _START, str(there.fileno()), str(number)],
                stdin=subprocess.PIPE, pass_fds=[there.fileno()], env=_environment(numbers),
            )  # fmt: skip
        assert self.process.stdin
        with self.process.stdin as told, contextlib.suppress(OSError):
            pickle.dump(settings, told)

    def take(self, connection: socket.socket, said: bytes) -> bool:
        """Hands a connection over, with what it has said; whether that was possible."""
        try:
            socket.send_fds(self.way, [said], [connection.fileno()])
        except OSError:
            return False
        self.held = (self.held or 0) + 1
        return True


class Front:
    """For as long as the server runs."""

    def __init__(self, settings: Settings, listener: socket.socket, count: int):
        self._settings, self._listener = settings, listener
        self._places: dict[int, Place] = {}
        self._count, self._cookie = count, head.cookie_of(settings.port)
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended = asyncio.Event()
        self._changed = asyncio.Event()
        self._was_ready = False

    async def run(self) -> int:
        """Serves until it is told to stop; 0, or 1 where no process could be started."""
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(sign, self._ended.set)
        with room() as numbers:
            self._numbers = str(numbers)
            for number in range(self._count):
                self._start(number)
            accepting = loop.create_task(self._accept())
            await self._ended.wait()
            accepting.cancel()
            self._listener.close()
            await self._stop()
        return 0 if self._was_ready else 1

    def _start(self, number: int) -> None:
        place = self._places[number] = Place(number, self._settings, self._numbers)
        asyncio.get_running_loop().add_reader(place.way, self._heard, place)

    def _heard(self, place: Place) -> None:
        """How many connections a process has, or that it has ended."""
        try:
            told = place.way.recv(64)
        except BlockingIOError:
            return
        except OSError:
            told = b""
        if told:
            place.held, self._was_ready = int(told), True
            self._changed.set()
        else:
            asyncio.get_running_loop().remove_reader(place.way)
            place.way.close()
            place.held = None
            self._later(self._again(place))

    async def _again(self, place: Place) -> None:
        """Starts a process anew; where none has ever been ready, that would not help."""
        await asyncio.to_thread(place.process.wait)
        mark_process_dead(place.process.pid, self._numbers)  # type: ignore[no-untyped-call]
        if self._ended.is_set():
            return
        told = {"process": place.number, "code": place.process.returncode}
        log.error("a process has ended", extra={"told": told})
        if not self._was_ready:
            self._ended.set()
            return
        await asyncio.sleep(AGAIN)
        if not self._ended.is_set():
            self._start(place.number)

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                connection, _ = await loop.sock_accept(self._listener)
            except OSError as error:  # out of descriptors: those that are open come to an end
                log.error("a connection cannot be taken: %s", error.strerror)
                await asyncio.sleep(AGAIN)
                continue
            self._later(self._hand_over(connection))

    async def _hand_over(self, connection: socket.socket) -> None:
        with connection:
            connection.setblocking(False)
            if not (said := await head.read(connection)):
                return
            with contextlib.suppress(OSError, TimeoutError):
                address = str(connection.getpeername()[0])
                number = head.wanted(said, self._cookie, address, self._count)
                async with asyncio.timeout(STARTING):
                    while not ((place := self._chosen(number)) and place.take(connection, said)):
                        self._changed.clear()
                        with contextlib.suppress(TimeoutError):
                            await asyncio.wait_for(self._changed.wait(), 0.05)

    def _chosen(self, number: int | None) -> Place | None:
        """The process of this number; while there is none the next one, so that whoever was there meets again."""
        ready = [place for place in self._places.values() if place.held is not None]
        if not ready:
            return None
        if number is None:
            return min(ready, key=lambda place: place.held or 0)
        return min(ready, key=lambda place: (place.number - number) % self._count)

    async def _stop(self) -> None:
        """Tells all to stop and waits until they have; who waits for none is let go."""
        for task in self._tasks:
            task.cancel()
        each = [place.process for place in self._places.values()]
        for process in each:
            process.terminate()
        until = time.monotonic() + LONGEST
        for process in each:
            try:
                await asyncio.to_thread(process.wait, max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()

    def _later(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _environment(numbers: str) -> dict[str, str]:
    """A process finds the package the way this one does, and counts in the folder where all do."""
    path = os.pathsep.join(filter(None, sys.path))
    return os.environ | {"PYTHONPATH": path, "PROMETHEUS_MULTIPROC_DIR": numbers}
