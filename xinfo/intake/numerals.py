"""Numbers written in Chinese characters, in their full form only: 十二亿五千万, 三点一四. No units, no slang."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = "零一二三四五六七八九"
_SPELLINGS = str.maketrans("〇两壹贰叁肆伍陆柒捌玖拾佰仟萬億點", "零二一二三四五六七八九十百千万亿点")
_PLACES = {"十": 10, "百": 100, "千": 1000}
_SECTIONS = ((10**8, "亿"), (10**4, "万"))
_MOST = 10**16


def read_numeral(text: str) -> Decimal | None:
    """The number; None where the text is none or leaves a doubt: 一百二 may be 120 or 102, 二零一四 is a year."""
    whole, point, parts = text.translate(_SPELLINGS).partition("点")
    if point and not re.fullmatch(f"[{_DIGITS}]+", parts):
        return None
    number = _whole(whole)
    if number is None or _brief(spelled(number)) != _brief(whole):
        return None
    behind = "".join(str(_DIGITS.index(digit)) for digit in parts)
    return Decimal(f"{number}.{behind}" if behind else number)


def spelled(number: int) -> str:
    """A whole number below ten quadrillion as it is properly written: 1250 is 一千二百五十."""
    for size, word in _SECTIONS:
        if number >= size:
            rest = number % size
            gap = "零" if 0 < rest < size // 10 else ""
            return spelled(number // size) + word + gap + (spelled(rest) if rest else "")
    return _section(number)


def _section(number: int) -> str:
    """Below ten thousand."""
    digits = f"{number:04}"
    written = "".join(
        digit if digit == "0" else _DIGITS[int(digit)] + place for digit, place in zip(digits, "千百十 ", strict=True)
    )
    return re.sub("0+", "零", written.replace(" ", "").strip("0")) or "零"


def _brief(text: str) -> str:
    """十 for 一十, which mean the same."""
    return text.replace("一十", "十")


def _whole(text: str) -> int | None:
    for size, word in _SECTIONS:
        before, found, after = text.rpartition(word)
        if found:
            left, right = _whole(before), _whole(after) if after else 0
            return None if left is None or right is None or left * size >= _MOST else left * size + right
    total, digit = 0, None
    for character in text:
        if character in _PLACES:
            total += (1 if digit is None else digit) * _PLACES[character]
            digit = None
        else:
            digit = _DIGITS.index(character)
    return total + (digit or 0) if text else None
