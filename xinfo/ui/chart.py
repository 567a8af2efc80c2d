"""An answer's chart on the page, in the page's theme, with the reason for its kind."""

from __future__ import annotations

import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.answer.theme import themed
from xinfo.ui.plain import plain


def chart(answer: Answer, key: str) -> None:
    """The chart and why it is of this kind; nothing where a number says it better."""
    if answer.chart is None:
        return
    theme = st.context.theme.type or "light"
    st.vega_lite_chart(spec=themed(answer.chart, theme), theme=None, width="stretch", key=key, alt=answer.headline)
    st.markdown(f":small[:gray[{plain(answer.chart_reason)}]]")
