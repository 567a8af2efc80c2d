"""What stands in for a coordinate that a question lacks: the latest years, all pilots, the metrics that words may mean.

Each sign that a template may need has its values here, likeliest first, and how much it adds to the distance between
what was said and what is offered. Knows no templates and no sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xinfo.store.periods import Period, parse_id
from xinfo.understand.catalog import Catalog, parts_of
from xinfo.understand.frame import GOALS, SIDED
from xinfo.understand.reading import Scope, Slots, When

YEARS, METRICS, LISTED = 3, 3, 3
MOST = 4
"""Ways to fill one question that are followed."""
STEP = 0.4
"""What each next value of a coordinate adds to the distance."""
ANOTHER = {"compare": 0.5, **dict.fromkeys(("ask_place", "list", "how_many", "trend", "total", *SIDED), 1.0)}
"""What it adds to show the same figures in another way; OTHERWISE for any other operation that was not asked for."""
OTHERWISE = 3.0
UNSAID = frozenset(
    """than two_scopes two_metrics threshold bounds places parts part place measure fact definition near where_is
    implied required pace correlation extremes excess no_target projects project n in_each over_two ask_period
    quantifier passing is_pilot first_time last_time""".split()
)
"""What is never made up: another place, a bar, another topic."""
Values = Callable[["Fill", Slots], Sequence[Slots]]


@dataclass(frozen=True)
class Fill:
    """Makes whole slots; `metrics` are those that the words may mean, likeliest first."""

    catalog: Catalog
    metrics: tuple[str, ...] = ()

    def completed(self, slots: Slots, missing: frozenset[str]) -> list[tuple[Slots, float]]:
        """The slots with a value for everything missing, each with the distance that adds; none where one is unsaid."""
        if missing & UNSAID or not missing <= set(ORDER):
            return []
        found = [(slots, 0.0)]
        for sign in sorted(missing, key=ORDER.index):
            cost, values = GIVEN.get(sign, (ANOTHER.get(sign, OTHERWISE), _as_it_is))
            found = [
                (one, so_far + cost + STEP * at)
                for slots, so_far in found
                for at, one in enumerate(values(self, slots))
            ][:MOST]
        return found

    def years(self, slots: Slots) -> list[When]:
        """The newest years with the figure, of several places for at least half of those that have any; or the goal."""
        places = slots.places or self.catalog.members(slots.scope or Scope())
        if slots.measure in GOALS:
            aimed = map(parse_id, self.catalog.aimed_at(slots.metric, places))
            return [When.of(period) for period in sorted(aimed, key=_newest)[:YEARS]]
        stretches = [self.catalog.stretch(slots.metric, (place,), "year") for place in places]
        there = sorted((one for one in stretches if one), key=lambda one: one[1])
        if not there:
            return []
        newest, first = there[(len(there) - 1) // 2][1], min(one[0] for one in there)
        return [When.of(Period(year)) for year in range(newest.year, first.year - 1, -1)][:YEARS]

    def _metrics(self, slots: Slots) -> list[Slots]:
        places = slots.places or self.catalog.members(slots.scope or Scope())
        needs = {name for name in ("consumer", "offering", "sector") if getattr(slots, name)}
        aims = {metric for metric, place in self.catalog.aims if place in places}
        likely = [m for m in self.metrics if needs <= set(parts_of(self.catalog, m))]
        held = (m for m in likely if (m in aims if slots.measure in GOALS else self._known(m, places)))
        return [slots.but(metric=metric) for metric, _ in zip(held, range(METRICS), strict=False)]

    def _known(self, metric: str, places: Sequence[str]) -> bool:
        return any((metric, place) in self.catalog.known for place in places)

    def _period(self, slots: Slots) -> list[Slots]:
        """A year, which is that of the choice of the places, too, where that has none."""
        chosen = slots.chosen
        return [
            slots.but(periods=(when,), chosen=chosen.but(periods=chosen.periods or (when,)) if chosen else None)
            for when in self.years(slots)
        ]

    def _periods(self, slots: Slots) -> list[Slots]:
        """A period beside the one that was said: the same of the year before; two ends where it was a range."""
        if len(slots.periods) == 1:
            when = slots.periods[0]
            ends = (When.of(when.end), When.of(when.start))
            before = When(when.start.years_on(-1), when.end.years_on(-1))
            return [slots.but(periods=ends if when.start != when.end else (when, before))]
        years = self.years(slots)
        return [slots.but(periods=tuple(years[:2]))] if len(years) > 1 else []

    def _grain(self, slots: Slots) -> list[Slots]:
        """A course through what was said, or through all there is."""
        if slots.periods and slots.periods[0].start == slots.periods[0].end:
            return [slots.but(grain="quarter", periods=slots.periods[:1])]
        years = [when.end for when in self.years(slots)]
        whole = slots.periods or ((When(years[-1], years[0]),) if years else ())
        return [slots.but(grain=grain, periods=whole) for grain in ("year", "quarter")] if whole else []

    def _over_part(self, slots: Slots) -> list[Slots]:
        free = [name for name in parts_of(self.catalog, slots.metric) if len(getattr(slots, name)) != 1]
        return [slots.but(over=name) for name in free]


def _newest(period: Period) -> tuple[int, int]:
    return -period.year, -period.last


def _each(name: str, *values: object) -> Values:
    return lambda fill, slots: [slots.but(**{name: value}) for value in values]


def _as_it_is(fill: Fill, slots: Slots) -> list[Slots]:
    return [slots]


def _pilot_by_pilot(fill: Fill, slots: Slots) -> list[Slots]:
    """Of a set: places that were named one by one are compared."""
    return [] if slots.places else [slots.but(over="place")]


def _ranked(fill: Fill, slots: Slots) -> list[Slots]:
    n = slots.n or (1 if slots.grain else LISTED)
    return [slots.but(order=order, n=n) for order in ("desc", "asc")]


GIVEN: dict[str, tuple[float, Values]] = {
    "metric": (1.0, Fill._metrics),
    "scope": (0.5, _each("scope", Scope())),
    "period": (0.5, Fill._period),
    "periods": (1.0, Fill._periods),
    "grain": (1.5, Fill._grain),
    "order": (1.2, _ranked),
    "over_part": (1.5, Fill._over_part),
    "over_group": (2.0, _each("over", "region", "province", "admin_type")),
    "over_place": (1.0, _pilot_by_pilot),
    "by_project": (1.5, _each("over", "content_area", "project_status", "level")),
    "field": (0.5, _each("field", "budget", "spent")),
}
"""For each sign that can be filled in: what that adds to the distance, and the values."""
ORDER = [
    *GIVEN,
    *ANOTHER,
    *"average median distribution quartiles count position".split(),
]
"""A metric and places come before the years that have them."""
