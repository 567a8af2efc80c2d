"""Sets of places in a question, by description: pilots, provinces, regions, kinds, batches. Single places: `places`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xinfo.understand.catalog import Place
from xinfo.understand.hear.hearing import Hearing
from xinfo.understand.reading import Scope
from xinfo.understand.segment import Piece
from xinfo.understand.vocabulary import Sense

OF = (("among",), ("amongst",), ("of",), ("in",), ("within",), ("across",))
"""A set named after one of these is not that of the place before it: 'nearest to Beijing among the pilots'."""
SET_KINDS = ("pilots", "region", "admin_type", "batch", "capital")


def set_words(h: Hearing, than_at: int | None, of_set: bool) -> list[tuple[int, str, str]]:
    """(piece, kind, value) of every set word, provinces of pilots included."""
    words: list[tuple[int, str, str]] = []
    set_near = [
        i
        for i, p in enumerate(h.pieces)
        if any(p.has(kind) for kind in SET_KINDS)
        or p.has("cue", "ask_one")
        or p.has("cue", "ask_many")
        or p.has("over", "place")
    ]
    for index, piece in list(h.free(*SET_KINDS, "province")):
        if piece.has("province") and not _is_province(h, index, piece, set_near, than_at, of_set):
            continue
        kind = next(k for k in ("province", *SET_KINDS) if piece.has(k))
        if kind == "region" and _side_of(h, index):
            h.trouble("unused_words", h.written(index))
        value = str(piece.get(kind)[0])
        words.append((index, kind, value))
        h.take(index, f"{kind}={value}")
    return words


def _side_of(h: Hearing, index: int) -> bool:
    """'West of Xining', 'the east of Hebei': a side of a place, and not the part of China that is called so."""
    of = h.words(index)[-1] == "of" or (index + 1 < len(h.pieces) and h.words(index + 1)[0] == "of")
    named = h.next_of(index, "place", "province")
    return of and named is not None and not any(p.admin_type == "country" for p in _places(h, named))


def _places(h: Hearing, index: int) -> list[Place]:
    return [h.catalog.places[str(place)] for place in h.pieces[index].get("place")]


def is_set(h: Hearing, index: int) -> bool:
    """Whether a piece names a set of places, a province included."""
    return any(h.pieces[index].has(kind) for kind in (*SET_KINDS, "province"))


def _is_province(h: Hearing, index: int, piece: Piece, set_near: list[int], than_at: int | None, of_set: bool) -> bool:
    """Whether a name is meant as the province its pilots lie in."""
    if than_at is not None and index > than_at and piece.has("place") and not _of_second_set(h, index):
        return False
    own_places = _places(h, index)
    beside = any(
        near != index
        and h.touching(index, near, lambda p: any(p.has(k) for k in SET_KINDS))
        and not _parted(h, index, near)
        for near in set_near
    )
    if not own_places:
        return (
            bool(set_near)
            or of_set
            or (index + 1 < len(h.pieces) and h.words(index + 1) in (("city",), ("town",)) and not _a_city(h, piece))
            or h.any("projects")
            or _places_sought(h)
            or (h.any("cue", "compare") and _paired(h, index))
        )
    against_another = h.any("pilots") and h.any("cue", "compare") and _paired(h, index)
    if against_another and all(place.admin_type == "province" for place in own_places):
        return True
    # Beijing is a place and a province of one pilot: what stands directly beside 'pilots' is meant as the province,
    # a list of names as places.
    listed = any(
        near != index
        and h.pieces[near].has("place")
        and h.touching(index, near, lambda p: p.has("cue", "conj") or p.has("province"))
        for near in range(max(0, index - 6), min(len(h.pieces), index + 7))
    )
    return beside and not listed


def _paired(h: Hearing, index: int) -> bool:
    """Whether another province is named with it: 'Jiangsu versus Zhejiang'."""
    return any(
        other != index
        and piece.has("province")
        and h.touching(index, other, lambda p: p.has("cue", "conj") or p.has("cue", "compare"))
        for other, piece in enumerate(h.pieces)
    )


def _a_city(h: Hearing, piece: Piece) -> bool:
    """Whether a city elsewhere bears the province's name: Jilin City."""
    return any(division.name_en in piece.get("province") for division in h.catalog.cities_elsewhere)


def _places_sought(h: Hearing) -> bool:
    """'Who had the highest in Liaoning', 'which … more than': places are looked for, so it has several."""
    sought = any(h.any("cue", cue) for cue in ("which_one", "which_ones", "ask_one", "ask_many"))
    barred = h.any("cmp") and any(p.quantity and not p.atom for p in h.pieces)
    return sought and not h.any("cue", "ask_period") and (h.any("order") or barred)


def _parted(h: Hearing, place: int, word: int) -> bool:
    """Whether a set word comes after a place and 'among' or 'of': it is not that place's."""
    return any(h.words(between) in OF for between in range(place, word))


def _of_second_set(h: Hearing, index: int) -> bool:
    """'… than the pilots in Beijing', '比北京市东部试点…': a set, not the place."""
    around = [h.pieces[index + 1 : index + 2]]
    if h.words(index - 1) in OF:
        around.append(h.pieces[index - 2 : index - 1])
    return any(piece.has(kind) for pieces in around for piece in pieces for kind in SET_KINDS)


def sets_of(
    h: Hearing, words: list[tuple[int, str, str]], places: tuple[str, ...], without: tuple[str, ...]
) -> tuple[Scope | None, Scope | None]:
    """One or two sets from their words; words that only repeat what the named places are, are dropped."""
    if len(places) > 1 and not without and all(kind == "pilots" for _, kind, _ in words):
        words = []
    if places and not without:
        words = [word for word in words if not _repeats(h, word, places)]
    if not words:
        return (Scope(without=without) if without else None), None
    values: dict[str, list[str]] = {}
    for _, kind, value in words:
        if value not in values.setdefault(kind, []):
            values[kind].append(value)
    if "capital" in values and values.pop("admin_type", ["prefecture-level city"]) != ["prefecture-level city"]:
        h.trouble("several_sets")
    double = [kind for kind in ("region", "province", "admin_type") if len(values.get(kind, ())) > 1]
    both = any(len(values.get(kind, ())) > 1 for kind in ("batch", "capital"))
    if len(double) > 1 or both or any(len(found) > 2 for found in values.values()):
        h.trouble("several_sets")
    said: dict[str, Any] = {kind: found[0] for kind, found in values.items() if kind != "pilots"}
    first = Scope(**said, without=without)
    other: dict[str, Any] = {double[0]: values[double[0]][1]} if double else {}
    second = replace(first, **other) if double else None
    if second is not None:
        _set_against_each_other(h, double[0])
    return first, second


def _set_against_each_other(h: Hearing, kind: str) -> None:
    """'The pilots of Jiangsu versus those of Zhejiang': the figure of each, unless their difference is asked for."""
    if h.any("cue", "difference") or h.any("over") or h.any("degree"):
        return
    for index, piece in list(h.free("cue")):
        if piece.has("cue", "compare"):
            each = replace(piece, senses=(Sense((("over", kind),)),))
            h.pieces = (*h.pieces[:index], each, *h.pieces[index + 1 :])


def _repeats(h: Hearing, word: tuple[int, str, str], places: tuple[str, ...]) -> bool:
    index, kind, value = word
    members = [h.catalog.places[p] for p in places]
    beside = any(
        meaning.startswith("place=")
        and h.touching(i, index, lambda p: p.quantity is not None)
        and not _parted(h, i, index)
        for i, meaning in h.used.items()
    )
    if not beside:
        return False
    if kind == "pilots":
        return all(member.batch for member in members) and not h.any("cue", "near")
    return kind in ("admin_type", "region") and all(getattr(member, kind) == value for member in members)
