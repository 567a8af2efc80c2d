"""Takes people who sign in back to the address they came by, which Streamlit's login forgets. Knows no page."""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request

from xinfo.service.address import parts_of
from xinfo.ui.headers import Asgi, Message, Receive, Scope, Send, set_cookie

LOGIN, CALLBACK = "/auth/login", "/oauth2callback"
COOKIE = "xinfo_return"
PATIENCE = 900
"""Seconds that somebody may take to sign in."""
LONGEST = 2_000
"""Characters of an address; a cookie holds 4,096 bytes."""


class Returning:
    """Keeps the address in a cookie on the way to the login, and goes there on the way back."""

    def __init__(self, app: Asgi, secure: bool = False):
        self.app, self.secure = app, secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].rstrip("/") if scope["type"] == "http" else ""
        if path not in (LOGIN, CALLBACK):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        told = self._kept(_came_by(request), PATIENCE) if path == LOGIN else self._kept("", 0)
        back = _own(unquote(request.cookies.get(COOKIE, ""))) if path == CALLBACK else ""

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.append("set-cookie", told)
                if back and "location" in headers:
                    headers["location"] = back
            await send(message)

        await self.app(scope, receive, telling)

    def _kept(self, address: str, seconds: int) -> str:
        return set_cookie(COOKIE, quote(address, safe=""), seconds, secure=self.secure)


def _came_by(request: Request) -> str:
    """The page from which the login was called, as path and query; empty where that was another host's."""
    page = parts_of(request.headers.get("referer", ""))
    if page.netloc != request.headers.get("host"):
        return ""
    return _own(f"{page.path}?{page.query}" if page.query else page.path)


def _own(address: str) -> str:
    """The address if it can only be one of this server, else nothing."""
    own = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isascii()
    return address if own and address.isprintable() and len(address) <= LONGEST else ""
