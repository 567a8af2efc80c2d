"""A document's charts as pictures. The caption says what they show, so the picture keeps only unit and cautions."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

import vl_convert

from xinfo.answer.export import VEGA_LITE, register_fonts
from xinfo.answer.marks import text_width
from xinfo.answer.theme import MUTED, config
from xinfo.briefing.document import Chart
from xinfo.briefing.files.axes import BETWEEN, above, axis

WIDTH = 500
"""In pixels, of which twelve are the height of its type: as wide as a page, that is read with ease."""

OPENS, WHITE = re.compile(r"<svg[^>]*>"), '<rect width="100%" height="100%" fill="white"/>'
TALLEST, STEP = 200, 22
"""On a page: the height of a chart that is not that of its bars, and how far bars stand apart."""


def spec(chart: Chart, width: int | str = WIDTH) -> dict[str, Any]:
    """The Vega-Lite object as it stands in a document; in one of any width the lines above it stand outside."""
    made = {**chart.spec, "width": width, "config": config("light") | {"background": None, "padding": 6}}
    made["title"] = _title(chart) if width == WIDTH else None
    if width == WIDTH:
        made["height"] = _low(made.get("height"))
    return _evenly(made, chart) if chart.kind == "line" else made


def _title(chart: Chart) -> dict[str, Any] | None:
    """What stands above it, on two lines where it is long."""
    said = above(chart)
    lines = said.split(BETWEEN, 1) if text_width(said) > WIDTH else [said]
    look = {"fontSize": 12, "fontWeight": "normal", "color": MUTED["light"], "offset": 10}
    return {"text": lines, **look} if said else None


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
    """For programs that take no vectors, on white."""
    return _painted(OPENS.sub(rf"\g<0>{WHITE}", svg(chart), count=1))


def svg(chart: Chart, headed: bool = True) -> str:
    """As a drawing; the files of one document share it. What stands above it is left out where it is not `headed`."""
    register_fonts()
    made = spec(chart)
    return _drawn(json.dumps(made if headed else made | {"title": None}, ensure_ascii=False))


@lru_cache(maxsize=64)
def _painted(drawn: str) -> bytes:
    return vl_convert.svg_to_png(drawn, scale=2)


@lru_cache(maxsize=64)
def _drawn(of: str) -> str:
    return vl_convert.vegalite_to_svg(of, vl_version=VEGA_LITE)
