"""What rules make of their parts where that is more than all of it together: times, lists, sets, bars.

A production takes the meanings of a rule's parts in order, literals included as empty ones, and the rule's features;
None means that the parts do not go together. Knows no words of any language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from xinfo.nlu.complete import complete
from xinfo.nlu.grammar.meaning import Meaning, having, unify
from xinfo.nlu.times import Ends, OpenPart, Relative, Span
from xinfo.store.periods import Period
from xinfo.understand.catalog import Place
from xinfo.understand.clock import PILOT
from xinfo.understand.reading import Scope, When

Parts = Sequence[Meaning]
SCOPE = frozenset(["province", "region", "admin_type", "batch", "capital"])
CITIES = ("municipality", "prefecture-level city")
WITHIN_CITIES = ("district", "county", "county-level city")
DIMENSIONS = ("consumer", "offering", "sector")


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
    """A part of a year that is not said."""
    return Meaning(time=OpenPart(*having("part", parts)[0]["part"]))


def side_by_side(parts: Parts, features: Meaning) -> Meaning | None:
    """Two times of equal rank, or a list that one more is added to."""
    first, second = having("time", parts)
    if set(first["time"]) & set(second["time"]):
        return None
    # 'The first half of 2014 and 2015' leaves open whether the second is a half, too.
    kinds = {span.when.start.kind for span in (*first["time"], *second["time"])}
    return unify(_spans(*first["time"], *second["time"]), features) if len(kinds) == 1 else None


def year_and_part(parts: Parts, features: Meaning) -> Meaning | None:
    """'2014 and the first half of 2015': a year cannot be half of what is said behind it."""
    first, second = (part["time"] for part in having("time", parts))
    if len(first) != 1 or len(second) != 1 or first[0].when.start.kind != "year" or second[0].when.start.kind == "year":
        return None
    return unify(_spans(*first, *second), features)


def parts_of_year(parts: Parts, features: Meaning) -> Meaning | None:
    """'Q1 and Q2 of 2014'."""
    (of,) = having("year", parts)
    spans = [_period(int(of["year"][0]), part["part"]) for part in having("part", parts)]
    as_long = len({part["part"][1] - part["part"][0] for part in having("part", parts)}) == 1
    return Meaning(time=tuple(spans)) if as_long and all(spans) and len(set(spans)) == len(spans) else None


def each_by_itself(parts: Parts, features: Meaning) -> Meaning | None:
    """'In 2014 and in the first half of 2015': each is said by itself, of whatever length it is."""
    first, second = having("time", parts)
    if set(first["time"]) & set(second["time"]):
        return None
    return unify(_spans(*first["time"], *second["time"]), features)


def until_part(parts: Parts, features: Meaning) -> Meaning | None:
    """'2015 through June': from the beginning of a year to the end of a part of it."""
    found = part_of_year(parts, features)
    return until((found,), features) if found is not None else None


def range_(parts: Parts, features: Meaning) -> Meaning | None:
    """From one period to a later one, as one stretch."""
    first, second = having("time", parts)
    found = _stretch(first["time"][-1].when.start, second["time"][0].when.end)
    return unify(found, features) if found is not None else None


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
    return _ends(*(part["time"][0] for part in found)) if len(found) == 2 else None


def ends_of_parts(parts: Parts, features: Meaning) -> Meaning | None:
    """'From the first to the third quarter of 2014'."""
    (of,) = having("year", parts)
    spans = [_period(int(of["year"][0]), part["part"]) for part in having("part", parts)]
    return _ends(spans[0], spans[1]) if len(spans) == 2 and spans[0] and spans[1] else None


def ends_of_ordinals(parts: Parts, features: Meaning) -> Meaning | None:
    """'From the first to the third quarter of 2014', the first one said by its number alone."""
    (of,) = having("year", parts)
    quarters = [int(part["quarter"]) for part in having("quarter", parts)]
    spans = [_period(int(of["year"][0]), (3 * q - 2, 3 * q)) for q in quarters]
    return _ends(spans[0], spans[1]) if len(spans) == 2 and spans[0] and spans[1] else None


def _ends(first: Span, second: Span) -> Meaning | None:
    earlier, later = first.when, second.when
    if (earlier.end.year, earlier.end.last) >= (later.end.year, later.end.last):
        return None
    return Meaning(time=Ends(second.when, first.when))


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


def listed(parts: Parts, features: Meaning) -> Meaning | None:
    """Places one after the other; none twice, and none of several that share a name."""
    found = tuple(place for part in parts for place in part.get("places", ()))
    if len(set(found)) < len(found) or any("options" in part for part in parts):
        return None
    cues = frozenset().union(*(part.get("cues", ()) for part in parts), features.get("cues", ()))
    return Meaning(places=found, cues=cues) if cues else Meaning(places=found)


def set_against(parts: Parts, features: Meaning) -> Meaning | None:
    """Two places that are compared, with what they are compared in said anywhere."""
    named = [part for part in parts if "places" in part or "options" in part]
    both = listed(named, features)
    if both is None or len(named) != 2:
        return None
    return unify(both, features, *(part.without("places") for part in parts if "options" not in part))


def one_less_another(parts: Parts, features: Meaning) -> Meaning | None:
    """'GDP of the east minus that of the west': two places or sets of one figure."""
    sides = [part for part in parts if {"places", "nominal", *SCOPE} & part.keys()]
    if len(sides) != 2 or any("options" in side for side in sides):
        return None
    figures = unify(*(side.without("places", "nominal", "pilots", *SCOPE) for side in sides), features)
    named = all("places" in side for side in sides)
    places = listed(sides, Meaning()) if named else two_scopes(list(map(_set, sides)), Meaning())
    return unify(figures, places) if figures is not None and places is not None else None


def _set(side: Meaning) -> Meaning:
    return Meaning({name: value for name, value in side.items() if name in SCOPE or name == "nominal"})


def set_against_time(parts: Parts, features: Meaning) -> Meaning | None:
    """A figure of one time compared with that of another."""
    times = [part["time"] for part in having("time", parts)]
    if len(times) != 2 or times[0] == times[1]:
        return None
    rest = unify(*(part.without("time") for part in parts), features)
    return rest.but(time=(*times[0], *times[1])) if rest is not None else None


def by_two(parts: Parts, features: Meaning) -> Meaning | None:
    """'By region and administrative type'."""
    first, second = having("over", parts)
    if "by" in first or "by" in second:
        return None
    return Meaning(over=first["over"], by=second["over"]) if first["over"] != second["over"] else None


def kind_in_province(parts: Parts, features: Meaning) -> Meaning | None:
    """'The Jiangsu county-level cities'; a municipality lies in no province."""
    found = unify(*parts, features)
    return found if found is not None and found.get("admin_type") != "municipality" else None


def as_city(parts: Parts, features: Meaning) -> Meaning | None:
    """'The city of Jilin': the place, not the province of its name."""
    return parts[-1].without("or_province")


def listed_apart(parts: Parts, features: Meaning) -> Meaning | None:
    """The same with a comma: 'Chaoyang District, Beijing' is one place, and no list of two."""
    places = [place for part in parts for place in part.get("places", ())]
    inner = [place for place in places if place.admin_type in WITHIN_CITIES]
    around = [place for place in places if place.admin_type in CITIES]
    # 'Beijing Changshu' would be a Changshu in Beijing.
    apart = any(_is_city(a) and not _is_city(b) for a, b in pairwise(places))
    if apart or any(lies_in(a, b) for a in places for b in places) or (len(places) == 2 and inner and around):
        return None
    return listed(parts, features)


def _is_city(place: Place) -> bool:
    return place.adcode.endswith("00")


def listed_parts(parts: Parts, features: Meaning) -> Meaning | None:
    """'Products and services': several parts of one dimension."""
    gathered: dict[str, tuple[str, ...]] = {}
    for part in parts:
        for name in DIMENSIONS:
            gathered[name] = (*gathered.get(name, ()), *part.get(name, ()))
    said = {name: values for name, values in gathered.items() if values}
    if len(said) != 1 or any(len(set(values)) < len(values) for values in said.values()):
        return None
    return Meaning(said)


def without(parts: Parts, features: Meaning) -> Meaning | None:
    """Places and groups that are left out, a group by the name that `Catalog.groups` has for it."""
    found: list[Place | str] = []
    for part in parts:
        found += part.get("without", ())
        # A province is left out with everything in it, as a group.
        found += [place for place in part.get("places", ()) if place.admin_type != "province"]
        found += [part[name] for name in ("province", "region", "admin_type") if name in part]
        found += [f"capital:{part['capital']}"] if "capital" in part else []
    return Meaning(without=tuple(found)) if found and len(set(found)) == len(found) else None


def two_scopes(parts: Parts, features: Meaning) -> Meaning | None:
    """'The eastern and the western pilots': two sets that differ in one condition."""
    sides = [Meaning({k: v for k, v in part.items() if k in SCOPE}) for part in parts if SCOPE & part.keys()]
    if len(sides) != 2 or sides[0] == sides[1]:
        return None
    shared = unify(*(part.without(*SCOPE, "nominal") for part in parts), features)
    left_out = shared.get("without", ()) if shared is not None else ()
    without = tuple(one if isinstance(one, str) else one.place_id for one in left_out)
    other = Scope(**{**sides[0], **sides[1]}, without=without)
    return unify(shared, sides[0], Meaning(other=other, nominal=True)) if shared is not None else None


def named(parts: Parts, features: Meaning) -> Meaning | None:
    """One place by its name, or the several that share it; of those the one that the others lie inside."""
    (name,) = having("candidates", parts)
    found = name["candidates"]
    largest = [a for a in found if all(a is b or lies_in(b, a) for b in found)] or found
    clear = len(largest) == 1 and "or_province" not in name
    return Meaning(places=tuple(largest)) if clear else Meaning(options=tuple(largest))


def lies_in(inner: Place, outer: Place) -> bool:
    """Whether a place is inside another one, by the levels of its division code (GB/T 2260)."""
    a, b = inner.adcode, outer.adcode
    return a != b and b in (a[:2] + "0000", a[:4] + "00")


def within_province(parts: Parts, features: Meaning) -> Meaning | None:
    """A name and the province that its place lies in."""
    (name,), (around,) = having("candidates", parts), having("province", parts)
    found = tuple(place for place in name["candidates"] if place.province_en == around["province"])
    return Meaning(candidates=found) if found else None


def within_city(parts: Parts, features: Meaning) -> Meaning | None:
    """A name and the city around its place, which may have no figures itself."""
    names = having("candidates", parts)
    outer = [str(part["outer"]) for part in parts if "outer" in part]
    outer += [place.adcode for name in names[1:] for place in name["candidates"]] if len(names) == 2 else []
    found = tuple(
        place
        for place in names[0]["candidates"]
        if place.adcode[:4] + "00" in outer or place.adcode[:2] + "0000" in outer
    )
    return Meaning(candidates=found) if found else None


def within_city_before(parts: Parts, features: Meaning) -> Meaning | None:
    """The same with the city said first."""
    return within_city(parts[::-1], features)


def question(parts: Parts, features: Meaning) -> Meaning | None:
    """A whole question: see `complete`. 'That year' is the one that was said, or that of the question before."""
    found = complete(parts[0])
    if found is None or "again" not in found:
        return found
    if "time" not in found:
        return found.without("again").but(pronoun=True)
    said = found["time"]
    return found.without("again") if isinstance(said, tuple) and len(said) == 1 else None


def chosen_by_itself(parts: Parts, features: Meaning) -> Meaning | None:
    """'The five largest pilots': by what is asked of them, unless something else is said."""
    inner = unify(*parts, features)
    return _chosen(inner) if inner is not None else None


def chosen_behind(parts: Parts, features: Meaning) -> Meaning | None:
    """'The pilots that missed their target': the set, and the clause that tells its members from the rest."""
    at = next(index for index, part in enumerate(parts) if "nominal" in part)
    clause = unify(*parts[at + 1 :], features)
    inner = complete(clause.but(asks="list")) if clause is not None else None
    both = unify(*parts[: at + 1], inner.without("cues")) if inner is not None else None
    return _chosen(both) if both is not None else None


def chosen_fastest(parts: Parts, features: Meaning) -> Meaning | None:
    """'The five fastest growing pilots'."""
    said = unify(*parts, features)
    return _chosen(said.without("pace").but(measure="growth", order=said["pace"])) if said is not None else None


def _chosen(inner: Meaning) -> Meaning | None:
    if not inner.keys() & {"order", "cmp"} or "chosen" in inner:
        return None
    return Meaning(chosen=inner.without("many"), nominal=True)


def with_goal(parts: Parts, features: Meaning) -> Meaning | None:
    """'Pilots that had set a target', of which something is said that only such pilots can have."""
    said = unify(*parts, features)
    return said.without("measure").but(aimed=True) if said is not None else None


def outcome(parts: Parts, features: Meaning) -> Meaning | None:
    """'Met its target': what came of a target, whose figure and time it brings along."""
    said = unify(*parts, features)
    return said.without("measure") if said is not None else None


def second_figure(parts: Parts, features: Meaning) -> Meaning | None:
    """'And its growth'."""
    said = unify(*parts, features)
    figure = said is not None and said.keys() & {"metric", "measure"} and "also" not in said
    return Meaning(also=said) if figure else None


def shown_first(parts: Parts, features: Meaning) -> Meaning | None:
    """'…, top 5': how many are shown of those that were put in order."""
    return Meaning(first_n=parts[0]["n"])


def aimed_and_actual(parts: Parts, features: Meaning) -> Meaning | None:
    """'Target and actual': the figure, and its target beside it."""
    said = unify(*(part.without("measure") for part in parts))
    return said.but(also=said.but(measure="target")) if said is not None and "metric" in said else None


def counted_set(parts: Parts, features: Meaning) -> Meaning | None:
    """'The four municipalities', where there are as many as was said."""
    said = unify(*parts)
    return said.without("n").but(set_count=said["n"], **features) if said is not None and "n" in said else None


def unit_of_people(parts: Parts, features: Meaning) -> Meaning | None:
    """'By how many subscribers': a word for several figures, one of which is said besides."""
    (said,) = (part["metric"] for part in parts if "metric" in part)
    return features.but(one_of=said)
