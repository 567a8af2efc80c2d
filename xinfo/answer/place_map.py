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
WIDTH, HEIGHT = 620, 430
"""Of the plot that labels are placed for, in pixels."""
LINE = 14
SIDES = (
    *(("left", 8, 0), ("right", -8, 0), ("center", 0, -11), ("center", 0, 12)),
    *(("left", 6, -10), ("left", 6, 10), ("right", -6, -10), ("right", -6, 10)),
)
"""Where a label may stand beside its point: alignment and shift in pixels, the best first."""


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
    size = {"condition": {"test": "datum.origin", "value": 190}, "value": 80}
    shape = {"condition": {"test": "datum.origin", "value": "diamond"}, "value": "circle"}
    dots = {
        "mark": {"type": "point"},
        "encoding": {"size": size, "shape": shape, "fillOpacity": FADED},
    }
    layers = [dots, *labels()]
    return {"height": HEIGHT, "encoding": {"x": x, "y": y, "tooltip": tooltip(frame)}, "layer": layers}


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
    span = max(max(xs) - min(xs), (max(ys) - min(ys)) * WIDTH / HEIGHT, 4) * 1.16
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    tall = span * HEIGHT / WIDTH
    return [middle_x - span / 2, middle_x + span / 2], [middle_y - tall / 2, middle_y + tall / 2]


def place_labels(data: list[Spec], across: list[float], up: list[float]) -> None:
    """Gives each label the first free side of its point; one that has none stays in the tooltip alone."""
    taken = []
    for datum in data:
        px = (datum["x"] - across[0]) / (across[1] - across[0]) * WIDTH
        py = (up[1] - datum["y"]) / (up[1] - up[0]) * HEIGHT
        datum["px"], datum["py"] = px, py
        taken.append((px - 5, py - 5, px + 5, py + 5))
    for datum in sorted(data, key=lambda datum: not datum.get("origin")):
        wide = text_width(datum["shown"])
        for side, (align, dx, dy) in enumerate(SIDES):
            left = datum["px"] + dx - {"left": 0, "center": wide / 2, "right": wide}[align]
            box = (left, datum["py"] + dy - LINE / 2, left + wide, datum["py"] + dy + LINE / 2)
            inside = box[0] > -20 and box[2] < WIDTH
            if inside and not any(_overlap(box, other) for other in taken):
                datum["side"] = side
                taken.append(box)
                break
    for datum in data:
        del datum["px"], datum["py"]


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def labels() -> list[Spec]:
    """The labels that `place_labels` has placed, a layer for each side."""
    return [_labels(*side) for side in SIDES]


def _labels(align: str, dx: int, dy: int) -> Spec:
    side = SIDES.index((align, dx, dy))
    return {
        "transform": [{"filter": f"datum.side === {side}"}],
        "mark": {"type": "text", "align": align, "baseline": "middle", "dx": dx, "dy": dy},
        "encoding": {"text": {"field": "shown"}},
    }


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
