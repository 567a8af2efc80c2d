"""What a set of places is without: 'except Hebei and Xining', '除西部外', 'outside Guangdong'. Hears nothing else."""

from __future__ import annotations

from xinfo.understand.hear.hearing import Hearing

GROUPS = ("province", "region", "admin_type", "capital")
BESIDES = ("pilots", "conj", "pronoun", "follow")
"""What may stand between 'except' and what is left out: 'except the pilots in Hebei', 'except those in the west'."""
COMMA = (",",)


def exceptions(h: Hearing) -> tuple[str, ...]:
    """Places and groups after 'except', between 除 and 外 or before 以外; one of anything else stops the answer."""
    without: list[str] = []
    for index, piece in enumerate(h.pieces):
        if (piece.has("cue", "except") or piece.has("cue", "not_among")) and index not in h.used:
            without += _after(h, index)
    for index, _ in list(h.free("cue")):
        if h.pieces[index].has("cue", "except_end"):
            without += [] if without else _before(h, index)
            if without:
                h.take(index, "cue:except")
    for index, piece in list(h.free("cue")):
        if piece.has("cue", "others"):
            if not without and not h.any("cue", "near"):
                h.trouble("others", h.written(index))
            h.take(index, "cue:others")
    return tuple(dict.fromkeys(without))


def _after(h: Hearing, index: int) -> list[str]:
    """What stands after 'except', one by one."""
    found: list[str] = []
    last, at = index, _next(h, index)
    while at is not None:
        found.append(_taken(h, at))
        for between in range(last + 1, at):
            if h.pieces[between].has("cue"):
                h.take(between, "cue:conj")
        last, at = at, _next(h, at)
    if h.pieces[index].has("cue", "not_among"):
        # 'Is Xining not a pilot' denies something of one place; only a group can be left out so.
        found = [name for name in found if name not in h.catalog.places]
    else:
        # Only Chinese has the word behind what is left out: 广东以外.
        found = found or ([] if h.written(index).isascii() else _before(h, index))
    if not found:
        h.trouble("qualifier", h.text.original[h.text.tokens[h.pieces[index].start].start :])
    h.take(index, "cue:except")
    return found


def _before(h: Hearing, index: int) -> list[str]:
    """What stands before 以外, as far as it is a list: '广东、河北以外'."""
    found: list[str] = []
    for earlier in range(index - 1, -1, -1):
        if _name(h, earlier):
            found.insert(0, _taken(h, earlier))
        elif not _passed(h, earlier) or h.words(earlier) == COMMA:
            break
    return found


def _next(h: Hearing, index: int) -> int | None:
    """The next name of a list; a group's name ends it at a comma: 'except Hebei, western pilots'."""
    comma = False
    for later in range(index + 1, len(h.pieces)):
        comma = comma or h.words(later) == COMMA
        if later not in h.used and (name := _name(h, later)):
            return None if comma and name not in h.catalog.places else later
        if later not in h.used and not _passed(h, later):
            return None
    return None


def _passed(h: Hearing, index: int) -> bool:
    piece = h.pieces[index]
    return piece.mere or any(piece.has(kind) or piece.has("cue", kind) for kind in BESIDES)


def _name(h: Hearing, index: int) -> str | None:
    """The one place or group that a piece names, as `Catalog.groups` has it."""
    piece = h.pieces[index]
    places = [str(place) for place in piece.get("place")]
    if len(places) == 1 and h.catalog.places[places[0]].admin_type != "province":
        return places[0]
    kind = next((kind for kind in GROUPS if piece.has(kind)), None)
    if kind is None or len(places) > 1:
        return None
    value = str(piece.get(kind)[0])
    return f"capital:{value}" if kind == "capital" else value


def _taken(h: Hearing, index: int) -> str:
    name = _name(h, index) or ""
    h.take(index, f"without={name}")
    return name
