"""A document's charts as pictures. The caption says what they show, so the picture keeps only unit and cautions."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import vl_convert

from xinfo.answer.export import VEGA_LITE, register_fonts
from xinfo.answer.theme import MUTED, config
from xinfo.briefing.document import Chart
from xinfo.briefing.files.axes import axis, measured

WIDTH = 500
"""In pixels, of which twelve are the height of its type: as wide as a page, that is read with ease."""

TALLEST, STEP = 200, 22
"""On a page: the height of a chart that is not that of its bars, and how far bars stand apart."""


def spec(chart: Chart, width: int | str = WIDTH) -> dict[str, Any]:
    """The Vega-Lite object as it stands in a document."""
    given = dict(chart.spec)
    told = given.get("title") or {}
    lines = list(told.get("subtitle") or []) if isinstance(told, dict) else []
    lines = [*filter(None, [measured(chart)]), *lines]
    look = config("light") | {"background": "white", "padding": 6}
    title = {"text": lines, "fontSize": 12, "fontWeight": "normal", "color": MUTED["light"], "offset": 10}
    made = given | {"width": width, "config": look, "title": title if lines else None}
    if width == WIDTH:
        made["height"] = _low(made.get("height"))
    return _evenly(made, chart) if chart.kind == "line" else made


def _low(height: Any) -> Any:
    if isinstance(height, dict) and height.keys() == {"step"}:
        return {"step": min(height["step"], STEP)}
    return min(height, TALLEST) if isinstance(height, int) else height


def _evenly(made: dict[str, Any], chart: Chart) -> dict[str, Any]:
    """With the axis that native charts have too."""
    of, encoding = axis(chart), dict(made.get("encoding") or {})
    y = dict(encoding.get("y") or {})
    y["scale"] = {**(y.get("scale") or {}), "domain": [of.low, of.high]}
    y["axis"] = {**(y.get("axis") or {}), "values": of.ticks}
    return made | {"encoding": encoding | {"y": y}}


def png(chart: Chart) -> bytes:
    """For programs that take no vectors."""
    return _painted(svg(chart))


def svg(chart: Chart) -> str:
    """As a drawing; the files of one document share it."""
    register_fonts()
    return _drawn(json.dumps(spec(chart), ensure_ascii=False))


@lru_cache(maxsize=64)
def _painted(drawn: str) -> bytes:
    return vl_convert.svg_to_png(drawn, scale=2)


@lru_cache(maxsize=64)
def _drawn(of: str) -> str:
    return vl_convert.vegalite_to_svg(of, vl_version=VEGA_LITE)
