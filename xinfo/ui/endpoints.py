"""What machines ask the server: whether it lives, whether it takes people in, its numbers. Draws nothing."""

from __future__ import annotations

import hmac
import ipaddress
import json
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from xinfo.errors import XinfoError
from xinfo.store import versions
from xinfo.ui import metrics, stopping
from xinfo.ui.headers import Asgi, Receive, Scope, Send

NUMBERS = ("/metrics", "/_stcore/metrics")
"""Ours and Streamlit's own: for this machine, or for whoever shows the token."""


def routes(store: Path) -> list[Route]:
    """Health, readiness and metrics of the server on a store."""

    def ready(_: Request) -> Response:
        """Whether new people should be sent here: not without figures, and not while it is stopping."""
        try:
            told = {"ready": not stopping.stopping(), "version": versions.current(store).stem}
        except XinfoError as error:
            told = {"ready": False, "reason": str(error).split(";")[0]}
        return Response(json.dumps(told), 200 if told["ready"] else 503, media_type="application/json")

    return [
        Route("/healthz", _alive),
        Route("/readyz", ready),
        Route("/metrics", _numbers),
    ]


def _alive(_: Request) -> Response:
    """Whether the process serves at all; a supervisor that gets no answer starts it anew."""
    return PlainTextResponse("ok")


def _numbers(_: Request) -> Response:
    return Response(metrics.written(), media_type=CONTENT_TYPE_LATEST)


class Numbers:
    """Lets this machine alone read the numbers, and whoever shows the token where there is one."""

    def __init__(self, app: Asgi, token: str = ""):
        self.app, self.token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].rstrip("/") in NUMBERS and not self._may(Request(scope)):
            await PlainTextResponse("for this machine alone", 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _may(self, request: Request) -> bool:
        """A request that a proxy has passed on comes from wherever the proxy says."""
        shown = request.headers.get("authorization", "")
        if self.token:
            return hmac.compare_digest(shown.encode(), f"Bearer {self.token}".encode())
        host = request.client.host if request.client else ""
        try:
            return ipaddress.ip_address(host).is_loopback and "x-forwarded-for" not in request.headers
        except ValueError:
            return False
