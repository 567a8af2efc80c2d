"""Taking rows from a cursor: little at a time, never too much, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import chain

import duckdb

from xinfo.query.result import kinds_in

LARGEST = 50_000_000
"""Characters of all texts and lists of a result together, eight for each value."""
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
        added = sum(map(_size, zip(*taken, strict=True)))
        size += added
        if size > LARGEST:
            raise MemoryError
        portion = max(1, min(_BATCH, _PORTION * len(taken) // (added + 1)))
    return rows


def _size(values: Iterable[object]) -> int:
    """The characters of all texts, also of those in lists and structs, and eight for each value."""
    held = list(values)
    kinds = set(map(type, held))
    inner = [part for part in held if isinstance(part, list | dict)] if kinds & NESTED else []
    parts = chain.from_iterable(part.values() if isinstance(part, dict) else part for part in inner)
    nested = _size(parts) if inner else 0
    texts = held if kinds == {str} else [value for value in held if isinstance(value, str)] if str in kinds else []
    return 8 * len(held) + nested + sum(map(len, texts))  # type: ignore[arg-type]


def plain_rows(rows: Iterable[tuple[object, ...]]) -> tuple[tuple[object, ...], ...]:
    """Rows with `plain` values; looked at by column, since few columns hold anything that has to change."""
    return tuple(zip(*map(_plain_column, zip(*rows, strict=True)), strict=True))


def _plain_column(values: tuple[object, ...]) -> Iterable[object]:
    return values if kinds_in(values).isdisjoint(CHANGED) else map(plain, values)


NESTED = frozenset([list, dict])
CHANGED = NESTED | {Decimal}
"""The kinds of values that `plain` does not leave as they are."""


def plain(value: object) -> object:
    """Decimals as floats, in lists and structs too; all else stays what it is: text, whole numbers, dates, None."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    return value
