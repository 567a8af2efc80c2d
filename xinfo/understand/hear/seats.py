"""Places named by what they are the seat of: 'the capital of Qinghai', 'national GDP'. Takes the words that say it."""

from __future__ import annotations

from dataclasses import replace

from xinfo.understand.hear.hearing import Hearing
from xinfo.understand.segment import Piece
from xinfo.understand.vocabulary import Sense

FIGURES = ("metric", "measure")


def resolve_capitals(h: Hearing) -> None:
    """A capital beside its province is that city; one that the store does not know is named for what it is."""
    for index, piece in enumerate(h.pieces):
        near = next((i for i in (index + 1, index - 1, index + 2, index - 2) if _is_province(h, index, i)), None)
        if not piece.has("seat") or near is None:
            continue
        city = h.catalog.capital_of(str(h.pieces[near].get("province")[0]))
        places = [p for p, place in h.catalog.places.items() if city and place.adcode == city.adcode]
        if city and not places:
            h.trouble("elsewhere", city.name_en if h.written(index).isascii() else city.name_zh)
        if city:
            h.pieces = (*h.pieces[:index], _as_place(h, index, places), *h.pieces[index + 1 :])
            h.take(near, f"capital={city.adcode}")


def resolve_nation(h: Hearing) -> None:
    """'National' before a figure is the nation's; 'national pilots' are all of them."""
    nations = [p for p, place in h.catalog.places.items() if place.admin_type == "country"]
    for index, _ in list(h.free("national")):
        ahead = h.next_of(index, *FIGURES, "pilots")
        before_pilots = ahead is not None and h.next_of(ahead, "pilots") is not None
        if ahead is None or h.pieces[ahead].has("pilots") or before_pilots:
            h.take(index, "pilots=national") if h.any("pilots") else None
        elif len(nations) == 1:
            h.pieces = (*h.pieces[:index], _as_place(h, index, nations), *h.pieces[index + 1 :])


def _is_province(h: Hearing, capital: int, index: int) -> bool:
    return 0 <= index < len(h.pieces) and h.pieces[index].has("province") and h.touching(capital, index)


def _as_place(h: Hearing, index: int, places: list[str]) -> Piece:
    senses = tuple(Sense((("place", place),)) for place in places)
    return replace(h.pieces[index], senses=senses or h.pieces[index].senses)
