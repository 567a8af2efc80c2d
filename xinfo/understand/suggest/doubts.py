"""Words of a question typed so far that are not known, and what each may mean. Proposes no question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xinfo.understand.catalog import Catalog
from xinfo.understand.read import LONGEST, Reader
from xinfo.understand.segment import Piece, segment
from xinfo.understand.suggest.index import Typing
from xinfo.understand.text import HAN, Text, language_of, read_text

MOST = 3
"""Meanings of one word."""


@dataclass(frozen=True)
class Doubt:
    """A word, where it stands in what was typed, and what may stand in its place: nothing where that is not known."""

    start: int
    end: int
    text: str
    choices: tuple[Choice, ...] = ()
    elsewhere: bool = False
    """Whether it is a real place that the store does not know."""


@dataclass(frozen=True)
class Choice:
    """What takes the place of which characters."""

    start: int
    end: int
    text: str


def doubts(typed: str, reader: Reader, typing: Typing) -> tuple[Doubt, ...]:
    """The unknown words of a question, but for one that may still become a known one."""
    if len(typed) > LONGEST:
        return ()
    text = read_text(typed)
    pieces = segment(text, reader.lexicon)
    runs = list(_runs(text, pieces, _known(text, reader, typing)))
    if not runs:
        return ()
    places = reader.speller.elsewhere(text, pieces)
    found = [piece for some in reader.speller.candidates(text, pieces, loose=True) for piece in some]
    return tuple(_doubt(text, run, found, places, reader.catalog) for run in runs)


def _known(text: Text, reader: Reader, typing: Typing) -> frozenset[int]:
    """Tokens that the lexicon leaves out and that are known all the same, or are signs and not words."""
    parser = reader.parsers.get(language_of(text.original))
    literals = parser.literals if parser else frozenset[str]()
    programme = {word for phrase in reader.lexicon.programme.concepts for word in phrase}
    words = text.words()
    spelt = {at for at, word in enumerate(words) if word.isalpha() and word.isascii() and typing.spellings.cut(word, 1)}
    other = {at for at, word in enumerate(words) if not word.isalpha() or word in literals or word in programme}
    return frozenset(spelt | other | _begun(text, typing, literals))


def _begun(text: Text, typing: Typing, literals: Iterable[str]) -> set[int]:
    """The last token while it is being typed, where a known word begins so."""
    words = text.words()
    if not words or text.original[-1:].isspace():
        return set()
    starts = range(max(0, len(words) - 4), len(words)) if HAN.search(words[-1]) else [len(words) - 1]
    for start in starts:
        tail = "".join(words[start:])
        if typing.spellings.find(tail) or any(word.startswith(tail) for word in (*typing.words, *literals)):
            return set(range(start, len(words)))
    return set()


def _runs(text: Text, pieces: tuple[Piece, ...], known: frozenset[int]) -> Iterable[tuple[int, int]]:
    """(first token, end token) of neighbouring unknown Chinese characters, and of each unknown word."""
    runs: list[tuple[int, int]] = []
    for piece in pieces:
        if piece.known or piece.start in known:
            continue
        together = HAN.search(text.tokens[piece.start].text) and runs and runs[-1][1] == piece.start
        if together and HAN.search(text.tokens[runs[-1][0]].text):
            runs[-1] = (runs[-1][0], piece.end)
        else:
            runs.append((piece.start, piece.end))
    return runs


def _doubt(text: Text, run: tuple[int, int], found: list[Piece], places: list[str], catalog: Catalog) -> Doubt:
    start, end = run
    written = text.written(start, end)
    meant = [piece for piece in found if piece.start < end and start < piece.end]
    choices = dict.fromkeys(_choice(text, piece, catalog) for piece in meant)
    at, until = text.tokens[start].start, text.tokens[end - 1].end
    return Doubt(at, until, written, tuple(choices)[:MOST], any(written in place for place in places))


def _choice(text: Text, piece: Piece, catalog: Catalog) -> Choice:
    """The word it may be: a place by its name, as that is written."""
    said = piece.corrected
    place = next((catalog.places[str(name)] for name in piece.get("place") if str(name) in catalog.places), None)
    if place and not HAN.search(said):
        said = place.name_en
    return Choice(text.tokens[piece.start].start, text.tokens[piece.end - 1].end, said)
