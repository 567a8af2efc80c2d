"""What rules make of two figures of which one is put in relation to the other, and of words for the pilot's own years.

Productions as in `productions`, which has those of times, lists, sets and bars.
"""

from __future__ import annotations

from collections.abc import Sequence

from xinfo.nlu.features import SCOPE
from xinfo.nlu.grammar.meaning import Meaning, having, unify
from xinfo.nlu.productions import listed_parts
from xinfo.understand.catalog import ALL, DIMENSIONS, PARTS
from xinfo.understand.reading import Scope


def aimed_share(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """'What share of GDP was it aiming for': of the one figure that has targets, over the whole that is said."""
    (whole,) = having("metric", parts)
    rest = unify(*(part for part in parts if part is not whole), features)
    return unify(rest, whole.without("metric"), Meaning(whole=whole["metric"])) if rest is not None else None


def figure_instead(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """The figure that a rule says, of what its words say besides: 'mobile users that moved to 4G'."""
    return unify(*(part.without("metric") for part in parts), features)


def part_rather(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """'Services rather than products': a part, and another one of the same dimension that is not meant."""
    meant, other = (part for part in parts if any(name in part for name in DIMENSIONS))
    return meant if meant.keys() == other.keys() and len(meant) == 1 and meant != other else None


def ruled_out(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """'What firms spent …, not households': parts that are not meant, beside others of their dimension that are."""
    said, others = (part for part in parts if part)
    ((dimension, values),) = others.items()
    meant = said.get(dimension, ())
    return said if meant and "others" not in said and not set(meant) & set(values) else None


def subtracted(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """'The difference between Wenzhou and Ningbo, Ningbo minus Wenzhou': the order told last counts."""
    said, *ordered = having("places", parts)
    if any(len(part["places"]) != 1 for part in ordered):
        return None
    order = tuple(place for part in ordered for place in part["places"])
    alike = len(order) == 2 and set(order) == set(said["places"])
    return unify(said.but(places=order), features) if alike else None


def parts_of_one(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """'Personal information consumption less enterprise information consumption': two parts of one figure."""
    first, second = (part for part in parts if any(name in part for name in DIMENSIONS))
    rest = unify(*(part for part in parts if part is not first and part is not second), features)
    pair = listed_parts((first, second), Meaning())
    return unify(rest, pair) if rest is not None and pair is not None else None


def unit_rather(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """'In yuan, not in percent': a unit, and another one that is not meant."""
    meant, other = (part for part in parts if "unit" in part)
    return meant if meant["unit"] != other["unit"] else None


def other_parts(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """'Other than personal': the other part of its dimension, or everything less that part."""
    dimensions = {name for part in parts for name in DIMENSIONS if name in part}
    if len(dimensions) != 1:
        return None
    (dimension,) = dimensions
    said = tuple(value for part in parts for value in part.get(dimension, ()))
    rest = tuple(part for part in PARTS[dimension] if part not in said)
    if len(rest) == 1:
        return Meaning({dimension: rest})
    return Meaning({dimension: (ALL, *said), "others": True}).cued("difference") if len(said) == 1 else None


def part_of(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """A part as an amount: 'how much of the information consumption came from enterprises'."""
    shared = share_of_part(parts, features)
    return shared.without("measure").but(_much_of=True).cued("how_many") if shared is not None else None


def related(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """Two figures of the same places, to be set in relation: neither is over the other."""
    figures = having("metric", parts)
    if len(figures) != 2 or figures[0] == figures[1] or not isinstance(figures[1]["metric"], str):
        return None
    if "per" in figures[1]:
        return None  # 'GDP per person and sales per person': the second one is no metric by itself.
    top = figures[0]
    if "per" in top:
        top = top.without("per").but(whole=top["per"])  # What is said behind both is of neither.
    return unify(top, figures[1].without("metric"), features, Meaning(against=figures[1]["metric"]))


def narrowed(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """Words for several metrics that go together: 'economy (GDP)', 'revenue of software firms'."""
    several, one = (said["metric"] for said in having("metric", parts))
    both = tuple(metric for metric in several if metric in ((one,) if isinstance(one, str) else one))
    return Meaning(metric=both[0]) if len(both) == 1 else None


def narrowed_behind(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """'How fast did the economy grow? GDP I mean': of several metrics that which is said behind."""
    said, named = parts[0], next(part for part in reversed(parts) if "metric" in part)
    several = said.get("metric")
    if set(named) != {"metric"} or named["metric"] not in (several if isinstance(several, tuple) else (several,)):
        return None
    return said.but(metric=named["metric"])


def sole_metric(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """Words that a single metric may be meant by, where what they do with it leaves no doubt: operators that earn."""
    (open_metric,) = having("metric", parts)
    found = open_metric["metric"]
    return Meaning(metric=found[0]) if isinstance(found, tuple) and len(found) == 1 else None


def of_that_metric(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """'I am writing a note on base stations and need …': what is asked for must be one of what is written on."""
    (topic,) = having("metric", parts)
    found = topic["metric"]
    return Meaning(one_of=found if isinstance(found, tuple) else (found,)) if set(topic) == {"metric"} else None


def kind_of_metric(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """'In revenue terms': one of the metrics that go by the word, as the figure must be."""
    (open_metric,) = having("metric", parts)
    found = open_metric["metric"]
    return Meaning(one_of=found) if isinstance(found, tuple) else None


def share_of_part(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """A part in the whole of its metric: 'what share of information consumption went on services'.

    A part of several dimensions said apart has no share of ours.
    """
    *_, whole = (part for part in parts if "metric" in part)
    if sum(any(name in part for name in DIMENSIONS) for part in parts) != 1 or len(having("metric", parts)) > 2:
        return None
    if len(having("metric", parts)) == 2 and any(name in whole for name in DIMENSIONS):
        return None
    found = unify(*parts, Meaning(measure="share"))
    return found.but(_shared=frozenset(found.keys() & DIMENSIONS)) if found is not None else None


def share_of_part_in_part(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """A part in a whole that is a part itself: 'what share of personal consumption went on services'."""
    wholes = [part for part in parts if "metric" in part and part.keys() & DIMENSIONS]
    of = [part for part in parts if part.keys() & DIMENSIONS and part not in wholes]
    if len(wholes) != 1 or len(of) != 1:
        return None
    inner, outer = of[0].keys() & DIMENSIONS, wholes[0].keys() & DIMENSIONS
    if len(inner) != 1 or len(outer) != 1 or inner == outer or "others" in of[0] or "others" in wholes[0]:
        return None
    (whole_of,) = outer
    found = unify(*parts, features, Meaning(measure="share", whole_of=whole_of))
    single = found is not None and all(len(found[name]) == 1 for name in inner | outer)
    return found.but(_shared=frozenset(inner | outer)) if found is not None and single else None


def part_of_part(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """The same as an amount: 'of the spending on services, what came from enterprises'."""
    shared = share_of_part_in_part(parts, features)
    return shared.without("measure", "whole_of").but(_much_of=True).cued("how_many") if shared is not None else None


def share_in(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """A part in its whole, said with the places it is of: 'share in household information consumption of Xining'."""
    found = unify(*parts, Meaning(measure="share"))
    placed = found is not None and found.keys() & {"places", "options", "nominal", "region", "province", *DIMENSIONS}
    return found if placed else None


def share_of_set(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """A place in a set, or a set in all of them: 'Tianjin's share in the GDP of the municipalities'."""
    found = unify(*parts, Meaning(measure="share"))
    if found is None or ("places" not in found and any(name in found for name in DIMENSIONS)):
        return None
    return found


def share_of_chosen(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """Those that an order or a bar chooses, in the whole of their set: 'the five largest in the GDP of all pilots'."""
    (those,) = (part for part in parts if "chosen" in part)
    whole = unify(*(part for part in parts if part is not those))
    if whole is None or "chosen" in whole or whole.keys() & {"places", "options", "other", *DIMENSIONS}:
        return None
    if not isinstance(whole.get("metric"), str):
        return None
    around = {name: value for name, value in whole.items() if name in SCOPE}
    inner = those["chosen"] if "metric" in those["chosen"] else those["chosen"].but(metric=whole["metric"])
    return unify(whole, those.but(chosen=inner), Meaning(measure="share", other=Scope(**around), nominal=True))


def share_of_those(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """What those that were spoken of make up of all pilots."""
    whole = unify(*parts, features, Meaning(measure="share", their=True, pronoun=True, of_all=True))
    if whole is None or whole.keys() & {*SCOPE, *DIMENSIONS, "places", "chosen"}:
        return None
    return whole.without("pilots", "nominal")


def within_whole(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """A ratio with its whole said before it: 'among mobile users the share of those with 4G'."""
    whole, ratio = having("metric", parts)
    return ratio.but(within=whole["metric"]) if set(whole) == set(ratio) == {"metric"} else None


def all_but(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """'Leaving aside the three largest': all but those that an order picks, of the set that is spoken of."""
    inner = unify(*parts, features)
    if inner is None or "order" not in inner or "nth" in inner or "chosen" in inner:
        return None
    return Meaning(chosen=inner.without("many").but(rest=True), nominal=True)


def aimed_and_actual(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """'Target and actual': the figure, and its target beside it."""
    said = unify(*(part.without("measure") for part in parts))
    return said.but(also=said.but(measure="target")) if said is not None and "metric" in said else None


def actual_and_aimed(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """'How does its consumption compare to its target': a figure whose target may leave out what it is of."""
    said = [part.without("measure") for part in parts]
    return aimed_and_actual(said, features) if all("measure" not in part for part in parts[:-1]) else None
