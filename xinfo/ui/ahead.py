"""Which of Streamlit's scripts a browser fetches before they are needed, so that no first drawing waits for them.

Streamlit's page fetches the script of an element when it first draws one, and what that script rests on after it.
Draws nothing, and knows no element of ours but by name.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import streamlit

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
FIRST = ("Html", "Button", "Checkbox", "Radio", "BidiComponent", "purify.es")
"""What every page begins with: fetched together with the page's own script."""
NEXT = ("ArrowVegaLiteChart", "embed", "vega-interpreter", "Table", "ButtonGroup", "DownloadButton")
"""What an answer is drawn with: taken in while the first page rests."""
PAGE = (SCRIPTS.parents[1] / "index.html").read_text(encoding="utf-8")
IMPORTS = re.compile(r"""(?:from|import)\s*["']\./([^"']+\.js)["']""")


@cache
def first() -> tuple[str, ...]:
    """File names of the scripts that every page begins with and of what those rest on; without the page's own."""
    found: list[str] = []
    waiting = [*_files(FIRST)]
    while waiting:
        name = waiting.pop()
        if name not in found and name not in PAGE:
            found.append(name)
            waiting += IMPORTS.findall((SCRIPTS / name).read_text(encoding="utf-8"))
    return tuple(found)


@cache
def upcoming() -> tuple[str, ...]:
    """File names of the scripts that draw an answer; what those rest on the browser finds itself."""
    return _files(NEXT)


def _files(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names are Streamlit's own and may change with it: one that is not there is not fetched ahead."""
    return tuple(path.name for name in names for path in sorted(SCRIPTS.glob(f"{name}.*.js")))
