"""Tables that scroll, ready to be drawn. A browser saves them as CSV, so no text in them may be a formula there.

Draws nothing. Numbers stay numbers, and so do amounts written in words, such as -3.2 %.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from xinfo.answer.cells import guarded

AMOUNT = re.compile(r"[+\-＋－]\s?(?:\d[\d.,]*\s?[%‰]?(?:\s?[^\W\d_]+(?:\s[^\W\d_]+)*)?)?")


def frame(rows: Any, columns: Any = None) -> pd.DataFrame:
    """The rows as a table of cells that no spreadsheet takes for a formula."""
    if isinstance(rows, Mapping):
        made = pd.DataFrame({_safe(title): cells for title, cells in rows.items()})
    else:
        made = pd.DataFrame(rows, columns=columns)
    return made.map(_safe).rename(columns=_safe, index=_safe)


def _safe(cell: Any) -> Any:
    return guarded(cell) if isinstance(cell, str) and not AMOUNT.fullmatch(cell) else cell
