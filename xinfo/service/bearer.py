"""Lets programs in that show a token, and tells what is inside on whose behalf they ask. Knows no interface.

Tokens and rules are read again when their files have changed, so that whatever is revoked counts from the next request.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from xinfo.access import tokens
from xinfo.access.rules import rules_on
from xinfo.errors import XinfoError
from xinfo.service.problem import problem
from xinfo.service.service import Caller
from xinfo.service.turns import Pace
from xinfo.store import versions

CALLER = "xinfo.caller"
"""Under which a request holds its caller."""
LONGEST = 200
SCHEME = "bearer "
MISSING = "show a token: Authorization: Bearer xinfo_…; an administrator makes one"

log = logging.getLogger(__name__)


class Bearer:
    """Middleware: `caller` tells who shows a token, or who asks without one; None where nobody may.

    What fails while it looks is for the log alone: whoever asks is nobody yet.
    """

    def __init__(self, app: ASGIApp, caller: Callable[[str], Caller | None]):
        self.app, self.caller = app, caller
        self._failed = Pace()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request = Request(scope)
        client = request.client.host if request.client else ""
        try:
            caller = await anyio.to_thread.run_sync(self.caller, _shown(request))
        except XinfoError:
            log.exception("access cannot be checked")
            return await problem(503, "access cannot be checked now")(scope, receive, send)
        if caller is None:
            return await self._refusal(client)(scope, receive, send)
        scope[CALLER] = replace(caller, client=client)
        return await self.app(scope, receive, send)

    def _refusal(self, client: str) -> Response:
        if seconds := self._failed.wait(client):
            return problem(429, f"too many tokens that do not count; wait {seconds} seconds", retry_after=f"{seconds}")
        return problem(401, MISSING, www_authenticate='Bearer realm="xinfo"')


def _shown(request: Request) -> str:
    """The token that a request shows, as far as one can be long."""
    shown = request.headers.get("authorization", "")
    return shown[len(SCHEME) :].strip()[:LONGEST] if shown.lower().startswith(SCHEME) else ""


class People:
    """Those whose tokens a store knows."""

    def __init__(self, store: Path, rules: Path, now: Callable[[], str]):
        """`now` gives the time as ISO text. Reads nothing yet."""
        self._store, self._path, self._now = store, rules, now

    def caller(self, shown: str, way: str) -> Caller | None:
        """On whose behalf somebody with this token asks; None where it is none. Raises InputError, StoreError."""
        path = tokens.beside(self._store)
        every = _tokens(self._store, path.stat().st_mtime_ns if path.exists() else 0)
        token = tokens.find(every, shown, self._now()[:10])
        if not token:
            return None
        rules = rules_on(self._path, versions.current(self._store))
        claims = {rules.address_claim: token.address, rules.groups_claim: list(token.groups)}
        return Caller(rules.person(claims), way, token.number)


@lru_cache(maxsize=4)
def _tokens(store: Path, written: int) -> tuple[tokens.Token, ...]:
    return tokens.listed(store)
