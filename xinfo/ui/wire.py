"""What a browser needs before it shows anything, compressed once and kept there: the page, its scripts, its face.

Streamlit sends the scripts as they are, 2.3 MB before the first question, and reads them anew for each browser.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from xinfo.ui.document import ORIGINAL, OWN, PAGE, document
from xinfo.ui.headers import Asgi, Message, Receive, Scope, Send

BUNDLE = PAGE.parent / "static"
TEXTS = {".js": b"text/javascript; charset=utf-8", ".css": b"text/css; charset=utf-8"}
FACE = b"font/woff2"
FIRST_FACE, IN_ITS_PLACE = "SourceSans*Upright*", "NotoSansSC-Regular-latin.*"
"""What Streamlit sets a page in before it knows the theme: fetched first, and ours instead is a tenth of it."""
NAMED = re.compile(r'"\.(/static/[^"]+)"')
OF_THE_ORIGINAL = (
    b"accept-ranges", b"cache-control", b"content-length", b"content-type", b"etag", b"last-modified",
)  # fmt: skip
"""What is said of Streamlit's page and does not hold for ours; who came, and what else is told of them, stays."""
KEEP = b"public, immutable, max-age=31536000"
"""For files whose names change with what is in them."""


class Wire:
    """Answers for scripts, styles and faces, and sends the page as ours; all else is left to what is behind it."""

    def __init__(self, app: Asgi):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not _takes(scope, b"accept-encoding", b"gzip"):
            await self.app(scope, receive, send)
        elif file := files().get(scope["path"]):
            await _reply(send, packed(file), TEXTS.get(file.suffix, FACE), KEEP, gzipped=file.suffix in TEXTS)
        elif _takes(scope, b"accept", b"text/html"):
            headers = [header for header in scope["headers"] if header[0] != b"accept-encoding"]
            await self.app({**scope, "headers": headers}, receive, _Page(send).told)  # Compressed it is not known.
        else:
            await self.app(scope, receive, send)


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
            kept = [header for header in self.begun["headers"] if header[0] not in OF_THE_ORIGINAL]
            await _reply(self.send, page(), b"text/html; charset=utf-8", b"no-cache", also=kept)
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
    return gzip.compress(document().encode(), mtime=0)


def prepare() -> None:
    """Compresses what the page names, so that the first visitor need not wait for it."""
    page()
    for name in NAMED.findall(ORIGINAL.decode()):
        if file := files().get(name):
            packed(file)


def _takes(scope: Scope, header: bytes, what: bytes) -> bool:
    return any(name == header and what in value for name, value in scope["headers"])


def _length(message: Message) -> int:
    return int(dict(message["headers"]).get(b"content-length", b"0"))


async def _reply(
    send: Send, body: bytes, kind: bytes, keep: bytes, gzipped: bool = True, also: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    headers = [
        (b"content-type", kind), (b"content-length", str(len(body)).encode()), (b"cache-control", keep),
        *([(b"content-encoding", b"gzip"), (b"vary", b"accept-encoding")] if gzipped else []), *also,
    ]  # fmt: skip
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
