"""A figure that is part of another, told by words anywhere in the question: marriages '… where the wife was Swiss'."""

from __future__ import annotations

from xinfo.nlu.grammar.meaning import Meaning
from xinfo.understand.catalog import Catalog

VARIANT = "variant"


def as_told(meaning: Meaning, catalog: Catalog) -> Meaning | None:
    """The meaning with the part in place of the whole; None where the words tell a part of another figure."""
    if VARIANT not in meaning:
        return meaning
    told = str(meaning[VARIANT])
    if meaning.get("metric") not in catalog.called.get(told, {}).get("part_of", ()):
        return None
    return meaning.without(VARIANT).but(metric=told)
