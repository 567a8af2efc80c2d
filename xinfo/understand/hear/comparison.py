"""Comparisons and numbers in a question: 'more than', thresholds, 'than Hangzhou', how many rows."""

from __future__ import annotations

from dataclasses import dataclass

from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.hear.hearing import Hearing
from xinfo.understand.hear.ranges import BEHIND, LOWER, UPPER, sign_before, take_range
from xinfo.understand.quantities import Quantity

AFTER = ("or", "and")
"""What a comparator after its number begins with: 'or more', 'and above'."""
SIGN_OF = {"more": ">", "less": "<"}


@dataclass
class Comparison:
    cmp: str | None = None
    threshold: Quantity | None = None
    upto_cmp: str | None = None
    upto: Quantity | None = None
    degree: str | None = None
    n: int | None = None


def find_than(h: Hearing) -> int | None:
    """The piece 'than' or 比, where something to compare with follows it; also 'above Hangzhou'."""
    for index, piece in enumerate(h.pieces):
        if piece.has("than") or piece.get("cmp"):
            target = h.next_of(index, *SETS, "place", "time", "number", *DIMENSIONS)
            if target is None and (metric := h.next_of(index, "metric")) is not None:
                target = h.next_of(metric, "place")  # 'more than the GDP of Harbin'
            if target is None:
                continue
            if (
                piece.has("than")
                and (piece.has("conj") or piece.has("cue", "compare"))
                and not _degree_after(h, target)
                and not h.any("cue", "difference")
            ):
                continue
            beside = h.pieces[target].has("place") or h.next_of(target, "place") == target + 1
            if piece.has("cmp") and not beside and not _other_side(h, index, target):
                continue
            return index
    return None


def _other_side(h: Hearing, index: int, target: int) -> bool:
    """'By how much were services larger than products', 'higher than in 2014': the other side follows, and no bar."""
    side = h.pieces[target]
    compares = h.words(index)[-1] == "than" or h.any("cue", "by_how_much")
    return compares and (side.atom is not None or any(side.has(part) for part in DIMENSIONS))


SETS = ("pilots", "province", "region", "admin_type", "batch")


def _degree_after(h: Hearing, index: int) -> bool:
    return any(p.has("degree") or p.has("cue", "difference") for p in h.pieces[index:])


def hear_comparison(h: Hearing, than_at: int | None) -> Comparison:
    """Takes up comparators, degrees and the number they go with."""
    found = Comparison()
    _take_degree(h, found, than_at)
    numbers = [(i, p.quantity) for i, p in enumerate(h.pieces) if p.quantity and not p.atom and i not in h.used]
    if bounds := take_range(h, numbers):
        found.cmp, found.threshold, found.upto_cmp, found.upto = ">=", bounds[0], "<=", bounds[1]
    _take_threshold(h, found, numbers, than_at)
    _take_count(h, found, [(i, q) for i, q in numbers if i not in h.used])
    return found


def _take_degree(h: Hearing, found: Comparison, than_at: int | None) -> None:
    for index, piece in list(h.free("degree")):
        if piece.has("cmp") and h.next_of(index, "number") is not None:
            continue
        found.degree = str(piece.get("degree")[0])
        h.take(index, f"cue:{found.degree}")
    if than_at is not None and than_at not in h.used:
        h.take(than_at, "cue:than")
        cmp = h.pieces[than_at].get("cmp")
        target = h.next_of(than_at, "time", *DIMENSIONS)
        if cmp and target is not None and _other_side(h, than_at, target):
            found.degree = "less" if str(cmp[0]).startswith("<") else "more"
        elif cmp:
            found.cmp = str(cmp[0])


def _take_threshold(h: Hearing, found: Comparison, numbers: list[tuple[int, Quantity]], than_at: int | None) -> None:
    """The number a comparator stands before or after: 'above 30 billion', '300亿元以上', 'more … than 5 million'."""
    for index, piece in list(h.free("cmp")):
        if h.words(index) == ("over",) and index + 1 < len(h.pieces) and h.pieces[index + 1].atom:
            h.take(index, "time=during")
            continue
        sign = str(piece.get("cmp")[0])
        number, sign = _number_of(h, index, numbers, sign)
        if number is None or number in h.used:
            continue
        if found.threshold is None:
            found.cmp, found.threshold = sign, h.pieces[number].quantity
        elif found.upto is None and found.cmp and {found.cmp in LOWER, sign in LOWER} == {True, False}:
            _other_bound(found, sign, h.pieces[number].quantity)
        else:
            continue
        h.take(index, f"cmp={sign}")
        h.take(number, f"threshold={h.written(number)}")
    if found.threshold is None and than_at is not None and found.degree:
        number = h.next_of(than_at, "number")
        if number is not None and not h.pieces[number].atom and number not in h.used:
            found.cmp, found.threshold = SIGN_OF[found.degree], h.pieces[number].quantity
            h.take(number, f"threshold={h.written(number)}")


def _number_of(h: Hearing, index: int, numbers: list[tuple[int, Quantity]], sign: str) -> tuple[int | None, str]:
    """The number that a comparator goes with, and its sign there: 以上 stands behind its own, 'above' before it."""
    before = next((i for i, _ in reversed(numbers) if i < index and i not in h.used and _its_number(h, i, index)), None)
    if before is not None and (h.words(index)[-1] in BEHIND or h.words(index)[0] in AFTER):
        return before, sign
    after = h.next_of(index, "number")
    if after is None or h.pieces[after].atom:
        return before, sign
    return after, sign_before(h, index, sign)


def _other_bound(found: Comparison, sign: str, bar: Quantity | None) -> None:
    """Both bounds of a range, the lower one as `threshold`."""
    if sign in UPPER:
        found.upto_cmp, found.upto = sign, bar
    else:
        found.upto_cmp, found.upto = found.cmp, found.threshold
        found.cmp, found.threshold = sign, bar


def _its_number(h: Hearing, number: int, comparator: int) -> bool:
    """'300亿元以上', '10 percent of GDP or more': nothing but what the number is of stands before the comparator."""
    after = h.words(comparator)[0] in AFTER
    return number == comparator - 1 or (after and h.touching(number, comparator, lambda p: p.has("metric")))


def _take_count(h: Hearing, found: Comparison, numbers: list[tuple[int, Quantity]]) -> None:
    """A small whole number is how many rows are wanted."""
    for index, quantity in numbers:
        if h.pieces[index].mere and (len(numbers) > 1 or not h.any("order")):
            continue
        unit = quantity.unit is None or (quantity.unit == "count" and h.next_of(index, "pilots") == index + 1)
        whole = unit and not quantity.scaled and quantity.value == int(quantity.value)
        if whole and 1 <= quantity.value <= 100 and found.n is None:
            found.n = int(quantity.value)
            h.take(index, f"n={found.n}")
