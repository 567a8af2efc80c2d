"""What every reply tells the browser so that a page can do no more than it has to: CSP and its kin. Knows no page."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, MutableMapping
from hashlib import sha256
from http.cookies import SimpleCookie
from typing import Any

from xinfo.ui.document import document

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


def _inline_scripts() -> str:
    """The hashes of the scripts that stand in the text of the page, as a policy names them."""
    scripts = re.findall(r"<script>(.*?)</script>", document(), re.DOTALL)
    return " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)


CSP = "; ".join((
    "default-src 'self'",
    f"script-src 'self' blob: {_inline_scripts()}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' ws: wss:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
))  # fmt: skip
"""Nothing from other hosts, no script in a page's text, no page of ours inside a stranger's. Streamlit hands components
over as blobs."""
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
YEAR = 31_536_000


def set_cookie(name: str, value: str, seconds: int | None = None, *, secure: bool = False) -> str:
    """A set-cookie header that no script reads; without `seconds` the cookie is gone with the browser's session."""
    made = SimpleCookie({name: value})
    made[name].update({"path": "/", "samesite": "Lax", "httponly": "yes"})
    if seconds is not None:
        made[name]["max-age"] = str(seconds)
    return made[name].OutputString() + ("; Secure" if secure else "")


class Headers:
    """Adds them to every reply; where people come by https, also that they always do, and to cookies that they stay."""

    def __init__(self, app: Asgi, secure: bool = False):
        self.app, self.secure = app, secure
        added = HEADERS | ({"strict-transport-security": f"max-age={YEAR}"} if secure else {})
        self.added = [(name.encode(), value.encode()) for name, value in added.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*map(self._kept, message.get("headers", [])), *self.added]
            await send(message)

        await self.app(scope, receive, telling if scope["type"] == "http" else send)

    def _kept(self, header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
        name, value = header
        if self.secure and name.lower() == b"set-cookie" and b"; secure" not in value.lower():
            return name, value + b"; Secure"
        return header
