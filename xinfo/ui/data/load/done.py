"""What was loaded last, and where to look at it: its version, its coverage, and what is remembered of its tables."""

from __future__ import annotations

import streamlit as st

from xinfo.intake.load import memory
from xinfo.intake.mapping import Mapping
from xinfo.intake.report import Report, Table
from xinfo.intake.shape import forget
from xinfo.language.texts import text
from xinfo.store import versions
from xinfo.ui import session
from xinfo.ui.data import tabs
from xinfo.ui.data.load import report as reports
from xinfo.ui.data.load.report import said_of
from xinfo.ui.plain import plain

SEE = {"coverage": ":material/grid_on:", "history": ":material/history:", "sources": ":material/verified:"}
"""The tabs that show what was loaded, with their icons."""


def note(report: Report) -> None:
    """Keeps what was loaded until the next files come."""
    st.session_state["load-done"] = report
    st.session_state["load-forgotten"] = []


def done(lang: str) -> None:
    """Says what was loaded; the app asks the new version from now on."""
    report: Report | None = st.session_state.get("load-done")
    if not report or not report.version:
        return
    counts = said_of({name: report.count(name) for name in ("new", "revised", "unchanged")}, lang)
    number = versions.number(report.version)
    st.success(text("load.done", lang, version=number, counts=counts), icon=":material/task_alt:")
    with st.container(horizontal=True):
        for tab, icon in SEE.items():
            label = text(f"load.see.{tab}", lang)
            st.button(label, icon=icon, key=f"load-see-{tab}", on_click=_see, args=(tab, lang))
    reports.skipped(report, lang)
    forgotten: list[Mapping] = st.session_state["load-forgotten"]
    for at, table in enumerate(report.tables):
        if table.mapping not in forgotten:
            _remembered(table, at, lang)


def _remembered(table: Table, at: int, lang: str) -> None:
    """That the next file of this shape is read alike, and the way to undo that."""
    name = plain(" · ".join(filter(None, (table.file, table.sheet))))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":small[:material/bookmark_added: {text('load.remembers', lang, table=name)}]")
        st.button(
            text("load.forget", lang),
            icon=":material/delete:",
            type="tertiary",
            key=f"load-forget-done-{at}",
            on_click=_forget,
            args=(table.mapping,),
        )


def _forget(mapping: Mapping) -> None:
    session.require("load")
    forget(memory(session.store()), mapping)
    st.session_state["load-forgotten"].append(mapping)


def _see(tab: str, lang: str) -> None:
    tabs.show(tab, lang)
