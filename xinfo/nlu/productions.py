"""What rules make of their parts where that is more than all of it together: groups, parts, chosen sets, two figures.

A production takes the meanings of a rule's parts in order, literals included as empty ones, and the rule's features;
None means that the parts do not go together. Knows no words of any language.
"""

from __future__ import annotations

from collections.abc import Sequence

from xinfo.nlu.complete import complete
from xinfo.nlu.grammar.meaning import Meaning, having, unify
from xinfo.nlu.times import against
from xinfo.understand.catalog import DIMENSIONS, HAS_PARTS, PARTS
from xinfo.understand.frame import GOALS

Parts = Sequence[Meaning]


def by_two(parts: Parts, features: Meaning) -> Meaning | None:
    """'By region and administrative type'."""
    first, second = having("over", parts)
    if "by" in first or "by" in second:
        return None
    return Meaning(over=first["over"], by=second["over"]) if first["over"] != second["over"] else None


def listed_parts(parts: Parts, features: Meaning) -> Meaning | None:
    """'Products and services': several parts of one dimension."""
    gathered: dict[str, tuple[str, ...]] = {}
    for part in parts:
        for name in DIMENSIONS:
            gathered[name] = (*gathered.get(name, ()), *part.get(name, ()))
    said = {name: values for name, values in gathered.items() if values}
    twice = any(len(set(values)) < len(values) for values in said.values())
    if len(said) != 1 or twice or any("others" in part for part in parts):
        return None
    return Meaning(said)


def whole_of_parts(parts: Parts, features: Meaning) -> Meaning | None:
    """'Products and services alike': every part of a figure is the whole of it."""
    said = listed_parts([part for part in parts if part], Meaning())
    whole = said is not None and any(
        set(said[name]) == set(PARTS[name]) for name in HAS_PARTS[features["metric"]] if name in said
    )
    return features if whole else None


def same_part(parts: Parts, features: Meaning) -> Meaning | None:
    """'Hospitals and the health sector': one part under two names."""
    first, second = (part for part in parts if part)
    return first if first == second and first.keys() <= set(DIMENSIONS) else None


def either_metric(parts: Parts, features: Meaning) -> Meaning | None:
    """'Sold the most online': of the several figures which words stand for one is asked back."""
    said = unify(*parts)
    return said.but(metric=tuple(sorted(features["one_of"]))) if said is not None and "metric" not in said else None


def question(parts: Parts, features: Meaning) -> Meaning | None:
    """A whole question: see `complete`. 'That year' is the one that was said, or that of the question before."""
    if {"_once_more", "without"} <= parts[0].keys():
        return None  # 'Counties only, not districts' leaves nothing out.
    said = parts[0]
    if "pair" in said and len(said.get("places", ())) == 2:
        said = said.without("pair", "pronoun")  # 'Which of the two …, Wuxi or Suzhou?'
    found = complete(said)
    if found is None or "again" not in found:
        return found
    if "time" not in found:
        return found.without("again").but(pronoun=True)
    said = found["time"]
    return found.without("again") if isinstance(said, tuple) and len(said) == 1 else None


def ranked(parts: Parts, features: Meaning) -> Meaning | None:
    """'The largest GDP': an order by that very figure, and not by its growth, which may be said besides."""
    said = unify(*parts, features)
    return said.but(_ordered_by=said.get("measure", "value")) if said is not None else None


def needed(parts: Parts, features: Meaning) -> Meaning | None:
    """'Need the top three': what is needed is what is asked."""
    return question(parts[1:], features)


def referred(parts: Parts, features: Meaning) -> Meaning | None:
    """'Danzhou: how much did it spend', 'the five largest: how fast did they grow': what was named in front."""
    before, after = parts
    several = [len(before.get(name, ())) for name in ("places", *DIMENSIONS) if len(before.get(name, ())) > 1]
    one_set = before.keys() & {"places", "options", "nominal", "chosen", "region", "province", "projects"}
    one_set -= {"projects"} if "field" in before else set()  # 'How much is budgeted for them': of others than these.
    if (
        "pronoun" in before
        or not (one_set or several)
        or ("pair" in after and several != [2] and "other" not in before)
    ):
        return None
    return _with_both_times(unify(before, after.without("pronoun", "their", "pair")))


def _with_both_times(said: Meaning | None) -> Meaning | None:
    """'GDP of Wuxi in 2014: how does that compare with 2013': the time that was said, and the other one."""
    if said is None or "before" not in said or not isinstance(said.get("time"), tuple) or len(said["time"]) != 1:
        return said
    if said.get("measure") == "growth" or "verb" in said:
        return None  # 'Growth in 2015 compared with 2014' is that of 2015.
    other, (now,) = said["before"], said["time"]
    back = other == "previous" or (isinstance(other, int) and other < 0)
    others = (against(other, now),) if back else other
    return said.without("before").but(time=(now, *others)) if isinstance(others, tuple) else None


def named_behind(parts: Parts, features: Meaning) -> Meaning | None:
    """'Which of these had more: Wuxi or Suzhou': several that are named after they were spoken of."""
    before, after = parts[0], parts[-1]
    several = len(after.get("places", ())) > 1 and not {"places", "nominal", "chosen"} & before.keys()
    return unify(before.without("pronoun", "their", "pair"), after) if several else None


def fragment(parts: Parts, features: Meaning) -> Meaning | None:
    """What is no question by itself: an order, a state, a number of what was spoken of."""
    said = parts[0].but(pronoun=True)
    if said.get("counted") != "those":
        return complete(said)
    rest = complete(said.without("asks", "counted"))
    return rest.cued("count+how_many") if rest is not None else None


def instead_of(parts: Parts, features: Meaning) -> Meaning | None:
    """'The total instead of the average': what is to be, and what of the same kind it takes the place of."""
    meant, dropped = parts[0], parts[-1]
    alike = dropped and dropped.keys() <= meant.keys() and any(meant[name] != dropped[name] for name in dropped)
    return complete(meant.but(pronoun=True)) if alike else None


def not_this_but(parts: Parts, features: Meaning) -> Meaning | None:
    """'Not the people, the base stations': what was meant, and what of the same kind was taken wrongly."""
    dropped, meant = (part for part in parts if part and part.keys() - {"_not"})
    alike = dropped.keys() & meant.keys() and dropped != meant
    if isinstance(meant.get("metric"), tuple) and len(meant["metric"]) == 1:
        meant = meant.but(metric=meant["metric"][0])
    return complete(meant.but(pronoun=True, follows=True)) if alike else None


def unit_of_steps(parts: Parts, features: Meaning) -> Meaning | None:
    """'In units of 100 million yuan': the unit of an amount, which is shown at whatever scale fits."""
    amounts = [part["amount"] for part in parts if "amount" in part]
    if not amounts:
        return unify(*parts, features)
    return Meaning(unit="money") if amounts[0].unit == "money" else None


def with_goal(parts: Parts, features: Meaning) -> Meaning | None:
    """'Pilots that had set a target', of which something is said that only such pilots can have."""
    said = unify(*parts, features)
    return said.without("measure").but(aimed=True) if said is not None else None


def outcome(parts: Parts, features: Meaning) -> Meaning | None:
    """'Met its target': what came of a target, whose figure and time it brings along."""
    said = unify(*parts, features)
    return said.without("measure") if said is not None else None


def goal_said_again(parts: Parts, features: Meaning) -> Meaning | None:
    """'How much of the goal did it reach (its 2015 target)': what was aimed at, behind what is asked of it."""
    aimed = parts[0].get("measure") in GOALS or "outcome" in parts[0]
    return unify(*parts) if aimed else None


def second_figure(parts: Parts, features: Meaning) -> Meaning | None:
    """'And its growth'."""
    said = unify(*parts, features)
    figure = said is not None and said.keys() & {"metric", "measure"} and "also" not in said
    return Meaning(also=said) if figure else None


def second_operation(parts: Parts, features: Meaning) -> Meaning | None:
    """'The average and the median', 'the highest and the lowest', 'and its rank': what else is asked of one figure."""
    asked = [part for part in parts if part.keys() & {"order", "cues"}]
    found = asked[-1] if asked else unify(*parts, features) or features
    kinds = [part.keys() & {"order", "cues"} for part in asked]
    if len(asked) == 2 and (kinds[0] != kinds[1] or asked[0] == asked[1]):
        return None
    names = ("order", "n") if "order" in found else ("cues",)
    also = Meaning({name: found[name] for name in names if name in found}).but(_operation=True)
    return (asked[0] if len(asked) == 2 else features.without("cues", "order")).but(also=also)


def shown_first(parts: Parts, features: Meaning) -> Meaning | None:
    """'…, top 5': how many are shown of those that were put in order."""
    return Meaning(first_n=parts[0]["n"])


def same_order(parts: Parts, features: Meaning) -> Meaning | None:
    """'The lowest, the smallest amount': an order that is said twice."""
    first, second = (part for part in parts if "order" in part)
    return first if first["order"] == second["order"] and "measure" not in first else None


def amount_rather(parts: Parts, features: Meaning) -> Meaning | None:
    """'How much did it grow, in yuan': the difference, where the words alone ask for a rate."""
    said = parts[0]
    if said.keys() & {"rated", "per_year", "order", "cmp", "over", "grain"}:
        return None
    kept = said.get("cues", frozenset()) - {"how_many"}
    return said.without("measure", "cues", "_asked", "_rated").but(asks="difference", _shape="difference").cued(*kept)


def listed_kinds(parts: Parts, features: Meaning) -> Meaning | None:
    """'Districts, counties and cities', 'government and industry level': one after the other, none twice."""
    over = features["over"]
    found = [one for part in parts for one in part.get("each_of", (part[over],) if over in part else ())]
    return Meaning(each_of=tuple(found), over=over) if len(set(found)) == len(found) else None


def as_many_said(parts: Parts, features: Meaning) -> Meaning | None:
    """'Wuxi, Suzhou and Nantong …, all three': as many places, parts or years were said, and several of one kind."""
    said, (number,) = parts[0], having("n", parts[1:])
    times = said.get("time")
    several = [len(said.get(name, ())) for name in ("places", *DIMENSIONS)]
    several += [len(times)] if isinstance(times, tuple) else []
    return said if [count for count in several if count > 1] == [number["n"]] else None
