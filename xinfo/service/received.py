"""Takes requests in whole, up to what one may have, and tells what is inside when their sender leaves. Reads none."""

from __future__ import annotations

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xinfo.query.watch import Handle
from xinfo.service.problem import problem

HANDLE = "xinfo.handle"
"""Under which a request holds what ends the work on it."""
LARGEST = 64_000
"""Bytes of a request's body; a question has 500 characters."""


class Received:
    """Middleware: nobody works on for somebody who has hung up."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body, more = body + message.get("body", b""), message.get("more_body", False)
            if len(body) > LARGEST:
                return await problem(413, f"a request has at most {LARGEST:,} bytes")(scope, receive, send)
        return await self._answered(body, scope, receive, send)

    async def _answered(self, body: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        handle, left = Handle(), anyio.Event()
        scope[HANDLE] = handle
        whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def again() -> Message:
            if whole:
                return whole.pop()
            await left.wait()
            return {"type": "http.disconnect"}

        async def watch() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            handle.cancel()
            left.set()

        async with anyio.create_task_group() as group:
            group.start_soon(watch)
            await self.app(scope, again, send)
            group.cancel_scope.cancel()
