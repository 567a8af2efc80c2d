"""Provinces and cities by the one character that official Chinese has for them: 沪津渝, 皖浙两省, 渝2015年.

Knows only where such characters stand as names. Several of them on end are; one alone is where nothing stands before
it that it might belong to, and behind it what no name goes on with.
"""

from __future__ import annotations

from collections.abc import Sequence

from xinfo.understand.lexicon import Lexicon, Sense
from xinfo.understand.text import key

SHORT = "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀黔贵滇云藏陕秦甘陇青宁"
NAMES = (
    "北京 天津 上海 重庆 河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 "
    "广东 广西 海南 四川 四川 贵州 贵州 云南 云南 西藏 陕西 陕西 甘肃 甘肃 青海 宁夏"
)
FULL = dict(zip(SHORT, NAMES.split(), strict=True))
"""The name that each of them is short for."""
ALONE = frozenset("沪渝津冀皖浙闽赣鲁豫鄂粤黔滇陕湘琼川")
"""Those that mean little else."""
BEFORE_ONE, JOINED = frozenset("年比与和跟同"), frozenset("、,和与及跟同")
BEHIND_ONE = frozenset("的省两二三试")
"""What a single one may have behind it, a year besides."""
NAMING_ON = frozenset("市县区州河江山海东西南北中")
"""What a name goes on with whose beginning they are: 渝中区, 云州."""


def short_names(words: Sequence[str], lexicon: Lexicon) -> dict[int, tuple[tuple[int, tuple[Sense, ...]], ...]]:
    """(end, senses) by the token that one begins at, as if its full name stood there."""
    found: dict[int, tuple[tuple[int, tuple[Sense, ...]], ...]] = {}
    start = 0
    while start < len(words):
        names = _run(words, start)
        if names and _named(words, names):
            found |= {at: ((at + 1, lexicon.senses.get(key(FULL[words[at]]), ())),) for at in names}
        start = names[-1] + 1 if names else start + 1
    return found


def _run(words: Sequence[str], start: int) -> list[int]:
    """Where such characters stand one behind the other from a token on, or joined by a word for 'and'."""
    found: list[int] = []
    at = start
    while at < len(words) and words[at] in FULL:
        found.append(at)
        at += 2 if words[at + 1 : at + 2] and words[at + 1] in JOINED else 1
    return found


def _named(words: Sequence[str], names: Sequence[int]) -> bool:
    end = names[-1] + 1
    before, behind = words[names[0] - 1] if names[0] else ",", words[end] if end < len(words) else ""
    if len(names) > 1:
        return len({words[at] for at in names}) == len(names) and behind not in NAMING_ON
    apart = not before.isalnum() or before.isdigit() or before in BEFORE_ONE
    return apart and words[names[0]] in ALONE and (behind in BEHIND_ONE or behind.isdigit())
