"""A column written in another unit as a whole, its head and every number: the same, written otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from xinfo.briefing.check.amounts import amounts
from xinfo.briefing.check.said import Said, Unit

UNIT = re.compile(r"[(（]([^()（）]+)[)）]")


def rescaled(pairs: Sequence[tuple[Unit, Unit]], old: Said) -> set[Unit]:
    """The rows, heads among them, that say in another unit what they said."""
    now = dict(pairs)
    same = set[Unit]()
    for head, other in pairs:
        if factors := _factors(head, other):
            body = _body(head, old)
            if body and all(row in now and _scaled(row, now[row], factors) for row in body):
                same |= {head, *body}
    return same


def _body(head: Unit, old: Said) -> list[Unit]:
    """The rows under a head."""
    after = old[old.index(head) + 1 :]
    return list(takewhile(lambda one: one.kind == "row" and len(one.cells) == len(head.cells), after))


def _factors(head: Unit, other: Unit) -> dict[int, float]:
    """By how much the numbers of a column have to be others, by the units in its head; nothing where words differ."""
    if not (head.kind == other.kind == "row" and len(head.cells) == len(other.cells)):
        return {}
    found = {}
    for at, (one, two) in enumerate(zip(head.cells, other.cells, strict=True)):
        if one != two:
            was, is_ = _unit(one), _unit(two)
            if UNIT.sub("", one) != UNIT.sub("", two) or not was or not is_ or was[1] != is_[1]:
                return {}
            found[at] = was[0] / is_[0]
    return found


def _unit(cell: str) -> tuple[float, str] | None:
    """How much one of a column is, and of what."""
    bracket = UNIT.search(cell)
    found = amounts(f"1 {bracket[1]}") or amounts(f"1{bracket[1]}") if bracket else []
    return (found[0].value, found[0].unit) if found and found[0].unit else None


def _scaled(row: Unit, other: Unit, factors: Mapping[int, float]) -> bool:
    if len(row.cells) != len(other.cells):
        return False
    for at, (one, two) in enumerate(zip(row.cells, other.cells, strict=True)):
        was, is_ = amounts(one), amounts(two)
        if at not in factors and one != two:
            return False
        if at in factors:
            if not (len(was) == len(is_) == 1):
                return False
            room = max(was[0].step * factors[at], is_[0].step) / 2 * 1.000001
            if abs(is_[0].value - was[0].value * factors[at]) > room:
                return False
    return True
