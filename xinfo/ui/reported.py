"""What people said of answers, on the Activity page: each that is said to be wrong, to be looked into and settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

import streamlit as st

from xinfo.language.texts import text
from xinfo.loop import reports
from xinfo.loop.reports import Report
from xinfo.ui import session
from xinfo.ui.plain import plain
from xinfo.ui.proof import laid_out

SHOWN = 20


def reported(kept: Sequence[Report], lang: str) -> None:
    """The heading with the counts, then a fold for each open report, the newest first; nothing while there is none."""
    if not kept:
        return
    wrong = [one for one in kept if one.verdict == reports.WRONG]
    open_ = reports.open_ones(kept)
    st.header(text("judge.title", lang), anchor=False)
    counts = {"open": len(open_), "wrong": len(wrong), "right": len(kept) - len(wrong)}
    st.markdown(f":small[{text('judge.counts', lang, **counts)}]")
    for one in open_[:SHOWN]:
        _one(one, lang)


def _one(one: Report, lang: str) -> None:
    fold = st.expander(
        f"{plain(one.question)} :small[:gray[{one.at[:10]}]]", key=f"report-{one.number}", on_change="rerun"
    )
    if not fold.open:
        return
    with fold:
        if one.note:
            st.markdown(f"**{text('judge.said', lang)}**{text('ui.colon', lang)}{plain(one.note)}")
        st.markdown(f"**{text('judge.answer', lang)}**{text('ui.colon', lang)}{plain(one.answer)}")
        st.code(laid_out(one.sql), language="sql", wrap_lines=True)
        if one.params != "{}":
            st.code(one.params, language="json", wrap_lines=True)
        with st.container(horizontal=True):
            again = f"./?{urlencode({'q': one.reading})}"
            st.link_button(text("judge.again", lang), again, icon=":material/replay:", type="tertiary")
            st.button(
                text("judge.settle", lang),
                icon=":material/task_alt:",
                key=f"report-settle-{one.number}",
                on_click=_settle,
                args=(one.number,),
            )


def _settle(number: int) -> None:
    session.require("teach")
    reports.settle(session.store(), number, datetime.now().astimezone())
    session.record("settle", report=number)
