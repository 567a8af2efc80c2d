"""Times as a question says them: stretches, open parts of a year, two ends, times counted from others. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xinfo.nlu.grammar.meaning import Meaning
from xinfo.store.periods import Period
from xinfo.understand.reading import When


@dataclass(frozen=True)
class Span:
    """A stretch of time as it was said."""

    when: When
    end: bool = False
    """Whether its end was meant: 'at the end of'."""
    until: bool = False
    """Whether everything up to it was meant: 'through'."""


@dataclass(frozen=True)
class OpenPart:
    """Months of a year that is not said."""

    first: int
    last: int
    end: bool = False
    """Whether their end was meant."""
    back: int = 0
    """How many years before the one that is spoken of."""


@dataclass(frozen=True)
class Relative:
    """'The latest', 'the year before': see `clock`."""

    value: tuple[object, ...]
    part: tuple[int, int] | None = None
    """Months of it."""
    further: tuple[tuple[object, ...], ...] = ()


@dataclass(frozen=True)
class Ends:
    """The two ends of a change."""

    later: When
    earlier: When


def against(said: Any, span: Span) -> Span:
    """What a time is compared with, where only a part of its year was said, or the period before."""
    start, end = span.when.start, span.when.end
    if isinstance(said, OpenPart):
        return Span(When.of(Period(start.year - said.back, said.first, said.last)))
    if isinstance(said, int):
        year = said if said > 0 else start.year + said
        return Span(When.of(Period(year, start.first, end.last)))
    if said == "year_end":
        return Span(When.of(Period(end.year - 1)), end=True)
    return Span(span.when.preceding) if said == "previous" else said


def rest_of(part: tuple[int, int]) -> tuple[int, int] | None:
    """The months of a year that are left without some at its beginning or its end."""
    first, last = part
    if (first == 1) == (last == 12):
        return None
    return (last + 1, 12) if first == 1 else (1, first - 1)


def several_years(time: object) -> bool:
    """A change from one year to another is between the two, and no course."""
    return isinstance(time, tuple) and any(span.when.start != span.when.end for span in time)


def halved(said: Meaning) -> Meaning | None:
    """'Each half of 2015': both halves of every year that is said."""
    if "_halved" not in said:
        return said
    time = said.get("time")
    spans: tuple[Span, ...] = time if isinstance(time, tuple) else ()
    years = [year for span in spans for year in span.when.parts]
    if not years or any(year.kind != "year" for year in years) or any(span.end or span.until for span in spans):
        return None
    halves = [Span(When.of(Period(year.year, first, first + 5))) for year in years for first in (1, 7)]
    return said.without("_halved", "ranged").but(time=tuple(halves))


def within_year(time: object, from_its_start: bool = False) -> bool:
    """Whether a time is one part of a year and not all of it; `from_its_start` if it begins as the year does."""
    if isinstance(time, OpenPart):
        first, last, one_year = time.first, time.last, True
    elif isinstance(time, Relative) and time.part and not time.further:
        (first, last), one_year = time.part, True
    elif isinstance(time, tuple) and len(time) == 1:
        start, end = time[0].when.start, time[0].when.end
        first, last, one_year = 1 if time[0].until else start.first, end.last, start.year == end.year
    else:
        return False
    return one_year and (first, last) != (1, 12) and (first == 1 or not from_its_start)
