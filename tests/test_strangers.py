"""Files that are sent are refused, before they are stored, where nobody is signed in or a session holds its fill."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from programs import run
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from xinfo.access.rules import read_rules
from xinfo.shares import UPLOADS
from xinfo.ui import session, strangers
from xinfo.ui.headers import Receive, Scope, Send

MEGABYTE = 1 << 20
SIGNED_IN = {"is_logged_in": True, "email": "li@example.cn", "iat": time.time()}


class Streamlit:
    """Stands in for the app behind: notes what reaches it, and keeps a file as long as the test wants."""

    def __init__(self) -> None:
        self.reached: list[str] = []
        self.files = MemoryUploadedFileManager("/_stcore/upload_file")
        self.claims: dict[str, dict[str, Any]] = {}
        self.uploaded_file_mgr = self.files
        self._session_mgr = self
        self.release = asyncio.Event()

    def get_active_session_info(self, session_id: str) -> Any:
        claims = self.claims.get(session_id)
        return None if claims is None else SimpleNamespace(session=SimpleNamespace(_user_info=claims))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.reached.append(scope["path"])
        if scope["path"].endswith("slow"):
            await self.release.wait()
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def behind(monkeypatch: pytest.MonkeyPatch) -> Streamlit:
    behind = Streamlit()
    monkeypatch.setattr(Runtime, "instance", classmethod(lambda cls: behind))
    monkeypatch.setattr(strangers, "_largest", lambda: 10 * MEGABYTE)
    monkeypatch.delenv("XINFO_ACCESS", raising=False)
    return behind


@pytest.fixture
def login(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "access.yaml"
    path.write_text("people: {li@example.cn: analyst}", encoding="utf-8")
    rules = read_rules(path, lambda name: None)
    monkeypatch.setattr(session, "access_rules", lambda: rules)


def sent(
    app: strangers.Strangers, path: str, size: int | None = 1000, method: str = "PUT", in_pieces: bool = False
) -> Any:
    status: list[int] = []

    async def send(message: Any) -> None:
        status.extend([message["status"]] if message["type"] == "http.response.start" else [])

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    headers = [] if size is None else [(b"content-length", str(size).encode())]
    headers += [(b"transfer-encoding", b"chunked")] if in_pieces else []
    scope = {"type": "http", "method": method, "path": path, "headers": headers, "query_string": b""}

    async def asked() -> int:
        await app(scope, receive, send)
        return status[0]

    return asked()


def put(behind: Streamlit, who: str = "one", size: int | None = 1000) -> int:
    return int(run(sent(strangers.Strangers(behind), f"/_stcore/upload_file/{who}/file", size)))


@pytest.mark.usefixtures("login")
def test_only_who_is_signed_in_and_may_do_anything_may_send_files(behind: Streamlit) -> None:
    behind.claims = {
        "one": SIGNED_IN,
        "nobody": {"is_logged_in": False},
        "stranger": {**SIGNED_IN, "email": "evil@example.cn"},
        "old": {**SIGNED_IN, "iat": time.time() - 1e6},
    }
    assert [put(behind, who) for who in ("nobody", "stranger", "old", "unknown")] == [403] * 4
    assert not behind.reached
    assert put(behind) == 204


def test_without_a_login_everybody_may(behind: Streamlit) -> None:
    assert put(behind) == 204


def test_a_session_holds_no_more_than_so_much(behind: Streamlit) -> None:
    behind.files.add_file("one", UploadedFileRec("a", "a.csv", "text/csv", bytes(15 * MEGABYTE)))
    assert put(behind, size=5 * MEGABYTE) == 204
    assert put(behind, size=5 * MEGABYTE + 1) == 413
    assert put(behind, size=None) == 413, "it may be as much as one file can be"
    assert put(behind, "other", size=5 * MEGABYTE + 1) == 204


def test_what_is_on_its_way_counts_too(behind: Streamlit) -> None:
    async def both() -> list[int]:
        behind.release = asyncio.Event()
        app = strangers.Strangers(behind)
        first = asyncio.create_task(sent(app, "/_stcore/upload_file/one/slow", 15 * MEGABYTE))
        await asyncio.sleep(0)
        second = await sent(app, "/_stcore/upload_file/one/b", 6 * MEGABYTE)
        behind.release.set()
        return [second, await first, await sent(app, "/_stcore/upload_file/one/b", 6 * MEGABYTE)]

    assert run(both()) == [413, 204, 204]


def test_files_of_one_leave_room_for_anothers(behind: Streamlit) -> None:
    async def both() -> list[int]:
        behind.release = asyncio.Event()
        app = strangers.Strangers(behind)
        many = [asyncio.create_task(sent(app, "/_stcore/upload_file/one/slow")) for _ in range(UPLOADS.places)]
        await asyncio.sleep(0.05)
        assert len(behind.reached) == UPLOADS.of_one
        other = await asyncio.wait_for(sent(app, "/_stcore/upload_file/two/b"), 1)
        behind.release.set()
        return [other, *await asyncio.gather(*many)]

    assert run(both()) == [204] * (UPLOADS.places + 1), "those that waited have come, too"


def test_what_comes_in_pieces_counts_as_the_largest_whatever_it_says(behind: Streamlit) -> None:
    behind.files.add_file("one", UploadedFileRec("a", "a.csv", "text/csv", bytes(15 * MEGABYTE)))
    path = "/_stcore/upload_file/one/b"
    assert run(sent(strangers.Strangers(behind), path, size=0, in_pieces=True)) == 413
    assert run(sent(strangers.Strangers(behind), path, size=0)) == 204


def test_a_page_of_another_site_opens_no_websocket(behind: Streamlit) -> None:
    def opened(origin: bytes) -> list[Any]:
        told: list[Any] = []

        async def send(message: Any) -> None:
            told.append(message)

        async def receive() -> Any:
            return {"type": "websocket.connect"}

        headers = [(b"host", b"127.0.0.1:8501"), (b"origin", origin)]
        scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers, "query_string": b""}
        run(strangers.Strangers(behind)(scope, receive, send))
        return told

    for origin in (b"https://evil.example", b"http://["):
        assert opened(origin) == [{"type": "websocket.close", "code": strangers.VIOLATION}]
    assert not behind.reached
    opened(b"http://127.0.0.1:8501")
    assert behind.reached == ["/_stcore/stream"]


def test_nothing_else_is_touched(behind: Streamlit) -> None:
    app = strangers.Strangers(behind)
    assert run(sent(app, "/_stcore/upload_file/one/a", None, "DELETE")) == 204
    assert run(sent(app, "/healthz", None, "GET")) == 204
