"""The briefing that a session works on, saved at every change so that nothing is lost with the page."""

from __future__ import annotations

import streamlit as st

from xinfo.briefing import saved, together
from xinfo.briefing.model import Briefing
from xinfo.errors import XinfoError
from xinfo.language.texts import text
from xinfo.ui import session
from xinfo.ui.plain import plain

CHOSEN = "brief-chosen"
TROUBLE = "brief-trouble"
DONE = "brief-done"
OTHERS = "brief-others"
MADE = "brief-made"


def chosen() -> str:
    """The id of the briefing at hand; empty for none."""
    return str(st.session_state.get(CHOSEN) or "")


def made() -> int:
    """How many briefings this session has made, or found made."""
    return int(st.session_state.get(MADE, 0))


def take(briefing: Briefing, began: Briefing | None = None) -> None:
    """Saves a briefing changed from `began`, or a new one, and makes it the one at hand; tells of others' changes."""
    try:
        session.require("brief", {place for one in (briefing, began) if one for place in one.places})
        kept = together.keep(session.store(), briefing, began)
        session.record("brief", briefing=kept.briefing.id)
        st.session_state[CHOSEN] = kept.briefing.id
        st.session_state[MADE] = made() + (began is None)
        if kept.how != "saved":
            lang = session.language()
            how = "taken" if began is None and kept.how == "apart" else kept.how
            st.session_state[OTHERS] = text(f"brief.ui.others.{how}", lang, id=kept.briefing.id)
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
    if others := st.session_state.pop(OTHERS, ""):
        st.warning(plain(others), icon=":material/group:")
    if done := st.session_state.pop(DONE, ""):
        st.success(plain(done), icon=":material/task_alt:")
