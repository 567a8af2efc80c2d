"""Where a grid's tables are: titles and unit line, header rows, the body, notes below. What they mean: `layout`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xinfo.intake.amounts import read_amount
from xinfo.intake.files.unread import unread
from xinfo.intake.grid import Grid
from xinfo.intake.mapping import LABELS
from xinfo.intake.units import read_units, unit_line
from xinfo.intake.words import Words

MOST_HEADER_ROWS = 5
MOST_COLUMNS = 16_384
"""Of a table: as many as a sheet can have."""
MOST_TABLES = 2_000
"""Of a sheet: each is looked at by itself, and asked about."""
_PLAIN = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?%?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?")
_META = re.compile(
    r"\s*[(（\[]?\s*(?:制表|编制|填报|审核|负责人|填表|报出|表号|综合机关|制定机关|文号|联系|电话|有效期|prepared|compiled|contact|printed)"
    r"|.*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:填报|制表)?\s*$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\s*[(（*]?\s*(?:注|备注|说明|资料来源|数据来源|来源|附注|notes?\b|sources?\b|remarks?\b)\s*\d*\s*[:：.、]", re.I
)
_COUNTERS = "甲乙丙丁戊"


@dataclass(frozen=True)
class Block:
    """One table of a grid; rows are counted from 0, first and last included."""

    header: tuple[int, int]
    body: tuple[int, int]
    titles: tuple[str, ...]
    notes: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    """The texts above each column, from the top; none of them blank or twice."""


def blocks(grid: Grid, words: Words) -> tuple[Block, ...]:
    """Every table of the grid, from the top; none where no row of texts stands above rows of numbers.

    Raises Unread for more tables or columns than anybody would look at.
    """
    width = max(map(len, grid.rows), default=0)
    if width > MOST_COLUMNS:
        raise unread(grid.file, "wide", columns=f"{width:,}", most=f"{MOST_COLUMNS:,}")
    found: list[Block] = []
    start = 0
    while block := _block(grid, words, start):
        if len(found) == MOST_TABLES:
            raise unread(grid.file, "many_tables", most=f"{MOST_TABLES:,}")
        found.append(block)
        start = block.body[1] + 1
    return tuple(found)


def _block(grid: Grid, words: Words, start: int) -> Block | None:
    first = next((row for row in range(start, len(grid.rows)) if kind_of(grid, row) == "data"), None)
    if first is None:
        return None
    header = _header(grid, words, start, first)
    if header is None:
        after = next((row for row in range(first, len(grid.rows)) if kind_of(grid, row) == "text"), None)
        return _block(grid, words, after) if after is not None else None
    top, bottom = header
    last, end = _end(grid, bottom + 1)
    above = [*_texts(grid, start, top - 1)]
    return Block(
        (top, bottom), (bottom + 1, last), tuple(above), tuple(_texts(grid, last + 1, end)), column_texts(grid, header)
    )


def kind_of(grid: Grid, row: int) -> str:
    """blank, single (one text), meta (unit line, who made it), text, count (columns numbered) or data."""
    cells = [text for text in grid.rows[row] if text.strip()]
    if not cells:
        return "blank"
    if len(cells) == 1:
        return "single"
    if any(len(cell) > 3 and _PLAIN.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in cells):
        return "note" if _NOTE.match(cells[0]) else "data"
    if any(unit_line(cell) for cell in cells if len(cell) < 40) and not any(map(_is_number, cells)):
        return "meta"
    if _is_count(cells):
        return "count"
    if any(_is_number(cell) for cell in cells):
        return "note" if _NOTE.match(cells[0]) else "data"
    return "meta" if any(_META.match(cell) for cell in cells) else "text"


def is_note(text: str) -> bool:
    """Whether a text is a note or names a source."""
    return bool(_NOTE.match(text))


def _is_number(cell: str) -> bool:
    """Whether a cell is an amount or stands for a missing one; a year is neither."""
    cell = cell.strip()
    if _YEAR.fullmatch(cell):
        return False
    return bool(_PLAIN.fullmatch(cell)) or (read_amount(cell) is not None and not read_units(cell))


def _is_count(cells: list[str]) -> bool:
    """甲 乙 1 2 3: the columns' numbers, as official forms have them."""
    numbers = [cell.strip() for cell in cells if cell.strip() not in tuple(_COUNTERS)]
    lettered = len(numbers) < len(cells)
    start = 1 if lettered or numbers[:1] == ["1"] else 0
    return len(numbers) > (0 if lettered else 2) and numbers == [str(start + n) for n in range(len(numbers))]


def _header(grid: Grid, words: Words, start: int, first: int) -> tuple[int, int] | None:
    """The header's first and last row, above the first row of numbers."""
    bottom = first - 1
    while bottom >= start and kind_of(grid, bottom) not in ("text", "count"):
        bottom -= 1
    if bottom < start:
        return None
    top = bottom
    while top > start and bottom - top < MOST_HEADER_ROWS and _belongs(grid, words, top - 1):
        top -= 1
    for row in range(top, bottom):
        roles = [words.role(cell) for cell in grid.rows[row] if cell.strip()]
        if len(roles) >= 3 and all(roles):
            return row, row
    if kind_of(grid, top) == "count":
        return None
    return top, next((row - 1 for row in range(top + 1, bottom + 1) if _is_body(grid, words, top, row)), bottom)


def _is_body(grid: Grid, words: Words, top: int, row: int) -> bool:
    """Whether a row of texts stands under the header already: a place under 'region', its values being no numbers."""
    for column, text in enumerate(grid.rows[row]):
        above = next((grid.text(at, column) for at in range(top, row) if grid.text(at, column).strip()), "")
        if text.strip() and words.role(above) in LABELS and words.role(text) is None and not read_units(text):
            return kind_of(grid, row) != "count"
    return bool(grid.rows[row]) and len(words.place(grid.rows[row][0])) == 1


def _belongs(grid: Grid, words: Words, row: int) -> bool:
    """Whether a row above a header row is one as well: texts, or one text that stands over a group of columns."""
    kind = kind_of(grid, row)
    if kind != "single":
        return kind in ("text", "count")
    column = next(n for n, text in enumerate(grid.rows[row]) if text.strip())
    covered = any(a.top <= row <= a.bottom and a.left == 0 for a in grid.merged)
    text = grid.text(row, column)
    said = words.read(text)
    known = said.time or said.metric or said.place or said.metrics or said.flags
    return column > 0 and not covered and not unit_line(text) and bool(known) and not said.rest


def _end(grid: Grid, start: int) -> tuple[int, int]:
    """The last row of the body, and the last row before another table begins (or of the grid)."""
    last, before = start, ""
    for row in range(start, len(grid.rows)):
        kind = kind_of(grid, row)
        if kind == "data":
            last = row
        elif kind in ("text", "meta") and before in ("blank", "single", "meta", "note") and row > last + 1:
            return last, _upward(grid, row, last)
        elif kind == "text" and row > start and list(grid.rows[row]) == list(grid.rows[start - 1]):
            return last, row - 1
        before = kind
    return last, len(grid.rows) - 1


def _upward(grid: Grid, row: int, last: int) -> int:
    """The row before the titles of the table whose header is at `row`: back to a blank row, or to the notes."""
    while row - 1 > last and kind_of(grid, row - 1) in ("single", "meta", "text"):
        if _NOTE.match(next(text for text in grid.rows[row - 1] if text.strip())):
            break
        row -= 1
    return row - 1


def _texts(grid: Grid, first: int, last: int) -> Iterator[str]:
    for row in range(first, last + 1):
        yield from dict.fromkeys(text.strip() for text in grid.rows[row] if text.strip())


def column_texts(grid: Grid, header: tuple[int, int]) -> tuple[tuple[str, ...], ...]:
    """The texts above each column. A blank to the right of a group's text belongs to the group, merged or not."""
    rows = [row for row in range(header[0], header[1] + 1) if kind_of(grid, row) != "count"]
    width = max((len(grid.rows[row]) for row in range(header[0], min(header[1] + 20, len(grid.rows)))), default=0)
    levels = [[grid.filled(row, column).strip() for column in range(width)] for row in rows]
    for upper, level in enumerate(levels[:-1]):
        for column in range(1, width):
            below = any(lower[column] for lower in levels[upper + 1 :])
            if not level[column] and below and all(above[column] == above[column - 1] for above in levels[:upper]):
                level[column] = level[column - 1]
    return tuple(tuple(dict.fromkeys(level[n] for level in levels if level[n])) for n in range(width))
