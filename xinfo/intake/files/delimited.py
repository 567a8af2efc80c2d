"""CSV and its kin into a grid: what parts the cells, quotes, uneven and blank lines. What cells mean is not asked."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from xinfo.errors import InputError
from xinfo.intake.files.encoding import encoding_of, opened
from xinfo.intake.files.unread import check_bytes, check_cells, unread
from xinfo.intake.grid import Grid, Note

DELIMITERS = {"\t": "tabs", ";": "semicolons", "|": "bars", ",": "commas"}
"""Each with its word under `intake.word`. Commas last: numbers have them too, so that of two signs that part the rows
alike the other one is meant."""
_DECLARED = re.compile(r'"?sep=([,;|\t])"?[,;|\t]*\r?\n?', re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BEGINNING = 1 << 20  # characters
_SAMPLE = 200  # rows
_LONG_CELL = 5  # lines; a cell with more is rather a quote that was never closed
_END = "\0end\0"
_DOS_END = "\x1a"
_COMMENT = "#"


def read_delimited(path: Path) -> tuple[Grid, ...]:
    """The file's one table. Raises InputError where it is no text, empty, or a quote in it is never closed."""
    check_bytes(path.name, path.stat().st_size)
    encoding = encoding_of(path)
    with opened(path, encoding) as file:
        text = file.read()
    notes = [Note("encoding", {"encoding": encoding.name})]
    text = _printable(path.name, text.removesuffix(_DOS_END), notes)
    delimiter, start = delimiter_of(text)
    notes.append(Note("delimiter", {"sign": DELIMITERS[delimiter]}))
    if start:
        notes.append(Note("declared"))
    rows = list(_rows(path.name, text[start:], delimiter, notes))
    while rows and not rows[-1]:
        rows.pop()
    if not rows:
        raise InputError(f"{path.name}: the file is empty: no cell in it has any text")
    if all(row[0].lstrip().startswith(_COMMENT) for row in rows if row):
        raise unread(path.name, "comments")
    return (Grid(path.name, None, rows, notes=tuple(notes)),)


def delimiter_of(text: str) -> tuple[str, int]:
    """What parts the cells, and how many characters of a line that only declares it come first.

    It is the sign that cuts the most rows into equally many cells; commas where none cuts any.
    """
    if declared := _DECLARED.match(text):
        return declared[1], declared.end()
    shares = {delimiter: _evenness(text, delimiter) for delimiter in DELIMITERS}
    return max(shares, key=lambda delimiter: shares[delimiter]) if any(shares.values()) else ",", 0


def _evenness(text: str, delimiter: str) -> float:
    """The share of the sampled rows that are cut into the usual number of cells; 0 where none is cut."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(row) for row in islice(rows, _SAMPLE) if any(row))
    except csv.Error:
        return 0.0
    parted = [count for width, count in widths.items() if width > 1]
    return max(parted, default=0) / max(widths.total(), 1)


def _printable(name: str, text: str, notes: list[Note]) -> str:
    """The text with a sign of its own for each zero byte, so that no cell reads as if nothing had been there."""
    if text.endswith("\0"):
        raise InputError(f"{name}: the file was cut: it ends in zero bytes")
    if len(_CONTROL.findall(text[:_BEGINNING])) * 100 > len(text[:_BEGINNING]):
        raise InputError(f"{name}: the file is binary, not a table as text")
    if zeros := text.count("\0"):
        notes.append(Note("zeros", {"count": str(zeros)}))
    return text.replace("\0", "\ufffd")


def _rows(name: str, text: str, delimiter: str, notes: list[Note]) -> Iterator[list[str]]:
    """The rows without the blank cells at their ends; the sign appended shows whether a quote was still open there."""
    reader = csv.reader(chain(io.StringIO(text, newline=""), (_END,)), delimiter=delimiter)
    cells = row = line = 0
    try:
        for row, found in enumerate(reader, 1):
            if found == [_END]:
                return
            if reader.line_num - line > _LONG_CELL and found:
                notes.append(Note("long_row", {"row": str(row), "lines": str(reader.line_num - line)}))
            line, cells = reader.line_num, cells + len(found)
            check_cells(name, cells)
            yield trimmed(found)
    except csv.Error as error:
        raise InputError(f"{name}, row {row + 1}: {error}; is a quote missing?") from error
    raise InputError(f"{name}, row {row}: a quote is opened and never closed; the file may have been cut")


def trimmed(row: list[str]) -> list[str]:
    """The row without the blank cells at its end."""
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]
