"""Axes and labels of native charts on slides."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.util import Pt

from xinfo.briefing.files.axes import Axis

# It has no types.
_color: Any = RGBColor.from_string
POSITIONS = {"line": XL_LABEL_POSITION.ABOVE, "stacked": XL_LABEL_POSITION.CENTER}


def bounded(values: Any, of: Axis) -> None:
    """Where the axis begins and ends."""
    values.minimum_scale, values.maximum_scale = of.low, of.high
    if of.step:
        values.major_unit = of.step


def labelled(plot: Any, kind: str, size: int, written: str) -> None:
    """A figure at each mark in the format `written`; in the middle of stacked ones, in white."""
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format = written
    labels.number_format_is_linked = False
    labels.position = POSITIONS.get(kind, XL_LABEL_POSITION.OUTSIDE_END)
    labels.font.size = Pt(size)
    if kind == "stacked":
        labels.font.color.rgb = _color("FFFFFF")


def every_name(axis: Any) -> None:
    """Names every bar: without this programs leave names out where they stand close."""
    skip = axis._element.makeelement(qn("c:tickLblSkip"), {"val": "1"})
    following = ("c:tickMarkSkip", "c:noMultiLvlLbl", "c:extLst")
    after = next((child for name in following if (child := axis._element.find(qn(name))) is not None), None)
    if after is None:
        axis._element.append(skip)
    else:
        after.addprevious(skip)
