"""What a question wants to be told: which places, which period, how many, how much, whether. Knows no language."""

from __future__ import annotations

from collections.abc import Callable

from xinfo.nlu.features import SCOPE
from xinfo.nlu.grammar.meaning import Meaning
from xinfo.understand.frame import GROUPS
from xinfo.understand.quantities import NOTHING

SELECTS = frozenset(["order", "cmp", "chosen_only", "lacks"])
"""Features that tell some places or periods from the others."""


TELLS_APART = SELECTS | {"measure", "over", "other", "chosen", "places", "verb", "whole", "per", "cues"}
"""Features beside which a figure alone tells no members."""
NAMED = frozenset(["places", "options", "chosen", "projects", "over", "grain", "also", "order", "pronoun"])
"""What a question has that asks how many by the verb alone, where it counts no pilots."""
TOGETHER = frozenset(["average", "median", "total"])
"""What is made of several figures that may pass a bar as one."""


def asked(said: Meaning) -> Meaning | None:
    """What the question wants to be told: which places, which period, how many of them."""
    asks = said.get("asks")
    if "quantifier" in said and asks != "whether":
        return None
    of_groups = asks in ("group", "groups") or "in_each" in said.get("cues", ())
    if "order" in said and said.get("over") in GROUPS and not of_groups:
        return None
    among_others = asks == "whether" and not SCOPE.isdisjoint(said)
    if {"_own", "order"} <= said.keys() and asks in ("whether", "place") and not among_others:
        return None  # 'Did it have its highest GDP in the fourth quarter': among its own quarters, and no others.
    if said.keys() & {"only", "_by_far"} and asks == "whether":
        return None  # 'Is it the only one?', 'is it by far the largest?'
    if "one_of" in said and _metric_of(said) not in said["one_of"]:
        return None
    step: Callable[[Meaning], Meaning | None] = ASKED.get(str(asks), lambda rest: rest)
    found = step(said.without("asks", "one_of", "only"))
    # 'Only the eastern ones' narrows what was asked before.
    if found is None or "only" not in said:
        return found
    # So does 'the eastern ones only', unless it stands behind what is a question by itself.
    whole = said["only"] == "behind" and found.keys() & {"metric", "projects"} and "places" not in found
    return found if whole else found.without("their").but(pronoun=True)


def _metric_of(said: Meaning) -> str:
    """What is spoken of: its own metric, else the one by which its members were chosen."""
    return str(said.get("metric") or said.get("chosen", Meaning()).get("metric", "-"))


def each_told(said: Meaning) -> Meaning | None:
    """'Which is larger, and how large is each': the figures of both, which show the larger."""
    if said.get("_each") not in ("yes", "asked") or "n" in said or not {"order", "places"} <= said.keys():
        # Asked behind a clause it is of those that the clause has put in an order: 'and how much is each'.
        return None if said.get("_each") == "asked" and said.keys().isdisjoint({"order", "cmp"}) else said
    return said.without("order").but(cues=said.get("cues", frozenset()) - {"which_one", "ask_one"})


def _place(said: Meaning) -> Meaning | None:
    chosen = said.keys() & SELECTS
    if "_it" in said and "metric" in said:
        return None  # 'It must be a county. Which has the highest GDP?' says of what is sought what it must be.
    if not said.keys() - {"many", "follows", "n"}:
        said = said.but(pronoun=True)  # 'Which ones?' asks of what was spoken of.
    if "metric" in said and not chosen:
        return None
    if "near" in said.get("cues", ()) and "one" not in said:
        return said.without("many")  # 'Which are near' asks for several.
    if {"field", "cmp"} <= said.keys() and said.keys().isdisjoint({"nominal", "pilots", "places"}):
        said = said.but(pronoun=True)  # 'Which have a budget above 10 million': of the projects that were spoken of.
    return said.without("many").cued("ask_many" if "many" in said or said.get("n", 1) > 1 else "ask_one")


def _period(said: Meaning) -> Meaning | None:
    if "any_period" in said and len(said.get("places", ())) != 1:
        return None  # 'The highest in any quarter' of several places leaves open whether a place is meant.
    said = said.without("any_period")
    # 'When was it highest?' asks of the figure that was spoken of.
    told = "order" in said or ("threshold" in said and "by" not in said)
    return said.cued("ask_period") if told and said.keys() & {"metric", "pronoun"} else None


def _number(said: Meaning) -> Meaning | None:
    """'How many' of a figure is the figure itself."""
    if ("bare" in said and "nominal" in said) or said.get("measure") == "growth":
        return None  # 'How many' is no rate.
    if "bare" in said and "metric" not in said and not SCOPE.isdisjoint(said):
        return None  # 'How many of those lie in the east' counts places.
    if said.get("_number") == "figure" and "_every" in said and "total" not in said.get("cues", ()):
        return None  # 'The number of users for all pilots' leaves open whether that of each is meant.
    return said.without("bare").cued("how_many") if said.keys().isdisjoint({"cmp", "order"}) else None


def _count(said: Meaning) -> Meaning | None:
    """'How many' of places that something tells from the others, or of a set."""
    if "_subject" in said and not ({"cmp", "metric"} <= said.keys() and said.keys().isdisjoint(NAMED)):
        return None  # 'How many earned more than 2 billion yuan' counts pilots, 'how many earned in Wuxi' nothing.
    if "projects" in said:
        # With a bar it is open whether one of a place's projects passes it, or all of them together.
        return said.without("counted").but(counted_members=True, had=True).cued("count") if "cmp" not in said else None
    rest = said.without("counted").but(cues=said.get("cues", frozenset()) - {"total"})  # 'How many in all.'
    if {"counted", "metric", "nominal"} <= said.keys() and said.keys().isdisjoint(TELLS_APART):
        # 'How many municipalities had overnight stays.'
        return rest.but(cmp=">", threshold=NOTHING, of_own=True).cued("count")
    return rest.cued("count") if said.keys() & {"cmp", "lacks"} or said.keys().isdisjoint({"metric", "order"}) else None


def _position(said: Meaning) -> Meaning | None:
    """'What position does it hold': of one place by one figure."""
    if said.get("order") == "asc":
        return None  # 'Counted from the bottom': ranks are told from the top.
    placed = "metric" in said and len(said.get("places", ())) <= 1 and said.keys().isdisjoint({"cmp"})
    return said.without("holds", "order").cued("position") if placed else None


def _group(said: Meaning) -> Meaning | None:
    """'The pilots of which province': the groups, the first of which comes first."""
    if not {"order", "metric", "over"} <= said.keys():
        return None
    if "average" in said.get("cues", ()):
        return said if said.get("n", 1) == 1 else None  # The averages of all groups are told, in that order.
    return said.without("nominal").but(n=said.get("n", 1))


def _part(said: Meaning) -> Meaning | None:
    """'Which sector had the most': every part, the first of which comes first; of what was spoken of if unsaid."""
    if "metric" not in said:
        said = said.but(pronoun=True)
    return said.without("order", "n") if {"order", "over"} <= said.keys() else None


def _amount(said: Meaning) -> Meaning | None:
    if "order" in said and len(said.get("places", ())) == 1:
        return None  # 'How much more than all the others': no ranking of one.
    if "_by_much" in said and said.keys() <= {"_by_much", "follows", "pronoun"}:
        return said.cued("by_how_much")  # Of what was spoken of.
    return said.cued("how_many") if said.keys().isdisjoint({"cmp"}) else None


def _list(said: Meaning) -> Meaning | None:
    if {"metric", "_every", "nominal"} <= said.keys() and said.keys().isdisjoint(TELLS_APART | {"grain"}):
        return said.but(over="place")  # 'List the users of all pilots.'
    return said.cued("list") if "metric" not in said or said.keys() & SELECTS else None


def _whether(said: Meaning) -> Meaning | None:
    """Yes or no: of one place, of all of a set, of any."""
    if not said.keys() & {"cmp", "order"} or said.keys() & {"projects", "unit"}:
        return None
    if "_exists" in said and said.get("quantifier") != "any":
        # 'Does it have a target' asks for that target; of all of them the ones without any are counted by no bar.
        return None
    if said.get("quantifier") == "only":
        return said if len(said.get("places", ())) == 1 and "cmp" in said else None
    if "other" in said:
        # Two sets, each as one.
        return said.but(quantifier="is") if "cmp" in said and "quantifier" not in said else None
    # 'Was it reached?'
    fragment = said.keys().isdisjoint({"metric", "places", "nominal", "chosen", "region", "province", "pilots"})
    if len(said.get("places", ())) == 1 or fragment:
        return said.but(quantifier="is") if "quantifier" not in said else None
    if "threshold" in said and not TOGETHER.isdisjoint(said.get("cues", ())):
        # 'Was their average above 10 billion?' No average is so of each of them.
        return said.but(quantifier="is") if "quantifier" not in said else None
    if "places" in said and (not SCOPE.isdisjoint(said) or said.get("bar") in ("mean", "median")):
        return None  # 'Are both Wuxi and Suzhou above the average': of one set told by a bar of another.
    return said if "quantifier" in said and "cmp" in said else None


ASKED: dict[str, Callable[[Meaning], Meaning | None]] = {
    "place": _place,
    "period": _period,
    "number": _number,
    "count": _count,
    "position": _position,
    "group": _group,
    "groups": lambda said: said if said.get("over") in GROUPS and "n" not in said else None,
    "part_of": _part,
    "amount": _amount,
    "list": _list,
    "whether": _whether,
    "passing": lambda said: said.cued("passing") if "cmp" in said else None,
    "rate": lambda said: said if said.get("measure") in ("growth", "attainment", "share") else None,
    "percent": lambda said: said if said.get("measure") in ("growth", "attainment", "share") else None,
}
