"""Figures beside and inside one another: members that a second question chooses, two figures of the same places.

Each takes all that a clause says; None where the two do not go together. Knows no words of any language.
"""

from __future__ import annotations

from xinfo.nlu.features import CONDITIONS, FIGURE, SCOPE
from xinfo.nlu.grammar.meaning import Meaning, unify
from xinfo.nlu.times import Ends, Span
from xinfo.nlu.verbs import TELLING
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.frame import GROUPS, SIDED
from xinfo.understand.reading import When

SETS = CONDITIONS | {"places", "pilots", "nominal"}
"""What says which set of places is spoken of."""
TOGETHER = frozenset("total total_named cumulative average median how_many count trend distribution quartiles".split())
"""Cues that make one figure of several members."""
STATISTICS = frozenset(["total", "average", "median"])
ONE_TIME = frozenset(["bar", "chosen", "order", "grain", "places", "also", "over"])
"""What is told of one time alone."""
ONE_OPERATION = frozenset(["cmp", "grain", "against", "quantifier", "verb", "outcome", "degree", "by"])
"""What is asked with one operation alone."""
MOST_TIMES = 3
"""Times at each of which members may have to pass a bar."""
OF_ANOTHER = frozenset(["measure", "per", "whole"])
"""What makes another figure of a metric."""


def lifted(said: Meaning) -> Meaning | None:
    """'The five pilots with the highest GDP': a set that is told from the rest is the question, if nothing else is."""
    told = said.keys() & {"metric", "measure", "cmp", "order", "verb", "outcome", "projects"}
    if "drawn" in said and not told and said["chosen"].keys().isdisjoint({"order", "chosen"}):
        # 'Of those that missed it, how many are in the west': all of what holds, at once.
        return unify(said.without("chosen", "drawn", "many"), said["chosen"])
    if "chosen" not in said or "drawn" in said or told or not STATISTICS.isdisjoint(said.get("cues", ())):
        return said
    if "rest" in said["chosen"]:
        return None  # All but the five largest are put in no order.
    if "_out_of" in said and not SCOPE.isdisjoint(said):
        return None  # 'Which of the five largest are eastern' is none of the five largest eastern ones: see `drawn`.
    if said.get("asks") in ("difference", "points", "multiple"):
        return None  # 'The pilots that missed it: by how much' asks for more than which they are.
    asked = ("asks",) if said.get("asks") != "whether" else ()  # 'Is it one of the five largest?'
    return unify(said.without("chosen", "many", *asked), said["chosen"])


def nested(said: Meaning) -> Meaning | None:
    """A figure of members that another figure chooses: what either leaves unsaid is as in the other."""
    if "chosen" not in said:
        return said
    if _unlike_a_choice(said):
        return None
    provided, said = "provided" in said, said.without("provided")
    around = Meaning({name: said[name] for name in SETS if name in said and "drawn" not in said})
    inner = unify(said["chosen"].without("again"), around)
    if inner is None:
        return None
    said = said.without(*around)
    said, counted = _of_its_figure(said, inner)
    if "metric" not in said or counted:
        return None
    if "again" in said and "time" in inner and said.get("time", inner["time"]) != inner["time"]:
        return None  # 'That same year' is the one of the choice, which was said before.
    said = _narrowed(said.without("again") if "time" in inner else said, inner)
    if "order" in inner and "rest" not in inner and inner.get("n", 1) == 1 and "cues" in said:
        # How much the one place has is told as its figure, not as a sum.
        said = said.but(cues=said["cues"] - {"how_many"})
    if "metric" not in inner:
        if "order" in inner and "rest" not in inner and said.get("order") == inner["order"]:
            return unify(said.without("chosen"), inner)
        if {"order", "n"} <= inner.keys() and "order" in said and "drawn" not in said:
            return None  # 'The top three with the lowest GDP': the three lowest, or the lowest of the three highest?
        if not _is_by_the_same(said, inner, provided):
            return None
        inner = inner.but(metric=said["metric"])
    inner = inner if "time" in inner or "time" not in said else inner.but(time=said["time"])
    said = _summed_up(said)
    if _same_figure(said, inner) and "drawn" not in said and "rest" not in inner:
        return _lifted_members(said, inner)
    if "compare" in said.get("cues", ()):
        said = said.but(cues=said["cues"] - {"how_many"})  # 'How much is it in each.'
    together = not said.get("cues", frozenset()).isdisjoint(TOGETHER) or (said.keys() & {"other", "of_all"})
    each = {} if together or "over" in said else {"over": "place"}
    return said.without("drawn").but(chosen=inner, time=said.get("time", inner.get("time")), **each)


def _of_its_figure(said: Meaning, inner: Meaning) -> tuple[Meaning, bool]:
    """With the figure that members are chosen by where none is said of them; whether they are counted by its bar."""
    # 'The worst five by GDP growth' have no growth of their own.
    told = "measure" in said and "_by" not in inner
    told = told or ("drawn" in said and said.get("asks") != "number")
    if "metric" in said or "metric" not in inner or not (told or not STATISTICS.isdisjoint(said.get("cues", ()))):
        return said, False
    # 'How many of them are there' counts those that pass the bar, not what they have.
    return said.but(metric=inner["metric"]), "cmp" in inner and said.get("unit") == "count"


def _is_by_the_same(said: Meaning, inner: Meaning, provided: bool) -> bool:
    """Whether members that are chosen by a figure that is left unsaid are chosen by the one that is asked of them."""
    if "rest" in inner and said.get("cues", frozenset()).isdisjoint(TOGETHER):
        return False  # 'The pilots other than the top five by GDP' asks for no GDP.
    grown = provided and inner.get("measure") == "growth"  # 'Had more than 10 billion and grew by more than 5 %.'
    # 'The growth of the largest pilot': by which figure it is the largest is left open.
    others = said.keys() | inner.without(*["measure"] * grown).keys()
    return ("cmp" not in inner or grown) and others.isdisjoint(OF_ANOTHER)


def _unlike_a_choice(said: Meaning) -> bool:
    """Whether what is asked is not of the members: of one place, of groups, of some of them by a condition."""
    one = "provided" in said and ("places" in said or "order" in said["chosen"])  # It is its own whatever others have.
    grouped = said.get("over") in GROUPS and said.get("cues", frozenset()).isdisjoint(TOGETHER)
    return one or grouped or (said.get("_out_of") == "all" and not SCOPE.isdisjoint(said))


def _narrowed(said: Meaning, inner: Meaning) -> Meaning:
    """'The four with the fastest growing telecom revenue: how much revenue did they have': that one."""
    several = said["metric"] if isinstance(said["metric"], tuple) else ()
    return said.but(metric=inner["metric"]) if inner.get("metric") in several else said


def _same_figure(said: Meaning, inner: Meaning) -> bool:
    """'GDP of the five pilots with the highest GDP' is the ranking itself."""
    return _figure(said) == _figure(inner) and said.get("time", inner.get("time")) == inner.get("time")


def _summed_up(said: Meaning) -> Meaning:
    """'How many people live in the three largest': their sum, and never how many these three are."""
    cues = said.get("cues", frozenset())
    if (
        "how_many" not in cues
        or said.keys() & {"drawn", "over"}
        or not cues.isdisjoint({"compare", *TOGETHER} - {"how_many"})
    ):
        return said
    return said.but(cues=cues - {"how_many"}).cued("total")


def _lifted_members(said: Meaning, inner: Meaning) -> Meaning | None:
    if said.keys() & {"order", "cmp", "over", "grain", "by"} or not said.get("cues", frozenset()).isdisjoint(TOGETHER):
        return said.but(chosen=inner, time=said.get("time", inner.get("time")))
    return unify(said.without("chosen"), inner)


def alike(said: Meaning) -> Meaning | None:
    """'How fast did GDP and population grow', 'growth of GDP and population': what is said of both is asked of both."""
    second: Meaning = said.get("also", Meaning())
    moved = said.get("verb") in ("grow", "shrink")
    own = second.keys() & {"measure", "_its", "its", "their"}
    if "metric" not in second or own or not (moved or "_of_all" in said):
        return said
    if isinstance(said.get("time"), Ends):
        return None  # From one time to another one figure is told at once.
    return said.but(also=second.but(measure=said.get("measure", "growth")))


def second(said: Meaning) -> Meaning | None:
    """'And its growth': a second figure of what the first is of."""
    if "also" not in said:
        return said
    second: Meaning = said["also"]
    if "_operation" in second:
        return _second_operation(said, second.without("_operation"))
    if "_against" in said and said.keys() & {"nominal", "_which", "_members", *SCOPE}:
        return None  # Which of several grew faster than in another figure is more than two figures.
    picked = said.keys() & {"order", "cmp", "outcome", "degree", "verb", "chosen"} and "_its" not in second
    taken = said.keys() & {"over", "grain", "against"} or not said.get("cues", frozenset()).isdisjoint(SIDED)
    if picked or "metric" not in said or taken or _parts_of_one(said, second):
        return None
    second = second.without("_its")
    again = "measure" in said and second.get("measure") == said["measure"]
    if again and second.keys().isdisjoint({"metric", "time", *DIMENSIONS}):
        return said.without("also")  # 'How did it grow, tell me the growth': said twice.
    second = second if "metric" in second else second.but(metric=said["metric"])
    if _figure(said) == _figure(second) and "time" not in second:
        return None
    if "measure" in said and said.without("measure").get("metric") == second["metric"] and "measure" not in second:
        # 'Growth and GDP' are GDP and its growth.
        return said.without("measure").but(also=second.but(measure=said["measure"]))
    return said.but(also=second)


def _second_operation(said: Meaning, second: Meaning) -> Meaning | None:
    """'The average and the median', 'its value and its rank', 'each and together': another operation on one figure."""
    if "metric" not in said or said.keys() & ONE_OPERATION:
        return None
    figure = {name: said[name] for name in FIGURE if name in said}
    if "order" in second:
        plain = said.get("order", second["order"]) != second["order"] and "nth" not in said
        plain = plain and said.get("n", 1) == second.get("n", 1)
        return said.but(also=second.but(**figure)) if plain else None
    asked, more = said.get("cues", frozenset()), second["cues"]
    several = "nominal" in said or "pilots" in said or SCOPE & said.keys() or len(said.get("places", ())) != 1
    apart = asked - {"how_many", "compare"} if "position" in more else asked
    fits = not several and len(said.get("places", ())) == 1 and not apart if "position" in more else several
    taken = "order" in said or not asked.isdisjoint(more) or not asked.isdisjoint({*SIDED, "correlation", "rank"})
    return said.but(also=second.but(**figure)) if fits and not taken else None


def _parts_of_one(said: Meaning, second: Meaning) -> bool:
    """'Products and services': two parts of one figure, which a word of theirs may leave open."""
    one, other = (set(found if isinstance(found := m.get("metric"), tuple) else (found,)) for m in (said, second))
    return bool(one & other) and any(name in said and name in second for name in DIMENSIONS)


def _figure(said: Meaning) -> dict[str, object]:
    return {name: said.get(name) for name in FIGURE}


def at_each_time(said: Meaning) -> Meaning | None:
    """'Above 100 in 2014 and in 2015': those of the first time, of which it holds for the next one, too."""
    every = said.get("quantifier") == "all" and said.get("asks") != "whether"
    both = "_both_times" in said and said.get("asks") in TELLING
    if "cmp" not in said or not (every or both):
        return said
    times = _each_of(said.get("time"))
    if len(times) < 2 or "metric" not in said or said.keys() & ONE_TIME:
        return None
    names = (*FIGURE, "cmp", "threshold", "upto_cmp", "upto", "than", "factor")
    bar = Meaning({name: said[name] for name in names if name in said})
    inner = bar.but(time=(times[0],))
    for time in times[1:-1]:
        inner = bar.but(time=(time,), chosen=inner)
    return said.without("quantifier", "_both_times").but(time=(times[-1],), chosen=inner, nominal=True)


def _each_of(time: object) -> tuple[Span, ...]:
    """Times that were said one by one, or the years of a stretch."""
    if not isinstance(time, tuple) or len(time) > MOST_TIMES:
        return ()
    parts = time[0].when.parts if len(time) == 1 else ()
    if len(parts) > MOST_TIMES or any(part.kind != "year" for part in parts):
        return ()
    return tuple(Span(When.of(part)) for part in parts) or time


def summed(said: Meaning) -> Meaning | None:
    """'The three smallest GDPs add up to': those members are chosen first."""
    rest = said.without("summed")
    if "summed" not in said or "order" not in said or "asks" in said:
        return rest
    inner = {name: said[name] for name in (*FIGURE, *SETS, "order", "n", "nth", "time") if name in said}
    return rest.without("order", "n", "nth", "many", *SETS).but(chosen=Meaning(inner)) if "chosen" not in said else None
