"""Canonical sentences of a template, said from its examples with one slot changed at a time. Reads nothing back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xinfo.understand.catalog import Catalog
from xinfo.understand.reading import Scope, Slots, When
from xinfo.understand.template import Template

METRICS = 4
"""Other metrics of the same kind and unit that an example is said with."""


def sampled(template: Template, examples: Sequence[Slots], catalog: Catalog) -> list[Slots]:
    """The examples' slots, and what they become with another metric, measure, place, set, period, order or number."""
    found = dict.fromkeys(examples)
    for slots in examples:
        for changed in _changed(template, slots, catalog):
            found.setdefault(changed)
    return list(found)


def _changed(template: Template, slots: Slots, catalog: Catalog) -> Iterator[Slots]:
    yield from _what(template, slots, catalog)
    yield from _where(slots, catalog)
    yield from _when(template, slots)
    if slots.order:
        yield slots.but(order="asc" if slots.order == "desc" else "desc")
    if slots.n and not slots.grain:
        yield slots.but(n=slots.n + 2)
    if slots.cmp:
        # Of two bounds the first is the lower one.
        yield from (slots.but(cmp=cmp) for cmp in ((">", ">=") if slots.upto_cmp else (">", ">=", "<", "<=")))


def _what(template: Template, slots: Slots, catalog: Catalog) -> Iterator[Slots]:
    asked = catalog.metrics.get(slots.metric or "")
    if asked is None:
        return
    whole = not (slots.consumer or slots.offering or slots.sector or slots.over)
    alike = [m for m in catalog.metrics.values() if (m.kind, m.unit, m.growth_of) == (asked.kind, asked.unit, None)]
    if whole and slots.measure == "value" and not template.needs & {"implied", "definition"}:
        yield from (slots.but(metric=metric.metric_id) for metric in alike[:METRICS])
    if slots.measure == "value" and slots.threshold is None:
        yield from (slots.but(measure=measure) for measure in template.measures if not measure.startswith("share"))


def _where(slots: Slots, catalog: Catalog) -> Iterator[Slots]:
    pilots = catalog.pilots()
    if slots.places:
        for step in (1, len(pilots) // 2):
            yield slots.but(places=_further(slots, step, pilots))
    if slots.scope is not None and slots.other is None:
        for scope in (Scope(), Scope(region="east"), Scope(admin_type="prefecture-level city"), Scope(batch="1")):
            yield slots.but(scope=scope)


def _further(slots: Slots, step: int, pilots: tuple[str, ...]) -> tuple[str, ...]:
    """For each place the pilot so many on in the list, none twice and none that is named otherwise in these slots."""
    found: list[str] = []
    for number, place in enumerate(slots.places, start=1):
        free = [one for one in pilots if one == place or one not in (*slots.places, slots.than, *found)]
        at = free.index(place) if place in free else 0
        found.append(free[(at + step * number) % len(free)])
    return tuple(found)


def _when(template: Template, slots: Slots) -> Iterator[Slots]:
    if not slots.periods:
        return
    yield slots.but(periods=tuple(When(w.start.years_on(-1), w.end.years_on(-1)) for w in slots.periods))
    only = slots.periods[0]
    if len(slots.periods) == 1 and only.start == only.end and not slots.grain and slots.measure == "value":
        year = replace(only.start, first=1, last=12)
        # What was reached of a year is counted from its beginning.
        parts = ((1, 6), (1, 9), *(() if "so_far" in template.needs else ((7, 9),)))
        yield from (slots.but(periods=(When.of(replace(year, first=a, last=b)),)) for a, b in parts)
