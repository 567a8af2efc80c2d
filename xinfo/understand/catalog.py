"""What can be asked about: places, metrics, divisions and the time with figures. Filled by `query.catalog`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from xinfo.store.periods import Period
from xinfo.understand.whose import PROVINCES, Division, OwnProgramme

if TYPE_CHECKING:
    from xinfo.understand.reading import Scope

PARTS = {
    "consumer": ("personal", "enterprise", "public"),
    "offering": ("products", "services"),
    "sector": ("finance", "education", "health", "transport", "commerce", "social_security"),
}
"""Every part that a total is split into, by dimension."""
ALL = "all"
"""The whole of a dimension, where it is told beside a part of it."""
DIMENSIONS = tuple(PARTS)
HAS_PARTS = {"info_consumption": ("consumer", "offering"), "connected_terminals": ("sector",)}
"""The dimensions that a metric is split by."""
REGION_SUFFIX = re.compile(r"(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$")
CHOSEN = {"1": 68, "2": 36}
"""How many pilots the ministry chose in each batch; the lists of them are not known in full."""


@dataclass(frozen=True)
class Place:
    place_id: str
    name_en: str
    name_zh: str
    admin_type: str
    province_en: str
    province_zh: str
    region: str
    batch: str | None
    """None for a place that is no pilot: the nation, a province."""
    adcode: str
    confidence: str | None = None
    longitude: float | None = None
    latitude: float | None = None

    def name(self, lang: str) -> str:
        return self.name_zh if lang == "zh" else self.name_en


@dataclass(frozen=True)
class Metric:
    metric_id: str
    label_en: str
    label_zh: str
    unit: str
    kind: str
    """flow, stock or ratio."""
    numerator: str | None = None
    denominator: str | None = None
    growth_of: str | None = None

    @property
    def moves_by_points(self) -> bool:
        return self.unit in ("ratio", "percentage_point")

    def label(self, lang: str) -> str:
        return self.label_zh if lang == "zh" else self.label_en


@dataclass(frozen=True)
class Known:
    """From when to when a place has a metric's figures."""

    first_year: Period | None = None
    last_year: Period | None = None
    first_quarter: Period | None = None
    last_quarter: Period | None = None
    within_years: bool = True
    """Whether there are figures of more than whole years and what they end with."""


@dataclass(frozen=True)
class Catalog:
    """Everything that reading a question needs to know about a store."""

    places: Mapping[str, Place]
    metrics: Mapping[str, Metric]
    divisions: tuple[Division, ...] = ()
    facts: frozenset[str] = frozenset()
    data_from: Period | None = None
    data_to: Period | None = None
    """First and last period with a figure of anything."""
    aims: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """For a metric and a place that has targets for it, the ids of their periods."""
    known: Mapping[tuple[str, str], Known] = field(default_factory=dict)
    """For a metric and a place, from when to when there are figures."""
    uploads: Mapping[str, str] = field(default_factory=dict)
    """By source with unconfirmed figures, who loaded those."""
    called: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    """By metric what else it is called (`en`, `zh`), whose part it is (`part_of`) and what tells it (`told_by_en`)."""
    own: OwnProgramme | None = None
    """None for figures of the pilots."""

    @cached_property
    def target_periods(self) -> dict[str, tuple[str, ...]]:
        """Ids of the periods for which a metric has targets."""
        found: dict[str, set[str]] = {}
        for (metric, _), periods in self.aims.items():
            found.setdefault(metric, set()).update(periods)
        return {metric: tuple(sorted(periods)) for metric, periods in found.items()}

    def aimed_at(self, metric: str | None, places: Iterable[str]) -> tuple[str, ...]:
        """Ids of the periods for which any of the places has a target, of whatever metric where none is told."""
        named, of_any = frozenset(places), metric is None
        aims = (ids for (of, place), ids in self.aims.items() if place in named and (of_any or of == metric))
        return tuple(sorted({period for ids in aims for period in ids}))

    @cached_property
    def is_incomplete_list(self) -> bool:
        """Whether the pilots are those of the shipped list, which says how well each is confirmed and lacks some.

        A list of the user's own is his to vouch for.
        """
        return any(self.places[place].confidence for place in self.pilots())

    @cached_property
    def shared_names(self) -> frozenset[str]:
        """Names, in lower case, of several places, some perhaps without figures: Suzhou, Chaoyang District."""
        from xinfo.understand.own_words import all_names

        names = Counter(name for place in self.places.values() for name in all_names(place, self))
        shared = (self.places[place].name_en.lower() for place in self.namesakes)
        return frozenset(shared) | {name for name, count in names.items() if count > 1}

    @cached_property
    def provinces(self) -> dict[str, str]:
        """Chinese names of provinces by their English ones."""
        known = {d.name_en: d.name_zh for d in self.divisions if d.level == "province"}
        return known | {place.province_en: place.province_zh for place in self.places.values()}

    @cached_property
    def capitals(self) -> dict[str, str]:
        """By the codes of the cities that are one: the capital of what."""
        return {division.adcode: division.capital for division in self.divisions if division.capital}

    def capital_of(self, province: str) -> Division | None:
        """The city that a province is governed from."""
        return self._seats.get(province)

    @cached_property
    def _seats(self) -> dict[str, Division]:
        seats = {d.adcode[:2]: d for d in self.divisions if d.capital == "province"}
        provinces = (d for d in self.divisions if d.level == "province" and d.adcode[:2] in seats)
        return {province.name_en: seats[province.adcode[:2]] for province in provinces}

    @cached_property
    def cities_elsewhere(self) -> tuple[Division, ...]:
        """Cities of the gazetteer that the store knows nothing of."""
        own = {place.adcode for place in self.places.values()}
        return tuple(d for d in self.divisions if d.level == "prefecture" and d.adcode not in own)

    @cached_property
    def namesakes(self) -> dict[str, str]:
        """Ids of places whose English name a city elsewhere bears, too, with that city: Suzhou and 宿州市."""
        cities = {d.name_en: d.name_zh for d in self.cities_elsewhere if d.name_zh.endswith("市")}
        places = self.places.values()
        return {p.place_id: cities[p.name_en] for p in places if p.admin_type != "province" and p.name_en in cities}

    @cached_property
    def doubled(self) -> frozenset[str]:
        """Ids of provinces whose bare name is also that of a city elsewhere: 吉林, the province or 吉林市."""
        cities = {d.name_zh.removesuffix("市") for d in self.cities_elsewhere if d.name_zh.endswith("市")}
        provinces = (place for place in self.places.values() if place.admin_type == "province")
        return frozenset(p.place_id for p in provinces if REGION_SUFFIX.sub("", p.name_zh) in cities)

    def bears_province(self, place: Place) -> bool:
        """Whether a place bears the name of a province, or where none has a code of what others lie in, as its own."""
        return self.own is not None or place.admin_type in PROVINCES

    def members(self, scope: Scope) -> tuple[str, ...]:
        """Ids of the pilots that a description fits, or of the places that it names."""
        if scope not in self._members:
            self._members[scope] = scope.named or tuple(
                place.place_id
                for place in map(self.places.__getitem__, self.pilots())
                if scope.province in (None, place.province_en)
                and scope.region in (None, place.region)
                and scope.admin_type in (None, place.admin_type)
                and scope.batch in (None, place.batch)
                and scope.capital in (None, self.capitals.get(place.adcode))
                and self.groups(place).isdisjoint(scope.without)
                and not (scope.among and self.groups(place).isdisjoint(scope.among))
            )
        return self._members[scope]

    def groups(self, place: Place) -> frozenset[str]:
        """Everything that a place may be left out by: its id and the names of the groups that it belongs to."""
        capital = f"capital:{self.capitals[place.adcode]}" if place.adcode in self.capitals else ""
        return frozenset((place.place_id, place.province_en, place.region, place.admin_type, capital)) - {""}

    def pilots(self) -> tuple[str, ...]:
        return self._pilots

    @cached_property
    def _pilots(self) -> tuple[str, ...]:
        """The places that questions are about where they name none: the pilots, else all inside the country."""
        chosen = tuple(place.place_id for place in self.places.values() if place.batch)
        return chosen or tuple(p.place_id for p in self.places.values() if self.own and p.admin_type != "country")

    @cached_property
    def _members(self) -> dict[Scope, tuple[str, ...]]:
        """The members of each description that was asked for: a question asks several times for the same."""
        return {}

    def stretch(self, metric_id: str | None, places: Iterable[str], kind: str) -> tuple[Period, Period] | None:
        """The first and the last year or quarter (`kind`) for which any of the places has the metric's figure."""
        found = [self.known[metric_id or "", place] for place in places if (metric_id or "", place) in self.known]
        firsts = [p for k in found if (p := k.first_year if kind == "year" else k.first_quarter)]
        lasts = [p for k in found if (p := k.last_year if kind == "year" else k.last_quarter)]
        return (min(firsts), max(lasts)) if firsts and lasts else None

    def at_end(self, metric_id: str) -> bool:
        """Whether a figure is that of the end of its period: a stock, or a ratio of two stocks."""
        metric = self.metrics[metric_id]
        if metric.kind != "ratio" or not metric.numerator or not metric.denominator:
            return metric.kind == "stock"
        return self.at_end(metric.numerator) and self.at_end(metric.denominator)

    def all_at_end(self, *metrics: str | None) -> bool:
        """Whether it is so of each of the metrics that there are, of which there must be one."""
        known = [metric for metric in metrics if metric and metric in self.metrics]
        return bool(known) and all(self.at_end(metric) for metric in known)

    def additive(self, metric_id: str, per: str | None = None) -> bool:
        """Whether figures of several places add up: amounts do, what is divided by another does not."""
        return self.metrics[metric_id].kind != "ratio" and per is None


def parts_of(catalog: Catalog, metric: str | None) -> tuple[str, ...]:
    """The dimensions a metric is split by; a ratio is split as its numerator is."""
    found = catalog.metrics.get(metric or "")
    if found is None:
        return ()
    return HAS_PARTS.get(found.numerator or found.metric_id, ())
