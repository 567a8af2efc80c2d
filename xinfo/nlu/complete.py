"""What the elements of a clause mean together: a verb and its bar, a comparison and its two sides, what is asked for.

Elements stand in free order, so that what one of them calls for may stand anywhere: 'more … than Wuxi', 'which …
highest'. A meaning is complete when every element was used; None where one of them calls for what is not there.
Knows no words of any language.
"""

from __future__ import annotations

from collections.abc import Callable

from xinfo.nlu.asked import asked, each_told
from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.nesting import alike, at_each_time, lifted, nested, second, summed
from xinfo.nlu.rates import measured
from xinfo.nlu.rises import risen
from xinfo.nlu.sides import MIDDLES, comparison
from xinfo.nlu.times import Span, halved, rest_of, several_years
from xinfo.nlu.verbs import changed, falling, lasting, moving, negated, outcome
from xinfo.store.periods import Period
from xinfo.understand.catalog import ALL, DIMENSIONS, PARTS
from xinfo.understand.frame import GROUPS, SIDED
from xinfo.understand.reading import When

Step = Callable[[Meaning], Meaning | None]
JUDGEMENTS = frozenset(["verb", "outcome", "degree", "cmp", "order", "quantifier"])
"""What can be so or not."""


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


def _by_how_much(said: Meaning) -> Meaning | None:
    """'Which is larger, and by how much?': of two the difference says both; of what grew the rate does."""
    if "_apart" not in said:
        return said
    rest = said.without("_apart")
    two = len(said.get("places", ())) == 2 or bool(said.keys() & {"other", "than_places", "than_set"})
    if not two or "verb" in said:
        return rest if said["_apart"] == "told" else None
    if said.get("asks", "place") not in ("place", "what", "whether") or said.keys() & {"cmp", "chosen", "n", "over"}:
        return None
    sided = said.keys() & {"than_places", "than_set"}
    rest = rest.without("order", "auxiliary", "nominal") if "places" in said else rest.without("order", "auxiliary")
    cues = rest.get("cues", frozenset()) - {"compare"}
    return (rest if sided else rest.without("degree")).but(asks="difference", cues=cues)


def _counting(said: Meaning) -> Meaning | None:
    """'How many pilots' asks for a number of places, 'how many users' for a figure."""
    if "_all_of_them" in said and said.keys() & {"asks", "order", "cmp", "top", "pace", "outcome", "verb", "degree"}:
        return None  # 'The four municipalities with …' are four of them.
    if said.get("asks") != "number":
        return said
    if {"bare", "projects"} <= said.keys() and "count" in said.get("cues", ()):
        return None  # 'How many projects does it run, and how many of them are finished' counts twice.
    # 'Of the western pilots, how many had more than 5 million people?'
    told = said.keys() & {"cmp", "outcome", "degree"} or said.get("verb") in ("grow", "shrink")
    members = "bare" in said and said.keys() & {"nominal", "chosen"} and told
    return said.without("bare").but(asks="count") if "counted" in said or members else said


def _placed(said: Meaning) -> Meaning | None:
    """'GDP ranking: who is third?' The ranking is where the one that is asked for stands."""
    if "_placed" not in said or ("nth" not in said and said.get("asks") != "place"):
        return said
    return said.but(cues=said.get("cues", frozenset()) - {"rank"})


def _groups_in_order(said: Meaning) -> Meaning | None:
    """'By region, highest first': the order in which groups are told in any case."""
    cues, told = said.get("cues", frozenset()), said.get("over") in GROUPS and said.get("order") == "desc"
    if not told or "rank" not in cues or said.keys() & {"n", "nth", "many", "asks", "cmp", "first_n", "grain", "pace"}:
        return said
    return said.without("order").but(cues=cues - {"rank"})


def _ranged(said: Meaning) -> Meaning | None:
    """'From March to September': a stretch of time, where no change is asked for that it could be the two ends of."""
    listed = isinstance(said.get("time"), tuple) and len(said["time"]) > 1
    if "_yearly" in said and listed and said.get("measure") == "growth":
        return None  # 'Yearly growth, 2014 and 2015': the growth of either year, as all growth is.
    if "each_year" in said and "average" in said.get("cues", ()) and several_years(said.get("time")):
        return None  # 'Average annual growth from 2013 to 2015' is so much a year, and no average of rates.
    if "_from_to" in said and said.keys() & {"annual", "_yearly"} and said.get("asks") in ("amount", "difference"):
        return None  # 'How much did its yearly sales rise from 2013 to 2015': from the one to the other.
    course = said.get("verb") == "change" and "grain" in said  # 'How did it change, quarter by quarter.'
    moved = (said.get("measure") == "growth" and "grain" not in said) or ("verb" in said and not course)
    moved = moved or said.get("asks") in ("difference", "points", "multiple")
    return said.without("ranged") if "ranged" not in said or not moved else None


def _part_left_out(said: Meaning) -> Meaning | None:
    """'In 2014, if you leave out the first quarter': what is left of the one year that is said."""
    if "left_part" not in said:
        return said
    time, left = said.get("time"), rest_of(said["left_part"])
    if not isinstance(time, tuple) or len(time) != 1 or left is None:
        return None
    year = time[0].when.start
    if time[0].when.end != year or year.kind != "year":
        return None
    return said.without("left_part").but(time=(Span(When.of(Period(year.year, *left))),))


def _mood(said: Meaning) -> Meaning | None:
    """A verb in front of what it says something of asks whether it is so, unless something else is asked for."""
    rest = said.without("auxiliary")
    if said.get("asks") == "number" and {"auxiliary", "degree", "_number"} <= said.keys():
        return None  # 'Is the number of users higher?'
    if said.get("auxiliary") == "doubted" and ("asks" in said or said.keys().isdisjoint(JUDGEMENTS)):
        return None  # 'Isn't it more': what is no question of whether is negated.
    if said.get("asks") == "what":
        return rest.but(asks="amount") if said.get("verb") == "add" else rest.without("asks")
    if said.get("asks") == "manner":
        if "degree" in said:
            return None  # 'How much more' asks for an amount.
        if said.get("measure") == "target":
            return None  # 'How did it do on its target' is not what the target was.
        # 'How did it grow' asks for a rate, 'how did it develop' for whatever the verb calls for.
        return rest.but(asks="rate") if said.get("verb") in ("grow", "shrink") else rest.without("asks")
    if "auxiliary" not in said or "asks" in said:
        return rest
    if "chosen" in rest and rest.keys() <= {"chosen", "nominal", "time", "order", "n"}:
        return None  # 'Is there a pilot where …' asks whether there is: see `existential`.
    if said.get("over") == "place" and said.get("measure") == "target":
        return None  # 'Did every pilot have a target' asks whether there is one.
    one_of_them = "chosen" in said and "places" in said and "metric" not in said
    if one_of_them or said.keys() & JUDGEMENTS:
        return rest.but(asks="whether")
    return rest if "rise" not in said else None  # 'Did it rise': no noun.


def _peaked(said: Meaning) -> Meaning | None:
    """'Peaked': in which of the periods."""
    if "peaks" not in said:
        return said
    within = said.get("asks") == "period" and "order" not in said
    return said.without("peaks").but(order=said["peaks"]) if within else None


def _first_time(said: Meaning) -> Meaning | None:
    """'First exceeded', 'last exceeded': which of the periods that a bar tells from the others."""
    if "occasion" not in said:
        return said
    told = "threshold" in said and "order" not in said and "ask_period" in said.get("cues", ())
    return said.without("occasion").cued(said["occasion"]) if told else None


def _side_by_side(said: Meaning) -> Meaning | None:
    """Two sets that are set against each other, each with its figure, where no difference or share is asked for."""
    if "other" not in said or "over" in said or said.get("measure") == "share" or "quantifier" in said:
        return said
    if {"union", "cmp"} <= said.keys():
        return said  # 'Which pilots in the two provinces had more than 50 billion yuan': members of both.
    cues = said.get("cues", frozenset())
    if "order" in said:
        if "_more" not in said or "which_one" not in cues:
            return said
        said = said.without("order").but(cues=cues - {"which_one"})  # 'Which is larger': the figures of both show it.
    if not cues.isdisjoint(MIDDLES) and cues.isdisjoint(SIDED):
        return said.but(cues=cues - {"compare"}).cued("difference")  # The difference of two averages tells both.
    if not cues.isdisjoint(SIDED) or ("as_one" in said and "compare" not in cues):
        return said
    names = [name for name in GROUPS if getattr(said["other"], name) != said.get(name)]
    return said.but(over=names[0]) if len(names) == 1 else None


def _either_time(said: Meaning) -> Meaning | None:
    """'Which is higher, the first half or the second': the figures of both times show it."""
    time = said.get("time")
    if "_each_time" in said and "total" in said.get("cues", ()) and "difference" not in said["cues"]:
        said = said.cued("compare")  # 'In total in 2014 and in 2015': each, and no sum of both.
    two = isinstance(time, tuple) and len(time) == 2 and len(said.get("places", ())) == 1
    if not two or "_more" not in said or "order" not in said or "grain" in said:
        return said
    return said.without("order").but(cues=said.get("cues", frozenset()) - {"which_one", "ask_one"}).cued("compare")


def _in_percent(said: Meaning) -> Meaning | None:
    """'How much of it came from enterprises, as a percentage': the share."""
    if "_much_of" in said and said.get("unit") == "percent":
        return said.without("unit").but(measure="share", cues=said["cues"] - {"how_many"})
    return said


def _parts_together(said: Meaning) -> Meaning | None:
    """'Individuals and the public sector of Hami had between them': their sum, as the whole less the other part."""
    several = [name for name in DIMENSIONS if len(said.get(name, ())) > 1]
    one_figure = len(said.get("places", ())) == 1 and said.keys().isdisjoint({"over", "by", "others", "measure"})
    if "total" not in said.get("cues", ()) or len(several) != 1 or not one_figure:
        return said
    (name,) = several
    rest = tuple(part for part in PARTS[name] if part not in said[name])
    if not isinstance(said.get("metric"), str):
        return said
    if "difference" in said["cues"] or said.get("asks") in ("difference", "points", "place", "part_of"):
        return said  # 'Services and products: what is the gap between the two?'
    said = said.but(cues=said["cues"] - {"total", "how_many"})
    if not rest:
        return said.without(name)
    return said.but(**{name: (ALL, *rest), "others": True}).cued("difference") if len(rest) == 1 else None


def _shared(said: Meaning) -> Meaning | None:
    """'What share of services was personal': a part of a part, which a share in the whole is not."""
    parts = said.keys() & DIMENSIONS
    return said if said.get("_shared", parts) == parts else None


def _attained(said: Meaning) -> Meaning | None:
    """'How much did it reach': the figure itself, where no target is spoken of."""
    if "attains" not in said:
        return said
    held = "threshold" in said  # 'Reached more than 50 billion yuan.'
    value = "measure" not in said or (held and said["measure"] == "growth")
    plain = value and "metric" in said and (held or said.get("asks") in (None, "amount", "number"))
    return said.without("attains") if plain else None


def _several(said: Meaning) -> Meaning | None:
    """'Top five by GDP', with nothing asked of them; a number said behind is that of an order said before."""
    if said.get("_ordered_by", said.get("measure", "value")) != said.get("measure", "value"):
        return None  # 'GDP growth of the five with the largest GDP' is no order by growth.
    if "first_n" in said:
        ordered = said.get("order") == said["top"] and "n" not in said
        return said.without("first_n", "top", "many").but(n=said["first_n"]) if ordered else None
    return said.without("many") if "order" in said and "asks" not in said else said


STEPS: tuple[Step, ...] = (
    _placed, _groups_in_order, halved, _ranged, _part_left_out, _by_how_much, _counting, _mood, _in_percent,
    _parts_together, _shared, _attained, _peaked, alike, lifted, risen, lasting, falling, moving, outcome, comparison,
    measured, changed,
    negated, second, summed, _several, at_each_time, each_told, asked, _first_time, nested, _side_by_side, _either_time,
)  # fmt: skip
"""What is made of a clause, in turn."""
