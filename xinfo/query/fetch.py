"""Taking rows from a cursor: little at a time, never too much, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import chain

import duckdb

LARGEST = 50_000_000
"""Characters of all texts and lists of a result together."""
_BATCH, _PORTION = 1_024, 4_000_000


def fetched(cursor: duckdb.DuckDBPyConnection, most: int) -> list[tuple[object, ...]]:
    """The first `most` rows, in portions: the first row tells how many of them are held in memory at once.

    Raises MemoryError where they come to more than LARGEST.
    """
    rows: list[tuple[object, ...]] = []
    size, portion = 0, 1
    while len(rows) < most:
        taken = cursor.fetchmany(min(portion, most - len(rows)))
        if not taken:
            break
        rows += taken
        added = _size(chain.from_iterable(taken))
        size += added
        if size > LARGEST:
            raise MemoryError
        portion = max(1, min(_BATCH, _PORTION * len(taken) // (added + 1)))
    return rows


def _size(values: Iterable[object]) -> int:
    """The characters of all texts, also of those in lists and structs."""
    held = list(values)
    inner = [part for part in held if isinstance(part, list | dict)]
    nested = sum(8 * len(part) + _size(part.values() if isinstance(part, dict) else part) for part in inner)
    return nested + sum(len(value) for value in held if isinstance(value, str))


def plain(value: object) -> object:
    """Decimals as floats, in lists and structs too; all else stays what it is: text, whole numbers, dates, None."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    return value
