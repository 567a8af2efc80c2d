"""What rules make of one figure over another: a ratio of two metrics, a part over the whole that it is a part of."""

from __future__ import annotations

from collections.abc import Sequence

from xinfo.nlu.bars import fraction_bar, threshold
from xinfo.nlu.grammar.meaning import Meaning, having, unify
from xinfo.nlu.variants import PART_OF
from xinfo.understand.catalog import DIMENSIONS


def ratio(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """One metric over another: 'information consumption as a share of GDP'."""
    return _over(*having("metric", parts))


def ratio_within(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """What of the second metric the first is: 'the share of Catholics in the foreign population'."""
    both = _over(*having("metric", parts))
    return both.but(part_within=True) if both is not None else None


def ratio_whole_first(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """The same with the whole said first: 'what share of GDP was information consumption'."""
    return _over(*having("metric", parts)[::-1])


def ratio_told(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """A part of a metric, told by words, over the metric: 'what percentage of the crimes were solved'."""
    said = unify(*parts, features)
    if said is None or "variant" not in said or not isinstance(said.get("metric"), str):
        return None
    return said.but(whole=said["metric"])


def ratio_in_whole(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """A metric over the one that it is a part of: 'the share of outpatient examinations'."""
    said = unify(*parts, features)
    return said.but(whole=PART_OF) if said is not None and isinstance(said.get("metric"), str) else None


def _over(*figures: Meaning) -> Meaning | None:
    """What is over the metric of the second figure, whose places and times are those of the first, too."""
    if len(figures) != 2 or any(name in figures[1] for name in DIMENSIONS):
        return None
    top, bottom = figures
    if top["metric"] == bottom["metric"] or not isinstance(bottom["metric"], str):
        return None
    return unify(top, bottom.without("metric"), Meaning(whole=bottom["metric"]))


def ratio_held(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """One metric over another, and what it is held against: 'information consumption was above 10 % of GDP'."""
    both = _over(*having("metric", parts))
    return unify(both, *(part for part in parts if "metric" not in part), features) if both is not None else None


def ratio_barred(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """The same where the bar stands apart from its sign: 'information consumption above GDP's tenth'."""
    rest = [part for part in parts if "metric" not in part]
    bar = (fraction_bar if having("fraction", rest) else threshold)(rest, features)
    both = _over(*having("metric", parts))
    return unify(both, bar) if both is not None and bar is not None else None


def ratio_held_whole_first(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """The same with the whole said first: 'spent more than 10 % of GDP on information'."""
    both = ratio_whole_first(parts, features)
    return unify(both, *(part for part in parts if "metric" not in part), features) if both is not None else None
