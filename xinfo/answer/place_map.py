"""Places as points by longitude and latitude: no tiles and no outlines, so nothing is fetched and no border drawn."""

from __future__ import annotations

import math
from typing import Any

from xinfo.answer.findings import Findings
from xinfo.answer.frame import Frame
from xinfo.answer.labels import word
from xinfo.answer.marks import FADED, text_width, tooltip
from xinfo.understand.catalog import Place

Spec = dict[str, Any]
HEIGHT, PLOT = 430, 345
"""Pixels of the chart, and of its plot on the page: without title and axis."""
WIDTHS = {"wide": 580, "narrow": 270}
"""Plots that labels are placed for, in pixels: on a desk, and on a phone, where they are the names alone."""
NARROW = "width < 440"
LINE = 14
SIDES = (
    *(("left", 1, 0), ("right", -1, 0), ("center", 0, -1), ("center", 0, 1)),
    *(("left", 0.7, -0.9), ("left", 0.7, 0.9), ("right", -0.7, -0.9), ("right", -0.7, 0.9)),
)
"""Where a label may stand beside its point: alignment and direction, the best first."""
SMALLEST, LARGEST = 30, 900
"""Square pixels of a point: that of the least amount, that of the largest."""
EVEN = 80
"""Square pixels of points that are no amounts."""


def points(findings: Findings) -> list[Place]:
    """The places of the rows that have a position."""
    places = [findings.catalog.places.get(row.get("place", "")) for row in findings.rows]
    return [place for place in places if place and place.longitude is not None and place.latitude is not None]


def draw(frame: Frame) -> Spec:
    """A labelled point for each place; the place that others are near is marked."""
    placed = {place.place_id: place for place in points(frame.findings)}
    frame.data[:] = [datum for datum in frame.data if datum["place"] in placed] + _origin(frame)
    for datum in frame.data:
        place = frame.findings.catalog.places[datum["place"]]
        datum["x"], datum["y"] = place.longitude, _mercator(place.latitude or 0)
        datum["name"] = word("place", place.place_id, frame.findings.catalog, frame.findings.lang)
        datum["shown"] = f"{datum['name']} {datum['said']}".strip()
    size_points(frame)
    across, up = _window(frame.data)
    place_labels(frame.data, across, up)
    x = {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": across, "nice": False, "zero": False},
        "axis": _grid("E"),
    }
    y = {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": up, "nice": False, "zero": False},
        "axis": _grid("N", up),
    }
    shape = {"condition": {"test": "datum.origin", "value": "diamond"}, "value": "circle"}
    dots = {
        "mark": {"type": "point"},
        "encoding": {
            "size": {"field": "area", "type": "quantitative", "scale": None},
            "shape": shape,
            "fillOpacity": FADED,
        },
    }
    return {"height": HEIGHT, "encoding": {"x": x, "y": y, "tooltip": tooltip(frame)}, "layer": [dots, labels()]}


def size_points(frame: Frame) -> None:
    """Points as large as their amounts; all alike where the figures are none, as rates and growth are not."""
    amounts = [datum["value"] for datum in frame.data if datum.get("value") is not None]
    sized = amounts and min(amounts) >= 0 < max(amounts) and frame.findings.unit != "ratio"
    for datum in frame.data:
        part = (datum["value"] or 0) / max(amounts) if sized and not datum.get("origin") else 0
        datum["area"] = round(max(part * LARGEST, SMALLEST)) if sized else EVEN
        if datum.get("origin"):
            datum["area"] = 2 * EVEN


def _origin(frame: Frame) -> list[Spec]:
    """The place that the rows are near, as a point of its own."""
    findings = frame.findings
    if "near" not in findings.template.needs or not findings.slots.places:
        return []
    place = findings.slots.places[0]
    label = word("place", place, findings.catalog, findings.lang)
    if findings.catalog.places[place].longitude is None:
        return []
    return [{"label": label, "place": place, "said": "", "origin": True, "faint": False, "status_said": ""}]


def _mercator(latitude: float) -> float:
    """The height of a latitude, in degrees of longitude, on a map that keeps angles."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def _window(data: list[Spec]) -> tuple[list[float], list[float]]:
    """The stretch of the map that holds all points with a margin, in the plot's own proportions."""
    xs, ys = [datum["x"] for datum in data], [datum["y"] for datum in data]
    span = max(max(xs) - min(xs), (max(ys) - min(ys)) * WIDTHS["wide"] / PLOT, 4) * 1.16
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    tall = span * PLOT / WIDTHS["wide"]
    return [middle_x - span / 2, middle_x + span / 2], [middle_y - tall / 2, middle_y + tall / 2]


def place_labels(data: list[Spec], across: list[float], up: list[float]) -> None:
    """Gives each label the first free side of its point, on a desk and on a phone; else it stays in the tooltip."""
    for name, wide in WIDTHS.items():
        _placed(data, name, wide, across, up)


def _placed(data: list[Spec], name: str, wide: float, across: list[float], up: list[float]) -> None:
    at = [
        ((d["x"] - across[0]) / (across[1] - across[0]) * wide, (up[1] - d["y"]) / (up[1] - up[0]) * PLOT) for d in data
    ]
    radii = [math.sqrt(datum.get("area", EVEN) / math.pi) for datum in data]
    taken = [(px - r, py - r, px + r, py + r) for (px, py), r in zip(at, radii, strict=True)]
    order = sorted(range(len(data)), key=lambda i: (not data[i].get("origin"), -radii[i]))
    for i in order:
        said = text_width(data[i]["shown" if name == "wide" else "name"])
        for align, right, down in SIDES:
            dx, dy = right * (radii[i] + 4), down * (radii[i] + 8)
            left = at[i][0] + dx - {"left": 0, "center": said / 2, "right": said}[align]
            box = (left, at[i][1] + dy - LINE / 2, left + said, at[i][1] + dy + LINE / 2)
            if box[0] > 0 and box[2] < wide and not any(_overlap(box, other) for other in taken):
                data[i] |= {f"{name}_align": align, f"{name}_dx": round(dx), f"{name}_dy": round(dy)}
                taken.append(box)
                break


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def labels() -> Spec:
    """The labels where `place_labels` has placed them."""
    look = {to: {"expr": f"{NARROW} ? datum.narrow_{to} : datum.wide_{to}"} for to in ("align", "dx", "dy")}
    said = f"{NARROW} ? (datum.narrow_align ? datum.name : '') : datum.wide_align ? datum.shown : ''"
    return {"mark": {"type": "text", "baseline": "middle", **look, "text": {"expr": said}}}


def _grid(letter: str, up: list[float] | None = None) -> Spec:
    """Thin lines at every few degrees; heights are said as the latitudes they stand for."""
    axis: Spec = {"title": None, "domain": False, "ticks": False, "labelOpacity": 0.8}
    if up is None:
        return axis | {"tickCount": 6, "labelExpr": f"datum.value + '°{letter}'"}
    lines = [latitude for latitude in range(-80, 81) if up[0] <= _mercator(latitude) <= up[1]]
    step = next(step for step in (1, 2, 5, 10, 20, 40) if len(lines) / step <= 7)
    kept = [latitude for latitude in lines if latitude % step == 0]
    said = ", ".join(f"'{_mercator(latitude):.3f}': '{latitude}°{letter}'" for latitude in kept)
    return axis | {
        "values": [round(_mercator(latitude), 3) for latitude in kept],
        "labelExpr": f"({{{said}}})[format(datum.value, '.3f')]",
    }
