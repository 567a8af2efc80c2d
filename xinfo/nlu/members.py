"""What rules make of sets whose members a clause tells from the rest: by an order, a bar, a verb, the names of some.

Productions as in `productions`. Knows no words of any language.
"""

from __future__ import annotations

from xinfo.nlu.complete import complete
from xinfo.nlu.divisions import own
from xinfo.nlu.features import SCOPE
from xinfo.nlu.grammar.meaning import Meaning, having, unify
from xinfo.nlu.productions import Parts
from xinfo.understand.catalog import DIMENSIONS, PARTS


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


def also_of(parts: Parts, features: Meaning) -> Meaning | None:
    """'Wuxi's GDP in 2014. Also Suzhou's': one more place, where a figure and nothing else is asked of the first."""
    before, more = having("places", parts)
    figure = before.get("asks") in (None, "what", "amount", "number") and "metric" in before
    if not figure or not {"order", "cmp", "degree", "chosen", "verb", "options", "quantifier"}.isdisjoint(before):
        return None
    if "options" in more or not set(before["places"]).isdisjoint(more["places"]):
        return None
    return before.but(places=(*before["places"], *more["places"]))


def the_other(parts: Parts, features: Meaning) -> Meaning | None:
    """'Do not give me Wuxi, give me Suzhou', 'not in percent but in yuan': what is not meant, and what is."""
    dropped, meant = (part for part in parts if part)
    return meant if meant.keys() == dropped.keys() and meant != dropped else None


def the_first(parts: Parts, features: Meaning) -> Meaning | None:
    """'我问的是武汉，不是黄冈': what is meant, and what is not."""
    meant, dropped = (part for part in parts if part)
    return the_other((dropped, meant), features)


def said_once_more(parts: Parts, features: Meaning) -> Meaning | None:
    """'What is running late? I mean the delayed projects': nothing is added to what was said."""
    said, again = (part for part in parts if part)
    return said if all(said.get(name) == value for name, value in again.items()) else None


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


def which_they_are(parts: Parts, features: Meaning) -> Meaning | None:
    """'Are there any with more than 10 billion yuan? Name them': those for which it holds."""
    return parts[0].without("asks", "quantifier").but(**features)


def counted_and_summed(parts: Parts, features: Meaning) -> Meaning | None:
    """'How many projects are delayed, and what is their budget': the sum tells of how many it is."""
    said = parts[0].but(cues=parts[0].get("cues", frozenset()) - {"count"})
    return unify(said, *parts[1:], features)


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


def rank_within(parts: Parts, features: Meaning) -> Meaning | None:
    """'The top five: who is in the fourth place': one of those that were spoken of."""
    (first,), (at,) = having("n", parts), having("nth", parts)
    rest = unify(*(part for part in parts if part is not first and part is not at), first.without("n"), features)
    if rest is None or at["nth"] > first["n"]:
        return None
    place = first["n"] + 1 - at["nth"] if "_from" in at else at["nth"]
    asked = unify(rest, at.without("nth", "_from"))
    return asked and (asked.but(nth=place) if place > 1 else asked.but(n=1))


def kinds_of_grouping(parts: Parts, features: Meaning) -> Meaning | None:
    """'By kind of place: municipalities, …': what a grouping is by, and which groups there are, or `some` of them."""
    (kinds,) = (part["each_of"] for part in parts if "each_of" in part)
    return parts[0] if len(kinds) > 2 or "some" in features else None


def share_of_city(parts: Parts, features: Meaning) -> Meaning | None:
    """'What percentage of Hangzhou's GDP came from Gongshu': a place over the city that it lies in."""
    sides = having("places", parts)
    whole = next((side for side in sides if "metric" in side), None)
    inner = next((side for side in sides if side is not whole), None)
    if whole is None or inner is None or not _lies_in(inner, whole):
        return None
    both = unify(whole.without("places"), features, Meaning(places=(*inner["places"], *whole["places"])))
    return both.cued("multiple") if both is not None else None


def city_less_part(parts: Parts, features: Meaning) -> Meaning | None:
    """'Huanggang without Wuxue': a city less a place that lies in it."""
    sides = having("places", parts)
    if len(sides) != 2 or not _lies_in(sides[1], sides[0]):
        return None
    both = unify(sides[0].without("places"), Meaning(places=(*sides[0]["places"], *sides[1]["places"])))
    return both.cued("difference") if both is not None else None


def _lies_in(inner: Meaning, around: Meaning) -> bool:
    """Whether the one place that is named is part of the other one, of which there is no doubt either."""
    if len(inner["places"]) != 1 or len(around["places"]) != 1 or "options" in inner or "options" in around:
        return False
    (part,), (city,) = inner["places"], around["places"]
    return part != city and city.adcode in (part.adcode[:4] + "00", part.adcode[:2] + "0000")


def _chosen(inner: Meaning) -> Meaning | None:
    if not inner.keys() & {"order", "cmp"} or "chosen" in inner or "_within" in inner:
        return None
    return Meaning(chosen=inner.without("many"), nominal=True)


def of_kind(parts: Parts, features: Meaning) -> Meaning | None:
    """Several places behind the word for what all of them are."""
    said = unify(*parts)
    places = said.get("places", ()) if said else ()
    fits = len(places) > 1 and said and all(place.admin_type == said.get("admin_type") for place in places)
    return said.without("admin_type") if said and fits else None


def all_parts(parts: Parts, features: Meaning) -> Meaning | None:
    """'The six sectors', where there are as many as was said."""
    said = unify(*parts)
    if said is None or said.get("n") != len(PARTS.get(str(said.get("over")), ())):
        return None
    return said.without("n").but(all_parts=True)


def begun_parts(parts: Parts, features: Meaning) -> Meaning | None:
    """'Education, health and so on, the six sectors': all that there are, of which some are named."""
    named, told = parts[0], unify(*parts[1:])
    over = told.get("over") if told is not None else None
    return all_parts((told.but(**features),), features) if told is not None and over in named else None


def begun_set(parts: Parts, features: Meaning) -> Meaning | None:
    """'Xining, Hami and others, 68 pilots': the set of as many, of which some are named."""
    (named,), said = having("places", parts), unify(*(part for part in parts if "places" not in part))
    if said is None or "n" not in said or "options" in named:
        return None
    return said.without("n").but(set_count=said["n"], set_with=tuple(named["places"]), **features)


def among_parts(parts: Parts, features: Meaning) -> Meaning | None:
    """'Products and services: which is more': of one part alone nobody asks which."""
    said = unify(*parts, features)
    return said if said is not None and any(len(said.get(name, ())) > 1 for name in DIMENSIONS) else None
