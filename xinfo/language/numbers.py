"""How numbers are written, in each language: one rounding policy for screen, sentence and file. Reads no numbers.

Money and counts get the unit people use (billion, 亿, 万) and four significant figures, whole digits always kept;
ratios get percent with up to two decimals.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from math import floor, log10

from xinfo.language.texts import text, texts

SCALES = {
    "en": ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")),
    "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
}
"""Largest first; what is below the last is written out."""
WHOLE_DIGITS = 5
"""The most that a column's largest figure may have before the point in a unit that suits its least one."""
PERCENT_DECIMALS = 2
AS_A_DIGIT, AS_A_POINT = "\u2007", "\u2008"
"""Blanks as wide as a digit and as a point."""


def number(value: float, digits: int = 4) -> str:
    """A plain number to `digits` significant figures without losing whole ones: 65.52, 12,346, 0.0004213."""
    if value == 0:
        return "0"
    return _trim(value, min(max(digits - 1 - floor(log10(abs(value))), 0), 12))


def written(value: float, unit: str | None = None) -> str:
    """A figure of a column that is in the column's unit already, as sentences round it; percents without their sign."""
    return _trim(value, PERCENT_DECIMALS) if unit == "ratio" else number(value)


def below_one_another(said: Collection[str]) -> list[str]:
    """The same with blanks behind, as wide as what is missing, so that the points of a column stand in one line."""
    longest = max((len(_behind(one)) for one in said), default=0)

    def blanks(one: str) -> str:
        point = AS_A_POINT if longest and not _behind(one) else ""
        return point + AS_A_DIGIT * (longest - len(_behind(one)))

    return [one + blanks(one) for one in said]


def amount(value: float, unit: str | None, lang: str) -> str:
    """A value in a base unit as people write it: 12.5 billion yuan, 125亿元, 20%, 1.235 million."""
    if unit == "ratio":
        return f"{_trim(value * 100, PERCENT_DECIMALS)}%"
    if unit is not None and _known(unit, lang):
        return text(f"unit.{unit}", lang, number=number(value))
    return _scaled(value, unit or "count", lang)


def exact(value: float, unit: str | None, lang: str) -> str:
    """Like `amount`, but nothing is rounded away: for thresholds, which must read back as the same number."""
    if unit == "ratio":
        return f"{_plain(Decimal(repr(value)) * 100)}%"
    if unit is not None and _known(unit, lang):
        return text(f"unit.{unit}", lang, number=_plain(Decimal(repr(value))))
    scale, word = next(((scale, word) for scale, word in SCALES[lang] if abs(value) >= scale), (1, ""))
    return _join(_plain(Decimal(repr(value)) / Decimal(scale)), word, unit or "count", lang)


def scale_of(largest: float, unit: str | None, lang: str, least: float = 0) -> tuple[float, str]:
    """(divisor, axis title) that keeps an axis readable where its largest value is `largest`: (1e8, '亿元').

    A column takes the next smaller unit where its `least` value would be little of the large one: 24,040 and 973 亿元
    rather than 2.404 and 0.0973 万亿元.
    """
    if unit == "ratio":
        return 0.01, "%"
    if unit is not None and _known(unit, lang):
        return 1.0, text(f"unit.{unit}", lang, number="").strip()
    scales = [*SCALES[lang], (1.0, "")]
    at = next((at for at, (scale, _) in enumerate(scales) if abs(largest) >= scale), len(scales) - 1)
    if 0 < abs(least) < scales[at][0] / 2 and abs(largest) < scales[min(at + 1, len(scales) - 1)][0] * 10**WHOLE_DIGITS:
        at = min(at + 1, len(scales) - 1)
    return scales[at][0], _join("", scales[at][1], unit or "count", lang).strip()


def scale_for(values: Collection[float], unit: str | None, lang: str) -> tuple[float, str]:
    """`scale_of` for the figures of one column."""
    sizes = [abs(value) for value in values if value]
    return scale_of(max(sizes, default=0), unit, lang, min(sizes, default=0))


def in_one_unit(values: Collection[float], unit: str | None, lang: str, least: int = 3) -> list[str]:
    """Amounts of one list, in one unit and with as many decimals each; the smallest has `least` significant digits."""
    said, (_, title) = column(values, unit, lang, least), scale_for(values, unit, lang)
    if unit == "ratio":
        return [f"{one}%" for one in said]
    if unit is not None and _known(unit, lang):
        return [text(f"unit.{unit}", lang, number=one) for one in said]
    between = " " if title[:1].isascii() else ""
    return [f"{one}{between}{title}".strip() for one in said]


def column(values: Collection[float], unit: str | None, lang: str, least: int = 3) -> list[str]:
    """The same without their unit, which the head of a column names."""
    scaled = [value / scale_for(values, unit, lang)[0] for value in values]
    decimals = PERCENT_DECIMALS if unit == "ratio" else max(_decimals(scaled, least), 0)
    decimals = max((len(_behind(_trim(value, decimals))) for value in scaled), default=0)
    return ["0" if not value else f"{value:,.{decimals}f}" for value in scaled]


def _decimals(values: Collection[float], least: int) -> int:
    """So many that the largest has four significant digits and the smallest enough."""
    sizes = [abs(value) for value in values if value]
    ends = ((max(sizes), 4), (min(sizes), least)) if sizes else ()
    return min(max((digits - 1 - floor(log10(size)) for size, digits in ends), default=0), 12)


def _scaled(value: float, unit: str, lang: str) -> str:
    for scale, word in SCALES[lang]:
        # What would round up to the next scale (999.96 million) is written in it.
        if abs(float(f"{value:.4g}")) >= scale:
            return _join(number(value / scale), word, unit, lang)
    return _join(number(value), "", unit, lang)


def _join(digits: str, word: str, unit: str, lang: str) -> str:
    said = "" if unit == "count" else unit
    if lang == "zh":
        said = "元" if unit == "yuan" else said
        return f"{digits}{word}{' ' * said.isascii() if said else ''}{said}"
    return " ".join(filter(None, (digits, word, said)))


def _trim(value: float, decimals: int) -> str:
    text_ = f"{value:,.{decimals}f}"
    text_ = text_.rstrip("0").rstrip(".") if "." in text_ else text_
    return "0" if text_ == "-0" else text_


def _behind(said: str) -> str:
    """The digits behind the point."""
    return said.partition(".")[2]


def _plain(value: Decimal) -> str:
    text_ = f"{value:,f}"
    return text_.rstrip("0").rstrip(".") if "." in text_ else text_


def _known(unit: str, lang: str) -> bool:
    return f"unit.{unit}" in texts(lang)


def ordinal(n: int, lang: str) -> str:
    """A number in an order: 2nd; in Chinese the word before it says so."""
    if lang != "en":
        return str(n)
    ending = "th" if n // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"
