"""What rules make of words for times: stretches, lists, ends, parts of a year that is said elsewhere.

Productions like those of `productions`. Knows no words of any language.
"""

from __future__ import annotations

from dataclasses import replace

from xinfo.nlu.grammar.meaning import Meaning, having, unify
from xinfo.nlu.productions import Parts
from xinfo.nlu.times import Ends, OpenPart, Relative, Span
from xinfo.store.periods import Period
from xinfo.understand.clock import PILOT
from xinfo.understand.reading import When


def _spans(*spans: Span) -> Meaning:
    return Meaning(time=spans)


def _period(year: int, part: tuple[int, int]) -> Span | None:
    first, last = part
    return Span(When.of(Period(year, first, last))) if 1 <= first <= last <= 12 else None


def relative(parts: Parts, features: Meaning) -> Meaning | None:
    """A time that is counted from the figures there are, or from one that was said."""
    return Meaning(time=Relative(having("relative", parts)[0]["relative"]))


def year(parts: Parts, features: Meaning) -> Meaning | None:
    """A year."""
    (said,) = having("year", parts)
    return _spans(Span(When.of(Period(int(said["year"][0])))))


def part_of_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'The first half' and '2014', in either order."""
    (said,), (of,) = having("part", parts), having("year", parts)
    span = _period(int(of["year"][0]), said["part"])
    return unify(_spans(span), features) if span else None


def stretch(parts: Parts, features: Meaning) -> Meaning | None:
    """Two ends that one word says: 'the pilot period'."""
    return _spans(Span(When(*parts[0]["span"])))


def before_pilot(parts: Parts, features: Meaning) -> Meaning | None:
    """The year before the pilot's first one."""
    return _spans(Span(When.of(PILOT[0].years_on(-1))))


def year_of_pilot(parts: Parts, features: Meaning) -> Meaning | None:
    """The pilot's first year, its last one, the year before it: counted from the first."""
    return _spans(Span(When.of(PILOT[0].years_on(int(features["year_of_pilot"])))))


def end_of_pilot(parts: Parts, features: Meaning) -> Meaning | None:
    """The end of the pilot's last year."""
    return _spans(Span(When.of(PILOT[1]), end=True))


def pilot_years(parts: Parts, features: Meaning) -> Meaning | None:
    """All of the pilot's years."""
    return _spans(Span(When(*PILOT)))


def half_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'Mid-2015', which is an end: of a stock, and of a flow where everything up to it is meant."""
    (of,) = having("year", parts)
    return _spans(Span(When.of(Period(int(of["year"][0]), 4, 6)), end=True))


def open_part(parts: Parts, features: Meaning) -> Meaning | None:
    """A part of a year that is not said, or its end."""
    (said,) = having("part", parts)
    others = (part.without("time_end") for part in parts if part is not said)
    first, last = said["part"]
    return unify(Meaning(time=OpenPart(first, last, any("time_end" in other for other in parts))), *others)


def side_by_side(parts: Parts, features: Meaning) -> Meaning | None:
    """Two times of equal rank, or a list that one more is added to."""
    first, second = having("time", parts)
    if set(first["time"]) & set(second["time"]):
        return None
    # 'The first half of 2014 and 2015' leaves open whether the second is a half, too.
    kinds = {span.when.start.kind for span in (*first["time"], *second["time"])}
    return unify(_spans(*first["time"], *second["time"]), features) if len(kinds) == 1 else None


def three_times(parts: Parts, features: Meaning) -> Meaning | None:
    """'2013 2014 2015'."""
    first, second, third = having("time", parts)
    pair = side_by_side((first, second), features)
    return side_by_side((pair, third), features) if pair is not None else None


def year_and_part(parts: Parts, features: Meaning) -> Meaning | None:
    """'2014 and the first half of 2015': a year cannot be half of what is said behind it."""
    first, second = (part["time"] for part in having("time", parts))
    if len(first) != 1 or len(second) != 1 or first[0].when.start.kind != "year" or second[0].when.start.kind == "year":
        return None
    return unify(_spans(*first, *second), features)


def parts_of_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'Q1 and Q2 of 2014'."""
    (of,) = having("year", parts)
    said = _of_the_year(parts)
    spans = [_period(int(of["year"][0]), part) for part in said]
    as_long = len({last - first for first, last in said}) == 1
    return Meaning(time=tuple(spans)) if as_long and all(spans) and len(set(spans)) == len(spans) else None


def _of_the_year(parts: Parts) -> list[tuple[int, int]]:
    """Parts of a year, quarters that are said by their number alone among them."""
    said = [part for part in parts if part.keys() & {"part", "quarter"}]
    return [part.get("part") or (3 * part["quarter"] - 2, 3 * part["quarter"]) for part in said]


def each_by_itself(parts: Parts, features: Meaning) -> Meaning | None:
    """'In 2014 and in the first half of 2015': each is said by itself, of whatever length it is."""
    first, second = having("time", parts)
    if set(first["time"]) & set(second["time"]):
        return None
    return unify(_spans(*first["time"], *second["time"]), features)


def set_against_later(parts: Parts, features: Meaning) -> Meaning | None:
    """'2015 vs 2014' may be what a growth is against; '2014 vs 2015' are two times side by side."""
    first, second = (part["time"][0].when for part in having("time", parts))
    later = (first.end.year, first.end.last) > (second.end.year, second.end.last)
    return each_by_itself(parts, features if later else features.but(cues=frozenset(["compare"])))


def year_said_before(parts: Parts, features: Meaning) -> Meaning | None:
    """'In 2014, … in the first half' or the other way round: a year, and a part of it that is said apart."""
    if len(said := having("time", parts)) != 2:
        return None
    before, after = (one["time"] for one in said)
    year, part = (after, before) if isinstance(before, OpenPart) else (before, after)
    if not isinstance(part, OpenPart) or not isinstance(year, tuple) or len(year) != 1:
        return None
    if not _of_whole_year(year[0]) or year[0].end or year[0].until:
        return None
    span = _period(year[0].when.start.year, (part.first, part.last))
    return unify(*(one.without("time") for one in parts), _spans(span)) if span else None


def as_many_times(parts: Parts, features: Meaning) -> Meaning | None:
    """'The two years 2014 and 2015', 'the three quarters from January to September', where there are as many."""
    (number,), (said,) = having("n", parts), having("time", parts)
    if not isinstance(said["time"], tuple):
        return None
    length = int(features["months"])
    months = sum(_months(span) for span in said["time"])
    rest = (part.without("n") for part in parts)
    return unify(*rest, features.without("months")) if months == number["n"] * length else None


def _months(span: Span) -> int:
    start, end = span.when.start, span.when.end
    return (end.year - start.year) * 12 + end.last - start.first + 1


def until_part(parts: Parts, features: Meaning) -> Meaning | None:
    """'2015 through June': from the beginning of a year to the end of a part of it."""
    found = part_of_year(parts, features)
    return until((found,), features) if found is not None else None


def range_(parts: Parts, features: Meaning) -> Meaning | None:
    """From one period to a later one, as one stretch."""
    first, second = having("time", parts)
    if first["time"][-1].when.start.year == second["time"][0].when.start.year and _of_whole_year(first["time"][-1]):
        return None  # '2015 to the fourth quarter of 2015'.
    start, end = first["time"][-1].when.start, second["time"][0].when.end
    found = _stretch(start, end)
    within = Meaning(ranged=True) if start.year == end.year else Meaning()  # Of a change they are its two ends.
    return unify(found, within, features) if found is not None else None


def since_until(parts: Parts, features: Meaning) -> Meaning | None:
    """'Since 2013 …, until 2015', as one stretch."""
    said, until = having("time", parts)
    since = said["time"].value if isinstance(said["time"], Relative) else ()
    if since[:1] != ("since",):
        return None
    found = _stretch(Period(*(int(str(one)) for one in since[1:])), until["time"][0].when.end)
    return said.but(**found) if found is not None else None


def _of_whole_year(span: Span) -> bool:
    return span.when.start == span.when.end and span.when.start.kind == "year"


def range_of_parts(parts: Parts, features: Meaning) -> Meaning | None:
    """'January to June 2014'."""
    (of,) = having("year", parts)
    first, second = (part["part"] for part in having("part", parts))
    span = _period(int(of["year"][0]), (first[0], second[1]))
    return unify(_spans(span), features) if span and first[0] < second[0] else None


def _stretch(start: Period, end: Period) -> Meaning | None:
    if (start.year, start.first) >= (end.year, end.first):
        return None
    if start.year == end.year:
        return _spans(Span(When.of(Period(start.year, start.first, end.last))))
    return _spans(Span(When(start, end)))


def ends(parts: Parts, features: Meaning) -> Meaning | None:
    """The two ends of a change, the later one first."""
    found = having("time", parts)
    both = _ends(*(part["time"][0] for part in found)) if len(found) == 2 else None
    return unify(both, features) if both is not None else None


def ends_of_parts(parts: Parts, features: Meaning) -> Meaning | None:
    """'From the first to the third quarter of 2014'."""
    (of,) = having("year", parts)
    spans = [_period(int(of["year"][0]), part) for part in _of_the_year(parts)]
    return _ends(spans[0], spans[1]) if len(spans) == 2 and spans[0] and spans[1] else None


def _ends(first: Span, second: Span) -> Meaning | None:
    in_order = first.when.end.end_date < second.when.end.end_date
    return Meaning(time=Ends(second.when, first.when)) if in_order else None


def quarter_of(parts: Parts, features: Meaning) -> Meaning | None:
    first, last = parts[0]["part"]
    return Meaning(quarter=last // 3) if last - first == 2 and last % 3 == 0 else None


def end_of(parts: Parts, features: Meaning) -> Meaning | None:
    return _marked(parts, end=True)


def until(parts: Parts, features: Meaning) -> Meaning | None:
    return _marked(parts, until=True)


def _marked(parts: Parts, **marks: bool) -> Meaning | None:
    (said,) = having("time", parts)
    return _spans(*(replace(span, **marks) for span in said["time"])) if len(said["time"]) == 1 else None
