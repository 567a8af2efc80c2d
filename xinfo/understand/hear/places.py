"""Places and sets of places in a question: names, homonyms, provinces, regions, kinds, exceptions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from xinfo.understand.hear.hearing import Hearing
from xinfo.understand.reading import Scope
from xinfo.understand.segment import Piece

OF = (("among",), ("amongst",), ("of",), ("in",), ("within",), ("across",))
"""A set named after one of these is not that of the place before it: 'nearest to Beijing among the pilots'."""
SET_KINDS = ("pilots", "region", "admin_type", "batch")


@dataclass
class Whereabouts:
    """What a question says about where."""

    places: tuple[str, ...] = ()
    than: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    scope: Scope | None = None
    other: Scope | None = None


def hear_places(h: Hearing, than_at: int | None, of_set: bool = False) -> Whereabouts:
    """Takes up every place, province and set word; `than_at` is the piece 'than', if any.

    `of_set` where the question before was about a set of places: a bare province then names another one.
    """
    _resolve_homonyms(h)
    without = _exceptions(h)
    scopes = _scopes(h, than_at, of_set)
    found = Whereabouts()
    for index, piece in list(h.free("place")):
        ids = _largest(h, tuple(dict.fromkeys(str(value) for value in piece.get("place"))))
        h.take(index, f"place={'|'.join(ids)}")
        if len(ids) > 1 or _or_province(h, piece):
            found.options = ids
        elif than_at is not None and index > than_at and _after_than(h, than_at, index):
            found.than += ids
        else:
            found.places += tuple(i for i in ids if i not in found.places)
    found.places = _innermost(h, found.places)
    found.scope, found.other = _sets(h, scopes, found.places, without)
    _bare_provinces(h, found)
    for index, _ in list(h.free("outer")):
        h.take(index, "outer?")
        h.trouble("elsewhere", h.written(index))
    return found


def _exceptions(h: Hearing) -> tuple[str, ...]:
    """Places after 'except' or between 除 and 外; an exception of anything else stops the answer."""
    without: list[str] = []
    for index, piece in enumerate(h.pieces):
        if not piece.has("cue", "except"):
            continue
        at = _next_exception(h, index)
        while at is not None and len(ids := h.pieces[at].get("place")) == 1:
            without.extend(str(i) for i in ids if i not in without)
            h.take(at, f"without={ids[0]}")
            h.take(index, "cue:except")
            at = _next_exception(h, at)
        if index not in h.used:
            h.trouble("qualifier", h.text.original[h.text.tokens[piece.start].start :])
            h.take(index, "cue:except")
        else:
            for end, _ in h.free("cue"):
                if h.pieces[end].has("cue", "except_end"):
                    h.take(end, "cue:except")
    for index, piece in list(h.free("cue")):
        if piece.has("cue", "others"):
            h.take(index, "cue:others") if without or h.any("cue", "near") else h.trouble("others", h.written(index))
    return tuple(without)


def _next_exception(h: Hearing, index: int) -> int | None:
    """The next place of a list: past 'and', and past the province that tells which place is meant."""
    for later in range(index + 1, len(h.pieces)):
        piece = h.pieces[later]
        if piece.has("place") and later not in h.used:
            return later
        if later not in h.used and not piece.has("filler") and not piece.has("cue", "conj"):
            return None
    return None


def _resolve_homonyms(h: Hearing) -> None:
    """A province beside a place name tells which place is meant, and must not contradict it."""
    for index, piece in enumerate(h.pieces):
        if not piece.has("place") or index in h.used:
            continue
        for near in (index - 1, index + 1, index - 2, index + 2):
            if not (0 <= near < len(h.pieces)) or near in h.used or not h.touching(index, near):
                continue
            provinces = set(h.pieces[near].get("province"))
            if _within(h, index, near):
                break
            if not provinces or (h.pieces[near].has("place") and near > index and not _lies_in(h, near)):
                continue
            if _separated(h, index, near) or (near == index - 2 and h.words(index - 1) == (",",)):
                continue
            fitting = [
                s for s in piece.senses if s.kind == "place" and h.catalog.places[str(s.value)].province_en in provinces
            ]
            if fitting:
                h.pieces = (*h.pieces[:index], replace(piece, senses=tuple(fitting)), *h.pieces[index + 1 :])
                h.take(near, f"province={h.pieces[near].get('province')[0]}")
                break


def _within(h: Hearing, index: int, near: int) -> bool:
    """Whether a city named beside a place has just some of its meanings inside it: '杭州西湖区', '福州市鼓楼区'."""
    piece = h.pieces[index]
    codes = {str(code) for code in h.pieces[near].get("outer")}
    codes |= {h.catalog.places[str(p)].adcode for p in h.pieces[near].get("place")}
    fitting = tuple(
        s for s in piece.senses if s.kind == "place" and h.catalog.places[str(s.value)].adcode[:4] + "00" in codes
    )
    if not fitting or near > index or _separated(h, index, near):
        return False
    h.pieces = (*h.pieces[:index], replace(piece, senses=fitting), *h.pieces[index + 1 :])
    if h.pieces[near].has("outer"):
        h.take(near, f"outer={h.written(near)}")
    return True


def _largest(h: Hearing, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Of places of one name the one that the others lie inside: 长沙 is the city, not the county in it."""
    return tuple(a for a in ids if all(a == b or _inside(h, b, a) for b in ids)) or ids


def _lies_in(h: Hearing, index: int) -> bool:
    """Whether brackets or 'in' say that what stands before lies in this one."""
    return h.words(index - 1) in (("(",), ("in",))


def _separated(h: Hearing, a: int, b: int) -> bool:
    """Whether 'and' or a list comma stands between: then they are two things."""
    first, last = sorted((a, b))
    return any(h.pieces[i].has("cue", "conj") for i in range(first + 1, last))


def _scopes(h: Hearing, than_at: int | None, of_set: bool) -> list[tuple[int, str, str]]:
    """(piece, kind, value) of every set word, provinces of pilots included."""
    words: list[tuple[int, str, str]] = []
    set_near = [
        i
        for i, p in enumerate(h.pieces)
        if any(p.has(kind) for kind in SET_KINDS) or p.has("cue", "ask_one") or p.has("cue", "ask_many")
    ]
    for index, piece in list(h.free(*SET_KINDS, "province")):
        if piece.has("province") and not _is_province(h, index, piece, set_near, than_at, of_set):
            continue
        kind = next(k for k in ("province", *SET_KINDS) if piece.has(k))
        value = str(piece.get(kind)[0])
        words.append((index, kind, value))
        h.take(index, f"{kind}={value}")
    return words


def _is_province(h: Hearing, index: int, piece: Piece, set_near: list[int], than_at: int | None, of_set: bool) -> bool:
    """Whether a name is meant as the province its pilots lie in."""
    if than_at is not None and index > than_at and piece.has("place") and not _of_second_set(h, index):
        return False
    own_places = [h.catalog.places[str(p)] for p in piece.get("place")]
    beside = any(
        near != index
        and h.touching(index, near, lambda p: any(p.has(k) for k in SET_KINDS))
        and not _parted(h, index, near)
        for near in set_near
    )
    if not own_places:
        return bool(set_near) or of_set or h.any("projects")
    # Beijing is a place and a province of one pilot: what stands directly beside 'pilots' is meant as the province,
    # a list of names as places.
    listed = any(
        near != index and h.pieces[near].has("place") and h.touching(index, near)
        for near in range(max(0, index - 3), min(len(h.pieces), index + 4))
    )
    return beside and not listed


def _parted(h: Hearing, place: int, word: int) -> bool:
    """Whether a set word comes after a place and 'among' or 'of': it is not that place's."""
    return any(h.words(between) in OF for between in range(place, word))


def _of_second_set(h: Hearing, index: int) -> bool:
    """'… than the pilots in Beijing', '比北京市东部试点…': a set, not the place."""
    around = [h.pieces[index + 1 : index + 2]]
    if h.words(index - 1) in OF:
        around.append(h.pieces[index - 2 : index - 1])
    return any(piece.has(kind) for pieces in around for piece in pieces for kind in SET_KINDS)


def _sets(
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
    double = [kind for kind in ("region", "province", "admin_type") if len(values.get(kind, ())) > 1]
    if len(double) > 1 or any(len(found) > 2 for found in values.values()):
        h.trouble("several_sets")
    said: dict[str, Any] = {kind: found[0] for kind, found in values.items() if kind != "pilots"}
    first = Scope(**said, without=without)
    other: dict[str, Any] = {double[0]: values[double[0]][1]} if double else {}
    second = replace(first, **other) if double else None
    return first, second


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


def _innermost(h: Hearing, places: tuple[str, ...]) -> tuple[str, ...]:
    """'北京市海淀区': of a place and one inside it named side by side, the inner one is meant."""
    named = [
        (i, str(p.get("place")[0]))
        for i, p in enumerate(h.pieces)
        if p.has("place") and h.used.get(i, "").startswith("place=")
    ]
    outer: set[str] = set()
    for (i, a), (j, b) in pairwise(named):
        if h.touching(i, j) and not _separated(h, i, j):
            outer |= {x for x, y in ((a, b), (b, a)) if _inside(h, y, x)}
    return tuple(place for place in places if place not in outer)


def _inside(h: Hearing, inner: str, outer: str) -> bool:
    a, b = h.catalog.places[inner].adcode, h.catalog.places[outer].adcode
    return a != b and b in (a[:2] + "0000", a[:4] + "00")


def _after_than(h: Hearing, than_at: int, index: int) -> bool:
    """Whether a place belongs to 'than': 'than Hangzhou and Ningbo', '比深圳'."""
    return h.touching(than_at, index, lambda p: any(p.has(kind) for kind in ("place", "province", "cmp", "degree")))


def _or_province(h: Hearing, piece: Piece) -> bool:
    """Whether a place's name is also that of a province other than itself: Jilin, the city or the province."""
    own = {h.catalog.places[str(place)].admin_type for place in piece.get("place")}
    return piece.has("province") and not own & {"municipality", "province"}


def _bare_provinces(h: Hearing, found: Whereabouts) -> None:
    """A province without figures of its own, named as if it were a place."""
    for index, piece in list(h.free("province")):
        h.trouble("province", h.written(index), tuple(str(v) for v in piece.get("province")))
        h.take(index, "province?")
