"""Which Chinese characters are easily taken for each other: those that sound alike, and those that look alike.

Knows no vocabulary and decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from xinfo.understand.lexicon import Key
from xinfo.understand.pinyin import syllables

FLAT, NASAL = re.compile(r"^([zcs])h"), re.compile(r"ng$")
LOOKALIKES = tuple(
    (
        "口囗 己已巳 人入 大太犬 千干于 土士 日曰 货贷 网纲冈 络洛格 折析 候侯 亳毫 "
        "基墓 站钻 信倍 息恩 移侈 动劝 务物 消销 费弗 州洲 徐除 连莲 港巷"
    ).split()
)
"""Characters that are easily mistyped or misread for each other."""
MEANINGFUL = frozenset("只仅都还再又才就也个不没未非无除勿否高低增减东南西北一二三四五六七八九十")
"""Characters that turn the meaning of a question: never taken for a slip of the pen."""


def alike(written: str, meant: str) -> bool:
    """Whether one character is easily taken for the other: it sounds or looks like it."""
    if written in MEANINGFUL:
        return False
    if any(written in group and meant in group for group in LOOKALIKES):
        return True
    return not _readings(written).isdisjoint(_readings(meant))


def sound(characters: Sequence[str]) -> str:
    """How they are said, each by itself and without its tone: a hundred times faster than what they are as words."""
    return " ".join(map(_said, characters))


@cache
def _said(character: str) -> str:
    return syllables(character)[0]


def _readings(character: str) -> set[str]:
    from pypinyin import Style, pinyin  # reads a dictionary of phrases, which costs more than a question

    return {_plain(reading) for reading in pinyin(character, style=Style.NORMAL, heteronym=True)[0]}


def _plain(syllable: str) -> str:
    """Without its tone, and what many speakers do not tell apart made one."""
    return FLAT.sub(r"\1", NASAL.sub("n", syllable))


def masked(phrases: Iterable[Key]) -> dict[Key, list[Key]]:
    """Phrases by what is left of them when one character is hidden, told by a star."""
    found: dict[Key, list[Key]] = {}
    for phrase in phrases:
        for at in range(len(phrase)):
            found.setdefault((*phrase[:at], "*", *phrase[at + 1 :]), []).append(phrase)
    return found
