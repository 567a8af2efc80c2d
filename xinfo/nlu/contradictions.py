"""What in a meaning rules out something else in it, whatever the figures are. Reads no words and no catalog."""

from __future__ import annotations

from itertools import pairwise

from xinfo.nlu.divisions import own
from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.times import Ends, Relative, within_year
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.frame import PROJECT_GROUPS, SIDED

JUDGED = frozenset(
    "bar_in by_then year_end others singly ours told unit typical actual within aimed quarterly yearly length"
    " unaveraged paced over_all ranks each_year of_one severally not_measure not_field per_hundred"
    " all_parts by_most risen_to of_own stuff doing off_by had taken_for rise_noun years_goal pieces".split()
)
"""What `coherent` holds against the rest of the meaning, and that says nothing more once it agrees."""
SIDES = frozenset(["than", "beside", "compare", "compare+against", *SIDED, "chosen", "order", "cmp"])
"""What brings a second place beside the one that is spoken of."""


def contradicted(meaning: Meaning) -> bool:
    """Whether one thing rules out another; 'our turnover, against that of Wuxi' does not say whose it is."""
    said, cues, measure = meaning.keys(), meaning.get("cues", frozenset()), meaning.get("measure")
    return any(
        (
            _of_no_project(meaning),
            _of_no_target(meaning),
            "of_one" in said and len(meaning.get("places", ())) > 1,
            meaning.get("of_one") == "place" and "places" not in said,
            "bar_in" in said and meaning["bar_in"] not in said,
            "own" in said and not _its_own(meaning),
            "dated" in said and ("metric" in said or _open_ended(meaning)),
            _of_no_members(meaning),
            _not_asked(meaning),
            "paced" in said and measure != "growth",  # 'The fastest' of a level leaves open what is fast.
            "told" in said and said.isdisjoint({"order", "cmp"}) and "difference" not in cues,
            "ours" in said and (len(meaning.get("places", ())) != 1 or not SIDES.isdisjoint({*said, *cues})),
            "others" in said and not said.isdisjoint({"order", "cmp", "measure"}),
            "severally" in said and "total" in cues and not _several(meaning),
            "risen_to" in said and _stretched(meaning.get("time")),  # At its end, or all of it together?
            "rise_noun" in said and _listed(meaning.get("time")),  # The increase in each, or from one to the other?
            "singly" in said and not {"total", "total_named"}.isdisjoint(cues),
            "typical" in said and {"average", "median"}.isdisjoint(cues),
            "unaveraged" in said and "average" in cues,
            "implied" in cues and measure is not None,
            # So many 'per 100 inhabitants' are told in percent: of people and lines, never of money.
            "per_hundred" in said and meaning.get("unit") not in (None, "percent"),
            # 'How many altogether', of those that were found: they are counted, and no figure of theirs is summed up.
            "pieces" in said and "count" not in cues and said.isdisjoint({"metric", "projects", "places"}),
            "trend" in cues and _no_course(meaning),
            {"bar", "threshold"} <= said or {"against", "per"} <= said,  # Per person is which of the two?
            {"over_all", "time"} <= said and not _since(meaning["time"]),
            # 'Education, health … the six sectors': the three that are named are not all that is asked for.
            "all_parts" in said and meaning.get("over") in said,
            "yearly" in said and measure != "growth" and "difference" not in cues,
        )
    )


def _of_no_members(meaning: Meaning) -> bool:
    """Whether what is said of a set leaves nobody of it, or leaves open which of its members are asked for."""
    said, cues = meaning.keys(), meaning.get("cues", frozenset())
    return any(
        (
            # 'The pilots except Beijing, Tianjin and Xining': all of them are left out.
            {"places", "without"} <= said and ("count" in cues or "nominal" not in said),
            {"admin_type", "over"} <= said and meaning["over"] == "admin_type" and "other" not in said,  # Of one kind.
            "nth" in said and ("rank" in cues or (meaning.get("n", 1) > 1 and "ranks" not in said)),
            # Those that are to be named are asked for, and not whether there are any.
            meaning.get("quantifier") == "any" and "list" in cues,
        )
    )


def _of_no_project(meaning: Meaning) -> bool:
    """Whether what is said of projects cannot be said of them, or leaves open whether they are what is asked for."""
    said, cues = meaning.keys(), meaning.get("cues", frozenset())
    return not said.isdisjoint({"projects", "field"}) and any(
        (
            not said.isdisjoint({"metric", "measure"}),
            # 'Which pilot's projects have the highest budget' asks for a pilot, as may 'the projects' highest budget'.
            {"projects", "order"} <= said and not cues.isdisjoint({"ask_one", "ask_many", "ask_place"}),
            # 'How many yuan' of projects is no count of them.
            "projects" in said and "field" not in said and meaning.get("unit") in ("money", "scale"),
            # 'The share of delayed projects of communities' leaves open in what: in theirs, or in all projects.
            "portion" in cues and len(said & {*PROJECT_GROUPS}) != 1,
            # Places are counted that have some; of a bar it is open whether one of a place's projects passes it or all.
            {"counted_members", "projects"} <= said and ("had" not in said or "cmp" in said),
        )
    )


def _of_no_target(meaning: Meaning) -> bool:
    """Whether what is said of a target cannot be said of it, or of what is aimed at of anything else."""
    said, cues, target = meaning.keys(), meaning.get("cues", frozenset()), meaning.get("measure") == "target"
    return any(
        (
            "actual" in said and target,
            "aimed" in said and not target,
            # A figure of half a year is held against the target of the year by its own template alone.
            "years_goal" in said and within_year(meaning.get("time")),
            # A target has a gap to what was reached; what two differ by, or one from before, needs both of them.
            target and not cues.isdisjoint(SIDED) and not _two_sided(meaning),
        )
    )


def _several(meaning: Meaning) -> bool:
    """Whether there is more than one sum: 'the sum of each' says nothing of one set at one time."""
    listed = [meaning.get(name, ()) for name in ("places", "time", *DIMENSIONS)]
    grouped = meaning.get("over", "place") != "place" or not meaning.keys().isdisjoint({"other", "grain"})
    return grouped or any(not isinstance(one, tuple) or len(one) > 1 for one in listed)


def _not_asked(meaning: Meaning) -> bool:
    """'Not the target', 'not the budget': what is not asked for cannot be what is."""
    unwanted = "not_field" in meaning and meaning.get("field") in (None, meaning["not_field"])
    return unwanted or meaning.get("not_measure") == meaning.get("measure", "value")


def _stretched(time: object) -> bool:
    """Whether a time runs over several years or quarters."""
    spans = time if isinstance(time, tuple) else ()
    return isinstance(time, Ends) or _since(time) or any(span.when.start != span.when.end for span in spans)


def _no_course(meaning: Meaning) -> bool:
    """Whether a course is none: told in points, which are told of two times, or over a single quarter."""
    time = meaning.get("time")
    spans = time if isinstance(time, tuple) and len(time) == 1 and "grain" not in meaning else ()
    single = any(s.when.start == s.when.end and s.when.start.kind == "quarter" and not s.until for s in spans)
    return single or meaning.get("unit") == "points"


def _listed(time: object) -> bool:
    """'In 2014 and 2015', and not from one to the other, of which the later comes first."""
    whens = [span.when for span in time] if isinstance(time, tuple) else []
    return any(one.start.year < other.start.year for one, other in pairwise(whens))


def _since(time: object) -> bool:
    """'Over the years, from 2013 on': everything there is from then on."""
    return isinstance(time, Relative) and time.value[:1] == ("since",)


def _two_sided(meaning: Meaning) -> bool:
    """Whether there are two of anything that a difference could be of."""
    listed = [meaning.get(name, ()) for name in ("places", "time", *DIMENSIONS)]
    several = any(isinstance(one, Ends) or (isinstance(one, tuple) and len(one) > 1) for one in listed)
    return several or not SIDES.isdisjoint(meaning.keys()) or "other" in meaning or "base" in meaning


def _its_own(meaning: Meaning) -> bool:
    """Whether 'its own region' is that of the one place that is spoken of; one that is named besides must be it."""
    places, condition = meaning.get("places", ()), meaning["own"]
    return len(places) == 1 and meaning.get(condition, found := own(places[0], condition)) == found


def _open_ended(meaning: Meaning) -> bool:
    """Whether a time is everything up to it: what is due by March is not what is due in it."""
    time = meaning.get("time", ())
    return "by_then" in meaning or (isinstance(time, tuple) and any(span.end or span.until for span in time))
