"""The Data page, a tab for each thing to see or do with the figures. A further tab is a line in TABS."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from xinfo.ask import Workspace
from xinfo.language.texts import text
from xinfo.ui import session
from xinfo.ui import tabs as tabbed
from xinfo.ui.data.coverage import coverage
from xinfo.ui.data.definitions import definitions
from xinfo.ui.data.history import history
from xinfo.ui.data.load import load
from xinfo.ui.data.sources import sources

Tab = Callable[[Workspace, str], None]
TABS: Mapping[str, Tab] = {
    "coverage": coverage,
    "load": load,
    "history": history,
    "sources": sources,
    "definitions": definitions,
}
"""What draws each tab, by the name of its title's text."""
NEEDS = {"load": "load"}
"""What somebody has to be allowed to do for a tab to be there."""


def page() -> None:
    """Draws the page; only the tab that is open is worked out. Raises NotAllowed."""
    session.require("ask")
    lang = session.language()
    st.title(text("data.title", lang), anchor=False)
    st.markdown(text("data.intro", lang))
    with st.spinner(text("ui.opening", lang)):
        workspace = session.here()
    shown = [name for name in TABS if name not in NEEDS or session.may(NEEDS[name])]
    titles = {name: text(f"data.tab.{name}", lang) for name in shown}
    tabbed.tabs("data", titles, lang, lambda name: TABS[name](workspace, lang))
