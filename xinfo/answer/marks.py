"""Bars, columns and stacks as Vega-Lite. Every chart labels its marks itself; a legend is the last resort.

What is no counted figure (demonstration, preliminary, estimated) is drawn lighter with a dashed edge.
"""

from __future__ import annotations

from typing import Any

from xinfo.answer.frame import Frame
from xinfo.answer.theme import FAINT
from xinfo.language.numbers import amount
from xinfo.language.texts import text

Spec = dict[str, Any]
FADED = {"condition": {"test": "datum.faint", "value": FAINT}, "value": 1}
DASHED = {"condition": {"test": "datum.faint", "value": [3, 2]}, "value": [1, 0]}
UNTOLD: Spec = {"tooltip": {"value": None}}
"""A mark of which a pointer is told nothing."""
EDGE = {"condition": {"test": "datum.faint", "value": 1.2}, "value": 0}


def bars(frame: Frame) -> Spec:
    """Horizontal bars in the rows' order, each with its figure at its end; the axis would only repeat them."""
    y = {"field": "label", "type": "nominal", "sort": None, "axis": _names(frame), "scale": {"paddingInner": 0.28}}
    bar = {"mark": {"type": "bar", "style": "edged"}, "encoding": _bar_look()}
    return {
        "height": {"step": 24},
        "encoding": {"y": y, "x": _value(frame), "tooltip": tooltip(frame)},
        "layer": [bar, _end_label("left", 5, "datum.value >= 0"), _end_label("right", -5, "datum.value < 0")],
    }


def columns(frame: Frame) -> Spec:
    """Upright columns for a few periods, each with its figure on top."""
    order = list(dict.fromkeys(datum["label"] for datum in frame.data))
    x = {"field": "label", "type": "nominal", "sort": order, "axis": {"title": None, "labelAngle": 0, "ticks": False}}
    x["scale"] = {"paddingInner": 0.45, "paddingOuter": 0.3}
    label = {"mark": {"type": "text", "baseline": "bottom", "dy": -5}, "encoding": {"text": {"field": "said"}}}
    value = {"field": "value", "type": "quantitative", "axis": None}
    return {
        "height": 240,
        "encoding": {"x": x, "y": value, "tooltip": tooltip(frame)},
        "layer": [{"mark": {"type": "bar", "style": "edged"}, "encoding": _bar_look()}, label],
    }


def shares(frame: Frame) -> Spec:
    """The parts of one whole as bars, each with its figure and its share in the parts shown."""
    whole = sum(datum["value"] for datum in frame.data)
    for datum in frame.data:
        if whole > 0:
            datum["said_share"] = f"{datum['said']}  ·  {amount(datum['value'] / whole, 'ratio', frame.findings.lang)}"
    drawing = bars(frame)
    for layer in drawing["layer"][1:]:
        layer["encoding"]["text"] = {"field": "said_share"}
    drawing["height"] = {"step": 34}
    drawing["encoding"]["x"] = _value(frame, label="said_share")
    return drawing


def stacked(frame: Frame) -> Spec:
    """The parts of several wholes: a bar each, filled to 100 %, with the share in each piece."""
    parts = list(dict.fromkeys(datum["inner"] for datum in frame.data))
    for datum in frame.data:
        datum["at"] = parts.index(datum["inner"])
    share = [
        {"joinaggregate": [{"op": "sum", "field": "value", "as": "whole"}], "groupby": ["outer"]},
        {"calculate": "datum.whole > 0 ? datum.value / datum.whole : 0", "as": "share"},
    ]
    legend = {"orient": "bottom", "title": None}
    color = {"field": "inner", "type": "nominal", "sort": parts, "legend": legend}
    x = {"field": "value", "type": "quantitative", "stack": "normalize", "axis": None}
    order = {"field": "at", "type": "quantitative"}
    look = {"color": color, "order": order, "fillOpacity": FADED}
    large = {"condition": {"test": "datum.share > 0.06", "value": 1}, "value": 0}
    figure = {"field": "share", "type": "quantitative", "format": ".0%"}
    label = {
        "x": x | {"bandPosition": 0.5},
        "text": figure,
        "detail": {"field": "inner"},
        "order": order,
        "opacity": large,
    }
    y = {"field": "outer", "type": "nominal", "sort": None, "axis": _names(frame)}
    # On faint bars the shares are read in the colour of text, on full ones in that of the ground.
    on_bar = {} if all(datum["faint"] for datum in frame.data) else {"style": "inside"}
    return {
        "height": {"step": 34},
        "transform": share,
        "encoding": {"y": y, "x": x, "tooltip": tooltip(frame)},
        "layer": [
            {"mark": {"type": "bar", "cornerRadiusEnd": 0}, "encoding": look},
            {"mark": {"type": "text"} | on_bar, "encoding": label},
        ],
    }


def tooltip(frame: Frame) -> list[Spec]:
    """What a pointer on a mark is told: what it is, the figure in words, its status."""
    lang = frame.findings.lang
    titled = {"label": "column.name", "said": "column.value", "status_said": "column.status"}
    return [{"field": field, "type": "nominal", "title": text(key, lang)} for field, key in titled.items()]


def text_width(said: str) -> float:
    """About how many pixels a text takes at 12 px; Chinese characters are as wide as they are high."""
    return sum(12.0 if ord(char) > 0x2E80 else 6.6 for char in said)


def _names(frame: Frame) -> Spec:
    return {"title": None, "domain": False, "ticks": False, "labelLimit": 220, "labelPadding": 8}


def _value(frame: Frame, label: str = "said") -> Spec:
    """The scale of bars, with room at the ends for their figures; no axis, which would only repeat them."""
    values = [datum["value"] for datum in frame.data]
    widest = max(text_width(datum.get(label, "")) for datum in frame.data)
    return {"field": "value", "type": "quantitative", "axis": None, "scale": roomy(min(values), max(values), widest)}


def roomy(low: float, high: float, widest: float) -> Spec:
    """A scale from zero that leaves the figures at the ends of bars their room, on a phone as on a desk."""
    room = round(widest) + 10
    ends = [room if low < 0 else 0, {"expr": f"max(width / 3, width - {room})"} if high > 0 else {"expr": "width"}]
    return {"domain": [min(0, low), max(0, high)], "range": ends, "nice": False}


def _bar_look() -> Spec:
    return {"fillOpacity": FADED, "strokeDash": DASHED, "strokeWidth": EDGE}


def _end_label(align: str, dx: int, test: str) -> Spec:
    """The figures at the ends of the bars on one side of zero."""
    return {
        "transform": [{"filter": test}],
        "mark": {"type": "text", "align": align, "dx": dx, "baseline": "middle"},
        "encoding": {"text": {"field": "said"}},
    }
