"""An answer's chart on the page, in the page's theme, with the reason for its kind and the other kinds that suit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.answer.theme import themed
from xinfo.language.texts import text
from xinfo.ui.plain import plain

ICONS = {
    "line": "show_chart", "ranked": "align_horizontal_left", "bar": "align_horizontal_left", "column": "bar_chart",
    "parts": "align_horizontal_left", "stacked": "stacked_bar_chart", "map": "map", "grouped": "segment",
    "heat": "grid_on", "multiples": "stacked_line_chart", "bullet": "align_horizontal_left", "scatter": "scatter_plot",
    "histogram": "bar_chart", "box": "candlestick_chart",
}  # fmt: skip


AROUND = {"left": 0, "top": 5, "right": 5, "bottom": 5}
"""Pixels around a chart; without them Streamlit leaves more below it."""
TALL = 460
"""Pixels of a plot that has the window for itself."""


def as_chosen(answer: Answer, key: str) -> Answer:
    """The answer with the kind of chart that was clicked on, where one was."""
    chosen = answer.charts.get(str(st.session_state.get(_choice(answer, key))))
    return replace(answer, chart=chosen[0], chart_reason=chosen[1]) if chosen else answer


def chart(answer: Answer, key: str) -> None:
    """The chart and why it is of this kind; nothing where a number says it better."""
    if answer.chart is None:
        return
    theme, told = st.context.theme.type or "light", str(answer.chart.get("description", answer.headline))
    st.vega_lite_chart(spec=on_page(answer.chart, theme), theme=None, width="stretch", key=key, alt=told)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":small[:gray[{plain(answer.chart_reason)}]]", width="content")
        if len(answer.charts) > 1:
            _kinds(answer, key)


def in_full(answer: Answer, key: str) -> None:
    """The chart as large as the window lets it be."""
    if answer.chart is None:
        return
    theme, told = st.context.theme.type or "light", str(answer.chart.get("description", answer.headline))
    spec = on_page(answer.chart, theme)
    if isinstance(height := spec.get("height"), int) and height < TALL and "map" not in answer.charts:
        spec["height"] = TALL
    st.vega_lite_chart(spec=spec, theme=None, width="stretch", key=key, alt=told)


def on_page(spec: Mapping[str, Any], theme: str) -> dict[str, Any]:
    """A chart in the page's theme; what it is in words is given beside it, and not twice."""
    return themed({name: value for name, value in spec.items() if name != "description"}, theme) | {"padding": AROUND}


def _kinds(answer: Answer, key: str) -> None:
    """A button for each kind that suits; what is shown is the pressed one."""
    lang = answer.reading.lang
    now = next((kind for kind, (spec, _) in answer.charts.items() if spec is answer.chart), None)
    st.segmented_control(
        text("chart.as", lang),
        list(answer.charts),
        default=None if _choice(answer, key) in st.session_state else now,
        format_func=lambda kind: f":material/{ICONS[kind]}: {text(f'chart.kind.{kind}', lang)}",
        key=_choice(answer, key),
        label_visibility="collapsed",
        required=True,
    )


def _choice(answer: Answer, key: str) -> str:
    """Of its own for each set of kinds, so that a new answer in the same place begins with its best one."""
    return f"{key}-as-{answer.reading.form}-{'-'.join(answer.charts)}"
