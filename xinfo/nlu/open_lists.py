"""Dots behind a list: 'Shanghai, Chongqing …' are more than the two that are named, and no pause of who asks.

Knows only where they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xinfo.nlu.grammar.chart import Edge
from xinfo.nlu.grammar.meaning import Meaning

DOTS = frozenset([".", "。", "…"])
ENUMERATES = "、"
BETWEEN = frozenset([ENUMERATES, ","])
"""What parts the members of a list; only the first of them alone says that it goes on."""
ALONE = "Part Region Kind Batch Capital Area Tier Status Metric Year PartOfYear".split()
MEMBERS = dict.fromkeys(("Name", "Province"), "place") | {name: name for name in ALONE}
"""What lists are made of, by what their members have in common."""
OPEN = "Open_end"
"""What rules call them: nothing takes them for a mere mark."""


def open_ends(words: tuple[str, ...], named: Iterable[Edge]) -> list[Edge]:
    """The dots behind lists; `named` are the edges of the vocabulary."""
    members = [edge for edge in named if edge.category in MEMBERS]
    ends = {(edge.end, MEMBERS[edge.category]) for edge in members}
    behind = {edge.end for edge in members if _follows(edge, words, ends)}
    behind |= {edge.end + 1 for edge in members if words[edge.end : edge.end + 1] == (ENUMERATES,)}
    return [Edge(start, end, OPEN, Meaning()) for start, end in _dots(words) if start in behind]


def _follows(edge: Edge, words: Sequence[str], ends: set[tuple[int, str]]) -> bool:
    """Whether another one of its kind stands before it, parted by a sign alone."""
    parted = edge.start > 1 and words[edge.start - 1] in BETWEEN
    return parted and (edge.start - 1, MEMBERS[edge.category]) in ends


def _dots(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of two dots and more: one alone ends a sentence."""
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end] in DOTS:
            end += 1
        if end - at > 1:
            yield at, end
        at = max(end, at + 1)
