"""Ways out of a trouble: frames that differ from the unclear one in just what was unclear. They become choices."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import islice, permutations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from xinfo.store.periods import Period, parse_id
from xinfo.understand.catalog import Catalog, Metric
from xinfo.understand.frame import GROUPS, Frame, Trouble
from xinfo.understand.hear.metrics import ratio_of
from xinfo.understand.reading import Scope, Slots, When
from xinfo.understand.when import Times

WORDS = frozenset(
    ["unknown_words", "unused_words", "qualifier", "real_terms", "currency", "pinned", "other_kind", "no_target"]
)
"""Troubles with a word, where the question without it may do."""
OF_GOALS = frozenset(["target", "attainment", "gap"])
MOST_METRICS, MOST_NAMES = 3, 2


def variants(frame: Frame, slots: Slots, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    """Frames that may be clear, most likely first; the reader keeps those that are."""
    clean = frame.but(troubles=(), measure=None if trouble.kind == "no_target" else frame.measure)
    kind, options = trouble.kind, trouble.options
    if kind in ("which_metric", "two_metrics"):
        return _of_each_metric(clean, options, catalog)
    plain = {
        "found_it": [clean],
        "which_place": [clean.but(places=(*frame.places, option), options=()) for option in options],
        "other_growth": [clean.but(measure="growth", cues=())],
        "nothing_between": [clean.but(threshold=frame.upto, upto=frame.threshold)],
        "two_questions": [clean.but(measure=None), clean],
    }
    if kind in plain:
        return plain[kind]
    if kind == "province":
        scope = Scope(province=options[0])
        return [clean.but(scope=scope, places=()), clean.but(scope=scope, places=(), order="desc", n=3)]
    if kind in ("which_year", "no_such_period", "two_periods") and slots.metric:
        return [clean.but(times=Times((when,))) for when in _years(frame, catalog)]
    if kind in ("missing", "no_template"):
        return [*_of_groups(clean), *_or_each(_completed(clean, catalog))]
    if kind in ("forecast", "cause", "opinion"):
        return [clean, *_completed(clean.but(times=None), catalog)]
    if kind == "elsewhere":
        return [*(clean.but(places=(place,)) for place in _alike(trouble.about, catalog)), clean, *_of_known(clean)]
    if kind == "total_or_each":
        return [clean.but(cues=(*frame.cues, frozenset({"total"}))), clean.but(over="place")]
    if kind == "how_many_rows":
        return [clean.but(n=n) for n in (1, 3, 5, 10)]
    if kind in ("range_of_what", "growth_over_years"):
        return _for_range(clean, slots)
    if kind in ("end_of_flow", "cumulative_quarter"):
        return _of_either_stretch(clean, slots)
    if kind in ("no_such_part", "share_of_what", "share_of_part", "moving_share", "nested"):
        return _of_less(clean, kind)
    if kind not in WORDS:
        return []
    about = frame.places or frame.scope or frame.metric
    return [clean, *(_completed(clean, catalog) if about else ())]


def _of_either_stretch(frame: Frame, slots: Slots) -> list[Frame]:
    """The quarter alone, or the year up to its end."""
    period = slots.periods[-1].end
    both = (period, Period(period.year, 1, period.last))
    return [frame.but(times=Times((When.of(one),)), cues=()) for one in both]


def _or_each(ways: list[Frame]) -> list[Frame]:
    """Of goals, which are not added up, also that of each place."""
    each = [way.but(over="place") for way in ways if way.scope and not way.over and way.measure in OF_GOALS]
    return [*ways, *each]


def _of_groups(frame: Frame) -> list[Frame]:
    """'The highest GDP by region': the highest place of each, or the regions in that order."""
    if frame.over not in GROUPS or not frame.order or not frame.metric:
        return []
    each = frozenset({"in_each"})
    return [frame.but(cues=(each,)), frame.but(cues=(), n=None)]


def _of_less(frame: Frame, kind: str) -> list[Frame]:
    """The question with less said of parts and measures."""
    whole = frame.but(consumer=(), offering=(), sector=(), measure=None)
    return {
        "share_of_part": [frame.but(consumer=()), frame.but(offering=()), frame],
        "moving_share": [frame.but(measure="share"), frame],
        "nested": [whole, frame],
    }.get(kind, [whole])


def _of_each_metric(frame: Frame, options: tuple[str, ...], catalog: Catalog) -> list[Frame]:
    """The question for each metric, and for the ratios that they make; of a set, also for each place of it."""
    ratios = (ratio_of(catalog, top, bottom) for top, bottom in permutations(options, 2))
    each = [frame.but(metric=metric, metrics=()) for metric in (*options, *filter(None, ratios))]
    return [*each, *(one.but(over="place") for one in each if one.scope and not one.over)]


def _of_known(frame: Frame) -> list[Frame]:
    """The same of each place that the store does have."""
    each = [frame.but(places=(place,), cues=()) for place in frame.places]
    return [*each, *(one.but(grain="year") for one in each if not one.grain)]


def _completed(frame: Frame, catalog: Catalog) -> list[Frame]:
    """What a question needs most, filled in where it was left out: a metric, a time, then which places."""
    ways = []
    for metric in [frame.metric] if frame.metric else _metrics(frame, catalog):
        named = frame.but(metric=metric)
        whens = [frame.times] if frame.times else [Times((when,)) for when in _years(named, catalog)]
        ways += [named.but(times=when) for when in (whens if frame.metric else whens[:1])]
    if frame.places or frame.scope or frame.options or frame.projects:
        return ways
    together, first = frozenset({"total"}), ways[:1]
    return [
        *(way.but(scope=Scope(), cues=(*way.cues, together)) for way in first),
        *(way.but(scope=Scope(), order="desc", n=way.n or 3) for way in first),
        *(way.but(scope=Scope()) for way in ways),
    ]


def _metrics(frame: Frame, catalog: Catalog) -> list[str]:
    """Metrics that the places have figures of, amounts first; those with goals where the question is of goals."""
    places = frame.places or (catalog.members(frame.scope) if frame.scope else catalog.pilots())
    if frame.measure in OF_GOALS:
        aims = Counter(metric for metric, place in catalog.aims if place in places)
        return [metric for metric, _ in sorted(aims.items(), key=lambda one: (-one[1], one[0]))][:MOST_METRICS]
    metrics = [metric.metric_id for metric in sorted(catalog.metrics.values(), key=partial(_amounts_first, catalog))]
    held = (metric for metric in metrics if any((metric, place) in catalog.known for place in places))
    return list(islice(held, MOST_METRICS))


def _amounts_first(catalog: Catalog, metric: Metric) -> tuple[bool, ...]:
    return metric.growth_of is not None, metric.kind != "flow", metric.metric_id not in catalog.target_periods


def _alike(written: str, catalog: Catalog) -> list[str]:
    """The store's places whose names are a letter or two away from a name that it does not know."""
    names = {place.name_en.lower(): place.place_id for place in catalog.places.values()}
    names |= {place.name_zh[: max(2, len(place.name_zh) - 1)]: place.place_id for place in catalog.places.values()}
    allowed = 1 if len(written) < 6 else 2
    found = process.extract(written.lower(), names.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=MOST_NAMES)
    return [names[name] for name, _, _ in found]


def _years(frame: Frame, catalog: Catalog) -> list[When]:
    """The newest years with figures; with the part of the year that was said."""
    part = frame.times.part if frame.times else None
    if frame.measure in OF_GOALS:
        aims = catalog.aimed_at(frame.metric, frame.places or catalog.members(frame.scope or Scope()))
        return [When.of(parse_id(period)) for period in reversed(aims)]
    stretch = catalog.stretch(frame.metric, frame.places or catalog.pilots(), "year")
    if stretch is None:
        return []
    years = range(stretch[1].year, max(stretch[1].year - 3, stretch[0].year - 1), -1)
    return [When.of(Period(year, *part)) if part else When.of(Period(year)) for year in years]


def _for_range(frame: Frame, slots: Slots) -> list[Frame]:
    when = slots.periods[0]
    grain = "year" if when.start.kind == "year" else "quarter"
    ways = [frame.but(cues=(*frame.cues, frozenset({"total"}))), frame.but(grain=grain)]
    if frame.over == "place" and not frame.places:
        # A course of each of many places is no question; of all together, or of each group, it is.
        ways += [frame.but(over=over, grain=grain) for over in (None, "region")]
    if slots.measure == "growth":
        ways = [frame.but(times=Times((When.of(when.end),))), frame.but(grain=grain)]
    first, last = (frame.times and frame.times.two_ends) or (When.of(when.start), When.of(when.end))
    ends = Times((last, first))
    change = frame.but(measure=None, times=ends, cues=(frozenset({"difference"}),))
    return [change, *ways] if frame.times and frame.times.two_ends else [*ways, change]
