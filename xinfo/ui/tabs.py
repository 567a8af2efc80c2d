"""Tabs of which only the open one is worked out. It stays open while people are elsewhere or change the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st


def tabs(page: str, titles: Mapping[str, str], lang: str, draw: Callable[[str], None]) -> None:
    """Draws the tabs, by their names, and with `draw` what is in the open one."""
    key, kept = f"{page}-tab-{lang}", f"{page}-open"
    # Not by `default`: the browser goes back to that whenever it changes, and each second click would be lost.
    if key not in st.session_state:
        st.session_state[key] = titles.get(st.session_state.get(kept, ""), next(iter(titles.values())))
    for tab, name in zip(st.tabs(list(titles.values()), key=key, on_change="rerun"), titles, strict=True):
        if tab.open:
            st.session_state[kept] = name
            with tab:
                draw(name)
