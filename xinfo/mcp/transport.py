"""How assistants reach the server: over this process's own input and output, or over HTTP. Answers nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import anyio
import uvicorn

from xinfo.errors import InputError
from xinfo.mcp.server import server
from xinfo.service.address import Reach, listening
from xinfo.service.bearer import CALLER, Bearer
from xinfo.service.received import Received
from xinfo.service.service import Caller, Service

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext
    from starlette.applications import Starlette

PATH = "/mcp"


def over_stdio(service: Service, caller: Caller) -> None:
    """Serves the one program that started this process until it hangs up. Raises InputError without `mcp`."""
    made = server(service, lambda context: caller)
    from mcp.server.stdio import stdio_server

    async def serve() -> None:
        async with stdio_server() as (receiving, sending):
            await made.run(receiving, sending, made.create_initialization_options())

    anyio.run(serve)


def over_http(
    service: Service, caller: Callable[[str], Caller | None], reach: Reach, port: int, tell: Callable[[str], None]
) -> None:
    """Serves until it is stopped; `caller` tells who shows a token. Raises InputError for a port that is taken."""
    app = http_app(service, caller, reach)
    listener = listening(reach.address, port)
    tell(f"xinfo answers assistants at {reach.url or f'http://{reach.address}:{port}'}{PATH}; Ctrl-C stops it")
    config = uvicorn.Config(app, access_log=False, server_header=False, log_level="warning", ws="none")
    uvicorn.Server(config).run([listener])


def http_app(service: Service, caller: Callable[[str], Caller | None], reach: Reach) -> Starlette:
    """The server as an ASGI application: each request stands alone, so any number of them go side by side."""
    made = server(service, _caller)
    from mcp.server.transport_security import TransportSecuritySettings

    written = [f"[{host}]" if ":" in host else host for host in reach.hosts]
    names = [each for host in written for each in (host, f"{host}:*")]
    security = TransportSecuritySettings(
        allowed_hosts=names, allowed_origins=[f"{scheme}://{name}" for scheme in ("http", "https") for name in names]
    )
    app: Starlette = made.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        transport_security=security,
    )
    app.add_middleware(Received)
    app.add_middleware(Bearer, caller=caller)
    return app


def require_guarded(reach: Reach, with_tokens: bool) -> None:
    """Raises InputError where strangers could ask: an address that others reach, without tokens."""
    if not with_tokens and reach.by_strangers:
        raise InputError(
            f"{reach.url or reach.address} can be reached from other machines, and without tokens anybody there may "
            "ask",
            "--access FILE; 'xinfo access token ADDRESS' makes a token",
        )
    reach.require_name()


def _caller(context: ServerRequestContext) -> Caller:
    """On whose behalf a request over HTTP comes."""
    found: Caller = context.request.scope[CALLER]
    return found
