"""A figure that is part of another, told by words anywhere in the question: marriages '… where the wife was Swiss'."""

from __future__ import annotations

from xinfo.nlu.grammar.meaning import Meaning
from xinfo.understand.catalog import Catalog

VARIANT = "variant"
PART_OF = "part_of"
"""The whole of a share that is left to say: what its metric is a part of."""


def as_told(meaning: Meaning, catalog: Catalog) -> Meaning | None:
    """The meaning with the part in place of the whole; None where the words tell a part of another figure.

    Several tell a part of a part: 'between Swiss couples who were married for 10 to 14 years'.
    """
    left, metric = set(meaning.get(VARIANT, ())), meaning.get("metric")
    while left:
        part = next((one for one in sorted(left) if metric in catalog.called.get(one, {}).get(PART_OF, ())), None)
        if part is None:
            return None
        left.remove(part)
        metric = part
    told = meaning.without(VARIANT).but(metric=metric) if VARIANT in meaning else meaning
    if told.get("whole") != PART_OF:
        return told
    whole = catalog.called.get(str(metric), {}).get(PART_OF)
    if not whole or catalog.called.get(whole[0], {}).get(PART_OF):
        return None  # 'The share of foreign women' leaves open whether it is one in all foreigners, or in all people.
    return told.but(whole=whole[0])
