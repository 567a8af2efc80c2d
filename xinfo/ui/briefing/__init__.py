"""The Briefings page: which briefing, a tab each for composing it, its files and its issues; files that come back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from xinfo.ask import Workspace
from xinfo.briefing.model import Briefing
from xinfo.errors import XinfoError
from xinfo.language.texts import text
from xinfo.ui import removing, rights, session
from xinfo.ui.briefing import held
from xinfo.ui.briefing.check import check
from xinfo.ui.briefing.choose import choose
from xinfo.ui.briefing.compose import compose
from xinfo.ui.briefing.files import files
from xinfo.ui.briefing.issues import issues
from xinfo.ui.plain import plain
from xinfo.ui.tabs import tabs

Tab = Callable[[Briefing, Workspace, str], None]
TABS: Mapping[str, Tab] = {"compose": compose, "files": files, "issues": issues}
"""What draws each tab of a briefing, by the name of its title's text."""


READERS = ("brief", "review", "sign")
"""Whoever may do one of these works with briefings."""


def readable() -> bool:
    """Whether the page is for the person at the browser."""
    return any(session.may(action) for action in READERS)


def page() -> None:
    """Draws the page. Raises NotAllowed."""
    rights.require_any(*READERS)
    lang = session.language()
    st.title(text("brief.ui.title", lang), anchor=False)
    st.markdown(text("brief.ui.intro", lang))
    with st.spinner(text("ui.opening", lang)):
        workspace = session.here()
    try:
        briefing = choose(workspace, lang)
    except XinfoError as error:
        st.error(plain(str(error)), icon=":material/error:")
        briefing = None
    removing.lately("briefing", lang)
    held.told(lang)
    if briefing:
        _tabs(briefing, workspace, lang)
    with st.expander(text("brief.ui.check", lang), icon=":material/fact_check:", key="brief-check"):
        check(workspace, lang)


def _tabs(briefing: Briefing, workspace: Workspace, lang: str) -> None:
    """Only the tab that is open is worked out."""
    shown = [name for name in TABS if name != "compose" or session.may("brief", briefing.places)]
    titles = {name: text(f"brief.ui.tab.{name}", lang) for name in shown}
    tabs("brief", titles, lang, lambda name: TABS[name](briefing, workspace, lang))
