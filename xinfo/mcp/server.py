"""The server: what comes in over the protocol goes to the service in a thread, and its words go back. Decides nothing.

The package `mcp` is only there with requirements-mcp.lock, so it is imported where it is needed.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from xinfo import __version__
from xinfo.errors import InputError, XinfoError
from xinfo.language.texts import languages
from xinfo.mcp.resources import JSON, read, resource_templates, resources
from xinfo.mcp.tools import INSTRUCTIONS, TOOLS, listed
from xinfo.query.failure import in_words
from xinfo.query.watch import Handle
from xinfo.service.form import Json
from xinfo.service.operation import Given, Operation
from xinfo.service.received import HANDLE
from xinfo.service.service import Caller, Service
from xinfo.service.turns import Turns

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext
    from mcp.server.lowlevel import Server
    from mcp.types import CallToolRequestParams, PaginatedRequestParams, ReadResourceRequestParams

TITLE = "xinfo: figures of China's information-consumption pilot cities"
INVALID_PARAMS = -32602
LISTING = {"ttlMs": 3_600_000, "cacheScope": "public", "resultType": "complete"}
"""What is listed is the same for everybody until the server is another one."""
ANSWER = {"ttlMs": 0, "cacheScope": "private", "resultType": "complete"}

log = logging.getLogger(__name__)


def server(service: Service, caller_of: Callable[[ServerRequestContext], Caller]) -> Server:
    """The server of a service; `caller_of` tells on whose behalf a request comes. Raises InputError without `mcp`."""
    try:
        from mcp.server.lowlevel import Server
    except ImportError as error:
        raise InputError("the Model Context Protocol needs 'pip install -r requirements-mcp.lock'") from error
    handlers = _Handlers(service, caller_of)
    return Server(
        "xinfo",
        version=__version__,
        title=TITLE,
        instructions=INSTRUCTIONS,
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_list_resource_templates=handlers.list_resource_templates,
        on_read_resource=handlers.read_resource,
    )


class _Handlers:
    """One for each kind of request; results are in the protocol's own form."""

    def __init__(self, service: Service, caller_of: Callable[[ServerRequestContext], Caller]):
        self._service, self._caller_of = service, caller_of
        self._turns = Turns()

    async def list_tools(self, context: ServerRequestContext, params: PaginatedRequestParams | None) -> Json:
        return {"tools": [listed(tool) for tool in TOOLS.values()], **LISTING}

    async def list_resources(self, context: ServerRequestContext, params: PaginatedRequestParams | None) -> Json:
        return {"resources": resources(), **LISTING}

    async def list_resource_templates(
        self, context: ServerRequestContext, params: PaginatedRequestParams | None
    ) -> Json:
        return {"resourceTemplates": resource_templates(), **LISTING}

    async def call_tool(self, context: ServerRequestContext, params: CallToolRequestParams) -> Json:
        if not (tool := TOOLS.get(params.name)):
            raise _protocol_error(f"there is no tool '{params.name[:100]}'; there are {', '.join(TOOLS)}")
        caller, handle, arguments = self._caller_of(context), _handle(context), params.arguments or {}
        work = partial(called, tool, self._service, caller, arguments, handle)
        try:
            return await self._turns.run(caller, str(arguments.get("conversation") or ""), handle, work)
        except XinfoError as error:
            return _failed(error, arguments)

    async def read_resource(self, context: ServerRequestContext, params: ReadResourceRequestParams) -> Json:
        caller = self._caller_of(context)
        try:
            work = partial(read, params.uri, self._service, caller)
            found = await self._turns.run(caller, "", _handle(context), work)
        except XinfoError as error:
            raise _protocol_error(str(error)) from error
        return {"contents": [{"uri": params.uri, "mimeType": JSON, "text": written(found)}], **ANSWER}


def called(tool: Operation, service: Service, caller: Caller, arguments: Given, handle: Handle) -> Json:
    """What a tool gives; what it refuses is a result too, so that the assistant can put it right."""
    try:
        made = tool.run(service, caller, tool.checked(arguments), handle)
    except XinfoError as error:
        return _failed(error, arguments)
    except Exception:
        log.exception("a tool failed")
        return _text("xinfo failed at this; its log tells why", failed=True)
    return _text(written(made)) | {"structuredContent": made}


def _handle(context: ServerRequestContext) -> Handle:
    """What ends the work on a request: over HTTP its sender does, who hangs up."""
    found: Handle = context.request.scope[HANDLE] if context.request else Handle()
    return found


def _failed(error: XinfoError, arguments: Given) -> Json:
    lang = arguments.get("lang")
    return _text(in_words(error, lang if lang in languages() else "en"), failed=True)


def _text(said: str, failed: bool = False) -> Json:
    return {"content": [{"type": "text", "text": said}], "isError": failed, "resultType": "complete"}


def written(made: Json) -> str:
    """As text, for clients that hand on nothing else."""
    return json.dumps(made, ensure_ascii=False, allow_nan=False)


def _protocol_error(words: str) -> Exception:
    from mcp.shared.exceptions import MCPError

    error: Exception = MCPError(INVALID_PARAMS, words)
    return error
