"""What a browser session holds: the workspace it asks on, its language and its dialogue. Draws nothing.

Three keys live in the session: `dialogue`, and the widgets `lang` and `published`, which the address holds as well.
"""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import streamlit as st

import xinfo
from xinfo.ask import Workspace, open_workspace
from xinfo.language.texts import languages
from xinfo.store import versions
from xinfo.ui.dialogue import Dialogue

PROJECT = Path(xinfo.__file__).resolve().parents[1]
ICON = Path(__file__).parent / "icon.png"
LOGO = Path(__file__).parent / "logo.png"
QUERIES = PROJECT / "queries"

_opening = threading.Lock()


def store() -> Path:
    """The store that the app was started on."""
    return Path(os.environ.get("XINFO_STORE") or versions.DEFAULT_STORE)


def figures() -> tuple[str, bool]:
    """Which figures are asked: the current version of the store, and whether the published ones alone.

    Raises StoreError where there is no store.
    """
    return str(versions.current(store())), bool(st.session_state.get("published", False))


def opened(version: str, published: bool) -> Workspace:
    """The workspace on these figures, one for all sessions, opened by whoever asks first."""
    with _opening:
        return replace(_open(version, _edition()), published_only=published)


def _edition() -> tuple[int, int]:
    """Changes with any file of templates or vocabulary: a phrase that was taught is heard from the next question on."""
    written = [path.stat().st_mtime_ns for path in QUERIES.glob("*/*.yaml")]
    return len(written), max(written, default=0)


@lru_cache(maxsize=2)
def _open(version: str, edition: tuple[int, int]) -> Workspace:
    return open_workspace(Path(version), QUERIES)


def browser_language() -> str:
    """The browser's language where there are texts for it, else English."""
    wanted = (st.context.locale or "").split("-")[0].lower()
    return wanted if wanted in languages() else "en"


def language() -> str:
    """The chosen language, else the one that the address names, else the browser's."""
    named = st.session_state.get("lang") or st.query_params.get("lang")
    return str(named) if named in languages() else browser_language()


def dialogue() -> Dialogue:
    """This session's dialogue on the current figures in the chosen language; it begins with the address's questions."""
    here = opened(*figures())
    if "dialogue" not in st.session_state:
        st.session_state.dialogue = Dialogue(here, language())
        for question in st.query_params.get_all("q"):
            st.session_state.dialogue.ask(question)
    held: Dialogue = st.session_state.dialogue
    if (held.workspace, held.lang) != (here, language()):
        held.ask_again(here, language())
    return held
