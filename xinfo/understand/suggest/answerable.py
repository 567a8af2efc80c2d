"""Whether a question can have an answer, as far as a coverage tells: its parts, its years, its places."""

from __future__ import annotations

from xinfo.store.periods import Period, quarters
from xinfo.understand.catalog import DIMENSIONS, Catalog, parts_of
from xinfo.understand.reading import Scope, Slots
from xinfo.understand.suggest.coverage import TARGETED, Coverage


def answerable(slots: Slots, catalog: Catalog, coverage: Coverage) -> bool:
    """True for what is not about figures, and for everything that nothing is known against."""
    if not slots.metric:
        return True
    if not _split(slots) <= set(parts_of(catalog, slots.metric)) or not _several_steps(slots):
        return False
    if not coverage.figures:
        return True
    return _has_periods(slots, catalog, coverage) and _has_places(slots, catalog, coverage)


def steps_of(slots: Slots) -> list[Period]:
    """The periods that the figures of a question are of: those it names, or the steps of a course."""
    named = [period for when in slots.periods for period in when.parts]
    if slots.grain == "quarter" and named:
        return list(quarters(named[0], named[-1]))
    return named


def _several_steps(slots: Slots) -> bool:
    """Whether a course has more than one step."""
    return not (slots.grain and slots.periods) or len(steps_of(slots)) > 1


def _has_periods(slots: Slots, catalog: Catalog, coverage: Coverage) -> bool:
    asked = steps_of(slots)
    aimed_at = catalog.target_periods.get(slots.metric or "", ())
    if slots.measure in TARGETED and _split(slots):
        return False  # targets are of the whole figure
    if slots.measure in TARGETED and not all(period.id in aimed_at for period in asked):
        return False
    if slots.measure == "growth":
        asked += [period.years_on(-1) for period in asked]
    known = coverage.known(slots.metric or "", slots.places)
    return slots.measure == "target" or all(period.id in known for period in asked)


def _has_places(slots: Slots, catalog: Catalog, coverage: Coverage) -> bool:
    named = (*slots.places, *((slots.than,) if slots.than else ()))
    if named and not _have(slots, named, catalog, coverage):
        return False
    return all(_has_set(slots, scope, catalog, coverage) for scope in (slots.scope, slots.other) if scope is not None)


def _have(slots: Slots, places: tuple[str, ...], catalog: Catalog, coverage: Coverage) -> bool:
    """Whether all these places have the figure, and its parts where those are asked for."""
    asked = {period.year for when in slots.periods for period in when.parts}
    if not asked <= set(coverage.years(slots.metric or "", places, catalog, slots.measure)):
        return False
    return all(set(places) <= coverage.split.get((slots.metric or "", name), frozenset()) for name in _split(slots))


def _split(slots: Slots) -> set[str]:
    """The dimensions whose parts are asked for."""
    return {name for name in DIMENSIONS if getattr(slots, name) or slots.over == name}


def _has_set(slots: Slots, scope: Scope, catalog: Catalog, coverage: Coverage) -> bool:
    """A set needs a few members with the figure; a total of ratios their numerators and denominators."""
    metric = catalog.metrics[slots.metric or ""]
    if metric.kind == "ratio" and not metric.numerator and not slots.order:
        return False
    members = catalog.members(scope)
    return sum(_have(slots, (place,), catalog, coverage) for place in members) >= min(2, len(members) or 2)
