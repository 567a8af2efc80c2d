"""The box as the pages use it: asks for proposals while one types, gives a question that was sent. Knows no reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

from xinfo.language.texts import text
from xinfo.understand.suggest import Doubt, Suggestion

FOLDER = Path(__file__).parent
HTML, CSS, DIFFERING, JS = (
    (FOLDER / name).read_text(encoding="utf-8") for name in ("box.html", "box.css", "differing.js", "box.js")
)
WORDS = ("hint", "idle", "found", "list", "send", "left", "over", "unknown", "near", "elsewhere")

_box = st.components.v2.component("xinfo_ask_box", html=HTML, css=CSS, js=DIFFERING + JS)


@dataclass(frozen=True)
class Heard:
    """What is made of a text while it is typed."""

    proposals: Sequence[Suggestion] = ()
    doubts: Sequence[Doubt] = ()
    more: bool = False
    """Whether more of it is known in a moment."""


def ask_box(
    hear: Callable[[str], Heard],
    lang: str,
    placeholder: str,
    longest: int,
    begin: str | None = None,
    conversation: str = "",
    key: str = "box",
) -> str | None:
    """Draws the box; the question that was sent, once, else None.

    `hear` tells what is made of a text; where more of it is known in a moment the box asks again. Typing reruns the box
    alone; sending reruns the page. `begin` is put into the box when it is first given, for the user to change. With
    each `conversation` the box is ready for what one types.
    """
    asked = st.session_state.pop(f"{key}-asked", None)
    _live(hear, lang, placeholder, longest, None if asked else begin, conversation, key)
    # One character too many stays one too many: the core says that it is too long.
    return str(asked)[: longest + 1] if asked else None


@st.fragment
def _live(
    hear: Callable[[str], Heard],
    lang: str,
    placeholder: str,
    longest: int,
    begin: str | None,
    conversation: str,
    key: str,
) -> None:
    typed, tries = _typed(key, longest), (st.session_state.get(key) or {}).get("tries")
    words = {word: _word(word, lang) for word in WORDS} | {"placeholder": placeholder}
    # Nothing is worked out before somebody turns to the box: the page comes first.
    found = hear(typed) if typed is not None else Heard()
    sent = _box(
        key=key,
        data={
            "text": typed,
            "proposals": [{"text": one.text, "label": one.label} for one in found.proposals],
            "doubts": [asdict(one) for one in found.doubts],
            "more": found.more,
            "words": words,
            "longest": longest,
            "begin": begin,
            "conversation": conversation,
            "tries": tries,  # an answer like the one before would not reach the box
        },
        on_typed_change=_nothing,
        on_tries_change=_nothing,
        on_asked_change=_nothing,
    )
    if sent.asked:
        st.session_state[f"{key}-asked"] = sent.asked
        st.rerun()


def _word(name: str, lang: str) -> str:
    # The browser fills in counts and words.
    return text(f"suggest.box.{name}", lang)


def _typed(key: str, longest: int) -> str | None:
    """What stands in the box, as far as it was told; None while nobody has turned to it."""
    # The component's state is there before it is drawn again.
    typed = (st.session_state.get(key) or {}).get("typed")
    return None if typed is None else str(typed)[:longest]


def _nothing() -> None:
    """A change is read where the box is drawn."""
