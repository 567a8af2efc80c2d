"""What an answer is drawn with, fetched while the page before it rests. Shows nothing.

Streamlit's page fetches the script of an element when it first draws one, and what that script rests on after it: the
first chart would wait for some thirty files, and for a first drawing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

SCRIPTS = Path(st.__file__).parent / "static" / "static" / "js"
DRAWN = ("ArrowVegaLiteChart", "embed", "vega-interpreter", "Table", "ButtonGroup", "DownloadButton")
"""The scripts of what stands on an answer's card, by Streamlit's names, which may change with it."""
CHARTS = "loadVegaEmbed"
"""The script that gives what draws charts."""
JS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")

_ahead = st.components.v2.component("xinfo_ahead", js=JS)


def ahead() -> None:
    """Has the browser take the scripts in, once a page."""
    charts = files(CHARTS)
    if charts:
        _ahead(key="ahead", data={"scripts": list(files(*DRAWN)), "charts": charts[0]}, height=0)


@cache
def files(*names: str) -> tuple[str, ...]:
    """The files of these scripts; one that Streamlit does not have is not fetched ahead."""
    return tuple(path.name for name in names for path in sorted(SCRIPTS.glob(f"{name}.*.js")))
