"""Back and Forward: each question and each page is a step of the browser, and the conversation follows it there.

The address holds the questions and the settings. What the app writes there by itself is no step, nor is a setting,
which goes along to whatever page one goes back to.
"""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from xinfo.errors import StoreError
from xinfo.loop import conversations
from xinfo.loop.conversations import Kept
from xinfo.ui import asking, session
from xinfo.ui.browsers import whose
from xinfo.ui.dialogue import Dialogue

JS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
SETTINGS = ("lang", "published", "known_on")

_steps = st.components.v2.component("xinfo_steps", js=JS)


def steps() -> None:
    """Has the browser count steps so; for every page."""
    _steps(key="steps", data={"settings": list(SETTINGS)}, height=0)


def follow_address(dialogue: Dialogue) -> None:
    """Brings the conversation to where the address is, when somebody came by it or went back or forward."""
    there = st.query_params.get_all("q") if _moved() else session.linked()
    if not (there or _moved()) or there == dialogue.questions():
        return
    asking.stop()
    if dialogue.go(there):
        return
    kept = _known(there) if there else None
    dialogue.begin_anew(kept.id if kept else "")
    if there:
        asking.begin(dialogue, *(kept.questions if kept else there), by="address")


def write_address(dialogue: Dialogue) -> None:
    """Puts the questions into the address, so that it leads back to how the conversation stands."""
    if st.query_params.get_all("q") != dialogue.questions():
        st.query_params["q"] = dialogue.questions()


def _moved() -> bool:
    """Whether this run is because somebody went back or forward."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def _known(there: list[str]) -> Kept | None:
    """The conversation of this person that stood at an address."""
    try:
        return conversations.at_address(session.store(), whose(session.person()), there)
    except StoreError:
        logging.getLogger(__name__).exception("conversations cannot be read")
        return None
