"""Bars and other sides: numbers, fractions and multiples that figures are held against, and what stands after 'than'.

Productions like those of `productions`. Knows no words of any language.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from xinfo.nlu.features import FIGURE, SCOPE
from xinfo.nlu.grammar.meaning import Meaning, having, unify
from xinfo.nlu.productions import Parts
from xinfo.nlu.times import OpenPart
from xinfo.nlu.verbs import NOT
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.quantities import NOTHING, Quantity
from xinfo.understand.reading import Scope

UNIT_WORDS = frozenset(["amount", "money", "count", "percent", "points", "ratio", "scale"])
"""What the vocabulary calls units whatever the store."""
BAR_NAMES = ("threshold", "than", "factor")
"""What a figure is held against."""
MOST_PLACES = 100
"""What counts places is no larger number."""


def threshold(parts: Parts, features: Meaning) -> Meaning | None:
    """A number that figures are set against."""
    bar = unify(*(part.without("amount") for part in parts), features)
    (number,) = having("amount", parts)
    return unify(bar, Meaning(threshold=number["amount"])) if bar is not None else None


def passes_too(parts: Parts, features: Meaning) -> Meaning | None:
    """'More than Wuxi but less than Suzhou', 'above 10 billion in 2015, not yet in 2014': one figure, a second bar.

    A bar that is not said again is the first one, which is not passed at the other time.
    """
    first, bar = parts[0], unify(*parts[1:], features)
    if bar is None or first.keys() & {"chosen", "bar", "places"} or {"metric", "cmp", "time"} - first.keys():
        return None
    if "cmp" not in bar:
        bar = bar.but(cmp=NOT[first["cmp"]], **{name: first[name] for name in BAR_NAMES if name in first})
    apart = bar.get("time", first["time"]) != first["time"] or ("than" in bar and bar["than"] != first.get("than"))
    if not apart or bar.keys() & (FIGURE | {"bar", "upto_cmp"}):
        return None
    own = {name: bar[name] for name in (*BAR_NAMES, "cmp", "time") if name in bar}
    inner = Meaning({name: first[name] for name in (*FIGURE, "time") if name in first}).but(**own)
    return unify(first, bar.without(*own, "_shape"), Meaning(chosen=inner, nominal=True))


def none_of_it(parts: Parts, features: Meaning) -> Meaning | None:
    """A figure of nothing: 'had no overnight stays'. It is one of members that are told by it, and no target."""
    (figure,) = having("metric", parts)
    nothing = {"cmp": ">=", "threshold": NOTHING, "upto_cmp": "<=", "upto": NOTHING}
    return figure.but(measure="value", **nothing) if "measure" not in figure else None


def amount_in(parts: Parts, features: Meaning) -> Meaning | None:
    """A number with a unit of the store's own behind it; those that numbers are read with are no news."""
    (number,), (unit,) = having("amount", parts), having("unit", parts)
    if number["amount"].unit is not None or unit["unit"] in UNIT_WORDS:
        return None
    return Meaning(amount=replace(number["amount"], unit=unit["unit"]))


def threshold_of_size(parts: Parts, features: Meaning) -> Meaning | None:
    """A number behind a word that also counts places: 'topped 30 billion', where 'top 5' is a ranking."""
    (number,) = having("amount", parts)
    bare = number["amount"].unit is None and not number["amount"].scaled
    return None if bare and number["amount"].value <= MOST_PLACES else threshold(parts, features)


def fraction_bar(parts: Parts, features: Meaning) -> Meaning | None:
    """'More than half', 'less than a third', which is said and counted as 33.33 %."""
    said = unify(*parts, features)
    part = round(float(Fraction(said["fraction"])), 4) if said else 0.0
    return said and said.without("fraction").but(threshold=Quantity(part, "ratio", False))


def part_of_amount(parts: Parts, features: Meaning) -> Meaning | None:
    """'Half of 5 billion'."""
    (number,), (part,) = having("amount", parts), having("fraction", parts)
    return Meaning(amount=replace(number["amount"], value=number["amount"].value * float(Fraction(part["fraction"]))))


def times_bar(parts: Parts, features: Meaning) -> Meaning | None:
    """'Grew by at least twice as much as there was': a rate."""
    (times,) = having("factor", parts)
    return unify(
        *(part.without("factor") for part in parts), Meaning(threshold=Quantity(times["factor"], "ratio", False))
    )


def between_bounds(parts: Parts, features: Meaning) -> Meaning | None:
    low, high = (part["amount"] for part in having("amount", parts))
    if low.unit is None and not low.scaled:
        low = replace(low, value=low.value * high.factor, unit=high.unit, scaled=high.scaled, factor=high.factor)
    return Meaning(cmp=">=", threshold=low, upto_cmp="<=", upto=high)


def up_to_not(parts: Parts, features: Meaning) -> Meaning | None:
    """'Exceeded 50 but not 100 billion yuan'."""
    (sign,) = having("cmp", parts[:1])
    found = between_bounds(parts, features)
    return found and found.but(cmp=sign["cmp"])


def than(parts: Parts, features: Meaning) -> Meaning | None:
    """The other side of a comparison, by what it is: places, a set, a time, a part."""
    said = unify(*parts, features)
    if said is None:
        return None
    if "places" in said:
        return Meaning(than_places=said["places"])
    if "time" in said:
        return Meaning(than_time=said["time"]) if isinstance(said["time"], tuple) else None
    if "nominal" in said or SCOPE & said.keys():
        conditions = {name: said[name] for name in SCOPE if name in said}
        return Meaning(than_set=Scope(**conditions)) if said.keys() <= {*SCOPE, "nominal", "pilots", "_every"} else None
    parted = tuple((name, said[name]) for name in DIMENSIONS if name in said)
    return Meaning(than_part=parted) if len(parted) == len(said) == 1 else None


def than_figure(parts: Parts, features: Meaning) -> Meaning | None:
    """'Than its 2014 GDP': the other side, and the figure, which must be the one that is spoken of."""
    figure = [Meaning({name: value for name, value in part.items() if name in FIGURE}) for part in parts]
    other = than([part.without(*FIGURE) for part in parts], features)
    return unify(other, *figure) if other is not None else None


def than_part_of_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'In the second half of 2014 than in the first': a part of the year that was said, as long as the one that was."""
    (said,) = (part for part in parts if {"quarter", "part"} & part.keys())
    return Meaning(than_time=OpenPart(*said["part"]) if "part" in said else int(said["quarter"]))


def ahead(parts: Parts, features: Meaning) -> Meaning | None:
    """'Ahead of Wuxi', 'exceed that of Wuxi': a comparison and its other side in one."""
    degree = next(part for part in parts if "degree" in part)
    side = than([part for part in parts if part is not degree], Meaning())
    return unify(degree, side) if side is not None else None


def one_degree(parts: Parts, features: Meaning) -> Meaning | None:
    """'Larger' once: whoever says it twice means something else by it."""
    return unify(*parts) if "degree" not in parts[0] else None


def multiple_of(parts: Parts, features: Meaning) -> Meaning | None:
    """'At least double that of Wuxi': so many times another place's figure."""
    named = [part for part in parts if "places" in part]
    rest = unify(*(part for part in parts if "places" not in part), features)
    if len(named) != 1 or len(named[0]["places"]) != 1 or rest is None:
        return None
    than = rest.but(than=named[0]["places"], factor=float(rest["factor"]))
    return than.without("factor") if rest["factor"] == 1 else than  # 'At least as much as Wuxi.'


def multiple_of_set(parts: Parts, features: Meaning) -> Meaning | None:
    """'More than twice that of the western pilots': so many times what a set has together."""
    (multiple,) = having("factor", parts)
    side = than_figure([part for part in parts if part is not multiple], features)
    return unify(Meaning(factor=float(multiple["factor"])), side) if side is not None and "than_set" in side else None


def bar_of_set(parts: Parts, features: Meaning) -> Meaning | None:
    """'The western average': that of the set which is spoken of, as `frames` makes sure."""
    said = unify(*parts)
    if said is None or said.keys() - {*SCOPE, "nominal", "pilots", "_every"}:
        return None
    return features.but(bar_of=Scope(**{name: said[name] for name in SCOPE if name in said}))


def times_over(parts: Parts, features: Meaning) -> Meaning | None:
    """'Ten times', 'two and a half times'."""
    (number,) = having("amount", parts)
    bare = number["amount"].unit is None and not number["amount"].scaled
    return Meaning(factor=number["amount"].value) if bare else None


def two_bounds(parts: Parts, features: Meaning) -> Meaning | None:
    """'More than 100 and less than 300 billion yuan': the lower bound first, whichever was said first."""
    signs, numbers = [part["cmp"] for part in parts if "cmp" in part], having("amount", parts)
    pairs = sorted(zip(signs, numbers, strict=True), key=lambda pair: pair[0][0] == "<")
    if [sign[0] for sign, _ in pairs] != [">", "<"]:
        return None
    (low, lower), (high, upper) = pairs
    return Meaning(cmp=low, threshold=lower["amount"], upto_cmp=high, upto=upper["amount"])


def unit_of_people(parts: Parts, features: Meaning) -> Meaning | None:
    """'By how many subscribers': a word for several figures, one of which is said besides."""
    (said,) = (part["metric"] for part in parts if "metric" in part)
    return features.but(one_of=said)
