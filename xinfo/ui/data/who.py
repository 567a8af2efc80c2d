"""The field for the name that a load or a restore is made under; kept for the session, and nobody is asked for it."""

from __future__ import annotations

import streamlit as st

from xinfo.language.texts import text

LONGEST = 60


def who(lang: str, key: str) -> None:
    """Draws the field; what is typed is `session.who()` from then on."""

    def keep() -> None:
        st.session_state["who"] = str(st.session_state[key]).strip()

    st.session_state.setdefault(key, st.session_state.get("who", ""))
    st.text_input(
        text("data.who", lang), key=key, max_chars=LONGEST, help=text("data.who_help", lang), on_change=keep, width=320
    )
