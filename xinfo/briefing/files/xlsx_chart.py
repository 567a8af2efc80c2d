"""A chart as spreadsheet programs draw it, over a block of figures of its own. Writes no other cells."""

from __future__ import annotations

from typing import Any

from xinfo.answer.cells import clean
from xinfo.briefing.document import Chart, Exhibit
from xinfo.briefing.files.axes import above, axis, colors, number_format, told, unsure
from xinfo.briefing.files.look import PALE, SERIES
from xinfo.briefing.layout import Layout

NATIVE = {"line": {"type": "line"}, "bar": {"type": "bar"}, "column": {"type": "column"},
          "stacked": {"type": "bar", "subtype": "percent_stacked"}}  # fmt: skip
LEAST, BAR, ROW = 320, 24, 20
"""Pixels: the least height of a chart, that of a bar with its gap, that of a row."""


class Shortest(float):
    """A number that is written with no more digits than it has: the program makes 88.90000000000001 of 88.9."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


def draw(book: Any, sheet: Any, row: int, exhibit: Exhibit, chart: Chart, layout: Layout) -> int:
    """A native chart over a block of its own, in the charts' unit; its height."""
    top = row + 1
    for at, category in enumerate(chart.categories):
        sheet.write_string(top + at, 7, clean(category))
    made = book.add_chart(NATIVE[chart.kind])
    written = book.add_format({"num_format": number_format(chart)})
    unsure_ = unsure(chart, layout.document.figures)
    last = top + len(chart.categories) - 1
    labels = {"value": len(chart.series) == 1, "num_format": number_format(chart)}
    for at, (name, values) in enumerate(chart.series):
        sheet.write_string(row, 8 + at, clean(name))
        for down, value in enumerate(values):
            if value is not None:
                sheet.write_number(top + down, 8 + at, Shortest(value), written)
        color = f"#{SERIES[at % len(SERIES)]}"
        look: dict[str, Any] = {"fill": {"color": color}}
        if chart.kind == "line":
            look = {"line": {"color": color, "width": 2, "dash_type": "dash" if all(unsure_[at]) else "solid"}}
        faint = [_point(one, colors(chart, at, number), number in chart.own)
                 for number, one in enumerate(unsure_[at])]  # fmt: skip
        if any(faint) and chart.kind != "line":
            look["points"] = faint
        elif any(faint):
            look["marker"] = {"type": "circle", "fill": {"color": "white"}, "border": {"color": color}}
        made.add_series({"name": [sheet.get_name(), row, 8 + at],
                         "categories": [sheet.get_name(), top, 7, last, 7],
                         "values": [sheet.get_name(), top, 8 + at, last, 8 + at], "gap": 60,
                         "data_labels": labels, **look})  # fmt: skip
    _axes(made, chart)
    if len(chart.series) == 1:
        made.set_legend({"none": True})
    made.set_title({"name": above(chart), "name_font": {"size": 10, "bold": False}})
    high = max(LEAST, BAR * len(chart.categories)) if chart.kind == "bar" else LEAST
    made.set_size({"width": 620, "height": high})
    sheet.insert_chart(row, 0, made, {"description": clean(told(exhibit, layout.lang))})
    return high


def _axes(made: Any, chart: Chart) -> None:
    """The same axis as in every format; bars from the top down, as tables read, with a figure at each."""
    of = axis(chart)
    scale = {"max": of.high, "major_unit": of.step} if of.step else {}
    values: dict[str, Any] = {"min": of.low, "num_format": "General", **scale}
    across = chart.kind in ("bar", "stacked")
    if chart.kind == "stacked":
        values = {"num_format": "0%"}
    lined = chart.kind == "line"
    values |= {"visible": lined, "major_gridlines": {"visible": lined, "line": {"color": "#E2DCCE"}}}
    (made.set_x_axis if across else made.set_y_axis)(values)
    if across:
        made.set_y_axis({"reverse": True, "interval_unit": 1, "major_gridlines": {"visible": False}})


def _point(faint: bool, color: int, own: bool) -> dict[str, Any] | None:
    """The look of a mark that is no counted figure, or the own place's; none of the others."""
    full, pale = f"#{SERIES[color % len(SERIES)]}", f"#{PALE[color % len(PALE)]}"
    if faint:
        return {"fill": {"color": pale}, "border": {"color": full, "dash_type": "dash"}}
    return {"fill": {"color": full}} if own else None
