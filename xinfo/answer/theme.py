"""The look of every chart, in light and dark: type, colours, lines. Holds no figures and no words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FONT = "Noto Sans SC, sans-serif"

INK = {"light": "#16262E", "dark": "#E7ECEA"}
MUTED = {"light": "#5A6870", "dark": "#9FB0B5"}
LINES = {"light": "#E2DCCE", "dark": "#2A3C45"}
PAPER = {"light": "#FBF9F4", "dark": "#0F1A20"}
ACCENT = {"light": "#0B5D66", "dark": "#4FC1C4"}
SERIES = {
    "light": ["#0B5D66", "#CD4B54", "#7C8FC9", "#8C9010", "#8640C7", "#7D3B0E", "#372C1A"],
    "dark": ["#4FC1C4", "#E6A620", "#B29FEB", "#F2F0A1", "#E5332E", "#5F6EE7", "#AC8A79"],
}
"""Apart for red-, green- and blue-blind readers, and 3:1 against the paper."""
HEAT = {"light": ["#E3EFED", "#0B5D66"], "dark": ["#15343B", "#4FC1C4"]}
"""From the least to the most of a heat map."""
FAINT = 0.4
"""Opacity of what is no counted figure: demonstration, preliminary, estimated."""


UNREAD = {"aria": False}
"""A chart is told whole, in words beside it and in the language of the page; Vega's words for its parts are English."""


def themed(spec: Mapping[str, Any], theme: str) -> dict[str, Any]:
    """The chart in a theme, 'light' or 'dark'; marks take their colours from here alone, so nothing else changes."""
    return {**spec, "config": config(theme)}


def config(theme: str) -> dict[str, Any]:
    """Vega-Lite's `config`; the background stays clear so that a chart lies on any page."""
    ink, muted, lines, accent = INK[theme], MUTED[theme], LINES[theme], ACCENT[theme]
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "title": {
            "anchor": "start", "frame": "bounds", "offset": 14, "limit": {"expr": "width + 30"},
            "color": ink, "fontSize": 15, "fontWeight": "bold",
            "subtitleColor": muted, "subtitleFontSize": 12, "subtitlePadding": 5, **UNREAD,
        },
        "axis": {
            "labelColor": muted, "titleColor": muted, "labelFontSize": 12, "titleFontSize": 12, "gridColor": lines,
            "domainColor": lines, "tickColor": lines, "labelPadding": 6, "titleFontWeight": "normal", **UNREAD,
        },
        "legend": {"labelColor": ink, "titleColor": muted, "labelFontSize": 12, "symbolType": "circle", **UNREAD},
        "range": {"category": SERIES[theme], "ordinal": SERIES[theme], "heatmap": HEAT[theme], "ramp": HEAT[theme]},
        "mark": {"color": accent, **UNREAD},
        "bar": {"color": accent, "cornerRadiusEnd": 2},
        "rule": {"color": muted},
        "point": {"color": accent, "filled": True, "opacity": 1},
        "text": {"color": ink, "fontSize": 12},
        "style": {
            "edged": {"stroke": accent},
            "map-provinces": {"color": muted, "strokeWidth": 0.6, "strokeOpacity": 0.45},
            "map-country": {"color": muted, "strokeWidth": 0.9},
            "map-dashes": {"color": muted, "strokeWidth": 1.2},
            "map-frame": {"color": muted, "strokeWidth": 0.8},
            "inside": {"color": PAPER[theme]},
            "aim": {"color": ink},
            "halo": {"color": PAPER[theme], "stroke": PAPER[theme], "strokeWidth": 5, "strokeJoin": "round"},
        },
    }  # fmt: skip
