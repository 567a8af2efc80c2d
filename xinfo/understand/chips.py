"""The parts of a reading that can be changed in place, and what each can be changed to. Draws and asks nothing.

A change is the same kind of question with one slot different; its canonical sentence is the question to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from xinfo.errors import InputError
from xinfo.language import times
from xinfo.language.texts import text
from xinfo.store.periods import Period, parse_id
from xinfo.understand.catalog import PARTS, Catalog, parts_of
from xinfo.understand.naming import changes_by_rate
from xinfo.understand.reading import Reading, Scope, Slots, When
from xinfo.understand.say import sentence
from xinfo.understand.say_places import place_name, scope_phrase
from xinfo.understand.suggest.answerable import answerable
from xinfo.understand.suggest.coverage import TARGETED, Coverage

MEASURES = ("value", "growth", "target", "attainment", "gap")
GROUPS = ("region", "province", "admin_type", "batch")
GRAINS = ("quarter", "year")
ORDERS = ("desc", "asc")
ROWS = (1, 3, 5, 10, 20)


@dataclass(frozen=True)
class Chip:
    """A part of a reading; one of several places or periods is told by `at`."""

    name: str
    """The slot, or `more` for what the question does not narrow yet."""
    at: int
    said: str
    """What it is now, in the reading's language."""


@dataclass(frozen=True)
class Known:
    """What changing needs to know beside the reading."""

    reading: Reading
    catalog: Catalog
    coverage: Coverage

    @property
    def slots(self) -> Slots:
        return self.reading.slots

    @property
    def lang(self) -> str:
        return self.reading.lang

    @property
    def years(self) -> list[int]:
        return sorted(self.coverage.years(self.slots.metric or "", self.slots.places, self.catalog))


def chips(reading: Reading, catalog: Catalog) -> tuple[Chip, ...]:
    """The parts of a reading about figures, in the order they are said; none for texts, projects and kept questions."""
    if not reading.slots.metric or not reading.template.measures or reading.template.is_own:
        return ()
    return tuple(_chips(reading, catalog))


def changes(chip: Chip, reading: Reading, catalog: Catalog, coverage: Coverage) -> dict[str, str]:
    """What the chip can be changed to, each with the question that asks it; those with figures, as coverage tells."""
    known = Known(reading, catalog, coverage)
    found: dict[str, str] = {}
    for label, slots in WAYS[chip.name](known, chip.at):
        if slots != reading.slots and answerable(slots, catalog, coverage) and _held(slots, catalog):
            found.setdefault(label, sentence(reading.template, slots, catalog, reading.lang))
    return found


def _chips(reading: Reading, catalog: Catalog) -> Iterator[Chip]:
    slots, lang = reading.slots, reading.lang
    yield Chip("metric", 0, catalog.metrics[slots.metric or ""].label(lang))
    if slots.measure in MEASURES[1:] and slots.threshold is None:
        yield Chip("measure", 0, _measure_name(slots, catalog, lang))
    for dimension in PARTS:
        if len(parts := getattr(slots, dimension)) == 1:
            yield Chip(dimension, 0, text(f"part.{parts[0]}", lang))
    yield from (Chip("places", at, place_name(place, catalog, lang)) for at, place in enumerate(slots.places))
    if slots.scope is not None and not slots.other:
        yield Chip("scope", 0, scope_phrase(slots.scope, catalog, lang))
    yield from (Chip("periods", at, _span(when, lang)) for at, when in enumerate(slots.periods))
    if slots.grain:
        yield Chip("grain", 0, text(f"chip.grain_of.{slots.grain}", lang))
    if slots.over in GROUPS:
        yield Chip("over", 0, text(f"chip.over_of.{slots.over}", lang))
    if slots.order and not slots.over:
        yield Chip("order", 0, text(f"order.{slots.order}", lang))
    if slots.n:
        yield Chip("n", 0, text("chip.n_rows", lang, n=slots.n))
    yield Chip("more", 0, text("chip.more", lang))


def _span(when: When, lang: str) -> str:
    ends = dict.fromkeys((when.start, when.end))
    return "–".join(times.short(end, lang) for end in ends)


Ways = Iterator[tuple[str, Slots]]


def _metrics(known: Known, at: int) -> Ways:
    """Other metrics; where a bar was set, those that are measured alike."""
    now = known.catalog.metrics[known.slots.metric or ""]
    for name in known.coverage.metrics(known.catalog):
        metric = known.catalog.metrics[name]
        if known.slots.threshold is None or metric.unit == now.unit:
            yield metric.label(known.lang), known.slots.but(metric=name)


def _measures(known: Known, at: int) -> Ways:
    for measure in MEASURES:
        if measure in known.reading.template.measures and known.slots.threshold is None:
            slots = known.slots.but(measure=measure)
            yield _measure_name(slots, known.catalog, known.lang), slots


def _measure_name(slots: Slots, catalog: Catalog, lang: str) -> str:
    name = "growth_of_ratio" if changes_by_rate(slots, catalog) else slots.measure
    return text(f"chip.measure_of.{name}", lang)


def _places(known: Known, at: int) -> Ways:
    """Every other place, by its name's spelling in Latin letters."""
    now = known.slots.places
    for place in sorted(known.catalog.places):
        if place not in now:
            yield (
                place_name(place, known.catalog, known.lang),
                known.slots.but(places=(*now[:at], place, *now[at + 1 :])),
            )


def _scopes(known: Known, at: int) -> Ways:
    """All pilots, then regions, kinds of places and provinces with several pilots."""
    pilots = [known.catalog.places[place] for place in known.catalog.pilots()]
    regions = dict.fromkeys(place.region for place in pilots)
    kinds = dict.fromkeys(place.admin_type for place in pilots)
    provinces = dict.fromkeys(sorted(place.province_en for place in pilots))
    found = [Scope(), *(Scope(region=r) for r in regions), *(Scope(admin_type=k) for k in kinds)]
    for scope in [*found, *(Scope(province=p) for p in provinces)]:
        if len(known.catalog.members(scope)) > 1:
            yield scope_phrase(scope, known.catalog, known.lang), known.slots.but(scope=scope)


def _periods(known: Known, at: int) -> Ways:
    now = known.slots.periods
    for when in _stretches(known) if known.slots.grain or now[at].start != now[at].end else _single(known, now[at]):
        if when not in now:
            yield _span(when, known.lang), known.slots.but(periods=(*now[:at], when, *now[at + 1 :]))


def _stretches(known: Known) -> Iterator[When]:
    """From any year with figures to any later one; a year's quarters are a course, too."""
    alone = known.slots.grain == "quarter"
    for first in known.years:
        yield from (
            When(Period(first), Period(last)) for last in known.years if last > first or (alone and last == first)
        )


def _single(known: Known, now: When) -> Iterator[When]:
    """Years and quarters, newest first, and what else is of the length of the present one."""
    found = []
    for name in known.coverage.known(known.slots.metric or "", ()):
        try:
            period = parse_id(name)
        except InputError:
            continue
        if period.kind in ("year", "quarter") or (period.first, period.last) == (now.start.first, now.start.last):
            found.append(period)
    newest_first = sorted(found, key=lambda p: (-p.year, p.kind != "year", -p.last, p.first))
    return (When.of(period) for period in newest_first)


def _parts(known: Known, at: int, dimension: str = "") -> Ways:
    """The whole and each of its parts, where this kind of question takes parts and is not about them already."""
    template, slots = known.reading.template, known.slots
    fits = dimension in parts_of(known.catalog, slots.metric) and slots.over != dimension
    if not fits or "part" not in template.takes or len(getattr(slots, dimension)) > 1:
        return
    yield text(f"chip.all.{dimension}", known.lang), slots.but(**{dimension: ()})
    for part in PARTS[dimension]:
        yield text(f"part.{part}", known.lang), slots.but(**{dimension: (part,)})


def _grains(known: Known, at: int) -> Ways:
    yield from ((text(f"chip.grain_of.{grain}", known.lang), known.slots.but(grain=grain)) for grain in GRAINS)


def _groups(known: Known, at: int) -> Ways:
    yield from ((text(f"chip.over_of.{group}", known.lang), known.slots.but(over=group)) for group in GROUPS)


def _orders(known: Known, at: int) -> Ways:
    yield from ((text(f"order.{order}", known.lang), known.slots.but(order=order)) for order in ORDERS)


def _rows(known: Known, at: int) -> Ways:
    yield from ((text("chip.n_rows", known.lang, n=n), known.slots.but(n=n)) for n in ROWS)


def _more(known: Known, at: int) -> Ways:
    """What of the figure may be asked beside, and its parts, as far as no chip of their own tells them."""
    if known.slots.measure == "value":
        yield from _measures(known, at)
    for dimension in PARTS if known.slots.measure not in TARGETED else ():
        if not getattr(known.slots, dimension):
            yield from _parts(known, at, dimension)


WAYS: dict[str, Callable[[Known, int], Ways]] = {
    "metric": _metrics,
    "measure": _measures,
    **{dimension: partial(_parts, dimension=dimension) for dimension in PARTS},
    "places": _places,
    "scope": _scopes,
    "periods": _periods,
    "grain": _grains,
    "over": _groups,
    "order": _orders,
    "n": _rows,
    "more": _more,
}
"""By chip: the labels and slots that it may be changed to."""


def _held(slots: Slots, catalog: Catalog) -> bool:
    """Whether the places have figures of the quarters that are asked for, which a coverage of years cannot tell."""
    quarters = [when.start for when in slots.periods if when.start.kind == "quarter"]
    for place in slots.places if quarters and slots.metric else ():
        known: Any = catalog.known.get((slots.metric or "", place))
        if not (known and known.first_quarter and known.last_quarter):
            return False
        if not all(known.first_quarter <= quarter <= known.last_quarter for quarter in quarters):
            return False
    return True
