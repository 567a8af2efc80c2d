"""Two numbers that bound a range: 'between 100 and 300 billion', '100亿元以上、300亿元以下'. Hears nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from xinfo.understand.hear.hearing import Hearing
from xinfo.understand.quantities import Quantity, times

OPENING = frozenset(["between", "range", "ranging", "ranges", "ranged", "bracket", "介", "于", "乎"])
"""Before the first number they tell that two follow."""
CLOSING = frozenset(["间", "区", "范", "围"])
"""After the second number they tell that two came before."""
BOTH, RUNNING = frozenset(["and", "和", "与", "及"]), frozenset(["to", "-", "到", "至", "~"])
FROM = frozenset(["from", "从", "由"])
LOWER, UPPER = (">", ">="), ("<", "<=")
BEHIND = frozenset("上下内")
"""Comparators that end so stand behind their number: 以上, 以下, 以内."""


def take_range(h: Hearing, numbers: list[tuple[int, Quantity]]) -> tuple[Quantity, Quantity] | None:
    """The two numbers of a range that is said as one, both of them in it; in the order they were said."""
    for (first, low), (second, high) in pairwise(numbers):
        if not _one_range(h, first, second):
            continue
        h.take(first, f"threshold={h.written(first)}")
        h.take(second, f"upto={h.written(second)}")
        return _alike(low, high), _alike(high, low)
    return None


def _one_range(h: Hearing, first: int, second: int) -> bool:
    """Whether what stands around and between two numbers makes a range of them."""
    between = [h.words(i) for i in range(first + 1, second) if not h.pieces[i].has("unit_word")]
    links = [words[0] for words in between if len(words) == 1]
    if len(links) != len(between) or len(links) != 1 or not _bare(h, first, second):
        return False
    before = _said_before(h, first)
    opened = bool(OPENING & before) or bool(CLOSING & _said_after(h, second))
    running = links[0] in RUNNING and (bool(FROM & before) or _amounts(h, first, second) or opened)
    return (links[0] in BOTH and opened) or running


def _bare(h: Hearing, first: int, second: int) -> bool:
    """Whether neither number has a comparator of its own: 'above 100 and 300' is no range."""
    beside = (first - 1, second + 1)
    return not any(0 <= at < len(h.pieces) and h.pieces[at].get("cmp") for at in beside)


def _amounts(h: Hearing, first: int, second: int) -> bool:
    """'100亿至300亿元', '5-10%': numbers with a unit or a scale are amounts, and no ranks."""
    return any(q.unit or q.scaled for at in (first, second) if (q := h.pieces[at].quantity))


def _said_before(h: Hearing, index: int) -> set[str]:
    """The words of the filler right before a piece."""
    said: set[str] = set()
    for at in range(index - 1, -1, -1):
        if not h.pieces[at].mere or h.pieces[at].atom:
            break
        said |= set(h.words(at))
    return said


def _said_after(h: Hearing, index: int) -> set[str]:
    said: set[str] = set()
    for at in range(index + 1, len(h.pieces)):
        if not (h.pieces[at].mere or h.pieces[at].has("unit_word")) or h.pieces[at].atom:
            break
        said |= set(h.words(at))
    return said


def _alike(one: Quantity, other: Quantity) -> Quantity:
    """The number with scale and unit of the other where it has none: the 100 of 'between 100 and 300 billion yuan'."""
    if one.scaled or one.unit:
        return one if one.unit else replace(one, unit=other.unit)
    if one.value == 0 and other.unit != "ratio":
        return replace(one, unit=other.unit, scaled=other.scaled)
    return Quantity(times(one.value, other.factor), other.unit, other.scaled, other.factor)


def sign_before(h: Hearing, index: int, sign: str) -> str:
    """The sign of a comparator that stands before its number: 'and below 300' excludes it, '300 and below' does not."""
    return sign.rstrip("=") if h.words(index)[0] == "and" and len(h.words(index)) == 2 else sign
