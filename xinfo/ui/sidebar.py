"""The sidebar: a new conversation, which figures to use, the language, and the store at hand."""

from __future__ import annotations

import streamlit as st

from xinfo.language.texts import languages, text
from xinfo.ui import session


def sidebar() -> None:
    lang = session.language()
    st.logo(str(session.LOGO), size="large", icon_image=str(session.ICON))
    with st.sidebar:
        st.button(text("ui.new", lang), icon=":material/edit_square:", width="stretch", on_click=_begin_anew)
        st.toggle(
            text("ui.published", lang), key="published", help=text("ui.published_help", lang), bind="query-params"
        )
        st.segmented_control(
            text("ui.language", lang),
            languages(),
            default=session.browser_language(),
            required=True,
            format_func=lambda code: text("ui.own_name", code),
            key="lang",
            bind="query-params",
        )


def _begin_anew() -> None:
    st.session_state.pop("dialogue", None)
    st.query_params.pop("q", None)
