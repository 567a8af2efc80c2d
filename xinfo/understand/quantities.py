"""Numbers in a question, with their scale and unit: 30 billion yuan, 3000亿元, 百分之二十, the five."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

from xinfo.understand.joined import Joined

WORDS: dict[str, float] = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}
WORDS |= {"a dozen": 12, "hundred": 100, "half a dozen": 6}
WORDS |= {ten: 10 * number for number, ten in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), 3)}
WORDS |= {
    f"{ten} {one}": WORDS[ten] + WORDS[one]
    for ten in "twenty thirty forty fifty sixty seventy eighty ninety".split()
    for one in "one two three four five six seven eight nine".split()
}
WORDS |= {f"{word} and a half": number + 0.5 for word, number in WORDS.items() if 1 <= number <= 20 and " " not in word}
FRACTIONS = {"half a": 0.5, "a quarter of a": 0.25, "three quarters of a": 0.75, "a": 1.0}
"""Numbers that need a scale behind them: half a billion."""
SCALES = {
    "hundred million": 1e8,
    "hundred billion": 1e11, "ten thousand": 1e4, "hundred thousand": 1e5, "thousand": 1e3, "k": 1e3, "million": 1e6,
    "millions": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6, "billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "tn": 1e12, "万亿": 1e12, "亿": 1e8, "千万": 1e7, "百万": 1e6, "十万": 1e5, "万": 1e4, "千": 1e3,
}  # fmt: skip
DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
DIGITS |= {"〇": 0, "○": 0, "两": 2, "俩": 2, "仨": 3}
TENS = {"十": 10, "百": 100, "千": 1000}
UNITS = {
    "money": r"yuan|rmb|renminbi|cny|人民币元|人民币|元|块钱|块",
    "ratio": r"%|percent|per cent|pct|个百分点|percentage points?",
    "count": r"户|人|台|部|座",
    "Mbps": r"mbps|兆比特每秒",
    "Gbps": r"gbps|吉比特每秒",
}
HAN = "".join(DIGITS)
SPELT = "|".join(sorted(WORDS, key=len, reverse=True))
SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
LARGE = "(?:hundred|thousand|million|billion|trillion)"
PART = "|".join(sorted(FRACTIONS, key=len, reverse=True))
NUMBER = rf"(?:[0-9]+(?:\.[0-9]+)?|[{HAN}十百千]+(?:点[{HAN}]+)?|(?:{PART})(?= {LARGE})|{SPELT})"
WHOLE = r"(?:(?<=[a-z\d])(?![a-z\d])|(?<![a-z\d]))"
QUANTITY = re.compile(
    rf"(?:(?<![a-z\d])|(?<![\d])(?=[{''.join(DIGITS)}十百千]))(?P<before>(?:rmb|cny|¥|yuan) ?)?(?P<number>{NUMBER})"
    rf"(?: ?个?(?P<scale>(?:{SCALE}){WHOLE}))?(?: ?(?P<unit>(?:{'|'.join(UNITS.values())}){WHOLE}))?{WHOLE}"
    r"(?:(?<=%)|(?!\.?\d))"
)
BARE = re.compile(
    rf"(?:(?<=[过超破逾于足到达上满近])(?P<scale>万亿|亿|万)(?P<unit>元|户|人(?!均)|台|部)?"
    rf"|(?<![{HAN}十百千几多个\d零])(?P<scale2>万亿|亿|万)(?P<unit2>元|户|人|台|部)?(?=[及或]?以[上下内]))"
)
"""'过万亿', '亿元以上': one of them."""
TENTHS = re.compile(
    r"(?P<number>[一二两三四五六七八九])成(?P<hundredths>半|[一二三四五六七八九](?![成个十百千万亿座家项]))?"
)
"""'两成', '两成五', '两成半'."""
PERCENT = re.compile(rf"百分之(?P<number>{NUMBER})(?![几多])")


@dataclass(frozen=True)
class Quantity:
    """A number as it was meant; a percent is a fraction."""

    value: float
    unit: str | None
    """money, ratio, count, or None where it was not said."""
    scaled: bool
    """Whether a scale (million, 亿) was said."""
    factor: float = 1.0
    """What the written number was multiplied by, for its scale and its percent."""


NOTHING = Quantity(0.0, None, False)


def find_quantities(joined: Joined) -> Iterator[tuple[int, int, Quantity]]:
    """(first token, end token, quantity) of every number, longest forms included; of none that is beyond counting."""
    return (found for found in _quantities(joined) if isfinite(found[2].value))


def _quantities(joined: Joined) -> Iterator[tuple[int, int, Quantity]]:
    tenths = list(joined.find(TENTHS))
    for start, end, found in tenths:
        further = {None: 0.0, "半": 5.0}.get(found["hundredths"])
        further = parse_number(found["hundredths"]) if further is None else further
        yield start, end, Quantity(times(10 * parse_number(found["number"]) + further, 0.01), "ratio", False, 0.1)
    for start, end, found in joined.find(PERCENT):
        yield start, end, Quantity(times(parse_number(found["number"]), 0.01), "ratio", False, 0.01)
    for start, end, found in joined.find(BARE):
        unit = _unit_kind(found["unit"] or found["unit2"])
        yield start, end, Quantity(SCALES[found["scale"] or found["scale2"]], unit, True)
    for start, end, found in joined.find(QUANTITY):
        if any(first < start and end <= last for first, last, _ in tenths):
            continue  # The five of '两成五'.
        unit = "money" if found["before"] else _unit_kind(found["unit"])
        factor = times(SCALES.get(found["scale"] or "", 1.0), 0.01 if unit == "ratio" else 1.0)
        value = times(parse_number(found["number"]), factor)
        yield start, end, Quantity(value, unit, bool(found["scale"]), factor)


def times(value: float, factor: float) -> float:
    """A product in decimal arithmetic, as people reckon: 22.5 of a hundred are 0.225, not 0.22500000000000003."""
    return float(Decimal(repr(value)) * Decimal(repr(factor)))


def parse_number(written: str) -> float:
    """A number in digits, English words up to twenty or Chinese numerals."""
    if written in WORDS or written in FRACTIONS:
        return float(WORDS.get(written) or FRACTIONS.get(written, 0.0))
    if written[0].isdigit() and written.isascii():
        return float(written)
    whole, _, decimals = written.partition("点")
    fraction = float("0." + "".join(str(DIGITS[c]) for c in decimals)) if decimals else 0.0
    return _chinese(whole) + fraction


def _chinese(written: str) -> float:
    if not any(character in TENS for character in written):
        return float("".join(str(DIGITS[c]) for c in written) or 0)
    total, digit = 0, 0
    for character in written:
        if character in TENS:
            total += (digit or 1) * TENS[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return float(total + digit)


def _unit_kind(written: str | None) -> str | None:
    return next((kind for kind, pattern in UNITS.items() if written and re.fullmatch(pattern, written)), None)
