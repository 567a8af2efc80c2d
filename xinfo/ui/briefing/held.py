"""The briefing that a session works on, saved at every change so that nothing is lost with the page."""

from __future__ import annotations

import streamlit as st

from xinfo.briefing import saved
from xinfo.briefing.model import Briefing
from xinfo.errors import XinfoError
from xinfo.language.texts import text
from xinfo.ui import session
from xinfo.ui.plain import plain

CHOSEN = "brief-chosen"
TROUBLE = "brief-trouble"
DONE = "brief-done"


def chosen() -> str:
    """The id of the briefing at hand; empty for none."""
    return str(st.session_state.get(CHOSEN) or "")


def take(briefing: Briefing) -> None:
    """Saves a changed or new briefing and makes it the one at hand."""
    try:
        session.require("brief", [briefing.place] if briefing.place else ())
        saved.save(session.store(), briefing)
        session.record("brief", briefing=briefing.id)
        st.session_state[CHOSEN] = briefing.id
    except XinfoError as error:
        st.session_state[TROUBLE] = str(error)


def say(words: str) -> None:
    """Something that is done, said once on the next run."""
    st.session_state[DONE] = words


def fail(words: str) -> None:
    st.session_state[TROUBLE] = words


def told(lang: str) -> None:
    """What went wrong or was done since the last run."""
    _words()
    if not saved.listed(session.store()):
        st.info(text("brief.ui.none", lang), icon=":material/description:")


def told_added() -> None:
    """The same beside an answer that was added."""
    _words()


def _words() -> None:
    if trouble := st.session_state.pop(TROUBLE, ""):
        st.error(plain(trouble), icon=":material/error:")
    if done := st.session_state.pop(DONE, ""):
        st.success(plain(done), icon=":material/task_alt:")
