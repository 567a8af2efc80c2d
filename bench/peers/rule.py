"""When what a tool shows is the answer. One rule for every tool, xinfo among them; knows no tool and asks nothing.

What is shown is a row of figures for each mark, line or bar, whatever stands around it. Figures agree when they
differ by less than one in ten thousand. A row may hold figures beside the asked ones, and a ranking may go on after
the asked places.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import IntEnum
from itertools import permutations

Row = tuple[float, ...]
CLOSE = 1e-4


class Verdict(IntEnum):
    """From worst to best."""

    WRONG = 0
    """Figures that are not the asked ones, or any figure where none may be told."""
    DECLINED = 1
    """Nothing shown, though there is an answer."""
    AMONG = 2
    """The asked figures, but among others that were not asked for."""
    RIGHT = 3


def judged(expected: Sequence[Row], shown: Sequence[Row] | None, *, in_order: bool = False) -> Verdict:
    """What a tool's rows are worth; none or nothing shown is right where nothing is expected."""
    if not shown:
        return Verdict.DECLINED if expected else Verdict.RIGHT
    if not expected:
        return Verdict.WRONG
    if len(shown) == 1 < len(expected) and len(expected[0]) == 1:
        shown = [(figure,) for figure in shown[0]]
    best = Verdict.WRONG
    for columns in permutations(range(min(map(len, shown))), len(expected[0])):
        rows = [tuple(row[at] for at in columns) for row in shown]
        best = max(best, _compared(expected, rows, in_order))
    return best


def _compared(expected: Sequence[Row], rows: Sequence[Row], in_order: bool) -> Verdict:
    if in_order:
        if _same(expected, rows[: len(expected)]):
            return Verdict.RIGHT
    elif _same(sorted(expected), sorted(rows)):
        return Verdict.RIGHT
    return Verdict.AMONG if _held(expected, rows) else Verdict.WRONG


def _held(expected: Sequence[Row], rows: Sequence[Row]) -> bool:
    left = list(rows)
    for row in expected:
        found = next((one for one in left if _close(row, one)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _same(one: Sequence[Row], other: Sequence[Row]) -> bool:
    return len(one) == len(other) and all(map(_close, one, other))


def _close(one: Row, other: Row) -> bool:
    return all(math.isclose(a, b, rel_tol=CLOSE, abs_tol=1e-12) for a, b in zip(one, other, strict=True))
