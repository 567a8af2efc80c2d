"""The heat map of places and periods: colour and mark by state, each cell to be chosen. Works nothing out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from xinfo.answer.labels import period, word
from xinfo.answer.theme import INK, LINES, PAPER, config
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.query.holdings import STATES, View
from xinfo.understand.catalog import Catalog

SELECTION = "cell"
COLOURS = {
    "light": {
        **{"published": "#0B5D66", "worked_out": "#6FADB1", "unconfirmed": "#C9AFD6"},
        **{"demonstration": "#E6CFA8", "conflicting": "#B3363F"},
    },
    "dark": {
        **{"published": "#4FC1C4", "worked_out": "#2B6F76", "unconfirmed": "#8A6BA0"},
        **{"demonstration": "#6B5A38", "conflicting": "#FF8A7A"},
    },
}
"""Apart in lightness too, so that they can be told without colours; missing cells are empty."""
MARKS = {"conflicting": "!", "unconfirmed": "?", "demonstration": "·"}
"""What stands in a cell, beside its colour."""
ROW = 18
"""Pixels."""


def heat(shown: View, alt: str, catalog: Catalog, lang: str, key: str, chosen: Callable[[], None]) -> None:
    """Draws the map; `chosen` is called when a cell is clicked."""
    theme = st.context.theme.type or "light"
    st.vega_lite_chart(
        _data(shown, catalog, lang),
        _spec(shown, catalog, lang, theme),
        theme=None,
        width="stretch",
        key=key,
        on_select=chosen,
        selection_mode=SELECTION,
        alt=alt,
    )


def _data(shown: View, catalog: Catalog, lang: str) -> pd.DataFrame:
    """A row a cell, the missing ones too."""
    rows = []
    for place in shown.places:
        for name in shown.periods:
            holding, state = shown.held.get((place, name)), shown.state(place, name)
            value = amount(holding.value, holding.unit, lang) if holding else ""
            rows.append((place, name, text(f"data.state.{state}", lang), value, MARKS.get(state, "")))
    return pd.DataFrame(rows, columns=["place", "period", "state", "value", "mark"])


def _spec(shown: View, catalog: Catalog, lang: str, theme: str) -> dict[str, Any]:
    counts = shown.counts()
    states = [state for state in STATES if counts[state]]
    names = {state: text(f"data.state.{state}", lang) for state in states}
    colours = [COLOURS[theme].get(state, PAPER[theme]) for state in states]
    x: dict[str, Any] = {"field": "period", "type": "ordinal", "sort": list(shown.periods), "title": None}
    y: dict[str, Any] = {"field": "place", "type": "ordinal", "sort": list(shown.places), "title": None}
    tips = [{"field": name, "title": text(f"data.tip.{name}", lang)} for name in ("place", "period", "state", "value")]
    cell = {
        "params": [{"name": SELECTION, "select": {"type": "point", "fields": ["place", "period"], "on": "click"}}],
        "mark": {"type": "rect", "stroke": LINES[theme], "strokeWidth": 1, "cursor": "pointer"},
        "encoding": {
            "color": {
                "field": "state",
                "type": "nominal",
                "scale": {"domain": list(names.values()), "range": colours},
                "legend": _legend({names[state]: counts[state] for state in states}, theme),
            },
            "stroke": {"condition": {"param": SELECTION, "empty": False, "value": INK[theme]}, "value": LINES[theme]},
            "strokeWidth": {"condition": {"param": SELECTION, "empty": False, "value": 3}, "value": 1},
            "tooltip": tips,
        },
    }
    mark = {
        "mark": {"type": "text", "fontSize": 13, "fontWeight": "bold", "baseline": "middle", "color": PAPER[theme]},
        "encoding": {"text": {"field": "mark"}},
        "transform": [{"filter": "datum.mark != ''"}],
    }
    x |= {"axis": _axis({name: period(name, lang) for name in shown.periods}, "top", -60)}
    y |= {"axis": _axis({name: word("place", name, catalog, lang) for name in shown.places}, "left", 0)}
    return {
        "encoding": {"x": x, "y": y},
        "layer": [cell, mark],
        "height": {"step": ROW},
        "config": config(theme),
    }


def _legend(counts: dict[str, int], theme: str) -> dict[str, Any]:
    """Each state with the number of its cells; two side by side, so that they fit a phone."""
    said = _table({name: f"{name} {number:,}" for name, number in counts.items()})
    look = {"symbolType": "square", "symbolStrokeColor": LINES[theme], "symbolSize": 140, "labelFontSize": 13}
    return {"title": None, "orient": "top", "columns": 2, "labelExpr": f"{said}[datum.value]", **look}


def _axis(labels: dict[str, str], orient: str, angle: int) -> dict[str, Any]:
    """An axis that says names for ids."""
    told = {"labelExpr": f"{_table(labels)}[datum.value]", "labelAngle": angle, "labelLimit": 110}
    return {"orient": orient, "ticks": False, "domain": False, "labelOverlap": orient == "top", **told}


def _table(labels: dict[str, str]) -> str:
    """A literal of Vega's expressions: text only, quoted."""
    quoted = (f"{_quoted(name)}: {_quoted(said)}" for name, said in labels.items())
    return "{" + ", ".join(quoted) + "}"


def _quoted(said: str) -> str:
    return json.dumps(said, ensure_ascii=True)
