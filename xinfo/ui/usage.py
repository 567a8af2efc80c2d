"""How much is asked, on the Activity page: what was answered, what was not, and which kinds are asked most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from xinfo.ask import Workspace
from xinfo.language.texts import text
from xinfo.loop.asked import Asked
from xinfo.loop.reports import Report, open_ones
from xinfo.stewardship.uses import by_day, uses
from xinfo.ui import session
from xinfo.ui.plain import plain

DAYS, MOST = 30, 5


def usage(kept: Sequence[Asked], said: Sequence[Report], workspace: Workspace, lang: str) -> None:
    """The figures in one row, then the kinds of questions asked most."""
    days = _days()
    with st.container(horizontal=True, gap="small", key="usage"):
        _figure("lately", sum(days), lang, days)
        _figure("times", sum(question.times for question in kept), lang)
        _figure("words", sum(1 for question in kept if question.words), lang)
        _figure("reports", len(open_ones(said)), lang)
    _most(workspace, lang)


def _figure(name: str, value: int, lang: str, course: Sequence[int] | None = None) -> None:
    label = text(f"activity.{name}", lang, days=DAYS)
    st.metric(label, f"{value:,}", border=True, height="stretch", chart_data=course, chart_type="bar")


def _days() -> list[int]:
    """How many were answered on each of the last days, the latest last."""
    counted, today = by_day(session.store()), date.fromisoformat(session.now()[:10])
    return [counted[(today - timedelta(days=back)).isoformat()] for back in reversed(range(DAYS))]


def _most(workspace: Workspace, lang: str) -> None:
    """Links to the templates that were asked for most, with how often."""
    titles = {template.template_id: template.title[lang] for template in workspace.reader.templates}
    often = [(name, times) for name, times in uses(session.store()).most_common() if name in titles][:MOST]
    page = st.session_state.get("page-templates")
    if not often or page is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="most-asked"):
        st.markdown(f":small[:gray[{text('activity.most', lang)}]]", width="content")
        for name, times in often:
            label = f":small[{plain(titles[name])} :gray[{times:,}]]"
            st.page_link(page, label=label, query_params={"template": name}, width="content")
