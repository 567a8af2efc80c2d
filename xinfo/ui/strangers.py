"""What strangers ask of Streamlit, refused before it looks at it: other sites' pages, uploads. Draws nothing.

A WebSocket that a page of another site opens would have Streamlit ask an outside host which address this machine has,
and everybody wait meanwhile. Files that are sent would lie in memory, whoever sent them and however many they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse
from streamlit import config
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from xinfo.errors import TookTooLong, XinfoError
from xinfo.language.texts import languages
from xinfo.query.failure import in_words
from xinfo.service.address import foreign
from xinfo.shares import UPLOADS, on_behalf
from xinfo.ui import session
from xinfo.ui.claiming import claimant_of
from xinfo.ui.headers import Asgi, Receive, Scope, Send

UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+/?")
FILES_HELD = 2
"""So many files of the largest size may one session hold; smaller ones until they come to as much."""
VIOLATION = 1008
"""What a WebSocket is closed with that may not be opened."""


class Strangers:
    """Lets pages of this very server alone open a WebSocket, and those who are signed in alone send files."""

    def __init__(self, app: Asgi):
        self.app = app
        self._coming: Counter[str] = Counter()
        """Bytes that are on their way, by session."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and foreign(HTTPConnection(scope).headers):
            await receive()
            await send({"type": "websocket.close", "code": VIOLATION})
            return
        upload = UPLOAD.fullmatch(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if upload:
            await self._taken(upload[1], scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _taken(self, session_id: str, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Request(scope).headers
        said = headers.get("content-length", "")
        # Whoever does not say how much it is may send as much as one file can be; in pieces it counts as unsaid.
        size = int(said) if said.isdecimal() and "transfer-encoding" not in headers else _largest()
        if not _signed_in(session_id):
            await PlainTextResponse("sign in first", 403)(scope, receive, send)
        elif _held(session_id) + self._coming[session_id] + size > FILES_HELD * _largest():
            await PlainTextResponse("this session holds as many files as it may", 413)(scope, receive, send)
        else:
            self._coming[session_id] += size
            try:
                await self._in_turn(session_id, scope, receive, send)
            finally:
                self._coming[session_id] -= size
                self._coming += Counter()  # without those that are at nought

    async def _in_turn(self, session_id: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the browser send once it is its turn: until then its file waits where it is."""
        client = scope.get("client") or ("",)
        whose = claimant_of(session_id, client[0], _claims(session_id), session.access_rules())
        try:
            with on_behalf(whose):
                async with UPLOADS.turn_async():
                    await self.app(scope, receive, send)
        except TookTooLong as error:
            wanted = Request(scope).headers.get("accept-language", "")[:2].lower()
            said = in_words(error, wanted if wanted in languages() else "en")
            await PlainTextResponse(said, 429)(scope, receive, send)


def _largest() -> int:
    return int(config.get_option("server.maxUploadSize")) << 20


def _signed_in(session_id: str) -> bool:
    """Whether the pages are drawn for the session; without a login they are for everybody."""
    try:
        rules = session.access_rules()
    except XinfoError:
        return False
    return rules is None or bool(session.person_of(_claims(session_id), rules).grants)


def _claims(session_id: str) -> Mapping[str, Any]:
    """What the login says of who sits at a session's browser."""
    found = Runtime.instance()._session_mgr.get_active_session_info(session_id)
    return found.session._user_info if found else {}


def _held(session_id: str) -> int:
    """Bytes of the files that a session holds."""
    files = Runtime.instance().uploaded_file_mgr
    assert isinstance(files, MemoryUploadedFileManager)
    return sum(len(file.data) for file in [*files.file_storage.get(session_id, {}).values()])
