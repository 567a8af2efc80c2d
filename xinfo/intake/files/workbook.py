"""XLSX into grids, one a sheet: values through calamine, what it does not tell through the sheet's own XML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from xinfo.errors import InputError
from xinfo.intake.files import package
from xinfo.intake.files.delimited import trimmed
from xinfo.intake.files.marks import Marks, read_marks
from xinfo.intake.files.unread import check_cells, unread
from xinfo.intake.files.written import percent, read_styles, written
from xinfo.intake.grid import Area, Grid, Note, letters

MOST_MERGED = 4_000_000
"""Rows and columns of all merged areas of a sheet together."""
_NAMED = 5  # cells or stretches named in a note


def read_workbook(path: Path) -> tuple[Grid, ...]:
    """Every sheet that has cells, hidden ones too. Raises InputError where the file is damaged, locked or too large."""
    with package.opened(path) as parts:
        styles = read_styles(parts)
        marked = [(sheet, read_marks(parts, sheet, styles)) for sheet in package.sheets(parts)]
    for sheet, marks in marked:
        if marks.height * marks.width > 0:
            check_cells(f"{path.name}, sheet '{sheet.name}'", marks.height * marks.width)
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            grids = [
                _grid(path.name, sheet, marks, book.get_sheet_by_name(sheet.name))
                for sheet, marks in marked
                if marks.height or marks.formulas
            ]
    except CalamineError as error:
        raise InputError(f"{path.name}: the workbook is damaged: {error}; open it in Excel and save it anew") from error
    if not grids:
        raise InputError(f"{path.name}: the file is empty: no sheet of it has any cell")
    return tuple(grids)


def _grid(file: str, sheet: package.Sheet, marks: Marks, source: CalamineSheet) -> Grid:
    rows = _texts(source.to_python(skip_empty_area=False), marks)
    missing = sorted(
        (row, column)
        for row, column in marks.formulas - marks.texts
        if row >= len(rows) or column >= len(rows[row]) or not rows[row][column]
    )
    merged = _merged(file, sheet.name, marks, source)
    spans = (f"{letters(area.left)}–{letters(area.right)}" for area in marks.hidden_columns)
    hidden = _some(_stretches(marks.hidden_rows)), _some(spans)
    notes = tuple(_notes(marks, missing))
    return Grid(file, sheet.name, rows, sheet.hidden, merged, frozenset(marks.formulas), *hidden, notes)


def _merged(file: str, sheet: str, marks: Marks, source: CalamineSheet) -> tuple[Area, ...]:
    """The merged areas, as far as there are cells. Raises Unread for more of them than can stand beside each other."""
    given = (Area(*first, *last) for first, last in source.merged_cell_ranges or ())
    within = [
        Area(area.top, area.left, min(area.bottom, marks.height - 1), min(area.right, marks.width - 1))
        for area in given
        if area.top < marks.height and area.left < marks.width
    ]
    reach = sum(area.bottom - area.top + area.right - area.left + 2 for area in within)
    if reach > MOST_MERGED:
        raise unread(file, "merged", sheet=sheet)
    return tuple(within)


def _texts(values: list[list[Any]], marks: Marks) -> list[list[str]]:
    """The values as text, row by row in their own place: a large sheet is not held twice."""
    for row, column in marks.percents:
        if isinstance(value := values[row][column], float):
            values[row][column] = percent(value)
    for (row, column), error in marks.errors.items():
        values[row][column] = error
    for index, cells in enumerate(values):
        values[index] = trimmed([value if type(value) is str else written(value) for value in cells])
    while values and not values[-1]:
        values.pop()
    return values


def _notes(marks: Marks, missing: list[tuple[int, int]]) -> Iterator[Note]:
    if missing:
        yield Note("unstored", {"cells": _some(_name(*place) for place in missing)})
    for code, place in marks.telling.items():
        yield Note("shown", {"cell": _name(*place), "format": code})


def _name(row: int, column: int) -> str:
    return f"{letters(column)}{row + 1}"


def _some(names: Iterable[str]) -> str:
    """The first few names, and how many more there are: 'A1, A2 … (+7)'."""
    every = list(names)
    more = f" … (+{len(every) - _NAMED})" if len(every) > _NAMED else ""
    return ", ".join(every[:_NAMED]) + more


def _stretches(rows: list[int]) -> Iterator[str]:
    """Rows as people count them, neighbours together: 3–7, 9."""
    for _, together in groupby(enumerate(sorted(rows)), lambda pair: pair[1] - pair[0]):
        first, *rest = [row + 1 for _, row in together]
        yield f"{first}–{rest[-1]}" if rest else str(first)
