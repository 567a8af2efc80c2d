"""Places as points by longitude and latitude, on the outlines of China and its provinces: nothing is fetched."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from xinfo.answer.findings import Findings
from xinfo.answer.frame import Frame
from xinfo.answer.labels import word
from xinfo.answer.marks import FADED, text_width, tooltip
from xinfo.answer.outlines import COUNTRY, WIDE, Box, Stretch, kept_free, mercator, outlines
from xinfo.understand.catalog import Place

Spec = dict[str, Any]
PLACED = "placed"
"""The style of labels that `place_labels` has placed for a plot of a certain size: in no other they keep apart."""
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
MARGIN, LEAST = 1.16, 4.0
"""How much wider a map is than its points lie apart, and how many degrees it shows at least."""
ENDS = {"Min": "-", "Max": "+"}
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
        datum["x"], datum["y"] = place.longitude, mercator(place.latitude or 0)
        datum["name"] = word("place", place.place_id, frame.findings.catalog, frame.findings.lang)
        datum["shown"] = f"{datum['name']} {datum['said']}".strip()
    size_points(frame)
    held = _held(frame.data)
    seen = {name: _seen(held, wide) for name, wide in WIDTHS.items()}
    place_labels(frame.data, seen, kept_free(held))
    x, y = _axes(held)
    shape = {"condition": {"test": "datum.origin", "value": "diamond"}, "value": "circle"}
    dots = {
        "mark": {"type": "point"},
        "encoding": {
            "size": {"field": "area", "type": "quantitative", "scale": None},
            "shape": shape,
            "fillOpacity": FADED,
        },
    }
    layers = [*outlines(held, (seen["wide"][0], seen["narrow"][1])), dots, labels("halo"), labels()]
    return {"height": HEIGHT, "encoding": {"x": x, "y": y, "tooltip": tooltip(frame)}, "layer": layers}


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


def _axes(held: Box) -> tuple[Spec, Spec]:
    """Degrees as long to the right as up, on a desk and on a phone; nothing is to be read off the axes."""
    (left, right), (low, high) = held
    # A plot in a picture does not know its own height; it has the proportions of one on a desk.
    height = f"({NARROW} ? {PLOT} : width * {PLOT / WIDTHS['wide']:.3f})"
    a_degree = f"min(width / {right - left:.2f}, {height} / {high - low:.2f})"
    sides = {"x": ((left + right) / 2, "width"), "y": ((low + high) / 2, height)}

    def axis(name: str) -> Spec:
        middle, size = sides[name]
        ends = {f"domain{end}": {"expr": f"{middle:.2f} {sign} {size} / 2 / {a_degree}"} for end, sign in ENDS.items()}
        return {"field": name, "type": "quantitative", "axis": None, "scale": {"nice": False, "zero": False, **ends}}

    return axis("x"), axis("y")


def _held(data: list[Spec]) -> Box:
    """What the map has to show: all points with a margin; where they lie far apart the whole country, uncut."""
    xs, ys = [datum["x"] for datum in data], [datum["y"] for datum in data]
    if max(max(xs) - min(xs), max(ys) - min(ys)) >= WIDE:
        return COUNTRY

    def wider(values: list[float]) -> Stretch:
        middle, half = (max(values) + min(values)) / 2, max((max(values) - min(values)) * MARGIN, LEAST) / 2
        return [middle - half, middle + half]

    return wider(xs), wider(ys)


def _seen(held: Box, wide: float) -> Box:
    """What a plot of this width shows of a map that has to show `held`."""
    (left, right), (low, high) = held
    degrees = max((right - left) / wide, (high - low) / PLOT) / 2
    x, y = (left + right) / 2, (low + high) / 2
    return [x - wide * degrees, x + wide * degrees], [y - PLOT * degrees, y + PLOT * degrees]


def place_labels(data: list[Spec], windows: Mapping[str, Box], free: Sequence[Box] = ()) -> None:
    """Gives each label the first free side of its point, on a desk and on a phone; else it stays in the tooltip.

    `windows` are the stretches that are seen in each width; in those of `free` no label may stand.
    """
    for name, window in windows.items():
        _placed(data, name, window, free)


def _placed(data: list[Spec], name: str, window: Box, free: Sequence[Box]) -> None:
    (across, up), wide = window, WIDTHS[name]

    def at_pixel(x: float, y: float) -> tuple[float, float]:
        return (x - across[0]) / (across[1] - across[0]) * wide, (up[1] - y) / (up[1] - up[0]) * PLOT

    at = [at_pixel(datum["x"], datum["y"]) for datum in data]
    radii = [math.sqrt(datum.get("area", EVEN) / math.pi) for datum in data]
    taken = [(px - r, py - r, px + r, py + r) for (px, py), r in zip(at, radii, strict=True)]
    taken += [(*at_pixel(left, high), *at_pixel(right, low)) for (left, right), (low, high) in free]
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


def labels(*style: str) -> Spec:
    """The labels where `place_labels` has placed them."""
    look = {to: {"expr": f"{NARROW} ? datum.narrow_{to} : datum.wide_{to}"} for to in ("align", "dx", "dy")}
    said = f"{NARROW} ? (datum.narrow_align ? datum.name : '') : datum.wide_align ? datum.shown : ''"
    return {"mark": {"type": "text", "baseline": "middle", "style": [PLACED, *style], **look, "text": {"expr": said}}}
