"""What a deck of slides says, however it was saved: slide by slide its texts, tables, charts, pictures and notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xinfo.briefing.check.native import chart
from xinfo.briefing.check.package import A, Package, R, local, on_value, pale, picture
from xinfo.briefing.check.said import LOST, NOTE, Said, Unit, plain, row, texts

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
WHITE = {"bg1": "FFFFFF", "lt1": "FFFFFF", "window": "FFFFFF"}
SMALLEST = 300
"""Hundredths of a point: a smaller text is not read."""
NUMBERED = ("sldNum", "dt")
"""Placeholders that every program fills by itself."""


def units(package: Package) -> Said:
    """All units of the deck, in the order of its slides; a slide that is not shown says nothing."""
    main = package.main or "ppt/presentation.xml"
    deck, points = package.xml(main), package.points(main)
    size = deck.find(f"{P}sldSz")
    # LibreOffice drops the descriptions of native charts.
    keeps = b"<Application>LibreOffice" not in package.parts.get("docProps/app.xml", b"")
    page = (int(size.get("cx")), int(size.get("cy"))) if size is not None else (0, 0)
    made: list[Unit] = []
    behind: dict[str, Unit] = {}
    for number, one in enumerate(deck.iter(f"{P}sldId"), 1):
        part = points[one.get(f"{R}id")][1]
        if package.xml(part).get("show") not in ("0", "false"):
            made += _Slide(package, part, f"{number}", page, keeps).units()
            behind |= {one.text: one for one in _behind(package, part)}
    return (*made, *behind.values())


def _behind(package: Package, slide: str) -> Iterator[Unit]:
    """The texts that a slide's layout and master put onto it."""
    layout = package.one(slide, "slideLayout")
    for part in (layout, package.one(layout, "slideMaster")):
        for shape in package.xml(part).iter(f"{P}sp") if part in package.parts else ():
            if shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is None:
                yield from (unit for paragraph in shape.iter(f"{A}p") for unit in texts("edge", _text(paragraph, "")))


class _Slide:
    def __init__(self, package: Package, part: str, where: str, page: tuple[int, int], keeps: bool):
        self.package, self.part, self.where, self.page, self.keeps = package, part, where, page, keeps
        self.points = package.points(part)

    def units(self) -> Iterator[Unit]:
        root = self.package.xml(self.part)
        yield from self._shapes(root.find(f"{P}cSld/{P}spTree"))
        for ground in root.iter(f"{P}bg"):
            if pixels := picture(ground, self.package, self.points):
                yield Unit("picture", " ".join(pixels), self.where)
        yield from self._notes()
        for kind in ("comments", "comment"):
            if part := self.package.one(self.part, kind):
                yield from texts("comment", " ".join(self.package.xml(part).itertext()), self.where)

    def _notes(self) -> Iterator[Unit]:
        part = self.package.one(self.part, "notesSlide")
        if not part:
            return
        for shape in self.package.xml(part).iter(f"{P}sp"):
            placed = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
            if placed is None or placed.get("type") not in (*NUMBERED, "sldImg", "hdr", "ftr"):
                for paragraph in shape.iter(f"{A}p"):
                    yield from texts("note", _text(paragraph, "FFFFFF"), self.where)

    def _shapes(self, parent: Any) -> Iterator[Unit]:
        for shape in parent:
            described = next((one for one in shape.iter() if local(one) == "cNvPr"), None)
            if local(shape) == "AlternateContent":
                yield from self._shapes(next(iter(shape)))
            elif described is None or local(shape) == "nvGrpSpPr" or on_value(described.get("hidden")):
                continue
            elif local(shape) == "grpSp":
                yield from self._shapes(shape)
            elif self._beside(shape):
                continue
            else:
                yield from self._shape(shape, described)

    def _beside(self, shape: Any) -> bool:
        """Whether it stands off the slide."""
        frame = next((one for one in shape.iter() if local(one) == "xfrm"), None)
        off, ext = (frame.find(f"{A}off"), frame.find(f"{A}ext")) if frame is not None else (None, None)
        if off is None or ext is None or not self.page[0] or shape.getparent().tag.endswith("}grpSp"):
            return False
        left, top, wide, high = int(off.get("x")), int(off.get("y")), int(ext.get("cx")), int(ext.get("cy"))
        return left >= self.page[0] or top >= self.page[1] or left + wide <= 0 or top + high <= 0

    def _shape(self, shape: Any, described: Any) -> Iterator[Unit]:
        name, kind = described.get("name") or "", local(shape)
        if kind in ("graphicFrame", "pic") and (said := plain(described.get("descr") or "")):
            yield Unit("alt", said, self.where, name)
        if kind == "graphicFrame":
            yield from self._frame(shape, described, name)
        elif kind in ("pic", "contentPart"):
            yield Unit("picture", " ".join(picture(shape, self.package, self.points)) or kind, self.where, name)
        elif kind == "sp":
            yield from self._text(shape, name)
        elif kind == "cxnSp":
            yield Unit("object", "line", self.where, name)

    def _text(self, shape: Any, name: str) -> Iterator[Unit]:
        placed = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if placed is not None and placed.get("type") in NUMBERED:
            return
        ground = _color(shape.find(f"{P}spPr"), "FFFFFF")
        found = [one for p in shape.iter(f"{A}p") for one in texts("text", _text(p, ground), self.where, name)]
        yield from found
        if pixels := picture(shape, self.package, self.points):
            yield Unit("picture", " ".join(pixels), self.where, name)
        elif not found and placed is None and _filled(shape):
            # What is filled and says nothing may cover what does.
            yield Unit("object", "shape", self.where, name)

    def _frame(self, frame: Any, described: Any, name: str) -> Iterator[Unit]:
        tables, charts = list(frame.iter(f"{A}tbl")), list(frame.iter(C_CHART))
        for line in (line for table in tables for line in table.iter(f"{A}tr")):
            cells = [_cell(cell) for cell in line.iter(f"{A}tc")]
            if found := row(cells, self.where, name):
                yield found
        if charts and not self.keeps and not plain(described.get("descr") or ""):
            yield Unit("alt", LOST, self.where, name)
        for reference in charts:
            yield from chart(self.package.xml(self.points[reference.get(f"{R}id")][1]), self.where, name)
        if not tables and not charts:
            yield Unit("object", "object", self.where, name)


def _filled(shape: Any) -> bool:
    """Whether a shape has a ground of its own, or one by the style it was drawn in."""
    kinds = [local(one) for one in shape.iterfind(f"{P}spPr/*")]
    own = next((kind for kind in kinds if kind.endswith("Fill")), "")
    return own != "noFill" if own else shape.find(f"{P}style") is not None


def _cell(cell: Any) -> str:
    ground = _color(cell.find(f"{A}tcPr"), "FFFFFF")
    return " ".join(_text(paragraph, ground) for paragraph in cell.iter(f"{A}p"))


def _text(paragraph: Any, ground: str) -> str:
    """The text of a paragraph as it is seen on its ground."""
    said = ""
    for run in paragraph:
        if local(run) == "br":
            said += " "
        elif local(run) == "fld" and run.get("type") == "slidenum":
            said += NOTE
        elif local(run) in ("r", "fld") and not _unseen(run.find(f"{A}rPr"), ground):
            said += "".join(one.text or "" for one in run.iter(f"{A}t"))
    return said


def _unseen(properties: Any, ground: str) -> bool:
    if properties is None:
        return False
    struck = properties.get("strike") not in (None, "noStrike")
    small = int(properties.get("sz") or 1800) <= SMALLEST
    color = _color(properties, "")
    return struck or small or bool(color and pale(color, ground))


def _color(properties: Any, otherwise: str) -> str:
    """The colour that something is filled with, where it is a plain one."""
    fill = properties.find(f"{A}solidFill") if properties is not None else None
    if fill is None or not len(fill):
        return otherwise
    value = str(fill[0].get("val"))
    return value if local(fill[0]) == "srgbClr" else WHITE.get(value, otherwise)
