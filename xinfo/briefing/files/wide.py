"""How wide columns are: of few the same, else as much as they hold; those of many are in small type. Draws none."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from xinfo.answer.marks import text_width
from xinfo.briefing.document import Table
from xinfo.language.unbroken import JOINER

EVEN, MOST = 3, 6
"""Columns of a table whose columns need not be measured, and of one that is set in the type of all others."""
LINES = {True: 6, False: 4}
"""On so many lines the head of a column may run, in small type and in that of all others."""
SHORT, BOLD = 2, 1.6
"""Characters of a Chinese head that stay together before its unit; how much wider bold letters of any face may be:
Chinese ones are as wide as others.
"""
WIDER = 1.15
"""How much wider the letters of another face may be that stands in for one that is not at hand."""
ROOM = 850.0
"""Pixels at twelve points across a page, in small type."""
AROUND = {True: 8.0, False: 12.0}
"""Pixels at twelve points beside what a column holds, in small type and in that of all others."""
WORDS = re.compile(r"[\s/-]+")
ROWS = {True: 15, False: 12}
"""Of a table on one slide, in small type and in that of all others."""


def is_wide(table: Table) -> bool:
    return len(table.columns) > MOST


def is_measured(table: Table) -> bool:
    return len(table.columns) > EVEN


def widths(table: Table) -> tuple[float, ...]:
    """The part of the whole width that each column has: as much as its longest cell, or as its head on few lines.

    Where there is no room for all, heads have less: they can be broken, names and numbers would run into each other.
    """
    small = is_wide(table)
    held = [max(WIDER * text_width(row[at].text) for row in table.rows) for at in range(len(table.columns))]
    least = [one + AROUND[small] for one in held]
    more = [max(_head(title, small) - one, 0.0) for title, one in zip(table.columns, held, strict=True)]
    part = min(1.0, max(ROOM - sum(least), 0.0) / (sum(more) or 1.0))
    made = [one + part * over for one, over in zip(least, more, strict=True)]
    return tuple(one / sum(made) for one in made)


def _head(title: str, small: bool) -> float:
    name, *unit = title.replace(JOINER, "").partition("（")
    words = WORDS.split(title) if title.isascii() else [name[:SHORT], "".join(unit)]
    longest = max(map(text_width, words)) * (BOLD if title.isascii() else 1.0)
    return max(longest, text_width(title) / LINES[small])


def split(table: Table) -> list[Table]:
    """The table in parts that have about as many rows each and room on a slide."""
    step = math.ceil(len(table.rows) / math.ceil(len(table.rows) / ROWS[is_wide(table)]))
    starts = range(0, len(table.rows), step)
    return [replace(table, rows=table.rows[at : at + step], own=tuple(one - at for one in table.own)) for at in starts]
