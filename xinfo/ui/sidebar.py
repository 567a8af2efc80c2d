"""The sidebar: a new conversation, which figures to use, the language, and the store at hand."""

from __future__ import annotations

import contextlib

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from xinfo.errors import StoreError
from xinfo.language.texts import languages, text
from xinfo.ui import address, conversations, login, past, published, session
from xinfo.ui.ahead.ahead import ahead
from xinfo.ui.steps import steps
from xinfo.ui.words.words import words


def sidebar() -> DeltaGenerator:
    """Draws it; gives the place for the last conversations, which are known once the page is drawn."""
    lang = session.language()
    # Set here and not as the control's default, which would make it another control when the language changes; in every
    # run, as a click before the first one has ended would else leave the browser with the first language.
    st.session_state["lang"] = lang
    st.logo(session.LOGO, size="large", icon_image=session.ICON)
    with st.sidebar:
        st.button(
            text("ui.new", lang), icon=":material/edit_square:", width="stretch", on_click=conversations.begin_anew
        )
        place = st.container()
        published.toggle(lang, _for_all())
        past.control(lang)
        st.radio(
            text("ui.language", lang),
            languages(),
            format_func=lambda code: text("ui.own_name", code),
            horizontal=True,
            key="lang",
        )
        login.badge(lang)
        ahead()
        steps()
        words(lang)
    address.keep("lang", session.language() if session.language() != session.browser_language() else "")
    return place


def _for_all() -> bool:
    """Whether nobody may ask for other than published figures."""
    with contextlib.suppress(StoreError):
        return published.for_all(session.figures()[0])
    return False
