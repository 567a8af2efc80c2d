"""How much is asked, on the Activity page: what was answered, what was not, and which kinds are asked most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from xinfo.answer.theme import config
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
        _figure("lately", sum(days.values()), lang)
        _figure("times", sum(question.times for question in kept), lang)
        _figure("words", sum(1 for question in kept if question.words), lang)
        _figure("reports", len(open_ones(said)), lang)
    if any(days.values()):
        _course(days, lang)
    _most(workspace, lang)


def _figure(name: str, value: int, lang: str) -> None:
    label = text(f"activity.{name}", lang, days=DAYS)
    st.metric(label, f"{value:,}", border=True)


def _course(days: Mapping[date, int], lang: str) -> None:
    """A bar for each day."""
    theme = st.context.theme.type or "light"
    told = [{"day": f"{day:%m-%d}", "count": count} for day, count in days.items()]
    tips = [{"field": "day", "title": None}, {"field": "count", "title": text("activity.lately", lang, days=DAYS)}]
    axis = {"labelOverlap": True, "labelSeparation": 8, "labelAngle": 0, "ticks": False, "domain": False}
    spec = {
        "mark": {"type": "bar", "cornerRadiusEnd": 2},
        "encoding": {
            "x": {"field": "day", "type": "ordinal", "sort": None, "title": None, "axis": axis},
            "y": {"field": "count", "type": "quantitative", "title": None, "axis": {"tickCount": 2, "format": "d"}},
            "tooltip": tips,
        },
        "height": 90,
        "config": config(theme),
    }
    said = text("activity.course", lang, days=DAYS, n=sum(days.values()))
    st.vega_lite_chart(pd.DataFrame(told), spec, theme=None, width="stretch", key="usage-course", alt=said)


def _days() -> dict[date, int]:
    """How many were answered on each of the last days, the latest last."""
    counted, today = by_day(session.store()), date.fromisoformat(session.now()[:10])
    last = (today - timedelta(days=back) for back in reversed(range(DAYS)))
    return {day: counted[day.isoformat()] for day in last}


def _most(workspace: Workspace, lang: str) -> None:
    """Links to the templates that were asked for most, with how often."""
    titles = {template.template_id: template.title[lang] for template in workspace.reader.templates}
    often = [(name, count) for name, count in uses(session.store()).most_common() if name in titles][:MOST]
    page = st.session_state.get("page-templates")
    if not often or page is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="most-asked"):
        st.markdown(f":small[:gray[{text('activity.most', lang)}]]", width="content")
        for name, count in often:
            label = f":small[{plain(titles[name])} :gray[{count:,}]]"
            st.page_link(page, label=label, query_params={"template": name}, width="content")
