"""A question cut into pieces: phrases, time words and numbers that together cover it, and what they leave over.

The cut covers as many tokens as it can with as few and as long pieces as it can. It decides nothing about meaning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from xinfo.understand.asides import find_asides
from xinfo.understand.clock import Atom, find_times
from xinfo.understand.joined import join
from xinfo.understand.lexicon import OPERATOR, Lexicon, Sense
from xinfo.understand.parties import find_parties
from xinfo.understand.preambles import find_preambles
from xinfo.understand.quantities import Quantity, find_quantities
from xinfo.understand.text import Text

UNKNOWN_COST = 1000
FILLER = Sense((("filler", "filler"),))
JUDGING = frozenset([("refuse", "opinion"), ("refuse", "cause"), (OPERATOR, "tense")])
"""What a phrase says that narrows no figure: why what is asked with it would be refused, and when."""
MERE = frozenset(["filler", "goes_with"])
"""Kinds of senses that say nothing by themselves."""


@dataclass(frozen=True)
class Piece:
    """Tokens `start` to `end`, and what they may be: senses, a time word, a number, or nothing known."""

    start: int
    end: int
    senses: tuple[Sense, ...] = ()
    atom: Atom | None = None
    quantity: Quantity | None = None
    corrected: str = ""
    """The spelling it was taken for, where it is not spelt so."""

    @property
    def known(self) -> bool:
        return bool(self.senses or self.atom or self.quantity)

    def get(self, kind: str) -> tuple[object, ...]:
        """The values of its senses of a kind."""
        return tuple(sense.value for sense in self.senses if sense.kind == kind)

    def has(self, kind: str, value: object = None) -> bool:
        if kind not in self.kinds:
            return False
        return value is None or any(kind == k and value == v for sense in self.senses for k, v in sense.means)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Every kind of its senses."""
        return frozenset(kind for sense in self.senses for kind, _ in sense.means)

    @cached_property
    def mere(self) -> bool:
        """Whether it may be a mere word, which says nothing by itself."""
        return not self.kinds.isdisjoint(MERE)

    @cached_property
    def first_kinds(self) -> frozenset[str]:
        """What its senses mean first of all."""
        return frozenset(sense.kind for sense in self.senses)


def segment(text: Text, lexicon: Lexicon, extra: tuple[Piece, ...] = ()) -> tuple[Piece, ...]:
    """The best cut; `extra` pieces (corrections) compete with the vocabulary's."""
    size = len(text.tokens)
    edges = _edges(text, lexicon, extra)
    best: list[tuple[float, Piece | None]] = [(0.0, None), *[(float("inf"), None)] * size]
    for start in range(size):
        so_far = best[start][0]
        for piece in (*edges[start], Piece(start, start + 1)):
            cost = so_far + _cost(piece)
            if cost < best[piece.end][0]:
                best[piece.end] = (cost, piece)
    pieces: list[Piece] = []
    at = size
    while at and (last := best[at][1]):
        pieces.append(last)
        at = last.start
    return tuple(reversed(pieces))


def _edges(text: Text, lexicon: Lexicon, extra: tuple[Piece, ...]) -> list[list[Piece]]:
    words = text.words()
    joined = join(text)
    by_span: dict[tuple[int, int], Piece] = {(piece.start, piece.end): piece for piece in extra}
    for start in range(len(words)):
        for end, senses in lexicon.at(words, start):
            by_span[start, end] = Piece(start, end, senses)
    for start, end, atom in find_times(joined):
        piece = by_span.get((start, end), Piece(start, end))
        by_span[start, end] = replace(piece, atom=piece.atom or atom)
    for start, end, quantity in find_quantities(joined):
        piece = by_span.get((start, end), Piece(start, end))
        by_span[start, end] = replace(piece, quantity=quantity)
    for span in _swallowing(by_span):
        del by_span[span]
    known = _beginnings(by_span).__contains__
    for start, end, topic in find_asides(words, lexicon.asides, _provinces(by_span, len(words)), known):
        by_span[start, end] = Piece(start, end, (FILLER, *_topic(by_span, topic)))
    said = _beginnings(by_span)
    for start, end in find_parties(words, lexicon.asides, said.__contains__):
        by_span.setdefault((start, end), Piece(start, end, (FILLER,)))
    told = frozenset(start for (start, _), piece in by_span.items() if telling(piece.senses) or _counts(piece))
    for start, end in find_preambles(words, lexicon.asides, told.__contains__):
        by_span[start, end] = Piece(start, end, (FILLER,))
    edges: list[list[Piece]] = [[] for _ in words]
    for piece in by_span.values():
        edges[piece.start].append(piece)
    return edges


def _beginnings(by_span: Mapping[tuple[int, int], Piece]) -> frozenset[int]:
    """The tokens where something begins that says more than a mere word does."""
    return frozenset(start for (start, _), piece in by_span.items() if not _only_mere(piece))


def _swallowing(by_span: dict[tuple[int, int], Piece]) -> list[tuple[int, int]]:
    """Filler that ends in the first words of a metric: 'in the information' before 'consumption'."""
    metrics = [span for span, piece in by_span.items() if piece.has("metric")]
    return [
        (start, end)
        for (start, end), piece in by_span.items()
        if metrics and end - start > 1 and _only_mere(piece) and any(start < a < end < b for a, b in metrics)
    ]


def _only_mere(piece: Piece) -> bool:
    return all(sense.kind in MERE for sense in piece.senses) and not _counts(piece)


def _counts(piece: Piece) -> bool:
    return piece.atom is not None or piece.quantity is not None


def telling(senses: Sequence[Sense]) -> bool:
    """Whether a phrase may narrow a question, said in a remark: none does that is refused as an opinion or a cause."""
    return any(sense.kind not in MERE and (sense.kind, sense.value) not in JUDGING for sense in senses)


def _provinces(by_span: dict[tuple[int, int], Piece], size: int) -> list[int]:
    """For each token where the name of a province begins, where it ends; else 0."""
    ends = [0] * size
    for (start, end), piece in by_span.items():
        if piece.has("province"):
            ends[start] = max(ends[start], end)
    return ends


def _topic(by_span: dict[tuple[int, int], Piece], start: int) -> tuple[Sense, ...]:
    """The provinces that the name at `start` means, as what someone writes about."""
    found = (piece for (begin, _), piece in by_span.items() if begin == start)
    return tuple(Sense((("topic", str(value)),)) for piece in found for value in piece.get("province"))


def _cost(piece: Piece) -> float:
    if not piece.known:
        return UNKNOWN_COST
    # Fewer pieces first; of cuts into as many, the one with the longest piece (a square grows faster than its parts).
    length = piece.end - piece.start
    unread = 5 if piece.first_kinds == {OPERATOR} and not (piece.atom or piece.quantity) else 0
    mere = 0.5 if _only_mere(piece) else 0
    return 10 - 0.01 * min(length, 12) ** 2 + mere + unread + (2 if piece.corrected else 0)
