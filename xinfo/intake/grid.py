"""A table as it stands in a file: cells as text with their places. Nothing is interpreted here, no file is opened."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Area:
    """A block of cells, its corners included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Note:
    """What whoever loads a table should know of how it was read: a text under `intake.note`, and what fills it."""

    kind: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """One sheet of a workbook, or the only table of a CSV or Parquet file."""

    file: str
    """The file's name, without its folder."""
    sheet: str | None
    """The sheet's name; None for CSV and Parquet."""
    rows: Sequence[Sequence[str]]
    """Cells as text, '' for blank; rows[0][0] is A1. Rows may be of different lengths."""
    hidden: bool = False
    merged: tuple[Area, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()
    """Cells (row, column) that hold a formula; `rows` has the value stored with it."""
    hidden_rows: str = ""
    """Rows that nobody sees, as people count them: '3–5, 9'."""
    hidden_columns: str = ""
    """The same of columns, by their letters."""
    notes: tuple[Note, ...] = ()
    """The encoding taken, formulas without a value and the like."""

    def text(self, row: int, column: int) -> str:
        """The cell's own text; '' outside the table."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def filled(self, row: int, column: int) -> str:
        """Like `text`, but each cell of a merged area has the area's text."""
        area = self.area(row, column)
        return self.text(area.top, area.left) if area else self.text(row, column)

    def area(self, row: int, column: int) -> Area | None:
        """The merged area that a cell is part of."""
        if not self.merged:  # asked of every cell
            return None
        beside = self._areas.get(row, ())
        at = bisect_right(beside, column, key=lambda area: area.left) - 1
        return beside[at] if at >= 0 and column <= beside[at].right else None

    def cell(self, row: int, column: int) -> str:
        """A cell's name for people: 'C7', or 'row 7, column 3' where the file has no sheets."""
        if self.sheet is None:
            return f"row {row + 1}, column {column + 1}"
        return f"{letters(column)}{row + 1}"

    @cached_property
    def _areas(self) -> Mapping[int, Sequence[Area]]:
        """Those of each row from the left; they do not overlap."""
        found: dict[int, list[Area]] = {}
        for area in sorted(self.merged, key=lambda area: area.left):
            for row in range(area.top, area.bottom + 1):
                found.setdefault(row, []).append(area)
        return found


def letters(column: int) -> str:
    """A column's letters as spreadsheets have them: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
