"""The text of a cell as an amount: its number, the unit written with it, its marks. What it measures is not asked.

A text that can mean two numbers is none: '12,34' is twelve and a bit in Paris and a slip in Peking.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Amount:
    value: Decimal | None
    """As written, in `unit`; None for what stands for a missing figure."""
    unit: str | None = None
    """In one spelling: 亿元, 万, %, billion yuan; None where none is written beside the number."""
    marks: tuple[str, ...] = ()
    """'preliminary', 'estimated', 'revised', and footnote signs as they are written."""


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ONE_SPELLING = str.maketrans(
    dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\n", " ")
    | dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "")
    | dict.fromkeys("\u2212\ufe63\u2010\u2011\u2012\u2013", "-")
    | dict.fromkeys("\u2018\u2019\u02bc", "'")
    | {"￥": "¥", "【": "[", "】": "]", "〔": "[", "〕": "]", "﹪": "%", "×": "x"}
)
_MISSING = re.compile(
    r"|[-—―_]+|…+|\.{2,}|/+|\\|\*+|n\.?/?a\.?|null|none|nan|无|暂无|缺|暂缺|缺失|空|无数据|暂无数据|未公布|未统计|不详|未知"
)

_MARK_WORDS = {
    "preliminary": r"p|prelim(?:inary)?|初步|初步数|初步核算|初步统计|快报|快报数",
    "estimated": r"e|est(?:imated?)?|forecast|预计|预计数|预测|预测数|估计|估计数|估算",
    "revised": r"r|revised|修订|修订数",
}
_MARK = (
    r"\((?:" + "|".join(_MARK_WORDS.values()) + r")\)"
    r"|[*†‡]|[①-⑳]|[¹²³⁰⁴-⁹]+|\[(?:\d{1,2}|[a-z]|注\d*)\]|\(注\d{0,2}\)|注\d{0,2}"
)
_MARKS = re.compile(rf"(?P<first>(?:\s*(?:{_MARK}))*)\s*(?P<rest>.*?)\s*(?P<last>(?:\s*(?:{_MARK}))*)", re.IGNORECASE)
_EACH_MARK = re.compile(_MARK, re.IGNORECASE)

_NUMBER = re.compile(
    r"(?P<before>[-+]\s?)?(?P<money>(?:rmb|cny|cn¥|¥|人民币)\s?)?(?P<after>[-+]\s?)?(?:"
    r"(?P<number>(?:[1-9][0-9]{0,2}(?P<apart>[,' ])[0-9]{3}(?:(?P=apart)[0-9]{3})*|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)"
    r"(?:e(?P<power>[-+]?[0-9]{1,2})|\s?[x*]\s?10(?:\^(?P<caret>[-+]?[0-9]{1,2})|(?P<raised>[⁻⁺]?[⁰¹²³⁴-⁹]{1,2})))?"
    r"|(?P<minus>负)?(?P<numeral>[〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億點点]+))",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_RAISABLE = tuple("⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_LONGEST = 80  # characters; what is longer is a sentence

_ENGLISH = {"mn": "million", "mln": "million", "bn": "billion", "bln": "billion", "tn": "trillion", "trn": "trillion"}
_UNIT = re.compile(
    r"(?P<size>[百千万亿]|[百千]万|[十百千万]亿)?"
    r"(?:(?P<yuan>元人民币|人民币元|元|人民币|块)(?P<each>/[人户])?"
    r"|(?P<thing>户|人次|人|个|部|台|套|座|家|条|件|站|线|次|辆|笔|项|点|对|所|公里|兆))?"
    r"|(?P<english>thousand|million|billion|trillion|mn|mln|bn|bln|tn|trn)?\s?(?:of\s)?"
    r"(?:(?P<currency>yuan|rmb|cny|renminbi)"
    r"|(?P<counted>users?|subscribers?|people|persons?|households?|units?|stations?|terminals?|lines?|km|mbps|gbps))?"
    r"|(?P<share>%|percent|per ?cent|pct)|(?P<thousandth>‰)|(?P<points>个?百分点|percentage points?|pp)",
    re.IGNORECASE,
)
_SHARES = (("百分之", "%"), ("千分之", "‰"))


def read_amount(text: str) -> Amount | None:
    """The amount that the whole text is; None where it is no number, or may be two."""
    if _PLAIN.fullmatch(text):
        return Amount(Decimal(text))
    plain = text.translate(_HALF_WIDTH).translate(_ONE_SPELLING).strip()
    if _MISSING.fullmatch(plain.lower()):
        return Amount(None)
    if len(plain) > _LONGEST:
        return None
    if amount := _read(plain) or _parted(plain):
        return amount
    first, body, last = _split(plain)
    if body and _MISSING.fullmatch(body.lower()):
        return Amount(None, None, first + last)
    amount = _in_brackets(body) or (_read(body) if first else None)
    return Amount(amount.value, amount.unit, first + amount.marks + last) if amount else None


def _parted(plain: str) -> Amount | None:
    """百分之十五, 千分之三."""
    for words, unit in _SHARES:
        share = _read(plain.removeprefix(words)) if plain.startswith(words) else None
        if share and share.unit is None:
            return Amount(share.value, unit, share.marks)
    return None


def _in_brackets(plain: str) -> Amount | None:
    """(1,234) as bookkeepers write what is below nought."""
    found = re.fullmatch(r"\(([^()]+)\)(%?)", plain)
    amount = _read(found[1].strip() + found[2]) if found and not re.search("[-+负]", found[1]) else None
    return Amount(-amount.value, amount.unit, amount.marks) if amount and amount.value is not None else None


def _read(plain: str) -> Amount | None:
    """A number, then marks, a unit and marks, each where there is one."""
    found = _NUMBER.match(plain)
    if not found:
        return None
    number, size = _value(found)
    if number is None or (found["before"] and found["after"]):
        return None
    first, rest, last = _split(plain[found.end() :])
    if found["number"] == "10" and plain[found.end() :][:1] in _RAISABLE:
        return None
    unit = _unit(size + rest, bool(found["money"]))
    return None if unit is None else Amount(number, unit or None, first + last)


def _split(text: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """(marks before, what is left, marks after)."""
    found = _MARKS.fullmatch(text)
    if not found:
        return (), text, ()
    first, last = (tuple(map(_mark, _EACH_MARK.findall(found[part]))) for part in ("first", "last"))
    return first, found["rest"], last


def _mark(written: str) -> str:
    """What a mark means, or the footnote sign itself."""
    words = written.strip("()").lower()
    return next((mark for mark, known in _MARK_WORDS.items() if re.fullmatch(known, words)), written)


def _value(found: re.Match[str]) -> tuple[Decimal | None, str]:
    """The number with its sign, and the 万 or 亿 that a spelt number ends with: it belongs to the unit."""
    negative = any("-" in (found[sign] or "") for sign in ("before", "after")) != bool(found["minus"])
    if numeral := found["numeral"]:
        ends = re.fullmatch("([^万亿萬億]+)([万亿萬億])", numeral)
        value, size = read_numeral(ends[1] if ends else numeral), ends[2] if ends else ""
    else:
        raised = (found["raised"] or "").translate(_RAISED)
        power = int(found["power"] or found["caret"] or raised or 0)
        value, size = Decimal(re.sub("[,' ]", "", found["number"])).scaleb(power), ""
    return (-value if negative and value is not None else value), size.translate(str.maketrans("萬億", "万亿"))


def _unit(text: str, money: bool) -> str | None:
    """The unit in its one spelling, '' for none; None where the text is no unit, or not one of money that should be."""
    found = _UNIT.fullmatch(text)
    if not found:
        return None
    size = found["size"] or ""
    english = (found["english"] or "").lower()
    english = _ENGLISH.get(english, english)
    if found["currency"] or (english and money and not found["counted"]):
        return f"{english} yuan".strip()
    if found["yuan"] or (money and text == size):
        return f"{size}元{found['each'] or ''}"
    if money:
        return None
    if found["counted"]:
        return f"{english} {found['counted'].lower()}".strip()
    if found["share"] or found["thousandth"] or found["points"]:
        return "%" if found["share"] else found["thousandth"] or "个百分点"
    return english or size + (found["thing"] or "")


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
