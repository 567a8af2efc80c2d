"""What kind of change makes one text another: a direction, a year, a place, a unit, a comparison, a number, words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from xinfo.briefing.check.amounts import AMOUNT, all_same, amounts, framed
from xinfo.briefing.check.said import CELL

KINDS = ("direction", "period", "place", "unit", "comparison", "number", "mark", "words", "otherwise")
"""The gravest first; the last is none: the same value, written otherwise."""
UP = (
    r"ris(?:e|es|en|ing)|rose|grew|gr(?:ow|ows|own|owth|owing)|increas\w+|up|gain\w*|added|expand\w*|more|above|high\w*"
)
DOWN = r"f[ae]ll(?:s|en|ing)?|declin\w+|decreas\w+|drop\w*|down|lost|shr[aiu]nk\w*|short|less|below|low\w*|fewer"
SIGNS = {
    "direction": re.compile(rf"\b(?:{UP}|{DOWN}|largest|smallest|best|worst)\b|"
                            r"增长|增加|上升|提高|扩大|高于|多于|超过|超额|下降|减少|降低|回落|缩小|低于|少于|不足|"
                            r"最高|最低|最多|最少|最大|最小|增量|减量|还差|升|降", re.IGNORECASE),
    "period": re.compile(r"\b(?:19|20)\d\d\b|(?:19|20)\d\d年|\bQ[1-4]\b|[一二三四1-4]季度|[上下]半年|\d+月|全年|"
                         r"\b(?:first|second|third|fourth|last)(?: \w+)? (?:quarters?|half)\b|year before|同比|环比",
                         re.IGNORECASE),
    "comparison": re.compile(r"\b(?:not|no|never|at least|at most|about|nearly|almost|only|under|over|than)\b|exceed|"
                             r"[<>≤≥=≈]|不|未|没有|至少|至多|约|近|仅|于|以[上下内]|左右", re.IGNORECASE),
    "unit": re.compile(r"\b(?:thousand|million|billion|trillion|yuan|dollars?|percentage points?)\b|[%％$€]|"
                       r"(?<=[\d（(])(?:万亿|亿|万|千)?(?:元|美元|户|人|个百分点)", re.IGNORECASE),
    "mark": re.compile(r"demonstration|made[- ]up|preliminary|estimated|draft|void|not for official use|"
                       r"演示|示例|虚构|初步|估计|估算|草稿|失效", re.IGNORECASE),
}  # fmt: skip
_TOKEN = re.compile(rf"{AMOUNT.pattern}|[^\W\d_⺀-鿿]+|.", re.DOTALL)


@dataclass(frozen=True)
class Change:
    """How two texts differ: the kinds, the gravest first, and the stretch of each that differs."""

    kinds: tuple[str, ...]
    old: str
    new: str

    @property
    def rank(self) -> int:
        return KINDS.index(self.kinds[0])


def change(old: str, new: str, places: Collection[str], truths: Sequence[float]) -> Change:
    """What makes the old text the new one."""
    if framed(old) == framed(new) and all_same(amounts(old), amounts(new), truths):
        return Change(("otherwise",), *_differing(old, new))
    kinds = {kind for kind, sign in SIGNS.items() if _found(sign, old) != _found(sign, new)}
    if _named(old, places) != _named(new, places):
        kinds.add("place")
    kinds |= _of_amounts(old, new)
    stretch = _differing(old, new)
    told = tuple(kind for kind in KINDS if kind in kinds)
    return Change(told or ("words",), *stretch)


def _found(sign: re.Pattern[str], said: str) -> Counter[str]:
    return Counter(one.lower() for one in sign.findall(said))


def _named(said: str, places: Collection[str]) -> Counter[str]:
    return Counter({name: said.count(name) for name in places if name in said})


def _of_amounts(old: str, new: str) -> set[str]:
    """Whether numbers or their units are others."""
    one, two = amounts(old), amounts(new)
    kinds = set()
    if Counter(amount.unit for amount in one) != Counter(amount.unit for amount in two):
        kinds.add("unit")
    digits = [re.sub(r"[^\d.]", "", a.text) for a in one], [re.sub(r"[^\d.]", "", a.text) for a in two]
    if digits[0] == digits[1] and [a.value for a in one] != [a.value for a in two]:
        kinds.add("unit")
    elif Counter(digits[0]) != Counter(digits[1]) or digits[0] != digits[1]:
        kinds.add("number")
    return kinds


def _differing(old: str, new: str) -> tuple[str, str]:
    """The stretch in which two texts differ, in whole words."""
    one, two = _tokens(old), _tokens(new)
    codes = [code for code in SequenceMatcher(None, one, two, autojunk=False).get_opcodes() if code[0] != "equal"]
    if not codes:
        return old, new
    first, last = codes[0], codes[-1]
    stretch = "".join(one[first[1] : last[2]]), "".join(two[first[3] : last[4]])
    if not all(part.strip() for part in stretch):
        # What was only put in or taken out is told with the word before it.
        start = max(first[1] - 2, 0)
        back = first[1] - start
        stretch = "".join(one[start : last[2]]), "".join(two[max(first[3] - back, 0) : last[4]])
    return stretch[0].replace(CELL, " | ").strip(), stretch[1].replace(CELL, " | ").strip()


def _tokens(said: str) -> list[str]:
    return [found[0] for found in _TOKEN.finditer(said)]
