"""What a Chinese question is introduced by: who asks, for whom, for which document or occasion. Skipped.

A preamble lies between two stops. It speaks of a person, an office, a document or an occasion, and its other words
are those of asking, writing and needing: '给局长准备明早的汇报，'. What such a noun is further called ('督查专报',
'王主任', '常务会') may be any word, as long as the question's own vocabulary does not know it: a place, a measure, a
time, a number or a word that leaves out is never skipped, unless the question itself says it again. What is said to be
the aim of asking ('为便于统筹，') may be any such word, too. Where nothing of the question was said before it, so may
all that is told of such a noun and what is done with it ('表彰文件拟点名，'), or given as the reason of asking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

NOUN, WORD, LINK, AIM, REASON = "noun", "word", "link", "aim", "reason"
STOPS = frozenset(",.!?;:")
LONGEST_WORD = 5
LONGEST_NAME = 6
"""Characters of what a noun is further called."""
NARROWING = frozenset(
    "曾仍已将还当应该须必约很太极更再不没未无非除只仅单光限超过比最高低多少大小都各每全前后内外其他她它哪谁几一二三四五六七八九十百千万亿"
)
"""Characters that leave out, count, compare, ask or tell of time and duty: no name of a document needs them."""
TREATING = frozenset("按照扣剔算折换含减加乘若如假倘凡均净价率增涨跌升降占差距排")
"""Characters that say how a figure is made, what is done with it or on which condition: no remark needs them."""
OF_FIGURES = frozenset(
    "目标 完成 口径 期间 初步 调整 修订 预测 预计 估计 方面 领域 群体 范围 部分 行业 板块 层面 环节".split()
    + "地区 区域 条件 情形".split()
)
"""Words of plans, of statistics and of what is told apart, which a remark does not need, either."""

Known = Callable[[int], bool]


class Told(NamedTuple):
    """What a beginning of a stretch has told of whoever asks."""

    noun: bool = False
    deed: bool = False
    reason: bool = False
    free: bool = False
    """Whether words were in it that only nobody knows."""

    @property
    def whole(self) -> bool:
        return (self.reason and self.deed) or (self.noun and (self.deed or not self.free))


def find_preambles(words: Sequence[str], kinds: Mapping[str, str], known: Known) -> Iterator[tuple[int, int]]:
    """(first token, end token) of every preamble, its stop included.

    `kinds` tells which words may stand in one, `known` whether a phrase of the question's own begins at a token.
    """
    stops = [at for at, word in enumerate(words) if word in STOPS]
    for before, stop in pairwise([-1, *stops, *([] if words and words[-1] in STOPS else [len(words)])]):
        start, whole = before + 1, stop - before > len(words)
        if stop == start or whole:
            continue
        opening = stop < len(words) - 1 and not any(known(at) for at in range(start))
        if _is_preamble(words, range(start, stop), kinds, _unsaid(words, stop, known), opening):
            yield start, min(stop + 1, len(words))


def _unsaid(words: Sequence[str], stop: int, known: Known) -> Known:
    """Whether a phrase of the question's own begins at a token and the question behind the stop does not say it."""
    behind = set(pairwise(words[stop:]))
    return lambda at: known(at) and tuple(words[at : at + 2]) not in behind


def _is_preamble(words: Sequence[str], said: range, kinds: Mapping[str, str], known: Known, opening: bool) -> bool:
    """Whether the words that are `said` can be cut into those of a preamble, which tell of somebody who asks."""
    if _is_aim(words, said.start, said.stop, kinds, known):
        return True
    reached: dict[int, set[Told]] = {said.start: {Told()}}  # where a cut has come to, and what it has passed
    for at in said:
        for told in reached.get(at, ()):
            for end, kind in _words_at(words, at, said.stop, kinds, known):
                more = told._replace(noun=told.noun or kind == NOUN, deed=told.deed or kind == WORD)
                reached.setdefault(end, set()).add(more)
                if opening and kind == REASON and at == said.start:
                    reached[end].add(more._replace(reason=end + 1 < said.stop))
            if opening and _names(words[at], known(at)) and not _of_figures(words, at):
                reached.setdefault(at + 1, set()).add(told._replace(free=True))
    return any(told.whole for told in reached.get(said.stop, ()))


def _is_aim(words: Sequence[str], start: int, stop: int, kinds: Mapping[str, str], known: Known) -> bool:
    """'为便于统筹': a word of aiming and a few others that nothing is known of."""
    ends = (end for end in range(start + 2, stop) if kinds.get("".join(words[start:end])) == AIM)
    return any(
        stop - end <= LONGEST_NAME and all(_names(words[at], known(at)) for at in range(end, stop)) for end in ends
    )


def _words_at(
    words: Sequence[str], at: int, stop: int, kinds: Mapping[str, str], known: Known
) -> Iterator[tuple[int, str]]:
    """(end, kind) of every word of a preamble that begins here, a noun with what it is further called included."""
    for name_end in range(at, min(stop, at + LONGEST_NAME + 1)):
        if name_end > at and not _names(words[name_end - 1], known(name_end - 1)):
            return
        for end in range(name_end + 1, min(stop, name_end + LONGEST_WORD) + 1):
            kind = kinds.get("".join(words[name_end:end]))
            if kind == NOUN or (kind in (WORD, LINK, REASON) and name_end == at):
                yield end, kind


def _of_figures(words: Sequence[str], at: int) -> bool:
    return words[at] in TREATING or "".join(words[at : at + 2]) in OF_FIGURES


def _names(word: str, known: bool) -> bool:
    return not known and word.isalpha() and word not in NARROWING
