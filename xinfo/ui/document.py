"""The page that everything is drawn in: Streamlit's, which knows its address and our faces. Draws nothing itself.

Told nothing, Streamlit's script looks for its server below the page's own address first, and connects only after the
answer: two requests that fail and a round trip more wherever a link leads to a page of its own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit

from xinfo.shipped import SHIPPED

PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
OWN = SHIPPED / "static"
ORIGINAL = PAGE.read_bytes()
WHERE = """<script>window.__streamlit = {
  BACKEND_BASE_URL: new URL("./", location.href).href,
  HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
}</script>"""
"""Every page is one level below where the app is served. The settings are those that Streamlit's server would tell."""


@cache
def document() -> str:
    """The page's text. It is the same for everybody and at every address."""
    faces = (OWN / "faces.css").read_text(encoding="utf-8").replace("url(", "url(./app/static/")
    return ORIGINAL.decode().replace("<head>", f"<head>{WHERE}<style>{faces}</style>")
