"""What an unclear thing may be: for each trouble of a reader the frames that differ in just what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import permutations

from xinfo.store.periods import Period
from xinfo.understand.catalog import Catalog, parts_of
from xinfo.understand.frame import GOALS, Frame, Trouble
from xinfo.understand.proportions import ratio_of
from xinfo.understand.reading import Scope, When
from xinfo.understand.settle import settle
from xinfo.understand.when import Times

YEARS = 3
"""Years that are tried."""
Edit = Callable[[Frame, Trouble, Catalog], Iterable[Frame]]


def _of_each_metric(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    """For each metric, and for the ratios that they make; a share of two is their ratio."""
    made = (ratio_of(catalog, top, bottom) for top, bottom in permutations(trouble.options, 2))
    ratios = [frame.but(metric=ratio, metrics=(), against=None, measure=None) for ratio in made if ratio]
    each = [frame.but(metric=metric, metrics=(), against=None) for metric in trouble.options]
    if frame.measure == "share":
        return [*ratios, *each]
    named = 1 if trouble.kind == "two_metrics" else len(each)
    return [*each[:named], *ratios, *each[named:]]


def _of_each_place(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    return [frame.but(places=(*frame.places, option), options=()) for option in trouble.options]


def _of_province(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    scope = Scope(province=trouble.options[0])
    if frame.scope not in (None, Scope()):
        return [frame.but(other=scope)]
    return [frame.but(scope=scope)]


def _of_years(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    """The newest years; with the part of the year that was said."""
    part = frame.times.part if frame.times else None
    stretch = catalog.stretch(frame.metric, frame.places or catalog.pilots(), "year")
    if stretch is None or part is None:
        return [frame.but(times=None)]
    years = range(stretch[1].year, max(stretch[1].year - YEARS, stretch[0].year - 1), -1)
    return [frame.but(times=Times((When.of(Period(year, *part)),))) for year in years]


def _of_each_time(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    """Both times, then each."""
    whens = settle(frame, catalog).slots.periods
    return [frame, *(frame.but(times=Times((when,))) for when in whens)]


def _of_either_stretch(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    """The quarter alone, or the year up to its end."""
    ends = (when.end for when in settle(frame, catalog).slots.periods[-1:])
    both = (one for end in ends for one in (end, Period(end.year, 1, end.last)))
    return [frame.but(times=Times((When.of(one),)), cues=()) for one in both]


def _since_before(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    """Growth on the period before is told as a difference; else it is growth on the year before."""
    growth = frame.but(measure="growth", cues=())
    periods = settle(growth, catalog).slots.periods
    if len(periods) != 1:
        return [growth]
    both = Times((periods[0], _period_before(periods[0])))
    return [frame.but(measure=None, times=both, cues=(frozenset({"difference"}),)), growth]


def _period_before(when: When) -> When:
    """The stretch of the same length that ends where this one begins."""
    months = when.end.last - when.end.first + 1
    if when.end.first > months:
        return When.of(Period(when.end.year, when.end.first - months, when.end.first - 1))
    return When.of(Period(when.end.year - 1, 13 - months, 12))


def _elsewhere(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    """Without the place that the store does not know: the others, or the pilots of the province it lies in."""
    if frame.places:
        return [frame.but(places=(place,), than=(), cues=()) for place in frame.places]
    about = trouble.about.split("|")[0]
    return [*(frame.but(scope=Scope(province=province)) for province in _provinces_of(about, catalog)), frame]


def _provinces_of(name: str, catalog: Catalog) -> list[str]:
    """Provinces with pilots that have a place of that name."""
    by_code = {place.adcode[:2]: place.province_en for place in catalog.places.values() if place.batch}
    codes = (d.adcode[:2] for d in catalog.divisions if name in (d.name_en, d.name_zh, d.name_zh[:-1]))
    return list(dict.fromkeys(by_code[code] for code in codes if code in by_code))


def _with_fewer_parts(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    """Without the parts that the metric is not split by; where it is by all of them, without each dimension."""
    wrong = [name for name in frame.parts() if name not in parts_of(catalog, frame.metric)]
    if wrong:
        return [frame.but(**dict.fromkeys(wrong, ()))]
    return [frame.but(**{name: ()}) for name in frame.parts()] or [frame]


def _each_n(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    return [frame.but(n=n) for n in (3, 5, 10)]


def _one_end(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    """Growth over years: from end to end as a rate or an amount, each year's, or the last one's."""
    said = settle(frame, catalog).slots.periods[:1]
    ends = [(When.of(when.end), When.of(when.start)) for when in said if when.start != when.end]
    whole = (frame.but(times=Times(whens), ends=True) for whens in ends)
    last = (Times((When.of(when.end),)) for when in said)
    change = frame.but(measure=None, cues=(frozenset({"difference"}),))
    return [*whole, change, frame.but(grain="year"), *(frame.but(times=times) for times in last)]


def _each_period(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    """A figure over a stretch of time: each of its years or quarters, or all of it together."""
    said = settle(frame, catalog).slots.periods[:1]
    within = bool(said) and said[0].start.year == said[0].end.year
    return [frame.but(grain="quarter" if within else "year", cues=()), frame]


def _bounds_turned(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    return [frame.but(threshold=frame.upto, upto=frame.threshold)]


def _in_money(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    """What is asked for in real terms is mostly growth."""
    return [frame] if frame.measure else [frame.but(measure="growth"), frame]


def _any_time(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    return [frame, frame.but(times=None)]


def _without_relation(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    """The figure alone; where only what it was to be put in relation to was named, that."""
    return [frame.but(per=None, metric=frame.metric or trouble.options[0])]


def _actual(frame: Frame, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    """What happened, where no goal is known, and so without the bar that a goal was."""
    if frame.measure not in GOALS:
        return [frame]
    return [frame.but(measure=None, cmp=None, threshold=None, upto_cmp=None, upto=None, quantifier=None)]


EDITS: dict[str, Edit] = {
    "no_target": _actual,
    "no_ratio": _without_relation,
    "which_metric": _of_each_metric,
    "two_metrics": _of_each_metric,
    "which_place": _of_each_place,
    "province": _of_province,
    "which_year": _of_years,
    "no_such_period": _of_years,
    "two_periods": _of_each_time,
    "end_of_flow": _of_either_stretch,
    "cumulative_quarter": _of_either_stretch,
    "other_growth": _since_before,
    "elsewhere": _elsewhere,
    "no_such_part": _with_fewer_parts,
    "how_many_rows": _each_n,
    "growth_over_years": _one_end,
    "range_of_what": _each_period,
    "nothing_between": _bounds_turned,
    "real_terms": _in_money,
    "forecast": _any_time,
}
"""For each trouble that leaves something open, what it may be; any other just goes with the word it is about."""
