"""Text as a cell or a paragraph of a file takes it: no formula, no character that files cannot hold, not too long."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

CELL_LIMIT = 32_000
"""A spreadsheet's cell holds 32,767 characters."""
FORMULA = re.compile(r"^[\s\0]*[=+\-@＝＋－＠\t\r]")
"""What a spreadsheet would take for a formula, also behind blanks and in full width."""
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def guarded(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if cell is None or isinstance(cell, (int, float)):
        return cell
    said = clean(", ".join(map(str, cell)) if isinstance(cell, list) else str(cell))
    return f"'{said}" if FORMULA.match(said) else said


def csv_of(rows: Iterable[Iterable[Any]]) -> bytes:
    """Rows as CSV in UTF-8, with the mark at the start that makes Excel read it so; no cell is a formula."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def clean(said: str) -> str:
    """Text without characters that files cannot hold, cut to what a cell can."""
    return UNPRINTABLE.sub("", said)[:CELL_LIMIT]
