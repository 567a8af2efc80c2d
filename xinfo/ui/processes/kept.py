"""Keeps a browser with its process, by a cookie, and each connection to one request. Chooses no process."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection

from xinfo.ui.headers import Asgi, Message, Receive, Scope, Send, set_cookie

BEGINS = ("http.response.start", "websocket.accept")


class Kept:
    """Middleware: whoever comes to a page here without saying so gets the cookie that leads back here.

    A connection ends with its reply: a proxy lends one to many browsers, and each has a process of its own.
    """

    def __init__(self, app: Asgi, number: int, cookie: str, secure: bool):
        self.app, self.number, self.cookie = app, str(number), cookie
        self._told = set_cookie(cookie, self.number, secure=secure)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        bears = HTTPConnection(scope).cookies.get(self.cookie) == self.number
        own = bears or scope["path"].startswith("/api/")

        async def telling(message: Message) -> None:
            if message["type"] in BEGINS:
                message.setdefault("headers", [])
                headers = MutableHeaders(scope=message)
                if scope["type"] == "http":
                    headers["connection"] = "close"
                if not own:
                    headers.append("set-cookie", self._told)
            await send(message)

        return await self.app(scope, receive, telling)
