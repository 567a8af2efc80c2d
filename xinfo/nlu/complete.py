"""What the elements of a clause mean together: a verb and its bar, a comparison and its two sides, what is asked for.

Elements stand in free order, so that what one of them calls for may stand anywhere: 'more … than Wuxi', 'which …
highest'. A meaning is complete when every element was used; None where one of them calls for what is not there. Knows no
words of any language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from xinfo.nlu.grammar.meaning import Meaning, unify
from xinfo.nlu.times import Ends, Span
from xinfo.understand.quantities import Quantity
from xinfo.understand.reading import When

SELECTS = frozenset(["order", "cmp", "chosen_only"])
"""Features that tell some places or periods from the others."""
OPPOSITE = {">": "<", "<": ">", ">=": "<=", "<=": ">="}
ORDER_OF = {"more": "desc", "less": "asc"}
CMP_OF = {"more": ">", "less": "<"}
CMP_OF_OUTCOME = {"met": ">=", "missed": "<", "beat": ">"}
GROUPS = ("province", "region", "admin_type", "batch")
PLACES = ("than_places", "than_set")
FIGURE = ("metric", "whole", "per", "measure", "consumer", "offering", "sector")
TOGETHER = frozenset(["total", "cumulative", "average", "median", "how_many", "count", "trend", "distribution", "quartiles"])
"""Cues that make one figure of several members."""
ONE, NOTHING = Quantity(1.0, "ratio", False), Quantity(0.0, "ratio", False)


def complete(said: Meaning) -> Meaning | None:
    """The meaning of a clause by what frames know: figures, sets, times, an order or a bar, and what is to be done."""
    found: Meaning | None = said
    for step in (_lifted, _mood, _verb, _outcome, _comparison, _change, _asked, nested):
        found = step(found) if found is not None else None
    return found


def _mood(said: Meaning) -> Meaning | None:
    """A verb in front of what it says something of asks whether it is so, unless something else is asked for."""
    rest = said.without("auxiliary")
    if said.get("asks") == "what":
        return rest.without("asks")
    if said.get("asks") == "manner":
        # 'How did it grow' asks for a rate, 'how did it develop' for whatever the verb calls for.
        return rest.but(asks="rate") if said.get("verb") in ("grow", "shrink") else rest.without("asks")
    tells = said.keys() & {"verb", "outcome", "degree", "cmp", "order", "quantifier"}
    return rest.but(asks="whether") if "auxiliary" in said and "asks" not in said and tells else rest


def _lifted(said: Meaning) -> Meaning | None:
    """'The five pilots with the highest GDP': a set that is told from the rest, with nothing asked of it, is the question."""
    if "chosen" not in said or said.keys() & {"metric", "cmp", "order", "verb", "outcome", "projects"}:
        return said
    return unify(said.without("chosen", "asks", "many"), said["chosen"])


def nested(said: Meaning) -> Meaning | None:
    """A figure of members that another figure chooses: what either leaves unsaid is as in the other."""
    if "chosen" not in said:
        return said
    inner: Meaning = said["chosen"]
    if "metric" not in said:
        return None
    inner = inner if "metric" in inner else inner.but(metric=said["metric"])
    inner = inner if "time" in inner or "time" not in said else inner.but(time=said["time"])
    if _same_figure(said, inner):
        return _lifted_members(said, inner)
    each = {"over": "place"} if said.get("cues", frozenset()).isdisjoint(TOGETHER) and "over" not in said else {}
    return said.but(chosen=inner, time=said.get("time", inner.get("time")), **each)


def _same_figure(said: Meaning, inner: Meaning) -> bool:
    """'GDP of the five pilots with the highest GDP' is the ranking itself."""
    own = [{name: part.get(name) for name in FIGURE} for part in (said, inner)]
    return own[0] == own[1] and said.get("time", inner.get("time")) == inner.get("time")


def _lifted_members(said: Meaning, inner: Meaning) -> Meaning | None:
    if said.keys() & {"order", "cmp", "over", "grain", "by"} or not said.get("cues", frozenset()).isdisjoint(TOGETHER):
        return said.but(chosen=inner, time=said.get("time", inner.get("time")))
    return unify(said.without("chosen"), inner)


def _cue(said: Meaning, *cues: str) -> Meaning:
    return said.but(cues=frozenset(cues) | said.get("cues", frozenset()))


def _verb(said: Meaning) -> Meaning | None:
    """'Grew', 'fell': by how much, by more than a bar, fastest, or at all."""
    verb, pace = said.get("verb"), said.get("pace")
    rest = said.without("verb", "pace")
    rest = rest.without("by") if rest.get("by") is True else rest
    if verb not in ("grow", "shrink"):
        return said if pace is None and said.get("by") is not True else _paced(said)
    if said.get("measure", "growth") not in ("growth", "share"):
        return None
    rest = rest.but(verb=verb) if isinstance(said.get("time"), Ends) or said.get("asks") in ("difference", "points") else rest
    if pace:
        return rest.but(measure="growth", order=pace if verb == "grow" else _turned(pace))
    if said.get("by") is True and "threshold" in said:
        return _by_bar(rest, verb)
    if rest.get("verb"):
        return rest
    if "measure" in said and said["measure"] == "share":
        return None
    if "degree" in said and ("than_time" in said or "than_places" in said or "bar" in said):
        return rest.but(measure="growth")
    if said.get("asks") in ("place", "number", "whether", "list", "passing") and not {"cmp", "degree", "order"} & said.keys():
        return rest.but(measure="growth", cmp=CMP_OF["more" if verb == "grow" else "less"], threshold=NOTHING)
    return rest.but(measure="growth") if "asks" in said or "places" in said else None


def _paced(said: Meaning) -> Meaning | None:
    """'Fastest' of a growth that a noun says."""
    growing = said.get("measure") == "growth" and said.get("by") is not True
    return said.without("pace").but(order=said["pace"]) if growing and "pace" in said else None


def _turned(order: str) -> str:
    return "asc" if order == "desc" else "desc"


def _by_bar(said: Meaning, verb: str) -> Meaning | None:
    """'Grew by more than 10 %', 'fell by more than 5 %'."""
    bar: Quantity = said["threshold"]
    if bar.unit != "ratio":
        return None
    if verb == "grow":
        return said.but(measure="growth")
    return said.but(measure="growth", cmp=OPPOSITE[said["cmp"]], threshold=replace(bar, value=-bar.value))


def _outcome(said: Meaning) -> Meaning | None:
    """'Met', 'missed', 'beat' its target: which did, by how much, by the most."""
    outcome = said.get("outcome")
    if outcome is None:
        return said
    rest = said.without("outcome")
    if "measure" in said or "cmp" in said or "degree" in said:
        return None
    if "most" in said:
        rest = rest.without("most").but(measure="gap", order="asc" if outcome == "beat" else "desc")
        return rest if outcome != "met" else None
    if said.get("asks") in ("amount", "number", "difference"):
        return rest.without("asks").but(measure="gap")
    if said.get("asks") in ("percent", "rate"):
        return rest.without("asks").but(measure="attainment")
    if said.get("asks") in ("place", "number", "list", "count", "whether", "passing") or "places" not in said:
        return rest.but(measure="attainment", cmp=CMP_OF_OUTCOME[outcome], threshold=ONE)
    return rest.but(measure="attainment")


def _comparison(said: Meaning) -> Meaning | None:
    """'More', 'less' and what stands on the other side: the bar of a choice, or the other side of a difference."""
    degree = said.get("degree")
    other = next((name for name in PLACES if name in said), None)
    if degree is None:
        return said if other is None and "than_time" not in said and "bar" not in said else None
    rest = said.without("degree")
    if said.get("asks") in ("amount", "number", "difference", "percent", "points"):
        return _apart(rest, degree)
    if other == "than_set":
        return None
    if "than_time" in said:
        return _than_before(rest, degree)
    if "bar" in said:
        return rest.but(cmp=CMP_OF[degree])
    if other == "than_places":
        than = rest["than_places"]
        return rest.without("than_places").but(than=than, cmp=CMP_OF[degree]) if len(than) == 1 else None
    if said.get("asks") in ("place", "period", "part") and {"cmp", "order"}.isdisjoint(said):
        two = len(said.get("places", ())) == 2 or "other" in said or len(said.get("time", ())) == 2
        return rest.but(order=ORDER_OF[degree]) if two else None
    return None


def _than_before(said: Meaning, degree: str) -> Meaning | None:
    """'Higher than in 2014': each one's own figure of another time is its bar."""
    now, before = said.get("time"), said["than_time"]
    if not isinstance(now, tuple) or len(now) != 1 or len(before) != 1 or "cmp" in said:
        return None
    return said.without("than_time").but(bar="before", cmp=CMP_OF[degree], time=(*now, *before))


def _apart(said: Meaning, degree: str) -> Meaning | None:
    """'How much more … than': the difference of two places, sets, times or parts, the one said first minus the other."""
    rest = said.without("than_places", "than_set", "than_time", "than_part")
    if "than_places" in said:
        if len(said.get("places", ())) != 1 or len(said["than_places"]) != 1:
            return None
        rest = rest.but(places=(*said["places"], *said["than_places"]))
    elif "than_set" in said:
        rest = rest.but(other=said["than_set"]) if "nominal" in said else rest
        if "nominal" not in said:
            return None
    elif "than_time" in said:
        if not isinstance(said.get("time"), tuple) or len(said["time"]) != 1:
            return None
        rest = rest.but(time=(*said["time"], *said["than_time"]))
    elif "than_part" in said:
        (name, values), *more = said["than_part"]
        if more or len(said.get(name, ())) != 1:
            return None
        rest = rest.but(**{name: (*said[name], *values)})
    elif len(said.get("places", ())) != 2 and "other" not in said:
        return None
    turned = {"turned": True} if degree == "less" else {}
    return _cue(rest.without("asks").but(**turned), "difference")


def _change(said: Meaning) -> Meaning | None:
    """What has changed from one time to another, or by how much two things differ."""
    time, verb, asks = said.get("time"), said.get("verb"), said.get("asks")
    rest = said.without("verb")
    if isinstance(time, Ends):
        moved = verb in ("grow", "shrink", "change") or asks == "difference" or said.get("measure") == "growth"
        return _between(rest, time) if moved else None
    if asks in ("difference", "points"):
        return _cue(rest.without("asks"), "difference")
    if verb == "change" and said.get("measure") == "growth":
        return rest
    if verb == "change":
        return _cue(rest, "trend") if "asks" not in said and not _several_years(time) else None
    return said if verb is None else None


def _several_years(time: object) -> bool:
    """A change from one year to another is between the two, and no course."""
    return isinstance(time, tuple) and any(span.when.start != span.when.end for span in time)


def _between(said: Meaning, ends: Ends) -> Meaning | None:
    """A growth between two ends that lie a year apart is the growth of the later one."""
    if "grain" in said:
        # 'By quarter from 2013 to 2015' is a course.
        return None
    later, earlier = ends.later, ends.earlier
    rate = said.get("measure") == "growth" or said.get("asks") in ("rate", "percent")
    if rate and earlier == When(later.start.years_on(-1), later.end.years_on(-1)):
        return said.without("asks").but(measure="growth", time=(Span(later),))
    both = said.without("asks").but(time=(Span(later), Span(earlier)))
    if rate:
        return both.but(measure="growth", ends=True)
    return _cue(both, "difference")


def _asked(said: Meaning) -> Meaning | None:
    """What the question wants to be told: which places, which period, how many of them."""
    asks = said.get("asks")
    if "quantifier" in said and asks != "whether":
        return None
    if "order" in said and said.get("over") in GROUPS and "in_each" not in said.get("cues", ()):
        return None
    step: Callable[[Meaning], Meaning | None] = ASKED.get(str(asks), lambda rest: rest)
    return step(said.without("asks"))


def _place(said: Meaning) -> Meaning | None:
    chosen = said.keys() & SELECTS
    if "metric" in said and not chosen:
        return None
    return _cue(said.without("many"), "ask_many" if "many" in said or said.get("n", 1) > 1 else "ask_one")


def _period(said: Meaning) -> Meaning | None:
    return _cue(said, "ask_period") if "order" in said and "metric" in said else None


def _number(said: Meaning) -> Meaning | None:
    """'How many': places that something tells from the others, or the figure itself."""
    rest = said.without("counted")
    if "counted" in said:
        return _cue(rest, "count") if "cmp" in said or said.keys().isdisjoint({"metric", "order"}) else None
    return _cue(rest, "how_many") if said.keys().isdisjoint({"cmp", "order"}) else None


def _amount(said: Meaning) -> Meaning | None:
    return _cue(said, "how_many") if said.keys().isdisjoint({"cmp"}) else None


def _list(said: Meaning) -> Meaning | None:
    return _cue(said, "list") if "metric" not in said or said.keys() & SELECTS else None


def _whether(said: Meaning) -> Meaning | None:
    """Yes or no: of one place, of all of a set, of any."""
    if not said.keys() & {"cmp", "order"} or said.keys() & {"projects"}:
        return None
    if len(said.get("places", ())) == 1:
        return said.but(quantifier="is") if "quantifier" not in said else None
    return said if "quantifier" in said and "cmp" in said else None


ASKED = {
    "place": _place, "period": _period, "number": _number, "amount": _amount, "list": _list, "whether": _whether,
    "passing": lambda said: _cue(said, "passing") if "cmp" in said else None,
    "rate": lambda said: said if said.get("measure") in ("growth", "attainment", "share") else None,
    "percent": lambda said: said if said.get("measure") in ("growth", "attainment", "share") else None,
}  # fmt: skip
