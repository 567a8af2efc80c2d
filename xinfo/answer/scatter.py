"""Two figures against each other: a point for each place, so that their relation, or size and ratio, are seen at once.

Amounts far apart are drawn on scales of equal factors (1, 10, 100), as few places are much larger than all others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from xinfo.answer.findings import Findings
from xinfo.answer.frame import Frame, capital
from xinfo.answer.labels import word
from xinfo.answer.marks import FADED, tooltip
from xinfo.answer.place_map import HEIGHT, WIDTHS, labels, place_labels
from xinfo.language.numbers import amount, scale_of
from xinfo.language.texts import text

Spec = dict[str, Any]
FAR_APART = 20
"""Times that the largest amount is the smallest, from which on equal steps would crowd most points into a corner."""
MARGIN = 0.06
"""Of the plot's width, around the points."""


def amounts(findings: Findings) -> dict[str, tuple[float, float]]:
    """By place, what is drawn upwards and what to the right: both figures of a relation, else the amounts of a ratio.

    A ratio's amounts only where a row has both and both are above zero.
    """
    if findings.slots.against:
        return {record["place"]: (float(record["value"]), float(record["other"])) for record in findings.records}
    metric = findings.catalog.metrics.get(findings.slots.metric or "")
    if metric is None or metric.numerator is None or findings.slots.measure != "value":
        return {}
    found = {}
    for record in findings.records:
        top, bottom = record.get("numerator"), record.get("denominator")
        if record.get("place") and top and bottom and min(top, bottom) > 0:
            found[record["place"]] = (float(top), float(bottom))
    return found


def draw(frame: Frame) -> Spec:
    """A point for each place, which says its place, and its ratio where that is what was asked for."""
    findings, both = frame.findings, amounts(frame.findings)
    metric, against = findings.catalog.metrics[findings.slots.metric or ""], findings.slots.against
    frame.data[:] = [datum for datum in frame.data if datum["place"] in both]
    below, above = (against, metric.metric_id) if against else (metric.denominator, metric.numerator)
    x, across = _axis("x", below, {p: bottom for p, (_, bottom) in both.items()}, frame)
    y, up = _axis("y", above, {p: top for p, (top, _) in both.items()}, frame)
    for datum in frame.data:
        datum["name"] = word("place", datum["place"], findings.catalog, findings.lang)
        datum["shown"] = datum["name"] if against else f"{datum['name']} {datum['said']}"
        if against:
            unit = findings.catalog.metrics[against].unit
            datum["said"] += f" · {amount(both[datum['place']][1], unit, findings.lang)}"
    place_labels(frame.data, dict.fromkeys(WIDTHS, (across, up)))
    dots = {"mark": {"type": "point"}, "encoding": {"size": {"value": 80}, "fillOpacity": FADED}}
    return {"height": HEIGHT, "encoding": {"x": x, "y": y, "tooltip": tooltip(frame)},
            "layer": [dots, labels()]}  # fmt: skip


def _axis(name: str, metric: str | None, values: dict[str, float], frame: Frame) -> tuple[Spec, list[float]]:
    """An axis in the metric's own unit, and the stretch it shows; puts each datum's position under `name`."""
    findings, lang = frame.findings, frame.findings.lang
    known = findings.catalog.metrics[metric or ""]
    scale, unit = scale_of(max(values.values()), known.unit, lang)
    low, high = min(values.values()) / scale, max(values.values()) / scale
    far = low > 0 and high / low > FAR_APART
    to: Callable[[float], float] = math.log10 if far else float
    for datum in frame.data:
        datum[name] = to(values[datum["place"]] / scale)
    start, end = (to(low), to(high)) if far else (min(0.0, low), max(0.0, high))
    room = MARGIN * (end - start or 1)
    shown = [start - room if far or low < 0 else 0.0, end + room]
    ticks = [tick for tick in (_factors(low, high) if far else _steps(high)) if shown[0] <= to(tick) <= shown[1]]
    title = (
        text("export.in_base_unit", lang, label=capital(known.label(lang)), unit=unit) if unit else known.label(lang)
    )
    title = text("chart.by_factors", lang, title=title) if far else title
    value = "pow(10, datum.value)" if far else "datum.value"
    said = f"format(round({value} * 1e6) / 1e6, ',')"
    axis = {"title": title, "values": [to(tick) for tick in ticks], "ticks": False, "labelExpr": said}
    domain = {"domain": shown, "nice": False, "zero": False}
    return {"field": name, "type": "quantitative", "scale": domain, "axis": axis}, shown


def _factors(low: float, high: float) -> Iterator[float]:
    """1, 2, 5, 10, 20, 50, … from below the lowest to above the highest."""
    for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        yield from (factor * 10.0**power for factor in (1, 2, 5))


def _steps(high: float) -> Iterator[float]:
    """Four to eight equal steps of 1, 2 or 5 from zero to the highest."""
    size = 10.0 ** math.floor(math.log10(high))
    step = next(part * size for part in (0.2, 0.5, 1.0, 2.0) if high / (part * size) <= 8)
    yield from (n * step for n in range(math.ceil(high / step) + 1))
