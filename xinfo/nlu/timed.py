"""Which of two times a figure is of, the newest on record, each of several: what rules make of times beside a figure.

A production takes the meanings of a rule's parts in order, and the rule's features. Knows no words of any language.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from xinfo.nlu.dates import ends, range_
from xinfo.nlu.grammar.meaning import Meaning, having, unify
from xinfo.nlu.times import Ends, Relative, Span, several_years, within_year
from xinfo.store.periods import Period
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.reading import When

Parts = Sequence[Meaning]
CENTURY = 2000
_TOLD_APART = frozenset(
    ["over", "grain", "also", "order", "cmp", "other", "base", "asks", "before", "chosen", "measure"]
)
"""What else makes several of one figure, or one of several."""


def set_against_time(parts: Parts, features: Meaning) -> Meaning | None:
    """A figure of one time compared with that of another."""
    times = [part["time"] for part in having("time", parts)]
    if len(times) != 2 or times[0] == times[1] or not all(isinstance(time, tuple) for time in times):
        return None
    rest = unify(*(part.without("time") for part in parts), features)
    return rest.but(time=(*times[0], *times[1])) if rest is not None else None


def year_before_same(parts: Parts, features: Meaning) -> Meaning | None:
    """'上年同期': the same part of the year before the one that was spoken of."""
    return Meaning(time=Relative(("before", 1)), pronoun=True)


def on_record(parts: Parts, features: Meaning) -> Meaning | None:
    """'The latest year on record', 'the last year on file': the newest there is, whichever year it is now."""
    unit, back = having("relative", parts)[0]["relative"][:2]
    if unit in ("years", "quarters"):
        return Meaning(relative=(unit, back))
    return Meaning(relative=(unit, 0)) if unit in ("year", "quarter") and back in (0, 1) else None


def at_later(parts: Parts, features: Meaning) -> Meaning | None:
    """'To what level did it rise between 2013 and 2015': the figure of the later one of both times."""
    return _at_one_end(parts, 0)


def at_earlier(parts: Parts, features: Meaning) -> Meaning | None:
    """'From what level did it rise between 2013 and 2015': that of the earlier one."""
    return _at_one_end(parts, 1)


def at_both(parts: Parts, features: Meaning) -> Meaning | None:
    """'From what to what did it go between 2013 and 2015': the earlier figure and the later one."""
    earlier, later = _at_one_end(parts, 1), _at_one_end(parts, 0)
    return earlier.but(time=(*earlier["time"], *later["time"])).cued("compare") if earlier and later else None


def years_cut_short(parts: Parts, features: Meaning) -> Meaning | None:
    """'These years (13 to 15)': years by their last two digits."""
    first, last = (CENTURY + part["n"] for part in having("n", parts))
    return Meaning(time=(Span(When(Period(first), Period(last))),)) if first < last < CENTURY + 100 else None


def of_the_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'How much of the target for the whole year by June': a figure of one part of a year, over the target of it."""
    said = unify(*parts, features)
    fits = said is not None and "measure" not in said and within_year(said.get("time"), from_its_start=True)
    return said if fits else None


def _at_one_end(parts: Parts, end: int) -> Meaning | None:
    times = [part["time"] for part in parts if "time" in part]
    if len(times) == 1 and isinstance(times[0], Ends):
        times = [(Span(times[0].later),), (Span(times[0].earlier),)]
    if len(times) != 2 or not all(isinstance(time, tuple) and len(time) == 1 for time in times):
        return None
    later, earlier = ((time[0].when.end.year, time[0].when.end.last) for time in times)
    said = unify(*(part.without("time") for part in parts)) if later > earlier else None
    return said.but(time=times[end]) if said is not None else None


def of_two_times(parts: Parts, features: Meaning) -> Meaning | None:
    """'Which was higher, 2014 or 2015': of one place the figures of both times show it."""
    said = unify(*parts, features)
    time = said.get("time") if said is not None else None
    if said is None or not isinstance(time, tuple) or len(time) != 2 or len(said.get("places", ())) != 1:
        return None
    return said.cued("compare") if said.keys().isdisjoint({"order", "cmp", "over", "grain", "base"}) else None


def each_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'From 2013 to 2015, how much each': year by year, where there is nothing else of which each could be meant."""
    said, time = parts[0], parts[0].get("time")
    several = [name for name in ("places", *DIMENSIONS) if len(said.get(name, ())) > 1]
    alone = bool({"places", "as_one"} & said.keys()) and not several and said.keys().isdisjoint(_TOLD_APART)
    stretch = several_years(time) or (time is None and "time_count" in said)
    stretch = stretch or (isinstance(time, Relative) and time.value[0] == "years")
    return said.but(grain="year") if alone and stretch else said


def ends_in_a_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'Increase, 2015Q1 to 2015Q4': the two ends of a change within one year."""
    found = ends(parts, features)
    same = found is not None and found["time"].later.end.year == found["time"].earlier.end.year
    return found if same else None


def and_then(parts: Parts, features: Meaning) -> Meaning | None:
    """'What was it in 2013, and what was it two years later': one figure of two times, one after the other."""
    said, other = parts[0], having("time", parts)[-1]["time"]
    now = said["time"]
    if not isinstance(now, tuple) or len(now) != 1 or said.keys() & (_TOLD_APART - {"asks"} | {"verb", "outcome"}):
        return None
    if isinstance(other, Relative) and other.value[0] == "before" and not other.part:
        other = (Span(now[0].when.years_on(-int(str(other.value[1])))),)
    if not isinstance(other, tuple) or len(other) != 1 or other[0] in now:
        return None
    return said.without("asks").but(time=(*now, *other)).cued("compare")


def before_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'Before 2013': every year up to the one before."""
    return _from_year("before_year", parts)


def after_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'After 2013': every year from the next one on."""
    return _from_year("after_year", parts)


def _from_year(kind: str, parts: Parts) -> Meaning:
    (year,) = (part["year"][0] for part in parts if "year" in part)
    return Meaning(time=Relative((kind, int(year))))


def since_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'From 2013 on', 'since July 2014': from a year, or from a quarter of it."""
    (said,) = (part for part in parts if part.keys() & {"year", "time"})
    if "year" in said:
        return _from_year("since", parts)
    (span,) = said["time"]
    start = span.when.start
    if span.end:  # 'Since the middle of 2014': from the third quarter on.
        start = span.when.end.following
    if start.kind == "year" or start.first == 1:
        return Meaning(time=Relative(("since", start.year)))
    return Meaning(time=Relative(("since", start.year, start.first))) if start.first % 3 == 1 else None


def short_years(parts: Parts, features: Meaning) -> Meaning | None:
    """'2013, 14 and 15': the years that follow on the one that is said in full."""
    (said,) = (int(part["year"][0]) for part in parts if "year" in part)
    years = [said, *(said // 100 * 100 + part["n"] for part in parts if "n" in part)]
    follow = all(later == earlier + 1 for earlier, later in pairwise(years))
    return Meaning(time=tuple(Span(When.of(Period(one))) for one in years)) if follow else None


def range_to_another(parts: Parts, features: Meaning) -> Meaning | None:
    """'From the first quarter of 2014 to the second of 2015': what the second one is a second of was said before."""
    (first,), (number,), (of,) = having("time", parts), having("quarter", parts), having("year", parts)
    start = first["time"][0].when.start
    length = start.last - start.first + 1
    last = number["quarter"] * length
    if first["time"][0].when.end != start or length not in (3, 6) or last > 12:
        return None
    another = Span(When.of(Period(int(of["year"][0]), last - length + 1, last)))
    return range_((first, Meaning(time=(another,))), features)


def as_many_years(parts: Parts, features: Meaning) -> Meaning | None:
    """'In 2014 and 2015 …, over those two years': they were said, and there are as many."""
    said, (number,) = parts[0], having("n", parts[1:])
    if not isinstance(said["time"], tuple):
        return None
    years = {period.year for span in said["time"] for period in span.when.parts if period.kind == "year"}
    return said if len(years) == number["n"] else None


def years_together(parts: Parts, features: Meaning) -> Meaning | None:
    """'From 2013 through 2015, all three years together': their sum."""
    said = as_many_years(parts, features)
    return said.cued("cumulative") if said is not None else None


def and_same_part(parts: Parts, features: Meaning) -> Meaning | None:
    """A part of one year and 'the same quarter' of another."""
    (first,), (of,) = having("time", parts), having("year", parts)
    (span,), year = first["time"], int(of["year"][0])
    if span.when.start.year == year:
        return None
    again = Span(When.of(Period(year, span.when.start.first, span.when.start.last)))
    return unify(first.but(time=(span, again)), of.without("year"))


def only_those_times(parts: Parts, features: Meaning) -> Meaning | None:
    """'2013 and 2015, without the year in between': times were said one by one, and no course is asked for."""
    said = parts[0]
    single = isinstance(said["time"], tuple) and len(said["time"]) > 1
    whole = single and all(span.when.start == span.when.end for span in said["time"])
    return said if whole and "grain" not in said else None
