"""A process behind the front: serves the connections that it is handed, and tells how many it has. Listens nowhere."""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import signal
import socket
import sys
from functools import partial

import uvicorn

from xinfo.ui import metrics
from xinfo.ui.processes.head import LARGEST, cookie_of
from xinfo.ui.processes.kept import Kept
from xinfo.ui.serve import run
from xinfo.ui.settings import Settings
from xinfo.ui.stopping import Server, stopping

SECOND = 10
"""Ticks of the server."""


def main(way: int, number: int) -> None:
    """The process: its settings come on its input, its connections by the socket `way`."""
    settings: Settings = pickle.load(sys.stdin.buffer)  # from the front, which started this process
    kept = partial(Kept, number=number, cookie=cookie_of(settings.port), secure=settings.doors.secure)
    run(settings, partial(Behind, socket.socket(fileno=way)), [], [kept])


class Behind(Server):
    """A server whose connections come from the front."""

    def __init__(self, way: socket.socket, config: uvicorn.Config):
        super().__init__(config)
        self._way = way
        self._beginning: set[asyncio.Task[None]] = set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._way.setblocking(False)
        asyncio.get_running_loop().add_reader(self._way, self._handed)

    async def on_tick(self, counter: int) -> bool:
        """Tells the front, a second after the other, until this process takes nobody in any more."""
        if stopping():
            self._leave()
        elif counter % SECOND == 0:
            metrics.look()
            with contextlib.suppress(BlockingIOError):
                self._way.send(str(len(self.server_state.connections)).encode())
        return await super().on_tick(counter)

    def _handed(self) -> None:
        """Begins with what was handed over; where the front is gone, this process has nothing to do any more."""
        try:
            said, descriptors, _, _ = socket.recv_fds(self._way, LARGEST, 1)
        except BlockingIOError:
            return
        except OSError:
            said, descriptors = b"", []
        for descriptor in descriptors:
            task = asyncio.get_running_loop().create_task(self._begin(socket.socket(fileno=descriptor), said))
            self._beginning.add(task)
            task.add_done_callback(self._beginning.discard)
        if not descriptors:
            self._leave()
            self.handle_exit(signal.SIGTERM, None)

    async def _begin(self, connection: socket.socket, said: bytes) -> None:
        """Serves a connection as if it had come here, beginning with what the front has read of it."""
        protocol = self.config.http_protocol_class(  # type: ignore[call-arg]
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        with contextlib.suppress(OSError):
            await asyncio.get_running_loop().connect_accepted_socket(lambda: _Begun(protocol, said), connection)

    def _leave(self) -> None:
        """Takes nothing more from the front."""
        if self._way.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self._way)
            self._way.close()


class _Begun(asyncio.Protocol):
    """Has a protocol take over a connection, and hear what was said before, ahead of all that comes."""

    def __init__(self, protocol: asyncio.Protocol, said: bytes):
        self._protocol, self._said = protocol, said

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.set_protocol(self._protocol)
        self._protocol.connection_made(transport)
        self._protocol.data_received(self._said)
