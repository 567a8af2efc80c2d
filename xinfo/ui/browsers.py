"""Which browser somebody sits at where nobody logs in: what is his alone goes by that. Draws nothing.

The browser is told a name that nobody can guess, in a cookie that no script reads.
"""

from __future__ import annotations

import re
import secrets

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection

from xinfo.access.person import Person
from xinfo.ui.headers import Asgi, Message, Receive, Scope, Send, set_cookie

COOKIE = "xinfo_browser"
NAME = re.compile(r"[\w-]{32}", re.ASCII)
KEPT = 31_536_000
"""Seconds that a browser keeps it after its last visit."""


class Browsers:
    """Middleware: a page that is fetched names its browser, or keeps it as it was named before."""

    def __init__(self, app: Asgi):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Of all that a browser fetches, pages come first and alone: no two names are told at once.
        if scope["type"] != "http" or "text/html" not in HTTPConnection(scope).headers.get("accept", ""):
            return await self.app(scope, receive, send)
        told = _told(HTTPConnection(scope).cookies.get(COOKIE))

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("set-cookie", told)
            await send(message)

        await self.app(scope, receive, telling)


def whose(person: Person) -> str:
    """By which name what is this person's alone is kept: his address, else his browser's; empty where there is none."""
    if person.address:
        return f"person:{person.address}"
    told = str(st.context.cookies.get(COOKIE))
    return f"browser:{told}" if NAME.fullmatch(told) else ""


def _told(name: str | None) -> str:
    known = name if name and NAME.fullmatch(name) else secrets.token_urlsafe(24)
    return set_cookie(COOKIE, known, KEPT)
