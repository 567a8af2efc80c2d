"""Charts of figures told apart by two things, and of figures beside a target. Colours are the theme's."""

from __future__ import annotations

from typing import Any

from xinfo.answer.frame import Frame
from xinfo.answer.lines import periods_in_order
from xinfo.answer.marks import DASHED, EDGE, FADED, UNTOLD, bars, roomy, text_width, tooltip
from xinfo.language.numbers import written

Spec = dict[str, Any]
WHOLE = 100.0
"""A target that is met, in percent."""
STRIP, AROUND = 56, 96
"""Pixels of one strip of small multiples, and of title and axis around them."""
RISE = 0.6
"""Of a strip, how high its largest figure stands; its label is above that."""
DARK_FROM = 0.7
"""The share of the largest figure from which a cell is so dark that its figure is written in the paper's colour."""


def grouped(frame: Frame) -> Spec:
    """Bars side by side in groups, one colour for the same thing in each."""
    inner = list(dict.fromkeys(datum["inner"] for datum in frame.data))
    color = {"field": "inner", "type": "nominal", "sort": inner, "legend": {"orient": "bottom", "title": None}}
    names = {"title": None, "domain": False, "ticks": False, "labelLimit": 220, "labelPadding": 8}
    values = [datum["value"] for datum in frame.data]
    scale = roomy(min(values), max(values), max(text_width(datum["said"]) for datum in frame.data))
    label = {"mark": {"type": "text", "align": "left", "dx": 5, "baseline": "middle"}}
    return {
        "height": {"step": 19, "for": "offset"},
        "encoding": {
            "y": {"field": "outer", "type": "nominal", "sort": None, "axis": names, "scale": {"paddingInner": 0.2}},
            "yOffset": {"field": "inner", "type": "nominal", "sort": inner},
            "x": {"field": "value", "type": "quantitative", "axis": None, "scale": scale},
            "tooltip": tooltip(frame),
        },
        "layer": [
            {"mark": {"type": "bar", "style": "edged"}, "encoding": {"color": color, "fillOpacity": FADED}},
            label | {"encoding": {"text": {"field": "said"}}},
        ],
    }


def heat(frame: Frame) -> Spec:
    """A cell for each pair, the darker the larger, with its figure in it."""
    across = "when" if "period" in frame.by else "inner"
    down = "series" if "period" in frame.by else "outer"
    if across == "when":
        order = periods_in_order(frame)
        columns = list(dict.fromkeys(d["when"] for d in sorted(frame.data, key=lambda d: order.index(d["period"]))))
    else:
        columns = list(dict.fromkeys(datum["inner"] for datum in frame.data))
    most = max(abs(datum["value"]) for datum in frame.data) or 1
    for datum in frame.data:
        datum["short"] = written(datum["value"], frame.findings.unit)
        datum["dark"] = datum["value"] / most > DARK_FROM
    x = {"field": across, "type": "nominal", "sort": columns, "axis": {"title": None, "labelAngle": 0, "orient": "top"}}
    y = {"field": down, "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 220}}
    color = {"field": "value", "type": "quantitative", "legend": None, "scale": {"zero": True}}
    figure = {"text": {"field": "short"}}
    edges = {"strokeDash": DASHED, "strokeWidth": EDGE}
    return {
        "height": {"step": 26},
        "encoding": {"x": x, "y": y, "tooltip": tooltip(frame)},
        "layer": [
            {"mark": {"type": "rect", "style": "edged"}, "encoding": {"color": color} | edges},
            {"transform": [{"filter": "!datum.dark"}], "mark": {"type": "text"}, "encoding": figure},
            {"transform": [{"filter": "datum.dark"}], "mark": {"type": "text", "style": "inside"}, "encoding": figure},
        ],
    }


def multiples(frame: Frame) -> Spec:
    """A small course for each series, one below the other, each from zero to its own largest figure.

    So growth is seen beside growth, also where one place is many times another; the first and last figures tell size.
    """
    names = list(dict.fromkeys(datum["series"] for datum in frame.data))
    order = periods_in_order(frame)
    most = {name: max(abs(d["value"]) for d in frame.data if d["series"] == name) or 1 for name in names}
    in_order = sorted(frame.data, key=lambda d: order.index(d["period"]))
    first, last = ({datum["series"]: datum for datum in run} for run in (reversed(in_order), in_order))
    for datum in frame.data:
        datum["at"] = RISE * datum["value"] / most[datum["series"]] - names.index(datum["series"])
        datum["begin"] = datum["said"] if datum is first[datum["series"]] else ""
        datum["end"] = datum["said"] if datum is last[datum["series"]] else ""
    said = ", ".join(f"'{-at}': {name!r}" for at, name in enumerate(names))
    axis = {"title": None, "values": [-at for at in range(len(names))], "labelExpr": f"({{{said}}})[datum.value]",
            "domain": False, "ticks": False, "labelLimit": 160, "labelOffset": -RISE * STRIP / 2}  # fmt: skip
    y = {
        "field": "at",
        "type": "quantitative",
        "axis": axis,
        "scale": {"domain": [0.85 - len(names), 1], "nice": False},
    }
    x = {"field": "when", "type": "nominal", "sort": [_when(frame, period) for period in order],
         "axis": {"title": None, "labelAngle": 0, "grid": False, "labelOverlap": True}}  # fmt: skip
    dash = [5, 4] if all(datum["faint"] for datum in frame.data) else [1, 0]
    return {
        "height": STRIP * len(names) + AROUND,
        "encoding": {"x": x, "y": y, "tooltip": tooltip(frame)},
        "layer": [
            {
                "mark": {"type": "line", "strokeWidth": 2, "strokeDash": dash},
                "encoding": {"detail": {"field": "series"}} | UNTOLD,
            },
            {"mark": {"type": "point", "size": 26}, "encoding": {"fillOpacity": FADED}},
            *_both_ends(frame),
        ],
    }


def _both_ends(frame: Frame) -> list[Spec]:
    """The figures at the ends of small courses; where there is no room for both, the last alone."""
    room = round(2.5 * max(text_width(datum["said"]) for datum in frame.data))
    both = {"begin": {"condition": {"test": f"width < {room}", "value": ""}, "field": "begin"}, "end": {"field": "end"}}
    return [
        {"mark": {"type": "text", "dy": -9, "align": align, "dx": dx}, "encoding": {"text": both[end]}}
        for end, align, dx in (("begin", "left", -6), ("end", "right", 6))
    ]


def bullet(frame: Frame) -> Spec:
    """How far each has come, as a bar, and the target as a line across it at 100 %."""
    drawing = bars(frame)
    values, widest = [datum["value"] for datum in frame.data], max(text_width(datum["said"]) for datum in frame.data)
    drawing["encoding"]["x"]["scale"] = roomy(min(values), max(WHOLE, *values), widest)
    bar = {"mark": {"type": "bar", "style": "edged", "height": {"band": 0.55}}}
    look = {"encoding": {"fillOpacity": FADED, "strokeDash": DASHED, "strokeWidth": EDGE}}
    at = {"field": "label_at", "type": "quantitative"}
    aim = {"mark": {"type": "tick", "thickness": 2.5, "style": "aim"}, "encoding": {"x": {"datum": WHOLE}}}
    for datum in frame.data:
        datum["label_at"] = max(datum["value"], WHOLE)
    label = {"mark": {"type": "text", "align": "left", "dx": 7}, "encoding": {"text": {"field": "said"}, "x": at}}
    drawing["layer"] = [bar | look, aim, label]
    return drawing


def _when(frame: Frame, period: str) -> str:
    return next((datum["when"] for datum in frame.data if datum["period"] == period), period)
