"""What a figure is set against: another time or place, a part beside a part, bounds, zero, the whole of a set.

Productions like those of `productions`. Knows no words of any language.
"""

from __future__ import annotations

from xinfo.nlu.dates import set_against_later
from xinfo.nlu.features import CONDITIONS, FIGURE
from xinfo.nlu.grammar.meaning import Meaning, having, unify
from xinfo.nlu.productions import Parts, listed_parts
from xinfo.nlu.times import OpenPart, Span
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.quantities import NOTHING, Quantity
from xinfo.understand.reading import Scope, When


def base(parts: Parts, features: Meaning) -> Meaning | None:
    """The one time that another one is compared with."""
    (said,) = (part["time"] for part in parts if "time" in part)
    return unify(Meaning(base=said[0]), features) if len(said) == 1 else None


def base_part(parts: Parts, features: Meaning) -> Meaning | None:
    """The same with its year left out: 'than in the third quarter'."""
    (part,) = (part["part"] for part in parts if "part" in part)
    return unify(Meaning(base=OpenPart(*part)), features)


def base_year(parts: Parts, features: Meaning) -> Meaning | None:
    """The same part of another year: 'than in the same period of 2013'."""
    (year,) = (part["year"][0] for part in parts if "year" in part)
    return unify(Meaning(base=int(year)), features)


def base_last_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'Than in the second quarter of the year before', of a year that is said."""
    (part,) = (part["part"] for part in parts if "part" in part)
    return unify(Meaning(base=OpenPart(part[0], part[1], back=1)), features)


def beside(parts: Parts, features: Meaning) -> Meaning | None:
    """The one place that another one is compared with."""
    places = [place for part in parts for place in part.get("places", ())]
    rest = unify(*(part.without("places") for part in parts), features)
    named = len(places) == 1 and not any("options" in part for part in parts)
    return unify(rest, Meaning(beside=tuple(places))) if named and rest is not None else None


def sign(parts: Parts, features: Meaning) -> Meaning | None:
    """A bar that a verb says: to fall is a growth below 0, to meet a target an attainment of 1."""
    said = unify(*parts, features)
    if said is None:
        return None
    said = said if "verb" in features else said.without("verb")  # 'Shrank or stayed flat'.
    return said.without("at").but(threshold=Quantity(float(said["at"]), "ratio", False))


def above_nothing(parts: Parts, features: Meaning) -> Meaning | None:
    """'Has a target': there is one, and it is of something."""
    return unify(*parts, features, Meaning(cmp=">", threshold=NOTHING))


def before_of(parts: Parts, features: Meaning) -> Meaning | None:
    """The time that what was spoken of is compared with."""
    (said,) = (part for part in parts if {"time", "part"} & part.keys())
    return Meaning(before=OpenPart(*said["part"]) if "part" in said else said["time"])


def of_the_pair(parts: Parts, features: Meaning) -> Meaning | None:
    """'Put Wuxi next to Suzhou: how far is Wuxi ahead': the one that is asked of, then the other one."""
    pair, asked = (part for part in parts if "places" in part)
    others = tuple(place for place in pair["places"] if place not in asked["places"])
    if len(pair["places"]) != 2 or len(others) != 1:
        return None
    rest = unify(pair.without("places", "cues"), asked.without("places"))
    return rest and rest.but(places=asked["places"], than_places=others)


def than_place(parts: Parts, features: Meaning) -> Meaning | None:
    """A place whose own figure is the bar."""
    named = [part for part in parts if "places" in part]
    if len(named) != 1 or len(named[0]["places"]) != 1:
        return None
    rest = unify(*(part.without("places") for part in parts), features)
    return unify(rest, Meaning(than=named[0]["places"])) if rest is not None else None


def two_bars(parts: Parts, features: Meaning) -> Meaning | None:
    """'More than 100 but less than 200': a lower and an upper bound, whichever was said first."""
    bars = sorted((part for part in parts if "threshold" in part), key=lambda bar: bar["cmp"][0] == "<")
    if [bar["cmp"][0] for bar in bars] != [">", "<"]:
        return None
    low, high = bars
    both = Meaning(cmp=low["cmp"], threshold=low["threshold"], upto_cmp=high["cmp"], upto=high["threshold"])
    return unify(both, *(part for part in parts if "threshold" not in part))


def other_figure(parts: Parts, features: Meaning) -> Meaning | None:
    """'Of the GDP of Wuxi', 'of that of 2013': what a figure is a multiple of, which is one of its own kind."""
    figure = (Meaning({name: value for name, value in part.items() if name in FIGURE}) for part in parts)
    sides = [part.without(*FIGURE) for part in parts]
    side = (beside if having("places", sides) else base if having("time", sides) else beside_set)(sides, features)
    # That the other side is a set does not make one of a province on this side.
    return unify(side.without("nominal"), *figure) if side is not None else None


def of_periods(parts: Parts, features: Meaning) -> Meaning | None:
    """'超过1万亿元的是哪一年': a bar that tells periods from the others, where one asks for those."""
    return parts[0] if "ask_period" in parts[0].get("cues", ()) else None


def part_beside_part(parts: Parts, features: Meaning) -> Meaning | None:
    """'Services compared with products': two parts of one figure that differ in one dimension."""
    sides = [part for part in parts if FIGURE & part.keys()]
    if len(sides) != 2:
        return None
    first, second = sides
    different = [name for name in DIMENSIONS if name in second and first.get(name) != second[name]]
    if len(different) != 1 or different[0] not in first or len(first[different[0]] + second[different[0]]) != 2:
        return None
    (name,) = different
    both = Meaning({name: first[name] + second[name], "over": name})
    return unify(first.without(name), second.without(name), features, both)


def either_part(parts: Parts, features: Meaning) -> Meaning | None:
    """'Did it spend more on products or on services': two parts of one dimension, and the figure that a rule says."""
    sides = [part for part in parts if part.keys() & set(DIMENSIONS) and "_set" not in part][-2:]
    both = listed_parts([Meaning({k: v for k, v in side.items() if k in DIMENSIONS}) for side in sides], Meaning())
    rest = [part.without(*DIMENSIONS) if part in sides else part for part in parts]
    return unify(*rest, features, both) if both is not None else None


def in_set(parts: Parts, features: Meaning) -> Meaning | None:
    """A figure in the whole of a set, said once or on both sides: 'in the GDP of the western pilots'."""
    sides = [Meaning({k: v for k, v in part.items() if k in FIGURE}) for part in parts if "metric" in part]
    return unify(*parts, features) if all(side == sides[0] for side in sides) else None


def in_all(parts: Parts, features: Meaning) -> Meaning | None:
    """The same in all pilots, where a set of them is meant besides."""
    found = in_set(parts, features)
    return found.without("pilots").but(of_all=True) if found is not None else None


def beside_set(parts: Parts, features: Meaning) -> Meaning | None:
    """The set of places that another one is compared with."""
    second = [part for part in parts if {*CONDITIONS, "nominal", "pilots"} & part.keys()][-1]
    conditions = {name: second[name] for name in CONDITIONS & second.keys()}
    left_out = conditions.get("without", ())
    conditions["without"] = tuple(one if isinstance(one, str) else one.place_id for one in left_out)
    rest = second.without(*CONDITIONS, "pilots")
    return unify(*(rest if part is second else part for part in parts), features, Meaning(other=Scope(**conditions)))


def same_part_against(parts: Parts, features: Meaning) -> Meaning | None:
    """'The first three quarters of 2015 compared with the same period in 2014': that part of another year."""
    (said,), (of,) = having("time", parts), having("year", parts)
    start, end = said["time"][0].when.start, said["time"][0].when.end
    if len(said["time"]) != 1 or start != end or start.kind == "year":
        return None
    other = When.of(start.years_on(int(of["year"][0]) - start.year))
    return set_against_later((said, Meaning(time=(Span(other),))), features)


def alone(parts: Parts, features: Meaning) -> Meaning | None:
    """What a rule says itself, whatever its words say."""
    return features


def whole_of(parts: Parts, features: Meaning) -> Meaning | None:
    """The figure that another one is put in relation to."""
    (whole,) = (part for part in parts if "metric" in part or "metrics" in part)
    rest = unify(*(part for part in parts if part is not whole), features)
    clear = set(whole) == {"metric"} and isinstance(whole["metric"], str)
    return unify(rest, Meaning(whole=whole["metric"])) if rest is not None and clear else None


def two_metrics(parts: Parts, features: Meaning) -> Meaning | None:
    """Two metrics that are related to each other, at a time that may stand between them and their relation."""
    first, second = (part for part in parts if "metric" in part or "metrics" in part)
    if set(first) != {"metric"} or set(second) != {"metric"} or first == second:
        return None
    others = (part for part in parts if part is not first and part is not second)
    return unify(first, Meaning(against=second["metric"]), *others, features)


def two_groups(parts: Parts, features: Meaning) -> Meaning | None:
    """'By region and kind of place'."""
    first, second = (part for part in parts if "over" in part)
    return Meaning(over=first["over"], by=second["over"]) if first["over"] != second["over"] else None


def nth(parts: Parts, features: Meaning) -> Meaning | None:
    """'The third highest'; the first one is the highest."""
    number, *others = (part["n"] for part in parts if "n" in part)
    rest = unify(*(part.without("n") for part in parts), features) if not others else None
    return rest.but(nth=number) if rest is not None and number > 1 else None


def ranks(parts: Parts, features: Meaning) -> Meaning | None:
    """'The second to fourth highest': so many places from one rank on."""
    first, last, *counts = (part.get("n") or part["nth"] for part in parts if {"n", "nth"} & part.keys())
    rest = unify(*(part.without("n", "nth", "many") for part in parts), features)
    many = last - first + 1
    if rest is None or many < 2 or any(count != many for count in counts):
        return None
    return rest.but(n=many, ranks=True, nth=first) if first > 1 else rest.but(n=many)


def counted_off(parts: Parts, features: Meaning) -> Meaning | None:
    """'In the second place': of an order that is said besides."""
    (number,) = (part["n"] for part in parts if "n" in part)
    return Meaning(nth=number)


def from_its_front(parts: Parts, features: Meaning) -> Meaning | None:
    """'From low to high, the second': of the lowest ones."""
    return _in_an_order(parts, features)


def from_its_end(parts: Parts, features: Meaning) -> Meaning | None:
    """'From low to high, the last two': of the highest ones."""
    return _in_an_order(parts, features, turned=True)


def in_that_order(parts: Parts, features: Meaning) -> Meaning | None:
    """'From low to high, the five lowest': an order that is said twice."""
    return _in_an_order(parts, features)


def _in_an_order(parts: Parts, features: Meaning, turned: bool = False) -> Meaning | None:
    """What an order puts in some place of it: no ranking of all, as the order alone would be; the largest is first."""
    order = parts[0].get("order", "desc")
    order = {"desc": "asc", "asc": "desc"}[order] if turned else order
    sort = parts[0].but(cues=parts[0].get("cues", frozenset()) - {"rank"}).without("order", "_shape")
    said = unify(sort, Meaning(order=order), *parts[1:], features)
    return said.without("nth").but(n=1) if said is not None and said.get("nth") == 1 else said


def since_another_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'How much has it grown since 2013': as a rate or an amount, where it is not the rate against the year before."""
    said = unify(*parts, features)
    if said is None or not isinstance(said["base"], Span) or not isinstance(said["time"], tuple):
        return None
    then, now = said["base"].when, said["time"][0].when
    return said if then != When(now.start.years_on(-1), now.end.years_on(-1)) else None
