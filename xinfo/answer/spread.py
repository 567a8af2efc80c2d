"""How figures are distributed, drawn: a histogram with its quartiles, boxes from quartile to quartile. No axis lies."""

from __future__ import annotations

import math
from bisect import bisect_right
from statistics import quantiles
from typing import Any

from xinfo.answer.findings import Findings
from xinfo.answer.frame import Frame, capital
from xinfo.answer.labels import word
from xinfo.answer.marks import DASHED, EDGE, FADED, UNTOLD, tooltip
from xinfo.language.numbers import written
from xinfo.language.texts import text

Spec = dict[str, Any]
FEWEST = 8
"""Figures that a histogram takes."""
MOST_BINS = 10
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
LINE = 14
"""Pixels from the name of one quartile down to that of the next, so that they never meet."""
PLOT = 210
"""About the pixels that a histogram is high."""
HEADROOM = 1.35
"""How much higher than the highest bar a histogram is, for the names of the quartiles."""
ROW = 46
"""Pixels for each box."""


def histogram(frame: Frame) -> Spec:
    """Bars as wide as their stretch of values, as high as the number of places in it; lines at the quartiles."""
    lang = frame.findings.lang
    edges = _edges([datum["value"] for datum in frame.data])
    values = [datum["value"] for datum in frame.data]
    frame.data[:] = _bins(frame, edges)
    top = max(datum["places"] for datum in frame.data) * HEADROOM
    marks = _quartiles(values, top, frame.findings)
    x = {
        "field": "low", "type": "quantitative", "title": capital(frame.unit) or None,
        "scale": {"domain": [edges[0], edges[-1]], "nice": False, "zero": False}, "axis": {"grid": False},
    }  # fmt: skip
    steps = {"tickMinStep": 1, "format": "d", "titleAnchor": "end"}
    y = {"field": "places", "type": "quantitative", "title": text("chart.places", lang), "axis": steps,
         "scale": {"domain": [0, top], "nice": False}}  # fmt: skip
    bar = {"mark": {"type": "bar", "style": "edged", "cornerRadiusEnd": 0, "binSpacing": 1}}
    look = {"fillOpacity": FADED, "strokeDash": DASHED, "strokeWidth": EDGE, "tooltip": tooltip(frame)}
    at = {"x": {"field": "at", "type": "quantitative"}}
    lines = {
        "mark": {"type": "rule", "style": "aim", "strokeWidth": 1.5, "strokeDash": [4, 3]},
        "encoding": at | {"y": {"field": "from", "type": "quantitative"}, "y2": {"datum": 0}} | UNTOLD,
    }
    names = {
        "mark": {"type": "text", "baseline": "bottom", "align": "left", "dx": 3, "dy": {"expr": "datum.down"}},
        "encoding": at | {"y": {"value": 0}, "text": {"field": "short"}} | UNTOLD,
    }
    return {
        "height": 300,
        "encoding": {"x": x},
        "layer": [
            bar | {"encoding": {"x": {"field": "low", "type": "quantitative", "bin": "binned"}, "x2": {"field": "high"},
                                "y": y} | look},
            {"data": {"values": marks}, **lines},
            {"data": {"values": marks}, **names},
        ],
    }  # fmt: skip


def boxes(frame: Frame) -> Spec:
    """For each group a box from the lower to the upper quartile with the median in it, and a point for each place."""
    findings = frame.findings
    over = findings.slots.over
    for datum, row in zip(frame.data, findings.rows, strict=True):
        whole = capital(findings.said["places"])
        datum["group"] = word(over, row[over], findings.catalog, findings.lang) if over and over in row else whole
    names = {"title": None, "domain": False, "ticks": False, "labelLimit": 160, "labelPadding": 8}
    y = {"field": "group", "type": "nominal", "sort": None, "axis": names}
    x = {"field": "value", "type": "quantitative", "title": capital(frame.unit) or None, "axis": {"grid": True}}
    box = {"mark": {"type": "boxplot", "extent": "min-max", "size": 20, "opacity": 0.35, "tooltip": None}}
    point = {"mark": {"type": "point", "size": 34}, "encoding": {"fillOpacity": FADED, "tooltip": tooltip(frame)}}
    groups = len({datum["group"] for datum in frame.data})
    return {"height": ROW * groups + 20, "encoding": {"y": y, "x": x}, "layer": [box, point]}


def _edges(values: list[float]) -> list[float]:
    """Round bounds of equal stretches, at most ten of them, from below the least to above the highest value."""
    low, high = min(values), max(values)
    rough = (high - low or abs(high) or 1.0) / min(MOST_BINS, max(4, math.ceil(math.sqrt(len(values)))))
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(part * size for part in STEPS if part * size >= rough * 0.999)
    first = math.floor(low / step)
    last = max(math.floor(high / step) + 1, first + 1)
    return [round(at * step, 10) for at in range(first, last + 1)]


def _bins(frame: Frame, edges: list[float]) -> list[Spec]:
    """A datum for each stretch: its bounds, the places in it, the figure in words."""
    held: list[list[Spec]] = [[] for _ in edges[1:]]
    for datum in frame.data:
        held[min(bisect_right(edges, datum["value"]), len(edges) - 1) - 1].append(datum)
    made, unit = [], frame.findings.unit
    for low, high, some in zip(edges, edges[1:], held, strict=False):
        status = next((datum for datum in some if datum["faint"]), some[0] if some else None)
        made.append({
            "low": low, "high": high, "places": len(some), "said": str(len(some)), "faint": _all_faint(some),
            "label": text("chart.bin", frame.findings.lang, low=written(low, unit), high=written(high, unit)),
            "status_said": status["status_said"] if status else "",
        })  # fmt: skip
    return made


def _all_faint(some: list[Spec]) -> bool:
    return bool(some) and all(datum["faint"] for datum in some)


def _quartiles(values: list[float], top: float, findings: Findings) -> list[Spec]:
    """Where the lines are drawn, each with its name."""
    found = zip(("lower_quartile", "middle", "upper_quartile"), quantiles(values, n=4, method="inclusive"), strict=True)
    return [
        {
            "at": at,
            "short": f"{text(f'chart.quartile.{name}', findings.lang)} {written(at, findings.unit)}",
            "down": LINE * index,
            "from": top * (1 - LINE * (index - 1) / PLOT),
        }
        for index, (name, at) in enumerate(found, 1)
    ]
