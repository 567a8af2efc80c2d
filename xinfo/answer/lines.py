"""Courses over time as Vega-Lite: lines named at their ends, gaps left open, single points labelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from xinfo.answer.coverage import asked_periods
from xinfo.answer.frame import Frame
from xinfo.answer.labels import periods_of
from xinfo.answer.marks import FADED, UNTOLD, text_width, tooltip
from xinfo.language.numbers import written
from xinfo.language.times import HAN
from xinfo.store.periods import Period

Spec = dict[str, Any]
NAMED_LINES = 7
"""More lines than these get a legend: names at their ends would cover one another."""
HEIGHT, PLOT = 300, 180
"""Pixels of the chart, and what title and axis leave of them on the page."""
LABEL_HEIGHT = 15
MOST_FIGURES = 12
"""More steps than these have figures at the ends alone."""
AWAY = 14
"""Pixels of a figure from its point."""
SPACE = 8
"""Pixels between texts that stand side by side."""
NARROW = 270
"""Pixels of a chart's plot on a phone."""


def draw(frame: Frame) -> Spec:
    """A line for each series; a period without a figure leaves a gap."""
    names = list(dict.fromkeys(datum["series"] for datum in frame.data))
    periods = periods_in_order(frame)
    y_range = _range(frame)
    y = {"field": "value", "type": "quantitative", "scale": {"domain": y_range, "zero": False},
         "axis": {"title": None, "tickCount": 5, "domain": False, "ticks": False}}  # fmt: skip
    x = {"field": "period", "type": "ordinal", "scale": {"domain": periods}, "axis": _axis(periods, frame)}
    color = _color(names)
    # One status for a whole line: Vega-Lite cannot dash a part of it; the points show which ones are meant.
    dash = [5, 4] if all(datum["faint"] for datum in frame.data) else [1, 0]
    # A line is of many figures; what it would tell is the first of them.
    course = {"mark": {"type": "line", "strokeWidth": 2.4, "strokeDash": dash}, "encoding": color | UNTOLD}
    dots = {"mark": {"type": "point", "size": 48, "strokeWidth": 1.5}, "encoding": color | {"fillOpacity": FADED}}
    labels = _ends(frame, names, color, y_range, periods[-1]) if len(names) > 1 else _figures(frame)
    if len(names) > NAMED_LINES:
        labels = []
    frame.data.extend(_gaps(frame, names, periods))
    return {
        "height": HEIGHT,
        "encoding": {"x": x, "y": y, "tooltip": tooltip(frame)},
        "layer": [course, *labels, dots],
    }


def periods_in_order(frame: Frame) -> list[str]:
    """Every asked period in order, also one without a figure."""
    held = {datum["period"] for datum in frame.data} | set(asked_periods(frame.findings))
    return sorted(held, key=lambda period: [(p.year, p.first, p.last) for p in periods_of(period)])


def _range(frame: Frame) -> list[float]:
    """From zero, unless that would flatten the line into its upper part; bars always start at zero."""
    values = [datum["value"] for datum in frame.data]
    low, high = min(values), max(values)
    margin = (high - low) * 0.15 or abs(high) * 0.1 or 1
    return [min(low - margin, 0) if low < 0 else 0 if low < 0.6 * high else low - margin, high + margin]


def _color(names: list[str]) -> Spec:
    if len(names) < 2:
        return {}
    legend = {"title": None, "orient": "right", "symbolLimit": 40} if len(names) > NAMED_LINES else None
    return {"color": {"field": "series", "type": "nominal", "sort": names, "legend": legend}}


def _axis(periods: list[str], frame: Frame) -> Spec:
    """Quarters with the year beneath the first of each year."""
    labels, year = {}, None
    for period_id in periods:
        period = periods_of(period_id)[0]
        labels[period_id] = _tick(period, period.year != year, frame.findings.lang)
        year = period.year
    room = _room([max(lines, key=text_width) for lines in labels.values()])
    said = f"(width < {room} ? {_by_period(_few(labels))} : {_by_period(labels)})[datum.value] || ''"
    return {"title": None, "labelAngle": 0, "labelExpr": said, "labelOverlap": False, "grid": False}


def _few(labels: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """For a narrow chart: the years alone, so many of them as have room on a phone."""
    years = [period for period, lines in labels.items() if lines[-1]]
    step = ceil(_room([labels[period][-1] for period in years]) / NARROW)
    return {period: labels[period][-1:] for period in years[::step]}


def _by_period(labels: Mapping[str, list[str]]) -> str:
    return "{" + ", ".join(f"'{period}': {lines!r}" for period, lines in labels.items()) + "}"


def _tick(period: Period, new_year: bool, lang: str) -> list[str]:
    year = f"{period.year}年" if lang == "zh" else str(period.year)
    if period.kind == "year":
        return [year]
    if period.quarter:
        below = f"{HAN[period.quarter - 1]}季度" if lang == "zh" else f"Q{period.quarter}"
    else:
        months = dict.fromkeys((period.first, period.last))
        below = "—".join(map(str, months)) + "月" if lang == "zh" else "–".join(map(str, months))
    return [below, year if new_year else ""]


def _figures(frame: Frame) -> list[Spec]:
    """The number above every point, or above the first and last where there are many."""
    last = len(frame.data) - 1
    for at, datum in enumerate(frame.data):
        datum["end"] = at in (0, last)
        datum["below"] = _turns_up([frame.data[max(at - 1, 0)], datum, frame.data[min(at + 1, last)]])
        said = written(datum["value"], frame.findings.unit)
        datum["short"] = said if last <= MOST_FIGURES or datum["end"] else ""
    room = _room([datum["short"] for datum in frame.data])
    shown = {"condition": {"test": f"width < {room} && !datum.end", "value": ""}, "field": "short"}
    label = {"encoding": {"text": shown}}
    away = {"expr": f"datum.below ? {AWAY} : -{AWAY}"}
    return [{"mark": {"type": "text", "dy": away} | look} | label for look in ({"style": "halo"}, {})]


def _turns_up(steps: Sequence[Spec]) -> bool:
    """Whether the line turns upwards at the middle one of three points: then it leaves room below it, not above."""
    before, here, after = (datum["value"] for datum in steps)
    return bool(after - here > here - before)


def _room(texts: Sequence[str]) -> int:
    """The width from which on these texts stand beside each other, one at each step."""
    return round(max(map(text_width, texts), default=0) + SPACE) * len(texts)


def _ends(frame: Frame, names: list[str], color: Spec, y_range: list[float], end: str) -> list[Spec]:
    """The name of each line beside the plot, at the height of its last point, moved apart where two would touch."""
    last = {datum["series"]: datum for datum in frame.data}
    ends = sorted((last[name] for name in names), key=lambda datum: datum["value"])
    step = (y_range[1] - y_range[0]) * LABEL_HEIGHT / PLOT
    for datum, height in zip(ends, _apart([datum["value"] for datum in ends], step, y_range[1]), strict=True):
        datum["label_at"] = height
    at = {"field": "label_at", "type": "quantitative"}
    mark = {"type": "text", "align": "left", "dx": 9, "fontWeight": "bold"}
    shown = [{"filter": "isValid(datum.label_at)"}]
    return [
        {
            "transform": shown,
            "mark": mark,
            "encoding": {"x": {"datum": end}, "y": at, "text": {"field": "series"}} | color,
        }
    ]


def _apart(heights: Sequence[float], step: float, top: float) -> list[float]:
    """Heights in order, at least a step from each other and none above the top."""
    made: list[float] = []
    for height in heights:
        made.append(max(height, made[-1] + step) if made else height)
    highest = top
    for at in reversed(range(len(made))):
        made[at] = min(made[at], highest)
        highest = made[at] - step
    return made


def _gaps(frame: Frame, names: list[str], periods: list[str]) -> list[Spec]:
    held = {(datum["series"], datum["period"]) for datum in frame.data}
    gaps = [(name, period) for name in names for period in periods if (name, period) not in held]
    return [{"series": name, "period": period, "value": None, "faint": False} for name, period in gaps]
