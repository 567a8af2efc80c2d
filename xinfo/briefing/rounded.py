"""Numbers that rest on a target of about so much: in no more digits than such a target bears. Asks nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import floor, log10

from xinfo.briefing.asking import Found
from xinfo.briefing.sentence import value_of
from xinfo.language.numbers import amount, written
from xinfo.language.texts import text

DIGITS, PERCENT = 3, 2
"""Of an approximate amount; places by which a percentage is moved."""


@dataclass(frozen=True)
class Rounded:
    """How what is made of a target is rounded: amounts to its last digit, shares to whole percents."""

    step: float
    """Of amounts, in the base unit; 0 where the target is exact and everything is written in full."""
    unit: str | None
    lang: str

    @classmethod
    def like(cls, target: Found) -> Rounded:
        findings = target.findings
        approximate = "about" in findings.gathered("comparisons")
        step = last_digit(value_of(target), findings.unit) if approximate else 0.0
        return cls(step, findings.unit, findings.lang)

    def amount(self, value: float) -> str:
        return amount(self.whole(value), self.unit, self.lang)

    def share(self, value: float) -> str:
        return amount(_to(value, 0.01) if self.step else value, "ratio", self.lang)

    def whole(self, value: float) -> float:
        """The amount that is written."""
        return _to(value, self.step) if self.step else value

    def same(self, one: float, two: float) -> bool:
        """Whether two shares are written alike."""
        return self.share(one) == self.share(two)

    def even(self, gap: float) -> bool:
        """Whether so much is within the rounding of the target: less than half of its last digit."""
        return abs(gap) < self.step / 2 or not gap

    def about(self, written: str) -> str:
        """'about 36亿元' where it is no exact number."""
        return text("brief.about_so_much", self.lang, amount=written) if self.step else written


def last_digit(value: float, unit: str | None) -> float:
    """That of a percentage is its last one as it is written: a target of about 10% is none of 10.0%."""
    if unit == "ratio":
        return 10.0 ** (-PERCENT - len(written(value * 100, unit).partition(".")[2]))
    return 10.0 ** (floor(log10(abs(value))) - DIGITS + 1)


def _to(value: float, step: float) -> float:
    of = Decimal(repr(step))
    return float((Decimal(repr(value)) / of).quantize(Decimal(1), ROUND_HALF_UP) * of)
