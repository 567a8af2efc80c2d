"""The field for the name that a load or a restore is made under; kept for the session, and nobody is asked for it.

With a login there is no field: the name is the login's.
"""

from __future__ import annotations

import streamlit as st

from xinfo.language.texts import text
from xinfo.ui import session
from xinfo.ui.plain import plain

LONGEST = 60


def who(lang: str, key: str) -> None:
    """Draws the field; what is typed is `session.who()` from then on."""
    if address := session.person().address:
        st.markdown(f":small[:material/badge: {plain(text('data.under', lang, who=address))}]")
        return

    def keep() -> None:
        st.session_state["who"] = str(st.session_state[key]).strip()

    st.session_state.setdefault(key, st.session_state.get("who", ""))
    st.text_input(
        text("data.who", lang), key=key, max_chars=LONGEST, help=text("data.who_help", lang), on_change=keep, width=320
    )
