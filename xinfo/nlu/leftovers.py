"""What is told of the words that no chunk of a question holds: that nobody knows them, or what they rule out.

A mere function word needs no telling. Knows no word of any language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from xinfo.understand.frame import Trouble
from xinfo.understand.lexicon import OPERATOR
from xinfo.understand.reading import Heard
from xinfo.understand.segment import Piece
from xinfo.understand.text import HAN, Text


def unheard(text: Text, pieces: Sequence[Piece], lost: AbstractSet[int]) -> list[Piece]:
    """The pieces with a token that is `lost`, as far as they say anything."""
    return [piece for piece in pieces if not lost.isdisjoint(range(piece.start, piece.end)) and not _mere(piece)]


def troubles(text: Text, left: Sequence[Piece], literals: frozenset[str]) -> Iterator[Trouble]:
    """A trouble for each piece that is left; words that nobody knows and that stand side by side are one."""
    unknown = [run for known, run in _runs(text, left, literals) if not known]
    if unknown:
        yield Trouble("unknown_words", "|".join(text.written(run[0].start, run[-1].end) for run in unknown))
    for known, run in _runs(text, left, literals):
        yield from (_trouble(piece, text.written(piece.start, piece.end)) for piece in run if known)


def heard_of(text: Text, piece: Piece) -> Heard:
    """A piece that nothing took up, for people to look at."""
    start, end = text.tokens[piece.start].start, text.tokens[piece.end - 1].end
    return Heard(text.original[start:end], start, end, "unknown", "")


def _mere(piece: Piece) -> bool:
    return piece.mere or piece.has("conj")


def _runs(text: Text, left: Sequence[Piece], literals: frozenset[str]) -> Iterator[tuple[bool, list[Piece]]]:
    """Neighbouring pieces that are known, or not known, together."""
    numbered = [(piece.start - sum(p.end - p.start for p in left[:at]), piece) for at, piece in enumerate(left)]

    def kind(one: tuple[int, Piece]) -> tuple[int, bool]:
        return one[0], _known(text, one[1], literals) and not _torn(text, one[1], left, literals)

    return ((known, [piece for _, piece in run]) for (_, known), run in groupby(numbered, kind))


def _known(text: Text, piece: Piece, literals: frozenset[str]) -> bool:
    # Single characters are literals of many rules: they make no Chinese word known.
    words = text.words(piece.start, piece.end)
    return piece.known or any(word in literals and not HAN.match(word) for word in words)


def _torn(text: Text, piece: Piece, left: Sequence[Piece], literals: frozenset[str]) -> bool:
    """Whether a known character is one of a Chinese word that nobody knows: 天 of 天气, no unit of time there."""
    if (
        piece.end - piece.start > 1
        or not HAN.match(text.written(piece.start, piece.end))
        or piece.has(OPERATOR, "negation")
    ):
        return False
    beside = (other for other in left if other.start == piece.end or other.end == piece.start)
    return any(
        HAN.match(text.written(other.start, other.end)) and not _known(text, other, literals) for other in beside
    )


def _trouble(piece: Piece, said: str) -> Trouble:
    if refused := piece.get("refuse"):
        return Trouble(str(refused[0]), said)
    if piece.has("outer"):
        return Trouble("elsewhere", said)
    if provinces := piece.get("province"):
        return Trouble("province", said, tuple(map(str, provinces)))
    return Trouble("negation" if piece.has(OPERATOR, "negation") else "unused_words", said)
