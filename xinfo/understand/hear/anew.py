"""Pieces seen anew in the light of their neighbours, before any is taken up: the rejected, minus, the last three.

Changes what pieces may be, and takes nothing up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xinfo.understand.catalog import DIMENSIONS, Catalog
from xinfo.understand.segment import Piece
from xinfo.understand.text import Text
from xinfo.understand.vocabulary import Sense

MINUS = (("minus",), ("less",), ("减",), ("减", "去"))
PLUS = (("plus",), ("+",), ("加",), ("加上",))
TOGETHER, CONJ = Sense((("cue", "total"),)), Sense((("cue", "conj"),))
DIFFERENCE = Sense((("cue", "difference"),))
PRONOUN = Sense((("cue", "pronoun"),))
STOPS = (("?",), (".",), ("!",))
FILLER = Sense((("filler", "filler"),))
GROUP_OF = {"province": "province", "region": "region", "省": "province", "份": "province", "域": "region"}
"""What a group of places is called, by the last word of 'which region', '哪个省份'."""
LAST = (("最", "后"), ("末",), ("最", "末"), ("最", "末", "尾"), ("尾",))
"""Before a number they ask for the lowest: '最后三名'; else they tell the end of a time, or nothing."""
AND_SO_ON = (("etc",), ("and", "so", "on"), ("and", "so", "forth"), ("and", "the", "like"), ("等",))
FEWEST = 3
"""Regions or kinds of places that must be named before they are taken for 'by region': two are a comparison."""


def seen_anew(pieces: tuple[Piece, ...], text: Text, catalog: Catalog) -> tuple[Piece, ...]:
    """The pieces with the senses that their neighbours leave them."""
    kept = list(pieces)
    for index in range(len(kept)):
        _rejected(kept, index)
        _subtracted(kept, index, text)
        _added(kept, index, text)
        _which_group(kept, index, text)
        _last_few(kept, index, text)
    _the_two(kept, text)
    for kind in ("region", "admin_type", *DIMENSIONS):
        _examples(kept, kind, text)
    _every_one(kept, "region", {place.region for place in catalog.places.values() if place.region})
    _every_one(kept, "admin_type", {place.admin_type for place in catalog.places.values()})
    return tuple(kept)


def _rejected(pieces: list[Piece], index: int) -> None:
    """'The total instead of the average': what is not wanted any more is filler."""
    if pieces[index].has("cue", "instead_of"):
        rejected = next(_neighbours(pieces, range(index + 1, len(pieces))), None)
        if rejected is not None and pieces[rejected].known:
            pieces[rejected] = replace(pieces[rejected], senses=pieces[index].senses, atom=None, quantity=None)


def _subtracted(pieces: list[Piece], index: int, text: Text) -> None:
    """'Q4 minus Q1', 'services less products', '玉林减去榆林': the difference of two of a kind."""
    if text.words(pieces[index].start, pieces[index].end) not in MINUS:
        return
    if _of_a_kind(pieces, index):
        pieces[index] = replace(pieces[index], senses=(DIFFERENCE,))


def _added(pieces: list[Piece], index: int, text: Text) -> None:
    """'Q4 2014 plus Q1 2015', '北京加上海': the two of them together."""
    if text.words(pieces[index].start, pieces[index].end) in PLUS and _of_a_kind(pieces, index):
        pieces[index] = replace(pieces[index], senses=(TOGETHER, CONJ))


def _of_a_kind(pieces: list[Piece], index: int) -> bool:
    """Whether two of a kind stand on both sides, past the figure: 'GDP of the east minus that of the west'."""
    before = next(_sides(pieces, range(index - 1, -1, -1)), None)
    after = next(_sides(pieces, range(index + 1, len(pieces))), None)
    return before is not None and after is not None and bool(_kinds(pieces[before]) & _kinds(pieces[after]))


def _sides(pieces: list[Piece], places: range) -> Iterator[int]:
    return (i for i in _neighbours(pieces, places) if not pieces[i].has("metric") or _kinds(pieces[i]))


def _which_group(pieces: list[Piece], index: int, text: Text) -> None:
    """'Which region had the highest', '哪个省最多': the figures of the groups in order, not where a place lies."""
    ranked = any(piece.has("order") for piece in pieces) and not any(piece.has("place") for piece in pieces)
    group = GROUP_OF.get(text.words(pieces[index].start, pieces[index].end)[-1])
    if ranked and group and pieces[index].has("cue", "where_is"):
        pieces[index] = replace(pieces[index], senses=(Sense((("over", group),)),))


def _the_two(pieces: list[Piece], text: Text) -> None:
    """'What is the difference between the two?': at the end it points at what was spoken of."""
    said = [i for i, piece in enumerate(pieces) if text.words(piece.start, piece.end) not in STOPS]
    if len(said) > 1 and text.words(pieces[said[-2]].start, pieces[said[-1]].end)[-2:] == ("the", "two"):
        pieces[said[-1]] = replace(pieces[said[-1]], senses=(PRONOUN,), quantity=None)


def _last_few(pieces: list[Piece], index: int, text: Text) -> None:
    """'最后三名', '末五位': the lowest of them."""
    if text.words(pieces[index].start, pieces[index].end) not in LAST or index + 1 == len(pieces):
        return
    number = pieces[index + 1].quantity
    if number and not pieces[index + 1].atom and number.unit in (None, "count") and not number.scaled:
        pieces[index] = replace(pieces[index], senses=(Sense((("order", "asc"),)),), atom=None)


def _neighbours(pieces: list[Piece], places: range) -> Iterator[int]:
    return (i for i in places if not pieces[i].mere)


def _kinds(piece: Piece) -> set[str]:
    kinds = {kind for kind in ("place", "region", "province", *DIMENSIONS) if piece.has(kind)}
    return kinds | ({"time"} if piece.atom and piece.atom.kind in ("year", "part") else set())


def _examples(pieces: list[Piece], kind: str, text: Text) -> None:
    """'By type of place (municipality, county and so on)': some of the groups, named as examples."""
    grouped = next((i for i, piece in enumerate(pieces) if piece.has("over", kind)), len(pieces))
    end = grouped + 1
    while end < len(pieces) and (pieces[end].has(kind) or pieces[end].mere or pieces[end].has("cue", "conj")):
        end += 1
    said = text.words(pieces[grouped].end, pieces[end - 1].end) if grouped + 1 < end else ()
    if any(said[i : i + len(words)] == words for words in AND_SO_ON for i in range(len(said))):
        for index in range(grouped + 1, end):
            if pieces[index].has(kind):
                pieces[index] = replace(pieces[index], senses=(FILLER,))


def _every_one(pieces: list[Piece], kind: str, values: set[str]) -> None:
    """'东部、中部、西部、东北各是多少' names every region: a figure for each of them."""
    said = [index for index, piece in enumerate(pieces) if piece.has(kind)]
    named = {str(value) for index in said for value in pieces[index].get(kind)}
    if len(said) < FEWEST or named != values:
        return
    for index in said:
        pieces[index] = replace(pieces[index], senses=(Sense((("over", kind),)) if index == said[0] else FILLER,))
