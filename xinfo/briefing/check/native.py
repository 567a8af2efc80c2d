"""A chart that an office program draws, as units: its kind, title, axes, categories, the values of its series."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from xinfo.briefing.check.package import A, local
from xinfo.briefing.check.said import CELL, Unit, plain

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
AXES = ("valAx", "catAx", "dateAx", "serAx")
SCALING = {"min": "auto", "max": "auto", "logBase": "none", "orientation": "minMax"}
Cells = Callable[[str], list[str] | None]
"""What stands in the cells that a chart points to; None where that cannot be told."""


def chart(root: Any, where: str, name: str, cells: Cells = lambda of: None) -> Iterator[Unit]:
    """The units of a `c:chartSpace`; `cells` looks a reference up, which counts for more than what was kept of it."""
    for plot in root.iter(f"{C}plotArea"):
        groups = [one for one in plot if local(one).endswith("Chart")]
        for group in groups:
            yield Unit("axis", " ".join([local(group), *_of(group, "barDir", "grouping")]), where, name)
        yield from _axes(plot, where, name)
        for group in groups:
            for at, series in enumerate(group.iter(f"{C}ser")):
                if not at:
                    yield Unit("categories", CELL.join(_points(series, "cat", cells)), where, name)
                values = [*_points(series, "tx", cells), *map(_number, _points(series, "val", cells))]
                yield Unit("series", CELL.join(values), where, name)
    titles = [_rich(title) for title in root.iter(f"{C}title")]
    for said in (*titles, *(_rich(label) for label in root.iter(f"{C}dLbl"))):
        if said:
            yield Unit("title", said, where, name)
    for unseen in root.iterfind(f".//{C}barChart//{C}spPr/{A}noFill"):
        if (of := local(unseen.getparent().getparent())) in ("ser", "dPt"):
            yield Unit("axis", f"unseen {of}", where, name)
    for other in ("trendline", "errBars", "dTable", "dispUnits", "userShapes"):
        if root.find(f".//{C}{other}") is not None:
            yield Unit("axis", other, where, name)
    for format_ in root.iter(f"{C}numFmt"):
        if literal := literals(format_.get("formatCode") or ""):
            yield Unit("axis", f"format {literal}", where, name)


def literals(format_: str) -> str:
    """What a number format writes besides digits, or hides: words, percent signs, a scale."""
    bare = re.sub(r"\[[^\]]*\]", "", format_)
    told = re.findall(r'"([^"]*)"|\\(.)', bare)
    words = "".join(one + two for one, two in told if re.search(r"[\w%]", one + two))
    rest = re.sub(r'"[^"]*"|\\.|_.|\*.', "", bare)
    scaled = "".join(re.findall(r"%|,+(?=$|;|\.?$)", rest))
    hidden = "hidden" if rest.strip() in (";", ";;", ";;;") else ""
    return words + scaled + hidden


def _of(group: Any, *names: str) -> list[str]:
    return [str(one.get("val")) for name in names if (one := group.find(f"{C}{name}")) is not None]


def _axes(plot: Any, where: str, name: str) -> Iterator[Unit]:
    for axis in plot:
        if local(axis) in AXES:
            scaling = axis.find(f"{C}scaling")
            told = [local(axis).replace("dateAx", "catAx")]
            for part, default in SCALING.items():
                found = scaling.find(f"{C}{part}") if scaling is not None else None
                value = _number(found.get("val")) if found is not None else default
                told += [f"{part}={value}"] if value != default else []
            yield Unit("axis", " ".join(told), where, name)


def _points(series: Any, part: str, cells: Cells) -> list[str]:
    """The values of a part of a series, in order, also where some are missing."""
    found = series.find(f"{C}{part}")
    if found is None:
        return [""] if part == "tx" else []
    reference = found.find(f".//{C}f")
    if reference is not None and (held := cells(reference.text or "")) is not None:
        return held
    count = found.find(f".//{C}ptCount")
    points = {int(one.get("idx")): plain(one.findtext(f"{C}v") or "") for one in found.iter(f"{C}pt")}
    length = int(count.get("val")) if count is not None else 0
    if points or length:
        return [points.get(at, "") for at in range(max(length, *(at + 1 for at in points), 0))]
    return [plain("".join(found.itertext()))]


def _number(said: str | None) -> str:
    try:
        return f"{float(said or ''):.10g}"
    except ValueError:
        return said or ""


def _rich(element: Any) -> str:
    return plain("".join(one.text or "" for one in element.iter(f"{A}t")))
