"""Which figures a store has, as far as proposing questions needs to know. Filled by `query.coverage`; reads no store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xinfo.understand.catalog import Catalog

TARGETED = frozenset(["target", "attainment", "gap"])
"""Measures that need a target."""


@dataclass(frozen=True, eq=False)
class Coverage:
    """Whole years with a figure, newest first: metric id to place id to years. Empty where nothing is known."""

    figures: Mapping[str, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)
    targets: Mapping[str, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)
    """Whole years with a target that is not a range's."""

    def metrics(self, catalog: Catalog) -> tuple[str, ...]:
        """Metrics worth proposing, those with figures for most places first."""
        if not self.figures:
            return tuple(catalog.metrics)
        return tuple(sorted(self.figures, key=lambda metric: (-len(self.figures[metric]), metric)))

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
