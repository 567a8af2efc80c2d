"""The Coverage tab: a metric's figures by place and period, the origin of one, and what the missing ones prevent."""

from __future__ import annotations

import streamlit as st

from xinfo.answer.labels import period, word
from xinfo.answer.origin.cells import Cell
from xinfo.answer.origin.trace import trace_cell
from xinfo.ask import Workspace
from xinfo.errors import XinfoError
from xinfo.language.numbers import amount
from xinfo.language.texts import listing, text
from xinfo.query.failure import in_words
from xinfo.query.gaps import find_gaps
from xinfo.query.holdings import STATES, Holding, Holdings, Part, View, grains, metrics_held, read_holdings, view
from xinfo.store.periods import parse_id
from xinfo.ui.data.gaps import unanswerable
from xinfo.ui.data.heat import SELECTION, heat
from xinfo.ui.data.overview import overview
from xinfo.ui.data.table import as_table
from xinfo.ui.origin import draw
from xinfo.ui.plain import plain
from xinfo.understand.catalog import Catalog

FIRST = "info_consumption"
"""The metric shown first, where the store has it."""
WIDEST = 16
"""Periods shown at first; of more, the years with the most figures are."""


def coverage(workspace: Workspace, lang: str) -> None:
    """Draws the tab."""
    held = metrics_held(workspace.engine, workspace.published_only)
    if not held:
        st.info(text("data.no_figures", lang), icon=":material/database_off:")
        return
    overview(workspace, lang)
    holdings, part, shown = _chosen(workspace, held, lang)
    if not shown.periods:
        st.info(text("data.none", lang), icon=":material/search_off:")
        return
    _map(shown, holdings, part, workspace, lang)
    as_table(shown, holdings.metric, workspace.catalog, lang)
    found = find_gaps(workspace.engine, workspace.catalog, holdings, shown, part, workspace.published_only)
    unanswerable(found, shown, holdings.metric, part, workspace, lang)


def _chosen(workspace: Workspace, held: dict[str, int], lang: str) -> tuple[Holdings, Part, View]:
    """Metric, part, kind of period and years, as they are chosen."""
    catalog = workspace.catalog
    metrics = sorted(held, key=lambda name: (name != FIRST, -held[name], catalog.metrics[name].label(lang)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        metric = st.selectbox(
            text("data.metric", lang),
            metrics,
            format_func=lambda name: catalog.metrics[name].label(lang),
            key="data-metric",
            width=230,
        )
        holdings = read_holdings(workspace.engine, str(metric), workspace.published_only)
        parts = holdings.parts
        part = parts[0]
        if len(parts) > 1:
            part = st.selectbox(
                text("data.part", lang),
                parts,
                format_func=lambda part: _part(part, lang),
                key=f"data-part-{metric}",
                width=130,
            )
        grain = st.segmented_control(
            text("data.grain", lang),
            grains(holdings.of(part)),
            format_func=lambda name: text(f"data.grains.{name}", lang),
            default="year" if len(holdings.of(part)) < WIDEST else "quarter",
            key=f"data-grain-{metric}",
            required=True,
        )
    shown = view(holdings, part, str(grain), catalog.pilots(), tuple(catalog.places))
    return holdings, part, _years(shown, f"{metric}-{grain}", lang)


def _years(shown: View, key: str, lang: str) -> View:
    """The view cut to the years that are chosen: at first as many as are well seen, those with the most figures."""
    years = sorted({parse_id(name).year for name in shown.periods})
    if len(shown.periods) <= WIDEST or len(years) < 2:
        return shown
    many = max(1, WIDEST * len(years) // len(shown.periods))
    filled = [parse_id(name).year for _, name in shown.held if name in set(shown.periods)]
    start = max(years[: len(years) - many + 1], key=lambda year: sum(year <= one < year + many for one in filled))
    end = min(start + many - 1, years[-1])
    first, last = st.select_slider(text("data.years", lang), years, (start, end), key=f"data-years-{key}")
    return shown.between(first, last)


def _part(part: Part, lang: str) -> str:
    named = [text(f"part.{name}", lang) for name in part if name != "all"]
    return text("list.comma", lang).join(named) or text("part.all", lang)


def _map(shown: View, holdings: Holdings, part: Part, workspace: Workspace, lang: str) -> None:
    """The heat map; a cell chosen in it, or by name under it, is told with its origin."""
    key = f"data-map-{holdings.metric}-{'-'.join(part)}-{shown.periods[0]}-{shown.periods[-1]}"
    st.session_state.setdefault("data-place", None)
    st.session_state.setdefault("data-period", None)

    def take() -> None:
        for name, value in (st.session_state[key].selection.get(SELECTION) or [{}])[0].items():
            st.session_state[f"data-{name}"] = value

    heat(shown, _alt(shown, holdings.metric, workspace.catalog, lang), workspace.catalog, lang, key, take)
    st.markdown(f":small[{text('data.pick', lang)}]")
    with st.container(horizontal=True):
        place = _choice("place", shown.places, workspace.catalog, lang)
        name = _choice("period", shown.periods, workspace.catalog, lang)
    if place and name:
        _cell(place, name, shown.held.get((place, name)), holdings, part, workspace, lang)


def _choice(name: str, options: tuple[str, ...], catalog: Catalog, lang: str) -> str | None:
    if st.session_state[f"data-{name}"] not in options:
        st.session_state[f"data-{name}"] = None
    return st.selectbox(
        text(f"data.{name}", lang),
        options,
        index=None,
        format_func=lambda value: word(name, value, catalog, lang),
        placeholder=text("activity.choose", lang),
        key=f"data-{name}",
    )


def _cell(
    place: str, name: str, holding: Holding | None, holdings: Holdings, part: Part, workspace: Workspace, lang: str
) -> None:
    """The figure of one cell, where sources contradict each other, and the rows it was worked out from."""
    catalog = workspace.catalog
    about = {"place": plain(word("place", place, catalog, lang)), "period": plain(period(name, lang))}
    with st.container(border=True, key="data-cell"):
        if holding is None:
            st.markdown(text("data.missing_cell", lang, **about))
            return
        value = amount(holding.value, holding.unit, lang)
        st.header(f":primary[{plain(value)}]", anchor=False)
        state = text(f"data.state.{holding.state}", lang)
        st.markdown(f":small[{text('data.cell', lang, **about)} · {state}]")
        if holding.given:
            values = listing([amount(one, holding.unit, lang) for one in holding.given], lang)
            st.warning(plain(text("data.conflict", lang, values=values, value=value)), icon=":material/call_split:")
        try:
            cell = Cell("figure", place, holdings.metric, name, *part)
            draw(trace_cell(cell, workspace.engine, catalog, workspace.contents.methods, lang), lang)
        except XinfoError as error:
            st.error(plain(in_words(error, lang)), icon=":material/error:")


def _alt(shown: View, metric: str, catalog: Catalog, lang: str) -> str:
    """What the heat map shows, for those who cannot see it."""
    counts = shown.counts()
    said = [text("data.count", lang, state=text(f"data.state.{s}", lang), n=counts[s]) for s in STATES if counts[s]]
    label = word("metric", metric, catalog, lang)
    many = {"places": len(shown.places), "periods": len(shown.periods)}
    return text("data.alt", lang, metric=label, counts=text("list.comma", lang).join(said), **many)
