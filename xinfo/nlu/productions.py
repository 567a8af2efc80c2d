"""What rules make of their parts where that is more than all of it together: groups, parts, chosen sets, two figures.

A production takes the meanings of a rule's parts in order, literals included as empty ones, and the rule's features;
None means that the parts do not go together. Knows no words of any language.
"""

from __future__ import annotations

from collections.abc import Sequence

from xinfo.nlu.coherent import own
from xinfo.nlu.complete import complete
from xinfo.nlu.features import SCOPE
from xinfo.nlu.grammar.meaning import Meaning, having, unify
from xinfo.nlu.times import against
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.frame import GOALS

Parts = Sequence[Meaning]


def set_against_time(parts: Parts, features: Meaning) -> Meaning | None:
    """A figure of one time compared with that of another."""
    times = [part["time"] for part in having("time", parts)]
    if len(times) != 2 or times[0] == times[1] or not all(isinstance(time, tuple) for time in times):
        return None
    rest = unify(*(part.without("time") for part in parts), features)
    return rest.but(time=(*times[0], *times[1])) if rest is not None else None


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
    return said.but(_ranked=said.get("measure", "value")) if said is not None else None


def needed(parts: Parts, features: Meaning) -> Meaning | None:
    """'Need the top three': what is needed is what is asked."""
    return question(parts[1:], features)


def referred(parts: Parts, features: Meaning) -> Meaning | None:
    """'Danzhou: how much did it spend', 'the five largest: how fast did they grow': what was named in front."""
    before, after = parts
    several = [len(before.get(name, ())) for name in ("places", *DIMENSIONS) if len(before.get(name, ())) > 1]
    one_set = before.keys() & {"places", "options", "nominal", "chosen", "region", "province"}
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


def chosen_by_itself(parts: Parts, features: Meaning) -> Meaning | None:
    """'The five largest pilots': by what is asked of them, unless something else is said."""
    inner = unify(*parts, features)
    return _chosen(inner) if inner is not None else None


def chosen_behind(parts: Parts, features: Meaning) -> Meaning | None:
    """'The pilots that missed their target': the set, and the clause that tells its members from the rest."""
    at = next(index for index, part in enumerate(parts) if part.keys() & {"nominal", *SCOPE})
    clause = unify(*parts[at + 1 :], features)
    inner = complete(clause.but(asks="list")) if clause is not None else None
    both = unify(*parts[: at + 1], inner.without("cues")) if inner is not None else None
    return _chosen(both) if both is not None else None


def included(parts: Parts, features: Meaning) -> Meaning | None:
    """'The pilots of Hubei, Wuhan included': the set, of which the places that are named must be."""
    sets, named = [part for part in parts if "places" not in part], [part for part in parts if "places" in part]
    said = unify(*sets, features)
    if said is None or len(named) != 1 or said.keys() - {*SCOPE, "nominal", "_every"} or "without" in said:
        return None
    told = [(place, name) for place in named[0]["places"] for name in SCOPE if name in said]
    return said if told and all(own(place, name) == said[name] for place, name in told) else None


def named_among(parts: Parts, features: Meaning) -> Meaning | None:
    """The same said apart from the set, as `counted` makes sure."""
    (named,) = (part["places"] for part in parts if "places" in part)
    return Meaning(set_with=tuple(named)) if not any("options" in part for part in parts) else None


def unit_of_steps(parts: Parts, features: Meaning) -> Meaning | None:
    """'In units of 100 million yuan': the unit of an amount, which is shown at whatever scale fits."""
    amounts = [part["amount"] for part in parts if "amount" in part]
    if not amounts:
        return unify(*parts, features)
    return Meaning(unit="money") if amounts[0].unit == "money" else None


def provided(parts: Parts, features: Meaning) -> Meaning | None:
    """'As long as its GDP was above …': what tells those that are asked for from the rest, their set unsaid."""
    found = chosen_behind((Meaning(nominal=True), *parts), features)
    return found.but(provided=True) if found is not None else None


def drawn(parts: Parts, features: Meaning) -> Meaning | None:
    """'Which of the ten largest lie in the east': of what was chosen first, those for which a condition holds."""
    said = unify(*parts, features)
    if said is None or "chosen" not in said or said.keys().isdisjoint(SCOPE):
        return None
    return said.but(drawn=True, nominal=True)


def existential(parts: Parts, features: Meaning) -> Meaning | None:
    """'Was there any pilot whose GDP fell': whether something holds for at least one of them."""
    found = chosen_behind(parts, features)
    return found["chosen"].but(asks="whether", quantifier="any") if found is not None else None


def sole_passing(parts: Parts, features: Meaning) -> Meaning | None:
    """'The only pilot with more than 10 billion yuan': whether it holds for the one that is named, and no other."""
    found = chosen_behind(parts, features)
    inner = found["chosen"] if found is not None else Meaning()
    if found is None or "cmp" not in inner or inner.keys() & {"order", "chosen"}:
        return None
    return unify(inner.without("n"), found.without("chosen"), Meaning(quantifier="only"))


def chosen_fastest(parts: Parts, features: Meaning) -> Meaning | None:
    """'The five fastest growing pilots'."""
    said = unify(*parts, features)
    return _chosen(said.without("pace").but(measure="growth", order=said["pace"])) if said is not None else None


def _chosen(inner: Meaning) -> Meaning | None:
    if not inner.keys() & {"order", "cmp"} or "chosen" in inner or "_within" in inner:
        return None
    return Meaning(chosen=inner.without("many"), nominal=True)


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


def shown_first(parts: Parts, features: Meaning) -> Meaning | None:
    """'…, top 5': how many are shown of those that were put in order."""
    return Meaning(first_n=parts[0]["n"])
