"""Times and places that are said twice or counted, and times counted from another: 'the two years 2014 and 2015'.

Productions like those of `productions`. Knows no words of any language.
"""

from __future__ import annotations

from dataclasses import replace

from xinfo.nlu.features import CONDITIONS
from xinfo.nlu.grammar.meaning import Meaning, having, unify
from xinfo.nlu.productions import Parts
from xinfo.nlu.times import OpenPart, Relative, Span, rest_of
from xinfo.store.periods import Period
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.reading import When
from xinfo.understand.when import PRECEDING


def counted_years(parts: Parts, features: Meaning) -> Meaning | None:
    """'The two years 2014 and 2015', where there are as many as was said; together they are one stretch."""
    (said,) = (part["time"] for part in parts if "time" in part)
    (count,) = (part["time_count"] for part in parts if "time_count" in part)
    years = [period.year for span in said for period in span.when.parts]
    whole = all(period.kind == "year" for span in said for period in span.when.parts)
    return Meaning(time=said) if whole and count == (len(set(years)),) else None


def said_twice(parts: Parts, features: Meaning) -> Meaning | None:
    """'The two pilot years (2014 and 2015)': a stretch, and everything that it is made of."""
    whole, listed = (part["time"] for part in parts if "time" in part)
    same = [p for span in whole for p in span.when.parts] == sorted(
        (p for span in listed for p in span.when.parts), key=lambda period: period.year
    )
    return Meaning(time=whole) if same else None


def time_said_again(parts: Parts, features: Meaning) -> Meaning | None:
    """'Its 2015 target … when 2015 ended': the same time twice, of which one may say that its end is meant."""
    before, again = (part.get("time") for part in parts)
    if not isinstance(before, tuple) or not isinstance(again, tuple) or before == again:
        return None
    if [span.when for span in before] != [span.when for span in again]:
        return None
    both = (replace(one, end=one.end or other.end) for one, other in zip(before, again, strict=True))
    return unify(*(part.without("time") for part in parts), Meaning(time=tuple(both)))


def back_from(parts: Parts, features: Meaning) -> Meaning | None:
    """'The twelve months to the end of June 2015': so long, back from where a period ends."""
    (time,) = (part["time"] for part in parts if "time" in part)
    number = next((int(part["n"]) for part in parts if "n" in part), 1)
    if len(time) != 1 or number * int(features["months"]) < 2:
        return None
    whole = When.until(time[0].when.end, number * int(features["months"]))
    return Meaning(time=(Span(whole),), cues=features["cues"])


def newest_quarters(parts: Parts, features: Meaning) -> Meaning | None:
    """'The last four quarters': up to the newest that there are figures of."""
    number, left = divmod(having("n", parts)[0]["n"] * int(features["months"]), 3)
    return features.without("months").but(time=Relative(("quarters", number))) if number and not left else None


def year_until(parts: Parts, features: Meaning) -> Meaning | None:
    """'2015, from the beginning of the year to the end of September'."""
    (year,) = (part["year"][0] for part in parts if "year" in part)
    (last,) = (part["part"][1] for part in parts if "part" in part)
    return Meaning(time=(Span(When.of(Period(int(year), 1, last))),))


def relative_end(parts: Parts, features: Meaning) -> Meaning | None:
    """'The end of last year'."""
    return unify(Meaning(time=Relative(next(part["relative"] for part in parts if "relative" in part))), features)


def quarters_back(parts: Parts, features: Meaning) -> Meaning | None:
    """'The quarter before', 'three months later', of one that was spoken of, or that one itself."""
    said = unify(*parts, features)
    if said is None:
        return None
    number, left = divmod(int(said.get("n", 1)) * int(said.get("months", 3)), 3)
    return Meaning(time=Relative((PRECEDING, number * int(said.get("back", 1))))) if not left else None


def whole_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'The whole of that year', where a part of it was spoken of."""
    return Meaning(time=OpenPart(1, 12))


def relative_part(parts: Parts, features: Meaning) -> Meaning | None:
    """'The first half of last year'."""
    (of,) = (part["relative"] for part in parts if "relative" in part)
    (part,) = (part["part"] for part in parts if "part" in part)
    return Meaning(time=Relative(of, part=part)) if of[0] in ("year", "before") else None


def relatives(parts: Parts, features: Meaning) -> Meaning | None:
    """'Last year and the year before'."""
    first, *further = (part["relative"] for part in parts if "relative" in part)
    return Meaning(time=Relative(first, further=tuple(further))) if first not in further else None


def quarter_said(parts: Parts, features: Meaning) -> Meaning | None:
    """'The first and second quarters': a number that stands for the quarter named with the last one."""
    last = 3 * next(int(part["n"]) for part in parts if "n" in part)
    return Meaning(part=(last - 2, last)) if last <= 12 else None


def counted_places(parts: Parts, features: Meaning) -> Meaning | None:
    """'The two cities (of Jiangsu) Taizhou and Nantong', where there are as many as was said and lie where it was."""
    (places,) = (part["places"] for part in parts if "places" in part)
    (count,) = (part["n"] for part in parts if "n" in part)
    inside = all(place.province_en == part["province"] for part in parts if "province" in part for place in places)
    return features.but(places=places) if len(places) == count and inside else None


def counted_parts(parts: Parts, features: Meaning) -> Meaning | None:
    """'Products and services, both of them'."""
    (said,) = (part for part in parts if part.keys() & set(DIMENSIONS))
    (count,) = (part["n"] for part in parts if "n" in part)
    return said if [len(said[name]) for name in DIMENSIONS if name in said] == [count] else None


def ends_of_each(parts: Parts, features: Meaning) -> Meaning | None:
    """'At the end of 2013, 2014 and 2015'."""
    (said,) = (part["time"] for part in parts if "time" in part)
    return features.but(time=tuple(replace(span, end=True) for span in said)) if len(said) > 1 else None


def base_back(parts: Parts, features: Meaning) -> Meaning | None:
    """'Than two years before': counted back from the year that is said."""
    return Meaning(base=-next((part["n"] for part in parts if "n" in part), 1))


def mended(parts: Parts, features: Meaning) -> Meaning | None:
    """'In 2014, no, in 2015': what was said last."""
    return next(part for part in reversed(parts) if part)


def said_again(parts: Parts, features: Meaning) -> Meaning | None:
    """'Jingmen, Jingmen': the same twice over, of which the second may be named more fully."""
    first, second = (part for part in parts if part)
    if {"candidates", "places"} & first.keys() or "time" in first or "metric" in first:
        return second if first == second else None
    return None


def gap_of_outcome(parts: Parts, features: Meaning) -> Meaning | None:
    """'Was it met, and by how much was it missed?': what lies between both."""
    bar = parts[0].get("threshold")
    if bar is None or bar.value != 1 or {"quantifier", "_members"} & parts[0].keys():
        return None
    return parts[0].without("cmp", "threshold", "_whether", "_shape", "cues").but(measure="gap")


def listed_rather(parts: Parts, features: Meaning) -> Meaning | None:
    """'How many are there? List them one by one': a list tells how many there are."""
    cues = parts[0]["cues"]
    return parts[0].but(cues=(cues - {"count"}) | {"which_ones"}) if "count" in cues else None


def measure_instead(parts: Parts, features: Meaning) -> Meaning | None:
    """'The gap … to the target': what a rule or its other parts say, instead of what was named."""
    return unify(parts[0].without("measure"), *parts[1:], features)


def times_said(parts: Parts, features: Meaning) -> Meaning | None:
    """'2.5 times'."""
    (number,) = (part["amount"] for part in parts if "amount" in part)
    return Meaning(factor=float(number.value)) if number.unit in (None, "ratio") and not number.scaled else None


def without_metric(parts: Parts, features: Meaning) -> Meaning | None:
    """A time that is said of the figure that the members are chosen by: it must be their own."""
    chosen, named = parts[0]["chosen"], next(part["metric"] for part in parts[1:] if "metric" in part)
    return unify(parts[0], *(part.without("metric") for part in parts[1:])) if chosen.get("metric") == named else None


def rest_of_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'2014 but for the first quarter': what is left of a year, where that is one stretch."""
    (year,) = (part["year"][0] for part in parts if "year" in part)
    left = rest_of(next(part["part"] for part in parts if "part" in part))
    return Meaning(time=(Span(When.of(Period(int(year), *left))),)) if left else None


def left_part(parts: Parts, features: Meaning) -> Meaning | None:
    """'If you leave out the first quarter', of a year that is said elsewhere."""
    part = next(part["part"] for part in parts if "part" in part)
    return Meaning(left_part=part) if rest_of(part) else None


def less_part(parts: Parts, features: Meaning) -> Meaning | None:
    """'2014, without its fourth quarter', the part said apart from its year."""
    said, out = parts[0], next(part for part in parts[1:] if "part" in part)
    spans = said["time"]
    if not isinstance(spans, tuple) or len(spans) != 1 or spans[0].end or spans[0].until:
        return None
    start, end = spans[0].when.start, spans[0].when.end
    if start != end or start.kind != "year":
        return None
    rest = rest_of_year((Meaning(year=(str(start.year),)), out), features)
    return said.but(time=rest["time"]) if rest is not None else None


def said_more_narrowly(parts: Parts, features: Meaning) -> Meaning | None:
    """'County-level pilots (counties only)': what was said last of a set is what is meant."""
    first, second = (part for part in parts if "nominal" in part or CONDITIONS & part.keys())
    return first.but(**second)


def end_of_year(parts: Parts, features: Meaning) -> Meaning | None:
    """The end of a year that is said by its number."""
    (year,) = (part["year"][0] for part in parts if "year" in part)
    return Meaning(time=(Span(When.of(Period(int(year))), end=True),))


def start_of_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'On 1 January 2015': for what is counted at a time that is the end of the year before, and nothing else is."""
    (time,) = (part["time"] for part in parts if "time" in part)
    if len(time) != 1 or time[0].when.start != time[0].when.end or time[0].when.start.kind != "year":
        return None
    before = time[0].when.start.years_on(-1)
    return Meaning(time=(Span(When(before, before), end=True),), year_end=True)


def one_rather(parts: Parts, features: Meaning) -> Meaning | None:
    """'In 2015 rather than 2014', 'Wuxi, not Suzhou': what is meant, and another of its kind that is not."""
    meant, other = (part for part in parts if part)
    return meant if meant.keys() == other.keys() and meant != other else None


def due_by_plan(parts: Parts, features: Meaning) -> Meaning | None:
    """'Should be completed in March': of a project that is its due date, and no target of a figure."""
    return unify(*(part.without("measure") for part in parts), features)


def told_by_time(parts: Parts, features: Meaning) -> Meaning | None:
    """'Last year … I mean 2015': a time counted from today, and the one that it stands for."""
    before = parts[0]
    if not isinstance(before["time"], Relative):
        return None
    return unify(before.without("time"), *(part for part in parts if part is not before))


def statistic_rather(parts: Parts, features: Meaning) -> Meaning | None:
    """'The median, not the average': what is to be done, and another way that is not meant."""
    meant, other = (part for part in parts if "cues" in part)
    return meant if meant != other else None
