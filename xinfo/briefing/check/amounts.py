"""Amounts in a text: the same value in another rounding or another unit is the same, written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
          "千": 1e3, "万": 1e4, "百万": 1e6, "亿": 1e8, "万亿": 1e12}  # fmt: skip
UNITS = {"元": "yuan", "yuan": "yuan", "%": "ratio", "％": "ratio", "per cent": "ratio", "percent": "ratio",
         "个百分点": "points", "百分点": "points", "percentage points": "points", "percentage point": "points",
         "户": "lines", "人": "people", "people": "people", "persons": "people"}  # fmt: skip
_ONE = "|".join(sorted(map(re.escape, SCALES), key=len, reverse=True))
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
AMOUNT = re.compile(
    rf"(?<![\dA-Za-z.,])(?P<sign>(?<![\w)])[-−])?(?P<digits>\d[\d,]*(?:\.\d+)?)"
    rf"(?: ?(?P<scale>{_ONE})(?![a-z]))?(?: ?(?P<unit>{_UNIT})(?![a-z]))?(?:st|nd|rd|th)?(?![\dA-Za-z])"
)
CLOSE = 1.000001
"""What reckoning in floating point may add to half a digit."""


@dataclass(frozen=True)
class Amount:
    """A number with its unit: `value` in the base unit, `step` one of its last digit."""

    text: str
    value: float
    step: float
    unit: str


def amounts(said: str) -> list[Amount]:
    """The amounts of a text, in order."""
    return [_amount(found) for found in AMOUNT.finditer(said)]


def same(old: Amount, new: Amount, truths: Iterable[float] = ()) -> bool:
    """Whether the new amount is the old one, or what the old one was rounded from, in other words.

    `truths` are the values of figures, in full, that may stand behind the old one.
    """
    if old.unit != new.unit:
        return False
    if old.step <= new.step * CLOSE and _rounds(old.value, new):
        return True
    # A figure may be said without its sign: 'fell by 5%'.
    behind = [value for truth in truths for value in (truth, -truth) if _rounds(value, old)]
    return any(_rounds(value, new) for value in behind)


def framed(said: str) -> tuple[str, ...]:
    """What stands around the amounts."""
    return tuple(re.split("\0", AMOUNT.sub("\0", said)))


def all_same(old: Sequence[Amount], new: Sequence[Amount], truths: Sequence[float]) -> bool:
    return len(old) == len(new) and all(same(one, two, truths) for one, two in zip(old, new, strict=True))


def _rounds(value: float, to: Amount) -> bool:
    """Whether a value is written so when it is rounded; all that is left of it must not be nothing."""
    return abs(value - to.value) <= to.step / 2 * CLOSE and bool(to.value or not value)


def _amount(found: re.Match[str]) -> Amount:
    digits = found["digits"].replace(",", "")
    scale = SCALES.get(found["scale"] or "", 1.0) * (0.01 if UNITS.get(found["unit"] or "") == "ratio" else 1.0)
    step = scale * 10.0 ** -len(digits.partition(".")[2])
    value = float(digits) * scale * (-1 if found["sign"] else 1)
    return Amount(found[0], value, step, UNITS.get(found["unit"] or "", ""))
