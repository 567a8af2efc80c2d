"""The field as the pages use it: gives what is typed; whether that is good, and where not, is the caller's to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).parent
HTML, CSS, JS = ((FOLDER / f"box.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js"))
LONGEST = 20_000

_box = st.components.v2.component("xinfo_code_box", html=HTML, css=CSS, js=JS)


@dataclass(frozen=True)
class Verdict:
    """What is said of a text, and the place it is about (from 1)."""

    good: bool
    said: str
    line: int | None = None
    column: int | None = None


def code_box(label: str, begin: str, judge: Callable[[str], Verdict], key: str) -> str:
    """Draws the field; what stands in it. `begin` is put there when it is first given."""
    typed = (st.session_state.get(key) or {}).get("text")
    now = begin if typed is None else str(typed)[:LONGEST]
    verdict = judge(now)
    told = {"text": now, "good": verdict.good, "said": verdict.said, "line": verdict.line, "column": verdict.column}
    _box(key=key, data={"label": label, "begin": begin, "verdict": told}, on_text_change=_nothing)
    return now


def _nothing() -> None:
    """A change is read where the field is drawn."""
