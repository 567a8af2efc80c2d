"""The button as the pages use it: gives what is copied, with its words. What the text says is the caller's."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from xinfo.language.texts import text

FOLDER = Path(__file__).parent
HTML, CSS, JS = ((FOLDER / f"button.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js"))

_button = st.components.v2.component("xinfo_copy", html=HTML, css=CSS, js=JS)


def copy_button(kind: str, said: str, lang: str, key: str, html: str = "") -> None:
    """Draws it; `kind` is copy or link, `html` the same text for programs that keep its tables."""
    words = {"label": text(f"ui.{kind}", lang), "hint": text(f"ui.{kind}_hint", lang)}
    words |= {name: text(f"ui.copy_{name}", lang) for name in ("done", "failed")}
    _button(key=key, data={"icon": kind, "text": said, "html": html, **words}, width="content")
