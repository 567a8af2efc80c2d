"""Places in a question: names, homonyms, places within others, exceptions. Sets of places by description: `sets`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from xinfo.understand.hear.exceptions import exceptions
from xinfo.understand.hear.hearing import Hearing
from xinfo.understand.hear.seats import resolve_capitals, resolve_nation
from xinfo.understand.hear.sets import set_words, sets_of
from xinfo.understand.reading import Scope
from xinfo.understand.segment import Piece
from xinfo.understand.text import HAN

CONTAINED = ([(",",)], [("of",)], [("in",)], [("of", "the")])
"""What stands between a place and the city that it is said to lie in."""
CITIES = ("municipality", "prefecture-level city")
WITHIN_CITIES = ("district", "county", "county-level city")


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
    resolve_capitals(h)
    resolve_nation(h)
    _resolve_homonyms(h)
    without = exceptions(h)
    words = set_words(h, than_at, of_set)
    found = Whereabouts()
    for index, piece in list(h.free("place")):
        ids = _largest(h, tuple(dict.fromkeys(str(value) for value in piece.get("place"))))
        h.take(index, f"place={'|'.join(ids)}")
        if len(ids) > 1 and _each_of_them(h, index):
            found.places += ids
        elif len(ids) > 1 or _or_province(h, piece):
            found.options = ids
        elif than_at is not None and index > than_at and _after_than(h, than_at, index):
            found.than += ids
        else:
            found.places += tuple(i for i in ids if i not in found.places)
    found.places = _innermost(h, found.places)
    found.scope, found.other = sets_of(h, words, found.places, without)
    _bare_provinces(h, found)
    _topics(h, found)
    for index, _ in list(h.free("outer")):
        h.take(index, "outer?")
        h.trouble("elsewhere", h.written(index))
    return found


def _resolve_homonyms(h: Hearing) -> None:
    """A province beside a place name tells which place is meant, and must not contradict it."""
    for index, piece in enumerate(h.pieces):
        if not piece.has("place") or index in h.used or _each_of_them(h, index):
            continue
        for near in (index - 1, index + 1, index - 2, index + 2, index + 3):
            if not (0 <= near < len(h.pieces)) or near in h.used or not h.touching(index, near):
                continue
            if _said_twice(h, index, near):
                break
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


def _said_twice(h: Hearing, index: int, near: int) -> bool:
    """'Suzhou (宿州)', '福州 Fuzhou': the other spelling tells which of the places of that name is meant."""
    piece, other = h.pieces[index], h.pieces[near]
    both = set(piece.get("place")) & set(other.get("place"))
    written = HAN.search(h.written(index)) is not None, HAN.search(h.written(near)) is not None
    if not both or len(set(piece.get("place"))) == len(both) or written[0] == written[1] or _separated(h, index, near):
        return False
    senses = tuple(sense for sense in piece.senses if sense.kind == "place" and sense.value in both)
    h.pieces = (*h.pieces[:index], replace(piece, senses=senses), *h.pieces[index + 1 :])
    return True


def _within(h: Hearing, index: int, near: int) -> bool:
    """Whether a city named beside a place has just some of its meanings inside it: '福州市鼓楼区', 'Gulou, Nanjing'."""
    inner, outer = h.pieces[index], h.pieces[near]
    codes = {str(code) for code in outer.get("outer")} | {_code(h, p) for p in outer.get("place")}
    fitting = tuple(s for s in inner.senses if s.kind == "place" and _city_of(h, s.value) in codes)
    behind = near > index and [h.words(i) for i in range(index + 1, near)] not in CONTAINED
    if not fitting or behind or (_separated(h, index, near) and near < index):
        return False
    around = {_city_of(h, sense.value) for sense in fitting}
    kept = tuple(s for s in outer.senses if s.kind != "place" or _code(h, s.value) in around)
    narrowed = {index: replace(inner, senses=fitting), near: replace(outer, senses=kept)}
    h.pieces = tuple(narrowed.get(i, piece) for i, piece in enumerate(h.pieces))
    if outer.has("outer"):
        h.take(near, f"outer={h.written(near)}")
    return True


def _code(h: Hearing, place: object) -> str:
    return h.catalog.places[str(place)].adcode


def _city_of(h: Hearing, place: object) -> str:
    """The code of the city that a place lies in."""
    return _code(h, place)[:4] + "00"


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
            if len(named) == 2 and not outer:
                _lies_elsewhere(h, i, j)
    return tuple(place for place in places if place not in outer)


def _lies_elsewhere(h: Hearing, first: int, second: int) -> None:
    """'Pudong, Beijing', '北京浦东': a district and a city it does not lie in, said as if it did."""
    chinese = HAN.search(h.written(first)) is not None
    between = [h.words(i) for i in range(first + 1, second)]
    outer, inner = (first, second) if chinese else (second, first)
    kinds = [h.catalog.places[str(h.pieces[i].get("place")[0])].admin_type for i in (outer, inner)]
    said_within = not between if chinese else between in ([(",",)], [("in",)], [("of",)], [])
    if said_within and kinds[0] in CITIES and kinds[1] in WITHIN_CITIES:
        h.trouble("unused_words", h.written(outer))


def _inside(h: Hearing, inner: str, outer: str) -> bool:
    a, b = h.catalog.places[inner].adcode, h.catalog.places[outer].adcode
    return a != b and b in (a[:2] + "0000", a[:4] + "00")


def _after_than(h: Hearing, than_at: int, index: int) -> bool:
    """Whether a place belongs to 'than': 'than Hangzhou and Ningbo', '比深圳'."""
    kinds = ("place", "province", "cmp", "degree", "metric")
    return h.touching(than_at, index, lambda p: any(p.has(kind) for kind in kinds) or p.has("cue", "conj"))


def _or_province(h: Hearing, piece: Piece) -> bool:
    """Whether a name is that of a city and of a province: Jilin; the store may know one of them alone."""
    own = {h.catalog.places[str(place)].admin_type for place in piece.get("place")}
    return piece.has("doubled") or (piece.has("province") and not own & {"municipality", "province"})


def _each_of_them(h: Hearing, index: int) -> bool:
    """'Both Suzhous', 'the two Suzhou': the places of one name, not one of them that is still to be chosen."""
    before = h.words(index - 1) if index else ()
    return before in (("both",), ("two",), ("the", "two")) and len(set(h.pieces[index].get("place"))) == 2


def _topics(h: Hearing, found: Whereabouts) -> None:
    """'I am writing on Shandong and need the GDP of Weifang': nothing is lost where all the places lie in there."""
    for index, piece in enumerate(h.pieces):
        for province in piece.get("topic"):
            within = [h.catalog.places[place].province_en == province for place in found.places]
            if not within or not all(within) or found.scope or found.options:
                h.trouble("unused_words", h.written(index))


def _bare_provinces(h: Hearing, found: Whereabouts) -> None:
    """A province without figures of its own, named as if it were a place."""
    lie_in = [h.catalog.places[place].province_en for place in found.places]
    bare = list(h.free("province"))
    if len(bare) == len(lie_in) == 2 and sorted(lie_in) == sorted(str(p.get("province")[0]) for _, p in bare):
        # 'both Taizhous (the Jiangsu one and the Zhejiang one)'
        for index, piece in bare:
            h.take(index, f"province={piece.get('province')[0]}")
        return
    for index, piece in bare:
        h.trouble("province", h.written(index), tuple(str(v) for v in piece.get("province")))
        h.take(index, "province?")
