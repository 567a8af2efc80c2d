"""What a browser needs before it shows anything, compressed once and kept there: the page, its scripts, its face.

Streamlit sends the scripts as they are, 2.3 MB before the first question, and reads them anew for each browser.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path

from xinfo.ui.headers import PAGE, Asgi, Message, Receive, Scope, Send

BUNDLE = PAGE.parent / "static"
OWN = Path(__file__).resolve().parents[2] / "static"
TEXTS = {".js": b"text/javascript; charset=utf-8", ".css": b"text/css; charset=utf-8"}
FACE = b"font/woff2"
ORIGINAL = PAGE.read_bytes()
FIRST_FACE, IN_ITS_PLACE = "SourceSans*Upright*", "NotoSansSC-Regular-latin.*"
"""What Streamlit sets a page in before it knows the theme: fetched first, and ours instead is a tenth of it."""
NAMED = re.compile(r'"\.(/static/[^"]+)"')
KEEP = b"public, immutable, max-age=31536000"
"""For files whose names change with what is in them."""


class Wire:
    """Answers for scripts, styles and faces, and sends the page as ours; all else is left to what is behind it."""

    def __init__(self, app: Asgi):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not _takes_gzip(scope):
            await self.app(scope, receive, send)
        elif file := files().get(scope["path"]):
            await _reply(send, packed(file), TEXTS.get(file.suffix, FACE), KEEP, gzipped=file.suffix in TEXTS)
        else:
            await self.app(scope, receive, _Page(send).told)


class _Page:
    """Puts our page in the place of Streamlit's, which answers for every address of the app."""

    def __init__(self, send: Send):
        self.send = send
        self.begun: Message | None = None

    async def told(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _length(message) == len(ORIGINAL):
            self.begun = message
            return
        if self.begun and message.get("body") == ORIGINAL:
            await _reply(self.send, page(), b"text/html; charset=utf-8", b"no-cache")
        else:
            if self.begun:
                await self.send(self.begun)
            await self.send(message)
        self.begun = None


@cache
def files() -> dict[str, Path]:
    """What is kept, by address."""
    bundled = {path: path for path in BUNDLE.rglob("*.*") if path.suffix in TEXTS}
    faces = {path: ours for path in BUNDLE.rglob(FIRST_FACE) for ours in OWN.glob(IN_ITS_PLACE)}
    own = {f"/app/static/{path.name}": path for path in OWN.glob("*.woff2")}
    return {f"/static/{path.relative_to(BUNDLE).as_posix()}": sent for path, sent in (bundled | faces).items()} | own


@cache
def packed(file: Path) -> bytes:
    """A file as it is sent; faces are compressed in themselves."""
    content = file.read_bytes()
    return gzip.compress(content, mtime=0) if file.suffix in TEXTS else content


@cache
def page() -> bytes:
    """Streamlit's page, which knows our face. Compressed."""
    faces = (OWN / "faces.css").read_text(encoding="utf-8").replace("url(", "url(./app/static/")
    text = ORIGINAL.decode().replace("</head>", f"<style>{faces}</style></head>")
    return gzip.compress(text.encode(), mtime=0)


def prepare() -> None:
    """Compresses what the page names, so that the first visitor need not wait for it."""
    page()
    for name in NAMED.findall(ORIGINAL.decode()):
        if file := files().get(name):
            packed(file)


def _takes_gzip(scope: Scope) -> bool:
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"])


def _length(message: Message) -> int:
    return int(dict(message["headers"]).get(b"content-length", b"0"))


async def _reply(send: Send, body: bytes, kind: bytes, keep: bytes, gzipped: bool = True) -> None:
    headers = [
        (b"content-type", kind), (b"content-length", str(len(body)).encode()), (b"cache-control", keep),
        *([(b"content-encoding", b"gzip"), (b"vary", b"accept-encoding")] if gzipped else []),
    ]  # fmt: skip
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
