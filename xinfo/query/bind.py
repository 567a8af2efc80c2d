"""Slots to the values of a statement's parameters. Knows names of parameters, not SQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xinfo.query.catalog import growth_metric
from xinfo.store.periods import FIRST_YEAR, Period, quarters
from xinfo.understand.catalog import DIMENSIONS, PARTS, Catalog
from xinfo.understand.declared import filled_with
from xinfo.understand.reading import Slots

EVERY = 1_000_000
"""More than there are places: the last one of an order, however many that has."""


def bind(
    slots: Slots, catalog: Catalog, wanted: frozenset[str], declared: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """A value for each parameter in `wanted`; those that a template declared, with their types, go by its names.

    Those of an inner question are called as it is: chosen_metric, bar_periods.
    """
    values = {**_where(slots, catalog), **_when(slots, catalog), **_what(slots, catalog)}
    values |= {name: values[of] for name, of in filled_with(declared or {}).items()}
    for prefix, inner in (("chosen_", slots.choosing), ("bar_", _bar_figures(slots, catalog)), ("also_", slots.second)):
        theirs = frozenset(name.removeprefix(prefix) for name in wanted if name.startswith(prefix))
        if inner and theirs:
            values |= {prefix + name: value for name, value in bind(inner, catalog, theirs).items()}
    return {name: values[name] for name in sorted(wanted)}


def bar_slots(slots: Slots) -> Slots | None:
    """The figures that each place's own bar is: its target, or what it had before; None where the bar is another."""
    plain = slots.but(cmp=None, bar=None, factor=None, chosen=None, also=None)
    if slots.bar == "target":
        return plain.but(measure="target")
    return plain.but(periods=slots.periods[1:]) if slots.bar == "before" else None


def _bar_figures(slots: Slots, catalog: Catalog) -> Slots | None:
    """`bar_slots`; the target of a growth is that of the metric that holds the growth's published rates."""
    own = bar_slots(slots)
    if own and slots.bar == "target" and slots.measure == "growth":
        return own.but(metric=growth_metric(catalog, slots.metric) or "")
    return own


def is_year_on_year(slots: Slots) -> bool:
    """Whether the two ends of a growth are the same months of two years that follow each other."""
    later, earlier = slots.periods[0], slots.periods[1]
    return later.end.years_on(-1) == earlier.end and later.start.years_on(-1) == earlier.start


def expected_places(slots: Slots, catalog: Catalog) -> tuple[str, ...]:
    """Every place that the question is about."""
    if slots.scope is None:
        return slots.places
    found = (*catalog.members(slots.scope), *(catalog.members(slots.other) if slots.other else ()))
    return tuple(dict.fromkeys((*slots.places, *found)))


def asked_periods(slots: Slots) -> tuple[Period, ...]:
    """The periods whose figures are needed: of a course every quarter or year, of a range one part a year."""
    if slots.grain and slots.periods:
        start, end = slots.periods[0].start, slots.periods[0].end
        if slots.grain == "quarter":
            return quarters(start, end)
        return tuple(Period(year) for year in range(start.year, end.year + 1))
    return tuple(period for when in slots.main_periods for period in when.parts)


def _where(slots: Slots, catalog: Catalog) -> dict[str, Any]:
    asked = list(expected_places(slots, catalog))
    within = list(catalog.members(slots.scope)) if slots.scope is not None else list(slots.places)
    last = (slots.nth or 1) + (slots.n or 1) - 1
    of_bar = catalog.members(slots.bar_of) if slots.bar_of is not None else ()
    if slots.scope is None and not asked and not within:
        within = list(catalog.pilots())
    return {
        "places": list(dict.fromkeys([*asked, *([slots.than] if slots.than else ()), *of_bar])),
        "members": within,
        "bar_members": within if slots.bar_of is None else list(of_bar),
        "other_members": list(catalog.members(slots.other)) if slots.other else [],
        "place": slots.places[0] if slots.places else None,
        "other_place": slots.places[1] if len(slots.places) > 1 else None,
        "than": slots.than,
        "named": [place for place in (*slots.places, slots.than) if place],
        "batch": slots.scope.batch if slots.scope else None,
        "n": slots.n or 1,
        "first": last + 1 if slots.rest else slots.nth or 1,
        "last": EVERY if slots.rest else last,
    }


def _when(slots: Slots, catalog: Catalog) -> dict[str, Any]:
    asked = [period.id for period in asked_periods(slots)]
    metric = catalog.metrics.get(slots.metric or "")
    under = slots.per or (metric.denominator if metric else None)
    per_stock = bool(under and catalog.at_end(under))
    one_by_one = slots.grain is not None or len(slots.main_periods) > 1
    ends = [when.parts[0].id for when in slots.periods[:2]] if len(slots.main_periods) < len(slots.periods) else asked
    return {
        "periods": asked,
        "period_count": len(asked),
        "denominator_periods": asked[-1:] if per_stock and not one_by_one else asked,
        "period": asked[0] if asked else None,
        "other_period": ends[1] if len(ends) > 1 else None,
        "years": slots.periods[0].end.year - slots.periods[1].end.year if slots.per_year else None,
        "since": slots.periods[0].start.start_date if slots.periods else None,
        "until": slots.periods[0].end.end_date if slots.periods else None,
        "running": _running(slots),
        "base_year": slots.periods[1].end.year if len(slots.periods) > 1 else None,
    }


def _running(slots: Slots) -> list[str]:
    """Ids of the periods that a target's progress may be measured by: from January of its year, and of those before."""
    if not slots.periods:
        return []
    last = slots.periods[-1].end.year
    years = range(max(last - 4, FIRST_YEAR), last + 1)
    return [Period(year, 1, month).id for year in years for month in (3, 6, 9, 12)]


def _what(slots: Slots, catalog: Catalog) -> dict[str, Any]:
    named = {
        f"{dimension}s": list(getattr(slots, dimension) or _every_part(slots, dimension)) for dimension in DIMENSIONS
    }
    several = next((v for v in (slots.consumer, slots.offering, slots.sector) if len(v) > 1), ())
    plain = (
        "metric",
        "against",
        "per",
        "whole_of",
        "over",
        "by",
        "order",
        "cmp",
        "threshold",
        "upto_cmp",
        "upto",
        "factor",
        "quantifier",
        "content_area",
        "level",
        "project_status",
        "dated",
        "field",
        "fact",
    )
    return {
        **{name: getattr(slots, name) for name in plain},
        **named,
        "growth_metric": growth_metric(catalog, slots.metric) or "",
        "part": several[0] if several else None,
        "other_part": several[1] if len(several) > 1 else None,
    }


def _every_part(slots: Slots, dimension: str) -> tuple[str, ...]:
    return PARTS[dimension] if slots.over == dimension else ("all",)
