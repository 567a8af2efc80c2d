"""Every metric at a glance, on the Coverage tab: how many pilots have it in which year; a row leads to its figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import pandas as pd
import streamlit as st

from xinfo.ask import Workspace
from xinfo.language.numbers import number
from xinfo.language.texts import text
from xinfo.query.inventory import Overview, Years, read_by_year, read_overview
from xinfo.ui import session
from xinfo.ui.frames import frame
from xinfo.ui.plain import plain

HEIGHT = 213
"""Pixels: the header and five metrics, so that the figures of one are in sight below."""


def overview(workspace: Workspace, lang: str) -> None:
    """Draws it; the metric of the row that is selected is the one shown below."""
    catalog, pilots = workspace.catalog, workspace.catalog.pilots()
    held, by_year = _held(*session.figures())
    years = sorted({year for told in by_year.values() for year in told})
    _said(held, years, len(pilots), lang)
    key = f"data-overview-{lang}"

    def take() -> None:
        if rows := st.session_state[key].selection.rows:
            st.session_state["data-metric"] = held[rows[0]].metric

    names = [catalog.metrics[one.metric].label(lang) for one in held]
    _table(_columns(names, held, by_year, range(years[0], years[-1] + 1), lang), len(pilots), key, take, lang)


@lru_cache(maxsize=4)
def _held(version: str, published: bool) -> tuple[tuple[Overview, ...], Mapping[str, Years]]:
    here = session.opened(version, published)
    only = here.published_only
    return read_overview(here.engine, only), read_by_year(here.engine, here.catalog.pilots(), only)


def _said(held: Sequence[Overview], years: Sequence[int], pilots: int, lang: str) -> None:
    figures, made_up = sum(one.figures for one in held), sum(one.demonstration for one in held)
    span = {"first": years[0], "last": years[-1]}
    said = text("data.glance", lang, metrics=len(held), pilots=pilots, figures=number(figures), **span)
    if made_up:
        said += text("data.glance_made_up", lang, n=number(made_up))
    st.markdown(plain(said))


def _columns(
    names: list[str], held: Sequence[Overview], by_year: Mapping[str, Years], years: range, lang: str
) -> pd.DataFrame:
    told = [by_year[one.metric] for one in held]
    course = text("data.overview.years", lang, first=years[0], last=years[-1])
    return frame(
        {
            text("data.overview.metric", lang): names,
            text("data.overview.pilots", lang): [len(frozenset[str]().union(*of.values())) for of in told],
            course: [[len(of.get(year, ())) for year in years] for of in told],
            text("data.overview.figures", lang): [one.figures for one in held],
            text("data.overview.made_up", lang): [one.demonstration for one in held],
        }
    )


def _table(columns: pd.DataFrame, pilots: int, key: str, take: Callable[[], None], lang: str) -> None:
    metric, having, course, *counts = columns.columns
    st.dataframe(
        columns, hide_index=True, key=key, on_select=take, selection_mode="single-row", height=HEIGHT,
        alt=text("data.overview.alt", lang),
        column_config={
            metric: st.column_config.TextColumn(width="medium"),
            having: st.column_config.ProgressColumn(format="%d", min_value=0, max_value=pilots),
            course: st.column_config.BarChartColumn(y_min=0, y_max=pilots),
            **{name: st.column_config.NumberColumn(format="localized") for name in counts},
        },
    )  # fmt: skip
