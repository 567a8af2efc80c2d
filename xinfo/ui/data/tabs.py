"""Which tab of the Data page is open, told from outside of it. Draws nothing."""

from __future__ import annotations

import streamlit as st

from xinfo.language.texts import text

OPEN = "data-open"
"""Of the session: the name of the tab that was open last."""


def show(tab: str, lang: str) -> None:
    """The tab is open when the page is drawn next."""
    st.session_state[OPEN] = tab
    st.session_state[f"data-tab-{lang}"] = text(f"data.tab.{tab}", lang)
