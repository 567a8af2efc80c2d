"""What the elements of a clause mean together: a verb and its bar, a comparison and its two sides, what is asked for.

Elements stand in free order, so that what one of them calls for may stand anywhere: 'more … than Wuxi', 'which …
highest'. A meaning is complete when every element was used; None where one of them calls for what is not there.
Knows no words of any language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from xinfo.nlu.asked import asked, each_told
from xinfo.nlu.features import SCOPE
from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.nesting import SETS, lifted, nested, second, summed
from xinfo.nlu.times import Ends, OpenPart, Span, against
from xinfo.nlu.verbs import CMP_OF, changed, falling, measured, moving, negated, outcome, rate_between
from xinfo.store.periods import Period
from xinfo.understand.frame import GROUPS
from xinfo.understand.reading import When

ORDER_OF = {"more": "desc", "less": "asc"}
PLACES = ("than_places", "than_set")
Step = Callable[[Meaning], Meaning | None]


def complete(said: Meaning) -> Meaning | None:
    """The meaning of a clause by what frames know: figures, sets, times, an order or a bar, and what is to be done."""
    found: Meaning | None = said
    for step in STEPS:
        found = step(found) if found is not None else None
    return found


def as_far_as_it_goes(said: Meaning) -> Meaning:
    """The meaning of what is no whole clause: every step that can be taken is."""
    for step in STEPS:
        found = step(said)
        said = said if found is None else found
    return said


def _counting(said: Meaning) -> Meaning | None:
    """'How many pilots' asks for a number of places, 'how many users' for a figure."""
    if said.get("asks") != "number":
        return said
    # 'Of the western pilots, how many had more than 5 million people?'
    members = "bare" in said and said.keys() & {"nominal", "chosen"} and said.keys() & {"cmp", "outcome", "degree"}
    return said.without("bare").but(asks="count") if "counted" in said or members else said


def _ranged(said: Meaning) -> Meaning | None:
    """'From March to September': a stretch of time, where no change is asked for that it could be the two ends of."""
    if "_from_to" in said and said.keys() & {"annual", "_yearly"} and said.get("asks") in ("amount", "difference"):
        return None  # 'How much did its yearly sales rise from 2013 to 2015': from the one to the other.
    moved = said.get("measure") == "growth" or "verb" in said or said.get("asks") in ("difference", "points")
    return said.without("ranged") if "ranged" not in said or not moved else None


def _mood(said: Meaning) -> Meaning | None:
    """A verb in front of what it says something of asks whether it is so, unless something else is asked for."""
    rest = said.without("auxiliary")
    if said.get("asks") == "what":
        return rest.without("asks")
    if said.get("asks") == "manner":
        if "degree" in said:
            return None  # 'How much more' asks for an amount.
        # 'How did it grow' asks for a rate, 'how did it develop' for whatever the verb calls for.
        return rest.but(asks="rate") if said.get("verb") in ("grow", "shrink") else rest.without("asks")
    if "auxiliary" not in said or "asks" in said:
        return rest
    if "chosen" in rest and rest.keys() <= {"chosen", "nominal", "time", "order", "n"}:
        return None  # 'Is there a pilot where …' asks whether there is: see `existential`.
    one_of_them = "chosen" in said and "places" in said and "metric" not in said
    if one_of_them or said.keys() & {"verb", "outcome", "degree", "cmp", "order", "quantifier"}:
        return rest.but(asks="whether")
    return rest if "rise" not in said else None  # 'Did it rise': no noun.


def _peaked(said: Meaning) -> Meaning | None:
    """'Peaked': in which of the periods."""
    if "peaks" not in said:
        return said
    within = said.get("asks") == "period" and "order" not in said
    return said.without("peaks").but(order=said["peaks"]) if within else None


def _side_by_side(said: Meaning) -> Meaning | None:
    """Two sets that are set against each other, each with its figure, where no difference or share is asked for."""
    if "other" not in said or "over" in said or said.get("measure") == "share":
        return said
    cues = said.get("cues", frozenset())
    if "order" in said:
        if "_more" not in said or "which_one" not in cues:
            return said
        said = said.without("order").but(cues=cues - {"which_one"})  # 'Which is larger': the figures of both show it.
    if "difference" in cues or ("as_one" in said and "compare" not in cues):
        return said
    names = [name for name in GROUPS if getattr(said["other"], name) != said.get(name)]
    return said.but(over=names[0]) if len(names) == 1 else None


def _in_percent(said: Meaning) -> Meaning | None:
    """'How much of it came from enterprises, as a percentage': the share."""
    if "_much_of" in said and said.get("unit") == "percent":
        return said.without("unit").but(measure="share", cues=said["cues"] - {"how_many"})
    return said


def _attained(said: Meaning) -> Meaning | None:
    """'How much did it reach': the figure itself, where no target is spoken of."""
    if "attains" not in said:
        return said
    plain = "measure" not in said and "metric" in said and said.get("asks") in (None, "amount", "number")
    return said.without("attains") if plain else None


def _several(said: Meaning) -> Meaning | None:
    """'Top five by GDP', with nothing asked of them; a number said behind is that of an order said before."""
    if "first_n" in said:
        ordered = said.get("order") == said["top"] and "n" not in said
        return said.without("first_n", "top", "many").but(n=said["first_n"]) if ordered else None
    return said.without("many") if "order" in said and "asks" not in said else said


def _comparison(said: Meaning) -> Meaning | None:
    """'More', 'less' and what stands on the other side: the bar of a choice, or the other side of a difference."""
    if said.get("degree") == "none":
        said = said.without("degree")  # A noun for what lies between two: 'a higher difference' is none.
    degree = said.get("degree")
    other = next((name for name in PLACES if name in said), None)
    if degree is None:
        held = "bar" not in said or "cmp" in said
        return said if other is None and "than_time" not in said and held else None
    rest = said.without("degree")
    if said.get("asks") in ("amount", "number", "difference", "percent", "points"):
        return _apart(rest, degree)
    if other == "than_set":
        return None
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
        return said.without("asks").cued("compare")
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
    if other == -1:
        return (replace(now[0], when=When(start.years_on(-1), end.years_on(-1))),)
    months = end.last - start.first + 1
    part = (other.first, other.last) if isinstance(other, OpenPart) else (months * (other - 1) + 1, months * other)
    same = start.year == end.year and months < 12 and part[1] <= 12 and part[1] - part[0] + 1 == months
    return (Span(When.of(Period(start.year, *part))),) if same else None


def _apart(said: Meaning, degree: str) -> Meaning | None:
    """'How much more … than': the difference of two places, sets, times or parts: the first minus the other."""
    if said.get("asks") == "percent" or said.get("unit") == "percent":
        return _percent_apart(said, degree)
    rest = said.without("than_places", "than_set", "than_time", "than_part")
    if "than_places" in said:
        if len(said.get("places", ())) != 1 or len(said["than_places"]) != 1:
            return None
        rest = rest.but(places=(*said["places"], *said["than_places"]))
    elif "than_set" in said:
        if "places" in said or not said.keys() & {"nominal", *SCOPE}:
            return None
        rest = rest.but(other=said["than_set"], nominal=True)
    elif "than_time" in said:
        other = _other_time(said) if "time" in said else ()
        if other is None:
            return None
        rest = rest.but(time=(*said["time"], *other)) if other else rest.but(before=said["than_time"], pronoun=True)
    elif "than_part" in said:
        (name, values), *more = said["than_part"]
        if more or len(said.get(name, ())) != 1:
            return None
        rest = rest.but(**{name: (*said[name], *values)})
    elif len(said.get("places", ())) != 2 and "other" not in said:
        return None
    turned = {"turned": True} if degree == "less" else {}
    return rest.without("asks").but(**turned).cued("difference")


def _percent_apart(said: Meaning, degree: str) -> Meaning | None:
    """'What percentage higher in 2015 than in 2014': the growth from one to the other. Of two places there is none."""
    before = _other_time(said) if "than_time" in said and degree == "more" and "measure" not in said else None
    if before is None or len(before) != 1:
        return None
    now, then = said["time"][0].when, before[0].when
    later = (then.end.year, then.end.last) < (now.end.year, now.end.last)
    return rate_between(said.without("asks", "than_time").but(measure="growth"), Ends(now, then)) if later else None


STEPS: tuple[Step, ...] = (
    _ranged, _counting, _mood, _in_percent, _attained, _peaked, lifted, falling, moving, outcome, _comparison, measured,
    changed, negated, second, summed, _several, each_told, asked, nested, _side_by_side,
)  # fmt: skip
"""What is made of a clause, in turn."""
