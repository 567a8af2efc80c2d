"""Lets programs in that show a token, and tells what is inside on whose behalf they ask. Knows no interface."""

from __future__ import annotations

from collections.abc import Callable

import anyio.to_thread
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from xinfo.errors import XinfoError
from xinfo.service.problem import problem
from xinfo.service.service import Caller

CALLER = "xinfo.caller"
"""Under which a request holds its caller."""
LONGEST = 200
SCHEME = "bearer "
MISSING = "show a token: Authorization: Bearer xinfo_…; an administrator makes one"


class Bearer:
    """Middleware: `caller` tells who shows a token, or who asks without one; None where nobody may."""

    def __init__(self, app: ASGIApp, caller: Callable[[str], Caller | None]):
        self.app, self.caller = app, caller

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        shown = Request(scope).headers.get("authorization", "")
        token = shown[len(SCHEME) :].strip() if shown.lower().startswith(SCHEME) else ""
        try:
            caller = await anyio.to_thread.run_sync(self.caller, token[:LONGEST])
        except XinfoError as error:
            return await problem(503, str(error))(scope, receive, send)
        if caller is None:
            return await problem(401, MISSING, www_authenticate='Bearer realm="xinfo"')(scope, receive, send)
        scope[CALLER] = caller
        await self.app(scope, receive, send)
