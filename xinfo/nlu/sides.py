"""'More' and 'less', and what stands on the other side: a place, set, time or part; the bar of a choice, a difference.

Each takes all that a clause says; None where one side calls for what is not there. Knows no words of any language.
"""

from __future__ import annotations

from dataclasses import replace

from xinfo.nlu.features import SCOPE, ids_of
from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.nesting import SETS
from xinfo.nlu.rates import rate_between
from xinfo.nlu.times import Ends, OpenPart, Span, against
from xinfo.nlu.verbs import CMP_OF
from xinfo.store.periods import Period
from xinfo.understand.reading import Scope, When

ORDER_OF = {"more": "desc", "less": "asc"}
PLACES = ("than_places", "than_set")
MIDDLES = frozenset(["average", "median"])


def comparison(said: Meaning) -> Meaning | None:
    """'More', 'less' and what stands on the other side: the bar of a choice, or the other side of a difference."""
    if said.get("degree") == "none":
        said = said.without("degree")  # A noun for what lies between two: 'a higher difference' is none.
    degree = said.get("degree")
    if said.get("asks") == "multiple":
        return _multiple(said) if degree is None else None  # 'Times more' may be times as much, or once less.
    other = next((name for name in PLACES if name in said), None)
    if "_differs" in said and said.get("asks") not in ("amount", "difference", "points", "percent"):
        return None
    if degree is None and {"factor", "than_set", "cmp"} <= said.keys():
        return _set_passes(said, str(said["cmp"]))
    if degree is None:
        held = "bar" not in said or "cmp" in said
        return said if other is None and "than_time" not in said and held else None
    if "rise" in said and said.get("asks") != "points" and said.get("unit") not in ("percent", "points"):
        return None  # 'How much larger was the increase in 2015 than in 2014': in yuan, or in points of growth?
    rest = said.without("degree")
    if said.get("asks") in ("amount", "number", "difference", "percent", "points"):
        return _apart(rest, degree)
    if other == "than_set" or (other == "than_places" and _together(said)):
        return _set_passes(rest, CMP_OF[degree])
    if "than_time" in said and "time" not in said:
        return _than_back_then(rest, degree)
    if "than_time" in said:
        return _than_before(rest, degree)
    if "bar" in said:
        return rest.but(cmp=CMP_OF[degree])
    if other == "than_places":
        than = rest["than_places"]
        return rest.without("than_places").but(than=than, cmp=CMP_OF[degree]) if len(than) == 1 else None
    if said.get("asks") in ("place", "period", "part", "whether") and {"cmp", "order"}.isdisjoint(said):
        # 'Did Beijing or Tianjin spend more' asks which.
        rest = rest.but(asks="place") if said["asks"] == "whether" else rest
        return _of_two(rest, degree)
    return None


def _of_two(said: Meaning, degree: str) -> Meaning | None:
    """'Which was higher, 2014 or 2015': the first of two; of two parts, both."""
    if any(len(said.get(name, ())) == 2 for name in ("consumer", "offering", "sector")):
        return said.without("asks").cued("compare")
    if said.keys().isdisjoint({*SETS, "other", "time"}):
        said = said.but(pronoun=True)  # 'Which is higher?' asks of the two that were spoken of.
    times = said.get("time")
    if "other" in said and "over" not in said:
        # Two sets by name have no group that they could be told by: the difference tells both.
        return said.without("asks").cued("difference" if said["other"].named else "compare")
    two_times = isinstance(times, tuple) and len(times) == 2
    if two_times and len(said.get("places", ())) == 1 and "grain" not in said:
        return said.without("asks").cued("compare")  # 'In the third quarter or in the fourth': both are told.
    two = len(said.get("places", ())) == 2 or "other" in said or "pronoun" in said or two_times
    return said.but(order=ORDER_OF[degree]) if two else None


def _than_before(said: Meaning, degree: str) -> Meaning | None:
    """'Higher than in 2014': each one's own figure of another time is its bar."""
    before = _other_time(said)
    if before is None or len(before) != 1 or "cmp" in said:
        return None
    return said.without("than_time").but(bar="before", cmp=CMP_OF[degree], time=(*said["time"], *before))


def _than_back_then(said: Meaning, degree: str) -> Meaning | None:
    """'Was that more than in the first quarter?': the figure that was spoken of, and its own one of another time."""
    if "cmp" in said or "metric" in said or said.get("asks", "whether") != "whether":
        return None
    rest = said.without("than_time").but(asks="whether", bar="before", cmp=CMP_OF[degree], pronoun=True)
    return rest.but(before=said["than_time"])


def _other_time(said: Meaning) -> tuple[Span, ...] | None:
    """What stands after 'than'; a part of a year is one of the year that was said, as long as what was said."""
    now, other = said.get("time"), said["than_time"]
    if not isinstance(now, tuple) or len(now) != 1:
        return None
    if isinstance(other, tuple):
        return other
    start, end = now[0].when.start, now[0].when.end
    if other == "previous":
        return (against(other, now[0]),)
    if isinstance(other, int) and other < 0:
        return (replace(now[0], when=When(start.years_on(other), end.years_on(other))),)
    months = end.last - start.first + 1
    part = (other.first, other.last) if isinstance(other, OpenPart) else (months * (other - 1) + 1, months * other)
    same = start.year == end.year and months < 12 and part[1] <= 12 and part[1] - part[0] + 1 == months
    return (Span(When.of(Period(start.year, *part))),) if same else None


def _apart(said: Meaning, degree: str) -> Meaning | None:
    """'How much more … than': two places, sets, times or parts: the first less the other, or how many times it is."""
    percent = said.get("asks") == "percent" or said.get("unit") == "percent"
    if percent and "than_time" in said:
        return _percent_apart(said, degree)
    rest = _both_sides(said)
    if rest is None or said["asks"] == "multiple":
        return rest
    if percent:
        # Of what was spoken of, and of a rate, it is left open what is told in percent.
        return None if rest.keys() & {"measure", "pronoun"} else rest.without("asks", "unit").cued("excess")
    turned = {"turned": True} if degree == "less" else {}
    rest = rest.but(unit="points") if said["asks"] == "points" else rest  # Only rates are so many points apart.
    return rest.without("asks").but(**turned).cued("difference")


def _set_passes(said: Meaning, cmp: str) -> Meaning | None:
    """'Did Wuxi and Suzhou together spend more than Nanjing': two sets, each as one."""
    sides = _two_sets(said) if said.get("asks") == "whether" else None
    return sides.but(cmp=cmp) if sides is not None else None


def _together(said: Meaning) -> bool:
    """Whether what is spoken of are several places, as one."""
    several = len(said.get("places", ())) > 1 or not said.keys().isdisjoint({"nominal", *SCOPE})
    return several and "total" in said.get("cues", ())


def _two_sets(said: Meaning) -> Meaning | None:
    """What is spoken of and what stands after 'than', each as a set: places by name are one together."""
    rest = said.without("than_places", "than_set", "places")
    other = said.get("than_set") or Scope(named=ids_of(said["than_places"]))
    if "places" not in said:
        return rest.but(other=other, nominal=True) if said.keys() & {"nominal", *SCOPE} else None
    if not SCOPE.isdisjoint(rest) or not (other.named or "total" in said.get("cues", ())):
        return None  # 'More than the western pilots' leaves open whether each of them or all together.
    return rest.but(named=ids_of(said["places"]), other=other, nominal=True)


def _both_sides(said: Meaning) -> Meaning | None:
    """Two places, sets, times or parts, the one that another is taken from first."""
    rest = said.without("than_places", "than_set", "than_time", "than_part")
    if "than_places" in said and said.keys().isdisjoint({*SETS, "metric", "options"}):
        rest = rest.but(places=said["than_places"], pronoun=True)  # 'How much more than Wuxi?', of what was spoken of.
    elif "than_set" in said or ("than_places" in said and _together(said)):
        sides = _two_sets(said)
        if sides is None:
            return None
        rest = sides.without("than_time", "than_part")
    elif "than_places" in said:
        if len(said.get("places", ())) != 1 or len(said["than_places"]) != 1:
            return None
        rest = rest.but(places=(*said["places"], *said["than_places"]))
    elif "than_time" in said:
        other = _other_time(said) if "time" in said else ()
        if other is None:
            return None
        rest = rest.but(time=(*said["time"], *other)) if other else rest.but(before=said["than_time"], pronoun=True)
        rest = rest.but(one_way=True)
    elif "than_part" in said:
        (name, values), *more = said["than_part"]
        if more or len(said.get(name, ())) != 1:
            return None
        rest = rest.but(**{name: (*said[name], *values)})
    elif said["asks"] != "multiple" and len(said.get("places", ())) != 2 and "other" not in said:
        return None
    return rest


def _multiple(said: Meaning) -> Meaning | None:
    """'How many times as large … as': what is open is closed once, and nothing else is."""
    closed = ("as_open" in said) == ("as_side" in said)
    return _apart(said.without("as_open", "as_side"), "more") if closed else None


def _percent_apart(said: Meaning, degree: str) -> Meaning | None:
    """'What percentage higher in 2015 than in 2014': the growth from one to the other."""
    before = _other_time(said) if degree == "more" and "measure" not in said else None
    if before is None or len(before) != 1:
        return None
    now, then = said["time"][0].when, before[0].when
    later = (then.end.year, then.end.last) < (now.end.year, now.end.last)
    return rate_between(said.without("asks", "than_time").but(measure="growth"), Ends(now, then)) if later else None
