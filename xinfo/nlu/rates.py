"""Rates from one time to another: against another one than the year before, and so much a year. Knows no words."""

from __future__ import annotations

from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.times import Ends, Span, against
from xinfo.understand.catalog import Catalog
from xinfo.understand.reading import When

AVERAGED = "_average_growth"
"""How the id of a metric ends that is another one's published growth a year over several years."""


def measured(said: Meaning) -> Meaning | None:
    """A rate against another time than the year before, and one a year: from that time to the one that is said."""
    time = said.get("time")
    rest = said.without("rated", "base")
    if "rated" not in said or not isinstance(time, tuple) or len(time) != 1:
        return said.without("rated")
    when = time[0].when
    if said.get("base") == "previous" and when.start.kind == "year":
        return None  # A year stands behind no quarter.
    if "base" in said and said.get("measure") != "growth":
        return said.without("rated")  # 'By how many yuan was it up on the quarter before' is no rate.
    if "base" in said and "bar" not in said:
        return rest.but(time=Ends(when, against(said["base"], time[0]).when))
    if "per_year" not in said:
        return rest
    return rest.but(time=Ends(When.of(when.end), When.of(when.start))) if when.start.year < when.end.year else None


def over_the_years(said: Meaning | None, catalog: Catalog) -> Meaning | None:
    """'Average annual growth of GDP from 2013 to 2015': worked out, though a published rate goes by the same name."""
    if said is None:
        return None
    metric, time = str(said.get("metric")), said.get("time")
    base = metric.removesuffix(AVERAGED)
    one = time[0].when if isinstance(time, tuple) and len(time) == 1 else None
    if base == metric or base not in catalog.metrics or "measure" in said or one is None:
        return said
    growth = said.but(metric=base, measure="growth", per_year=True)
    ends = Ends(When.of(one.end), When.of(one.start))
    return rate_between(growth, ends) if one.start.year < one.end.year else said


def rate_between(said: Meaning, ends: Ends) -> Meaning:
    """A growth between two ends that lie a year apart is the growth of the later one."""
    later, earlier = ends.later, ends.earlier
    if "per_year" in said and "average" in said.get("cues", ()):
        said = said.but(cues=said["cues"] - {"average"})  # 'A year on average'.
    if earlier == When(later.start.years_on(-1), later.end.years_on(-1)):
        return said.without("per_year").but(time=(Span(later),))
    return said.but(time=(Span(later), Span(earlier)), ends=True)
