"""Ways out of a trouble: frames that differ from the unclear one in just what was unclear. They become choices."""

from __future__ import annotations

from xinfo.store.periods import Period
from xinfo.understand.catalog import Catalog
from xinfo.understand.frame import Frame, Trouble
from xinfo.understand.reading import Scope, Slots, When
from xinfo.understand.when import Times

WORDS = frozenset(["unknown_words", "unused_words", "elsewhere"])


def variants(frame: Frame, slots: Slots, trouble: Trouble, catalog: Catalog) -> list[Frame]:
    """Frames that may be clear, most likely first; the reader keeps those that are."""
    clean = frame.but(troubles=())
    kind, options = trouble.kind, trouble.options
    if kind in ("which_metric", "two_metrics"):
        return [clean.but(metric=option, metrics=()) for option in options]
    if kind == "which_place":
        return [clean.but(places=(*frame.places, option), options=()) for option in options]
    if kind == "province":
        scope = Scope(province=options[0])
        return [clean.but(scope=scope, places=()), clean.but(scope=scope, places=(), order="desc", n=3)]
    if kind in ("which_year", "no_such_period", "two_periods", "missing") and slots.metric:
        return [clean.but(times=Times((when,))) for when in _years(frame, catalog)]
    if kind == "total_or_each":
        return [clean.but(cues=(*frame.cues, frozenset({"total"}))), clean.but(over="place")]
    if kind == "how_many_rows":
        return [clean.but(n=n) for n in (1, 3, 5, 10)]
    if kind in ("range_of_what", "growth_over_years"):
        return _for_range(clean, slots)
    if kind == "end_of_flow" or kind == "cumulative_quarter":
        period = slots.periods[-1].end
        both = (period, Period(period.year, 1, period.last))
        return [clean.but(times=Times((When.of(p),)), cues=()) for p in both]
    if kind in ("no_such_part", "share_of_what"):
        return [clean.but(consumer=(), offering=(), sector=(), measure=None)]
    return [clean] if kind in WORDS else []


def _years(frame: Frame, catalog: Catalog) -> list[When]:
    """The newest years with figures; with the part of the year that was said."""
    part = frame.times.part if frame.times else None
    stretch = catalog.stretch(frame.metric, frame.places or catalog.pilots(), "year")
    if stretch is None:
        return []
    years = range(stretch[1].year, max(stretch[1].year - 3, stretch[0].year - 1), -1)
    return [When.of(Period(year, *part)) if part else When.of(Period(year)) for year in years]


def _for_range(frame: Frame, slots: Slots) -> list[Frame]:
    when = slots.periods[0]
    grain = "year" if when.start.kind == "year" else "quarter"
    ways = [frame.but(cues=(*frame.cues, frozenset({"total"}))), frame.but(grain=grain)]
    if slots.measure == "growth":
        ways = [frame.but(times=Times((When.of(when.end),))), frame.but(grain=grain)]
    ends = Times((When.of(when.end), When.of(when.start)))
    return [*ways, frame.but(measure=None, times=ends, cues=(frozenset({"difference"}),))]
