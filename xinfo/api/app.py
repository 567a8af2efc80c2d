"""The interface as an ASGI application: requests go to the service in a thread, answers go back with their ETag."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from functools import partial

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from xinfo.answer.export import FILES
from xinfo.api.endpoints import ENDPOINTS, Endpoint
from xinfo.api.openapi import description
from xinfo.errors import InputError, XinfoError
from xinfo.language.texts import languages
from xinfo.query.failure import in_words
from xinfo.query.watch import Handle
from xinfo.service.address import foreign, host_of
from xinfo.service.bearer import CALLER, Bearer
from xinfo.service.operation import Given, asked
from xinfo.service.problem import of_error, problem
from xinfo.service.received import HANDLE, Received
from xinfo.service.schemas import UNANSWERED
from xinfo.service.service import Caller, Service
from xinfo.service.turns import Turns

PREFIX = "/api"
PASSING = {"cache-control": "no-store"}
"""Of a reply that may be another one a moment later."""
OWN = ("none", "same-origin")
"""What browsers say of a request that no page of another site sends."""

log = logging.getLogger(__name__)


def routes(
    service: Service, caller: Callable[[str], Caller | None], hosts: Sequence[str], with_tokens: bool,
    around: Sequence[Middleware] = (),
) -> list[Route | Mount]:  # fmt: skip
    """The interface for a server of these names; `caller` tells who shows a token, `around` is about each request."""
    told = description(PREFIX, with_tokens)

    def describe(_: Request) -> Response:
        return JSONResponse(told)

    guarded = [Middleware(Hosts, hosts=hosts), Middleware(Bearer, caller=caller), Middleware(Received), *around]
    turns = Turns()
    inside = [
        Route(one.path, partial(_answer, one, service, turns), methods=[one.method], name=one.operation.name)
        for one in ENDPOINTS
    ]
    return [
        Route(f"{PREFIX}/openapi.json", describe),
        Mount(
            PREFIX, app=Starlette(routes=inside, middleware=guarded, exception_handlers={404: _nothing, 405: _nothing})
        ),
    ]


class Hosts:
    """Turns away what other sites' pages send, and what uses another name: a site has led a browser here by its own."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]):
        self.app, self.hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = Request(scope).headers
        if host_of(headers.get("host", "")) not in self.hosts:
            return await problem(421, "this server has another name")(scope, receive, send)
        if foreign(headers) or headers.get("sec-fetch-site", OWN[0]) not in OWN:
            return await problem(403, "pages of other sites may not ask")(scope, receive, send)
        return await self.app(scope, receive, send)


async def _answer(endpoint: Endpoint, service: Service, turns: Turns, request: Request) -> Response:
    """The reply to a request; whatever goes wrong is one, too."""
    given: Given = {}
    try:
        given = await _given(endpoint, request)
        caller, handle = request.scope[CALLER], request.scope[HANDLE]
        work = partial(_worked_out, endpoint, service, caller, given, _wanted(request), handle)
        return await turns.run(caller, str(given.get("conversation") or ""), handle, work)
    except XinfoError as error:
        return of_error(error, in_words(error, given["lang"] if given.get("lang") in languages() else "en"))
    except Exception:
        log.exception("a request failed")
        return problem(500, "xinfo failed at this; its log tells why")


def _worked_out(
    endpoint: Endpoint, service: Service, caller: Caller, given: Given, known: Sequence[str], handle: Handle
) -> Response:
    """In a thread: the answer, or that it is the same as what the program knows.

    Why a question has no answer may pass, as when the engine was busy: only what comes from the figures is kept.
    """
    checked = endpoint.operation.checked(given)
    headers = PASSING
    if endpoint.method == "GET":
        mark = service.mark(caller, checked.get("published_only", False))
        etag = _etag(mark, caller, endpoint, checked)
        headers = {"etag": etag, "cache-control": "private, no-cache", "vary": "Authorization"}
        if etag in known:
            return Response(status_code=304, headers=headers)
    if endpoint.file:
        return _file(service, caller, checked, headers, handle)
    try:
        made = endpoint.operation.run(service, caller, checked, handle)
    except InputError as error:
        if "{" in endpoint.path:
            return problem(404, str(error))
        raise
    headers = PASSING if made.get("status") in UNANSWERED else headers
    body = json.dumps(made, ensure_ascii=False, allow_nan=False)
    return Response(body, headers=headers, media_type="application/json")


def _file(service: Service, caller: Caller, given: Given, headers: dict[str, str], handle: Handle) -> Response:
    ending = given["format"]
    content = service.export(caller, asked(service, caller, given, handle, alone=True), ending)
    named = {"content-disposition": f'attachment; filename="xinfo.{ending}"'}
    return Response(content, headers=headers | named, media_type=FILES[ending][1])


def _etag(mark: str, caller: Caller, endpoint: Endpoint, given: Given) -> str:
    """Weak: the same figures in the same words, though it took another time and begins another conversation."""
    asked_for = json.dumps([caller.person.signature, endpoint.path, given], sort_keys=True, default=str)
    return f'W/"{mark}-{hashlib.sha256(asked_for.encode()).hexdigest()[:16]}"'


def _wanted(request: Request) -> Sequence[str]:
    return [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]


async def _given(endpoint: Endpoint, request: Request) -> Given:
    """What a request says: JSON in its body, or its address. Raises InputError."""
    if endpoint.method == "POST":
        return _body(request, await request.body())
    given: dict[str, str] = {}
    for name, value in (*request.query_params.multi_items(), *request.path_params.items()):
        if name in given:
            raise InputError(f"'{name[:100]}' is there twice")
        given[name] = value
    return given


def _body(request: Request, content: bytes) -> Given:
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise InputError("the body is of another kind", "application/json")
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError("the body is no JSON") from error
    if not isinstance(found, dict):
        raise InputError("the body is no JSON object", '{"question": "…"}')
    return found


def _nothing(request: Request, error: Exception) -> Response:
    known = ", ".join(sorted({PREFIX + one.path for one in ENDPOINTS}))
    return problem(getattr(error, "status_code", 404), f"there is {known}")
