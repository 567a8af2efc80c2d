"""What every format draws a chart with: the same axis, the same marks of what is made up or preliminary, what it tells.

Bars begin at zero, in every format; a line's axis is the one that the drawing has, with even steps.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from xinfo.answer.frame import capital
from xinfo.briefing.document import Chart, Exhibit, Figure
from xinfo.language.numbers import number
from xinfo.language.texts import listing, text

BETWEEN = " · "
STEPS = (1, 2, 2.5, 5, 10)
TICKS = 5
READ_OUT = 24
"""Values that an alternative text tells; the table beside the chart has them all."""


@dataclass(frozen=True)
class Axis:
    """Where the axis of the values begins and ends, and how far its marks stand apart."""

    low: float
    high: float | None
    step: float | None = None

    @property
    def ticks(self) -> list[float]:
        if self.high is None or self.step is None:
            return []
        count = round((self.high - self.low) / self.step)
        return [round(self.low + at * self.step, 10) for at in range(count + 1)]


def axis(chart: Chart) -> Axis:
    """The axis of a chart's values."""
    values = [value for _, series in chart.series for value in series if value is not None]
    if chart.kind != "line" or not values:
        return Axis(min([0.0, *values]), None) if min([0.0, *values]) == 0 else _even(min(values), max([0.0, *values]))
    scale = chart.spec.get("encoding", {}).get("y", {}).get("scale", {}) if chart.spec else {}
    low, high = scale.get("domain") or (min(values), max(values))
    return _even(low, high)


def _even(low: float, high: float) -> Axis:
    """Both ends on even steps."""
    width = (high - low or abs(high) or 1) / TICKS
    size = 10 ** math.floor(math.log10(width))
    step = next(one * size for one in STEPS if one * size >= width * 0.999)
    return Axis(round(math.floor(low / step) * step, 10), round(math.ceil(high / step) * step, 10), step)


def unsure(chart: Chart, figures: Mapping[str, Figure]) -> list[list[bool]]:
    """For each value of each series whether it is no counted figure: made up, preliminary or estimated."""
    return [[bool(name) and any(one != "reported" for one in figures[name].statuses) if name in figures else False
             for name in names] for names in chart.figures]  # fmt: skip


def colors(chart: Chart, series: int, value: int) -> int:
    """Which of the colours a mark has: that of its series, or another one for the place that the document is about."""
    return series + 1 if value in chart.own else series


def cautions(chart: Chart) -> list[str]:
    """The lines that the drawing bears below what it is about: what is made up, preliminary, left out."""
    return _lines(chart)[1:]


def _lines(chart: Chart) -> list[str]:
    title = chart.spec.get("title") if chart.spec else None
    return list(title.get("subtitle") or []) if isinstance(title, dict) else []


def measured(chart: Chart) -> str:
    """What the axis of a chart of rates is, with its unit; amounts have theirs in the unit."""
    title = chart.spec.get("title") if chart.spec and chart.percent else None
    said = str(title.get("text") or "") if isinstance(title, dict) else ""
    return f"{said} ({chart.unit})" if said else ""


def above(chart: Chart) -> str:
    """What stands above a chart: what its axis is or the unit, and what to beware of; the caption says the rest."""
    if chart.kind == "picture":  # It has its unit where it says what it is about.
        return BETWEEN.join(_lines(chart))
    return BETWEEN.join(filter(None, (capital(measured(chart) or chart.unit), *cautions(chart))))


def decimals(chart: Chart) -> int:
    """As many as each value of the chart is written with; a target has its own."""
    values = (value for _, series in chart.series for value in series if value is not None and value != aimed(chart))
    return max((len(f"{value:.10f}".rstrip("0").partition(".")[2]) for value in values), default=0)


def aimed(chart: Chart) -> float | None:
    """The target among its values."""
    data = chart.spec.get("data", {}).get("values", []) if chart.spec else []
    if not any(one.get("aim") for one in data):
        return None
    return next(series[at] for _, series in chart.series for at in chart.own)


def number_format(chart: Chart) -> str:
    """How office programs write the values of a chart."""
    places = decimals(chart)
    every, aim = "#,##0" + ("." + "0" * places if places else ""), aimed(chart)
    return every if aim is None else f"[={aim:.10g}]General;{every}"


def told(exhibit: Exhibit, lang: str) -> str:
    """What is to be seen, for who cannot see it: the kind of chart, its highest and lowest, its values."""
    chart = exhibit.chart
    if chart is None or not chart.series:
        return str(chart.spec.get("description") or exhibit.title) if chart else exhibit.title
    held = [(value, category, name) for name, values in chart.series
            for category, value in zip(chart.categories, values, strict=True) if value is not None]  # fmt: skip

    def value(one: tuple[float, str, str]) -> str:
        of, category, name = one
        written = number(of) if of == aimed(chart) else f"{of:,.{decimals(chart)}f}"
        return f"{category}{f' ({name})' if len(chart.series) > 1 else ''} {written}"

    said = [value(one) for one in held[:READ_OUT]]
    more = [text("chart.described_more", lang, n=len(held) - READ_OUT)] if len(held) > READ_OUT else []
    high, low = max(held, default=(0.0, "", "")), min(held, default=(0.0, "", ""))
    sentence = text(f"brief.alt.{chart.kind}", lang, n=len(held), unit=chart.unit, high=value(high),
                    low=value(low), first=chart.categories[0], last=chart.categories[-1])  # fmt: skip
    every = listing([*said, *more], lang)
    return text("list.full_stop", lang).join([sentence, capital(every), *cautions(chart)])
