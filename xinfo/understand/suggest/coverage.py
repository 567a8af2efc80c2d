"""Which figures a store has, as far as proposing questions needs to know. Filled by `query.coverage`; reads none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from xinfo.store.periods import quarters
from xinfo.understand.catalog import Catalog, parts_of

TARGETED = frozenset(["target", "attainment", "gap"])
"""Measures that need a target."""
MAIN = (
    *("info_consumption", "gdp", "ecommerce_sales", "online_retail_sales", "telecom_revenue", "software_revenue"),
    *("info_consumption_per_capita", "info_consumption_share_of_gdp", "broadband_subscribers", "broadband_penetration"),
    *("lte_subscribers", "lte_share_of_mobile", "lte_base_stations", "mobile_subscribers", "connected_terminals"),
    "population",
)
"""Metrics of every store, the likeliest to be asked about first."""


@dataclass(frozen=True, eq=False)
class Coverage:
    """Whole years with a figure, newest first: metric id to place id to years. Empty where nothing is known."""

    figures: Mapping[str, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)
    targets: Mapping[str, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)
    """Whole years with a target."""
    periods: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    """Ids of every period with the figure, by metric and place."""
    split: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """Places with the parts of a metric, by metric and dimension."""

    @classmethod
    def of(cls, catalog: Catalog) -> Coverage:
        """What the catalog itself tells: stretches without their gaps, and targets of metrics, not of places."""
        figures: dict[str, dict[str, tuple[int, ...]]] = {}
        periods: dict[str, dict[str, frozenset[str]]] = {}
        for (metric, place), known in catalog.known.items():
            if known.first_year and known.last_year:
                years = range(known.last_year.year, known.first_year.year - 1, -1)
                figures.setdefault(metric, {})[place] = tuple(years)
                periods.setdefault(metric, {})[place] = frozenset(map(str, years))
            if known.first_quarter and known.last_quarter:
                steps = frozenset(step.id for step in quarters(known.first_quarter, known.last_quarter))
                here = periods.setdefault(metric, {})
                here[place] = here.get(place, frozenset()) | steps
        targets = {
            metric: dict.fromkeys(figures.get(metric, ()), _years(ids))
            for metric, ids in catalog.target_periods.items()
        }
        everywhere = {
            (metric, dimension): frozenset(figures[metric])
            for metric in figures
            for dimension in parts_of(catalog, metric)
        }
        return cls(figures, targets, periods, everywhere)

    @cached_property
    def _anywhere(self) -> dict[str, frozenset[str]]:
        return {metric: frozenset[str]().union(*set(known.values())) for metric, known in self.periods.items()}

    def known(self, metric: str, places: Iterable[str]) -> frozenset[str]:
        """Ids of the periods for which each of `places` has the figure; any place, where none is given."""
        of_place = self.periods.get(metric, {})
        named = [of_place.get(place, frozenset[str]()) for place in places]
        return frozenset.intersection(*named) if named else self._anywhere.get(metric, frozenset())

    def metrics(self, catalog: Catalog) -> tuple[str, ...]:
        """Metrics worth proposing, those with figures for most places first."""
        if not self.figures:
            return tuple(sorted(catalog.metrics, key=lambda metric: (metric not in MAIN, metric != MAIN[0], metric)))
        most = max(map(len, self.figures.values()))
        order = {metric: rank for rank, metric in enumerate(MAIN)}
        known = [metric for metric in self.figures if metric in catalog.metrics]
        return tuple(
            sorted(
                known,
                # Of metrics with figures for nearly as many places, those of the pilots' own subject come first.
                key=lambda metric: (2 * len(self.figures[metric]) < most, order.get(metric, len(MAIN)), metric),
            )
        )

    def years(self, metric: str, places: Iterable[str], catalog: Catalog, measure: str = "value") -> tuple[int, ...]:
        """Years for which each of `places` has the figure (any place, where none is given), newest first."""
        if not self.figures:
            return _newest(catalog)
        known = self.targets if measure in TARGETED else self.figures
        of_place = known.get(metric, {})
        named = [set(of_place.get(place, ())) for place in places]
        # A single place with odd years must not decide which year is the newest one of a set.
        found = set.intersection(*named) if named else set(_common(of_place))
        if measure == "attainment" or measure == "gap":
            found &= set(self.years(metric, places, catalog))
        if measure == "growth":
            found = {year for year in found if year - 1 in found}
        return tuple(sorted(found, reverse=True))


def _years(ids: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted((int(one) for one in ids if len(one) == 4), reverse=True))


def _newest(catalog: Catalog) -> tuple[int, ...]:
    if catalog.data_to is None or catalog.data_from is None:
        return ()
    last = catalog.data_to.year if catalog.data_to.last == 12 else catalog.data_to.year - 1
    return tuple(range(last, max(catalog.data_from.year, last - 2) - 1, -1))


def _common(of_place: Mapping[str, tuple[int, ...]]) -> list[int]:
    """Years that at least half of the places have."""
    counts: dict[int, int] = {}
    for years in of_place.values():
        for year in years:
            counts[year] = counts.get(year, 0) + 1
    return [year for year, count in counts.items() if 2 * count >= len(of_place)]
