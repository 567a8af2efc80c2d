"""What a workbook says, however it was saved: sheet by sheet its rows as they are shown, charts, heads and feet."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from xinfo.briefing.check.native import chart, literals
from xinfo.briefing.check.package import A, Package, R, local, pale, picture
from xinfo.briefing.check.said import LOST, NOTE, Said, Unit, number, plain, row, texts

C_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
EDGES = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&K\d\d[+-]\d{3}|&D|&\d+|&[A-Z]')


def opened(content: bytes) -> Any:
    """The workbook."""
    return load_workbook(io.BytesIO(content))


def units(book: Any, package: Package) -> Said:
    """All units of the sheets that are shown."""
    drawings = _drawings(package)
    made: list[Unit] = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            made.append(Unit("sheet", plain(sheet.title), sheet.title))
            made += _rows(sheet)
            made += _edges(sheet)
            made += _drawn(package, drawings.get(sheet.title, ""), sheet.title, _Cells(book))
            made += [Unit("hiding", str(rule.sqref), sheet.title) for rule in sheet.conditional_formatting]
    return tuple(made)


def _rows(sheet: Any) -> Iterator[Unit]:
    """Row by row what is shown; hidden rows and columns say nothing."""
    hidden = _hidden_columns(sheet)
    for line in sheet.iter_rows():
        at = sheet.row_dimensions[line[0].row]
        if at.hidden or at.height == 0:
            continue
        said = [shown(cell) for cell in line if cell.column not in hidden]
        if isinstance(line[0].value, str) and not any(said[1:]):
            yield from texts("text", said[0] if said else "", sheet.title)
        elif found := row(said, sheet.title):
            yield found
        for cell in line:
            if cell.comment:
                yield from texts("comment", cell.comment.text, sheet.title)


def _hidden_columns(sheet: Any) -> set[int]:
    return {
        at
        for column in sheet.column_dimensions.values()
        if column.hidden or column.width == 0
        for at in range(column.min or 1, (column.max or 1) + 1)
    }


def shown(cell: Any) -> str:
    """A cell as it is read: a number by its format; nothing where it is struck out or as pale as its ground."""
    value = cell.value
    if value is None or (cell.has_style and _unseen(cell)):
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    format_ = str(cell.number_format)
    decimals = re.search(r"0\.(0+)", format_)
    said = f"{value:,.{len(decimals[1])}f}" if decimals else f"{value:,.0f}" if "0" in format_ else number(value)
    return " ".join(filter(None, (said, literals(format_))))


def _unseen(cell: Any) -> bool:
    font, fill = cell.font, cell.fill
    color = font.color.rgb if font.color is not None and isinstance(font.color.rgb, str) else None
    ground = fill.fgColor.rgb if fill.fill_type == "solid" and isinstance(fill.fgColor.rgb, str) else "FFFFFFFF"
    theme = font.color is not None and font.color.type == "theme" and font.color.theme == 0
    return bool(font.strike) or (theme and fill.fill_type != "solid") or bool(color and pale(color[-6:], ground[-6:]))


def _edges(sheet: Any) -> Iterator[Unit]:
    for name in EDGES:
        edge = getattr(sheet, name)
        for part in (edge.left, edge.center, edge.right):
            if said := plain(CODES.sub("", re.sub("&[PN]", NOTE, part.text or ""))):
                yield Unit("edge", said, sheet.title)


class _Cells:
    """Looks up what stands in the cells that a chart points to."""

    def __init__(self, book: Any):
        self.book = book

    def __call__(self, of: str) -> list[str] | None:
        sheet, _, place = of.rpartition("!")
        named = sheet.strip("'").replace("''", "'")
        if named not in self.book.sheetnames:
            return None
        try:
            left, top, right, bottom = range_boundaries(place.replace("$", ""))
        except (ValueError, TypeError):
            return None
        area = self.book[named].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True)
        return ["" if cell is None else plain(str(cell)) for line in area for cell in line]


def _drawings(package: Package) -> dict[str, str]:
    """The part that holds each sheet's drawings, by the sheet's name."""
    main = package.main or "xl/workbook.xml"
    points = package.points(main)
    sheets = [one for one in package.xml(main).iter() if local(one) == "sheet"]
    return {str(one.get("name")): package.one(points[one.get(f"{R}id")][1], "drawing") for one in sheets}


def _drawn(package: Package, part: str, where: str, cells: _Cells) -> Iterator[Unit]:
    """The charts, pictures and text boxes of a sheet, from the top down."""
    if part not in package.parts:
        return
    points = package.points(part)
    for anchor in package.xml(part):
        for described in anchor.iter():
            if local(described) == "cNvPr":
                # Most programs drop the descriptions of native charts.
                yield Unit("alt", plain(described.get("descr") or "") or LOST, where)
        for reference in anchor.iter(C_CHART):
            yield from chart(package.xml(points[reference.get(f"{R}id")][1]), where, "", cells)
        if pixels := picture(anchor, package, points):
            yield Unit("picture", " ".join(pixels), where)
        for paragraph in anchor.iter(f"{A}p"):
            yield from texts("text", "".join(one.text or "" for one in paragraph.iter(f"{A}t")), where)
        if any(local(one) == "sp" for one in anchor.iter()) and not list(anchor.iter(f"{A}t")):
            yield Unit("object", "shape", where)
