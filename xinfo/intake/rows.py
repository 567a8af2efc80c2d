"""A grid by its mapping as rows of the import format, each with its place in the file, and the cells that are refused.

Nothing is guessed here: a cell whose meaning the mapping leaves open is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Says
from dataclasses import dataclass

import pyarrow as pa

from xinfo.intake.amounts import read_amount
from xinfo.intake.figures import Gathered, Refusal, table_of
from xinfo.intake.grid import Grid
from xinfo.intake.headers import column_texts
from xinfo.intake.labels import Labels, Row
from xinfo.intake.mapping import OPEN, Mapping, keys
from xinfo.intake.resolve import LEFT, Lacking, Meaning, choices, resolve, scaled
from xinfo.intake.state import State
from xinfo.intake.units import Measured, read_unit
from xinfo.intake.words import Words
from xinfo.store.written import UNITS

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Rows:
    """What a table brings."""

    table: pa.Table
    """The import format's columns as text, and sheet, line (from 1), cell and formula."""
    blanks: int = 0
    """Cells without a value."""
    left: int = 0
    """Cells left out on purpose: totals of places, rows answered with `ignore`, growth that the store does not keep."""
    unkept: tuple[str, ...] = ()
    """The cells among these with growth that the store does not keep."""
    refused: tuple[Refusal, ...] = ()


def apply(mapping: Mapping, grid: Grid, words: Words) -> Rows:
    """The rows that `mapping` makes of the grid. Its header must be the mapping's: see `shape.fit`."""
    columns = positions(mapping, grid)
    body = (mapping.header[1], (mapping.last or len(grid.rows)) - 1)
    rows = list(Labels(mapping, columns, words).read(grid, body))
    found = Gathered()
    clear = [row for row in rows if _usable(row, mapping, grid, columns, found)]
    for n, column in zip(columns, mapping.columns, strict=True):
        if n is not None and column.role == OPEN and any(grid.text(row.index, n).strip() for row in clear):
            found.refused.append(_refusal(grid, body[0], n, mapping, columns, Lacking("column", column.header)))
        elif n is not None and column.role == "value":
            _Reader(mapping, grid, words, found).read(n, column.header, column.says, clear)
    return Rows(
        table_of(mapping, grid, columns, found, words),
        found.blanks,
        found.left,
        tuple(found.unkept),
        tuple(found.refused),
    )


def positions(mapping: Mapping, grid: Grid) -> list[int | None]:
    """The grid's column of each of the mapping's; None where it is not there."""
    names = keys(column_texts(grid, (mapping.header[0] - 1, mapping.header[1] - 1)))
    at = {name: n for n, name in enumerate(names)}
    return [at.get(column.header) for column in mapping.columns]


def _usable(row: Row, mapping: Mapping, grid: Grid, columns: Sequence[int | None], found: Gathered) -> bool:
    if row.left:
        found.left += 1
    elif row.unclear:
        lacking = Lacking(row.unclear.axis, row.unclear.text, row.unclear.candidates)
        found.refused.append(_refusal(grid, row.index, row.unclear.column, mapping, columns, lacking))
    return not (row.left or row.unclear)


def _refusal(
    grid: Grid, row: int, n: int, mapping: Mapping, columns: Sequence[int | None], lacking: Lacking
) -> Refusal:
    header = next((c.header for at, c in zip(columns, mapping.columns, strict=True) if at == n), "")
    return Refusal(
        grid.sheet,
        row + 1,
        grid.cell(row, n),
        header,
        lacking.text or grid.text(row, n),
        lacking.expected,
        lacking.nearest,
    )


class _Reader:
    """Reads one value column after another."""

    def __init__(self, mapping: Mapping, grid: Grid, words: Words, found: Gathered):
        self._mapping, self._grid, self._words, self._found = mapping, grid, words, found

    def read(self, n: int, header: str, says: Says[str, str], rows: Sequence[Row]) -> None:
        found, cells = self._found, self._grid.rows
        place = says.get("place") or self._mapping.fixed.get("place")
        # By identity: rows that say the same share their state, and its hash would be worked out for every cell
        own: dict[int, tuple[Meaning | Lacking, int | None]] = {}
        for row in rows:
            line = cells[row.index]
            text = line[n].strip() if n < len(line) else ""
            if not text and not self._grid.area(row.index, n):
                found.blanks += 1
                continue
            if id(row.state) not in own:
                own[id(row.state)] = self._meant(says, row.state)
            meaning, index = own[id(row.state)]
            where = says.get("place") or row.place or place
            if index is not None and where and _PLAIN.fullmatch(text) and not self._grid.area(row.index, n):
                found.values.append(text)
                found.meant.append(index)
            elif not self._slowly(row, n, header, text, meaning, where):
                continue
            found.rows.append(row.index)
            found.columns.append(n)
            found.places.append(where or "")

    def _meant(self, says: Says[str, str], state: State) -> tuple[Meaning | Lacking, int | None]:
        """A meaning, and its number where plain digits need nothing more."""
        meaning = resolve(self._mapping, says, state, self._words)
        if isinstance(meaning, Lacking) or meaning.unit is None or meaning.unit.times != 1:
            return meaning, None
        return meaning, self._found.of(
            (meaning.metric, meaning.period, *meaning.parts, meaning.unit.unit, meaning.status)
        )

    def _slowly(self, row: Row, n: int, header: str, text: str, meaning: Meaning | Lacking, where: str | None) -> bool:
        """Reads a cell that is no plain number of a known unit; False where it brings no figure."""
        amount = read_amount(text)
        if self._grid.area(row.index, n) and (shared := self._grid.filled(row.index, n)):
            return self._refuse(row, n, header, text or shared, Lacking("one_cell"))
        if amount is not None and amount.value is None:
            self._found.blanks += 1
            return False
        if meaning == LEFT:
            self._found.left += 1
            self._found.unkept.append(self._grid.cell(row.index, n))
            return False
        if amount is None or amount.value is None:
            return self._refuse(row, n, header, text, Lacking("number"))
        if isinstance(meaning, Lacking):
            return self._refuse(row, n, header, meaning.text or text, meaning)
        if not where:
            return self._refuse(row, n, header, text, Lacking("place"))
        unit = meaning.unit
        if amount.unit and (said := read_unit(amount.unit)):
            unit = said.of(meaning.base) if said.measures(meaning.base) and not _twice(said, unit) else None
        if unit is None:
            return self._refuse(row, n, header, text, Lacking("unit", text, tuple(choices(meaning.base))))
        status = next((mark for mark in amount.marks if mark in ("preliminary", "estimated")), meaning.status)
        self._found.values.append(scaled(amount.value, unit))
        self._found.meant.append(self._found.of((meaning.metric, meaning.period, *meaning.parts, unit.unit, status)))
        return True

    def _refuse(self, row: Row, n: int, header: str, text: str, lacking: Lacking) -> bool:
        cell = self._grid.cell(row.index, n)
        self._found.refused.append(
            Refusal(self._grid.sheet, row.index + 1, cell, header, text, lacking.expected, lacking.nearest)
        )
        return False


def _twice(said: Measured, unit: Measured | None) -> bool:
    """Whether a cell's '万' meets a column in 亿元: nobody can tell which of them holds."""
    return not said.unit and unit is not None and (unit.times != 1 or UNITS[unit.unit].factor != 1)


def lines(rows: Rows) -> Iterator[dict[str, object]]:
    """The rows one by one, for reports and tests."""
    yield from rows.table.to_pylist()
