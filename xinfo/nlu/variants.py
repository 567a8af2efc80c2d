"""A figure that is part of another, told by words anywhere in the question: marriages '… where the wife was Swiss'."""

from __future__ import annotations

from collections.abc import Iterable

from xinfo.nlu.grammar.meaning import Meaning
from xinfo.understand.catalog import Catalog
from xinfo.understand.phrases import expand
from xinfo.understand.proportions import is_part

VARIANT = "variant"
PART_OF = "part_of"
"""The whole of a share that is left to say: what its metric is a part of."""


def as_told(meaning: Meaning, catalog: Catalog) -> Meaning | None:
    """The meaning with the part in place of the whole; None where the words tell a part of another figure.

    Several tell a part of a part: 'between Swiss couples who were married for 10 to 14 years'.
    """
    left, metric = set(meaning.get(VARIANT, ())), meaning.get("metric")
    if "counted_part" in meaning and metric is None and "metrics" not in meaning:
        metric = _counted_whole(left, catalog)
        meaning = meaning.but(metric=metric) if metric else meaning
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


def _counted_whole(parts: Iterable[str], catalog: Catalog) -> str | None:
    """What parts that are told by their words alone are parts of: of something that is counted."""
    roots = {root for part in parts for root in _roots(part, catalog) if not catalog.called.get(root, {}).get(PART_OF)}
    counted = [root for root in roots if catalog.metrics[root].unit == "count"]
    return counted[0] if len(roots) == len(counted) == 1 else None


def part_within(part: str, whole: str, catalog: Catalog) -> str | tuple[str, ...]:
    """What of a whole a part is: of Catholics and foreigners, who both are people, the Catholics among the foreigners.

    Both of them where there is no such figure: the one over the other is no share.
    """
    if is_part(catalog, part, whole) or not (_roots(part, catalog) & _roots(whole, catalog) - {part, whole}):
        return part
    told = catalog.called.get(part, {}).get("told_by_en")
    found = [
        one
        for one in catalog.metrics
        if is_part(catalog, one, whole) and told and catalog.called.get(one, {}).get("told_by_en") == told
    ]
    return found[0] if len(found) == 1 else (part, whole)


def _roots(metric: str, catalog: Catalog) -> frozenset[str]:
    """A metric and everything that it is part of."""
    wholes = catalog.called.get(metric, {}).get(PART_OF, ())
    return frozenset({metric}).union(*(_roots(one, catalog) for one in wholes if one != metric))


def is_short_for(metric: str | None, other: str | None, catalog: Catalog) -> bool:
    """Whether what a metric is called may be another one, cut short: 'also give the wealth' behind taxable wealth."""
    if catalog.own is None or not metric or not other or metric == other:
        return False
    label = catalog.metrics[other].label_en.lower().split()
    tails = {" ".join(label[start:]) for start in range(1, len(label))}
    return any(not tails.isdisjoint(expand(pattern)) for pattern in catalog.called.get(metric, {}).get("en", ()))
