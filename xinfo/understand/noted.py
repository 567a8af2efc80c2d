"""What a reading assumes, in words."""

from __future__ import annotations

from xinfo.language import times
from xinfo.language.texts import text
from xinfo.store.periods import parse_id
from xinfo.understand.catalog import Catalog
from xinfo.understand.say_places import place_name

OF_PLACES = ("assumed.inside", "assumed.inside_each", "assumed.sole_place")
OF_PERIODS = ("assumed.only_target", "assumed.relative")


def note(assumed: tuple[str, str], catalog: Catalog, lang: str) -> str:
    """An assumption of a text's key and what it is about: a place's id, a period's id, or words as they were asked."""
    key, what = assumed
    if key in OF_PLACES:
        what = place_name(what, catalog, lang)
    elif key in OF_PERIODS:
        ends = [parse_id(end) for end in what.split("..")]
        what = times.span(ends[0], ends[-1], lang)
    return text(key, lang, what=what)
