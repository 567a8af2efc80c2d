"""Slots a template may be asked for, drawn at random: every field its needs and takes allow, as reading leaves them.

What is drawn is what a question could mean; nothing here says it in words or looks at SQL.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from xinfo.store.periods import Period
from xinfo.store.schema import CONTENT_AREAS, DIMENSIONS, LEVELS, PROJECT_STATUSES
from xinfo.understand.catalog import Catalog, parts_of
from xinfo.understand.naming import measured_unit
from xinfo.understand.proportions import ratio_of, unit_over
from xinfo.understand.reading import Scope, Slots, When
from xinfo.understand.template import Template

PARTS = {name: values[1:] for name, values in DIMENSIONS.items()}
"""Of each dimension all but `all`, which stands first."""
GROUPS = ("province", "region", "admin_type", "batch")
PROJECT_GROUPS = ("content_area", "level", "project_status")
REGIONS = ("east", "central", "west", "northeast")
KINDS = ("municipality", "prefecture-level city", "county-level city", "county", "district", "autonomous prefecture")
OF_TARGETS = frozenset(["pace", "required", "implied", "no_target"])
"""Signs of templates that speak of targets only: they have no other measure."""
QUARTERS = ((1, 3), (4, 6), (7, 9), (10, 12))
SPANS = ((1, 12), *QUARTERS, (1, 6), (7, 12), (1, 9), (4, 9), (4, 12), (1, 5), (6, 8), (3, 3), (2, 2), (12, 12))


@st.composite
def slots_of(draw: st.DrawFn, template: Template, catalog: Catalog) -> Slots:
    """Slots that this template answers, of places and metrics of the catalog."""
    return _Drawing(draw, template, catalog).slots()


@st.composite
def nested(draw: st.DrawFn, over: str | None, bar: bool) -> Slots:
    """A figure of members that another figure chooses: of the set that is asked about, or of all, some of which."""
    first, second = draw(st.permutations(["gdp", "info_consumption", "ecommerce_sales", "population"]))[:2]
    years = [When.of(Period(year)) for year in (2013, 2014, 2015)]
    measure = draw(st.sampled_from(["value", "growth"]))
    inner = Slots(metric=second, measure=measure, periods=(draw(st.sampled_from(years)),))
    if draw(st.booleans()):
        inner = inner.but(order=draw(st.sampled_from(["desc", "asc"])), n=draw(st.sampled_from([1, 3, 10])))
    else:
        inner = inner.but(cmp=draw(st.sampled_from([">", "<"])), threshold=0.1 if measure == "growth" else 5e6)
    conditions = [{"region": "east"}, {"province": "Hubei"}, {"admin_type": "county"}, {"batch": "1"}]
    scope = Scope(**draw(st.sampled_from(conditions)))
    scope, own = draw(st.sampled_from([(Scope(), None), (scope, None), (scope, Scope())]))
    slots = Slots(metric=first, periods=(draw(st.sampled_from(years)),), scope=scope, over=over)
    return slots.but(chosen=inner.but(scope=own), **({"cmp": ">", "threshold": 1e6} if bar else {}))


@dataclass
class _Drawing:
    draw: st.DrawFn
    template: Template
    catalog: Catalog

    def slots(self) -> Slots:
        needs = self.template.needs
        if "fact" in needs:
            return Slots(fact=self.one(sorted(self.catalog.facts)))
        slots = Slots()
        if "metric" in needs:
            slots = self.related(self.measured(slots))
        if "projects" in needs:
            slots = self.projects(slots)
        slots = self.where(slots)
        if needs & {"period", "periods", "grain", "required"}:
            slots = self.when(slots)
        if "over_place" in needs:
            slots = slots.but(over="place")
        if "over_group" in needs:
            slots = slots.but(over=self.one(GROUPS))
        if "over_two" in needs:
            over, by = self.draw(st.permutations(GROUPS))[:2]
            slots = slots.but(over=over, by=by)
        if "by_project" in needs:
            # One place by place is nothing: 'projects of Qinghai by place' are those of its pilots.
            slots = slots.but(over=self.one(PROJECT_GROUPS if len(slots.places) == 1 else (*PROJECT_GROUPS, "place")))
        if "order" in needs:
            slots = slots.but(order=self.one(("desc", "asc")))
            slots = slots.but(n=1 if "grain" in needs else self.number())
        if "near" in needs:
            slots = slots.but(n=self.number())
        if needs & {"threshold", "than"}:
            slots = self.compared(slots)
        if "quantifier" in needs and needs & {"average", "median", "total"}:
            slots = self.compared(slots).but(quantifier="is")
        elif "quantifier" in needs and "two_scopes" in needs:
            slots = slots.but(quantifier="is", cmp=self.one((">", ">=", "<", "<=")))
        if "bounds" in needs:
            slots = self.bounded(slots)
        return slots

    def one(self, options: Any) -> Any:
        return self.draw(st.sampled_from(list(options)))

    def chance(self) -> bool:
        return self.draw(st.booleans())

    def number(self) -> int:
        return self.draw(st.one_of(st.just(1), st.integers(1, 100)))

    def measured(self, slots: Slots) -> Slots:
        needs, takes = self.template.needs, self.template.takes
        by_part = bool(needs & {"over_part", "parts"})
        metrics = [m for m in self.catalog.metrics.values() if not m.growth_of]
        if "share_of_set" in self.template.measures:
            metrics = [m for m in metrics if self.catalog.additive(m.metric_id)]
        if "excess" in needs:  # Of a rate it would be left open whether percent or points are meant.
            metrics = [m for m in metrics if m.unit not in ("ratio", "percentage_point")]
        divided = [m for m in metrics if parts_of(self.catalog, m.metric_id)]
        metric = self.one(divided if by_part else [*metrics, *divided * 6]).metric_id
        measures = list(self.template.measures) or ["target" if needs & OF_TARGETS else "value"]
        if self.catalog.metrics[metric].moves_by_points:
            measures = [one for one in measures if one != "rise"]
        slots = slots.but(metric=metric, measure=self.one(measures))
        if "two_metrics" in needs:
            return slots.but(against=self.one([m.metric_id for m in metrics if m.metric_id != metric]))
        split = ("part" in takes or by_part) and slots.measure not in ("target", "gap", "attainment")
        dimensions = parts_of(self.catalog, metric) if split else ()
        over = self.one(dimensions) if by_part else None
        for dimension in dimensions:
            if dimension != over and self.chance():
                slots = slots.but(**{dimension: (self.one(PARTS[dimension]),)})
        if over:
            least = 2 if "parts" in needs else self.draw(st.integers(0, 2))
            several = tuple(self.draw(st.permutations(PARTS[over]))[:least])
            # All parts of a breakdown are the breakdown.
            several = () if len(several) == len(PARTS[over]) and "parts" not in needs else several
            slots = slots.but(over=over, **{over: several})
        if slots.measure == "share" and not over and not (slots.consumer or slots.offering or slots.sector):
            if not dimensions:
                return slots.but(measure="value")
            dimension = self.one(dimensions)
            slots = slots.but(**{dimension: (self.one(PARTS[dimension]),)})
        return slots

    def related(self, slots: Slots) -> Slots:
        """The figure over a second one, of which no ratio is held by itself."""
        relates = (
            slots.measure == "value"
            and self.template.measures
            and self.template.needs.isdisjoint({"two_metrics", "excess"})
        )
        metric = str(slots.metric)
        under = [
            per
            for per in sorted(self.catalog.metrics)
            if relates and unit_over(self.catalog, metric, per) and not ratio_of(self.catalog, metric, per)
        ]
        return slots.but(per=self.one(under)) if under and self.draw(st.integers(0, 3)) == 0 else slots

    def projects(self, slots: Slots) -> Slots:
        if "project" in self.template.takes:
            for name, values in (
                ("content_area", CONTENT_AREAS),
                ("level", LEVELS),
                ("project_status", (*PROJECT_STATUSES, "unfinished", "not_delayed")),
            ):
                if self.chance():
                    slots = slots.but(**{name: self.one(values)})
        if "dated" in self.template.takes and self.chance():
            slots = slots.but(dated=self.one(("start", "due")), periods=(self.moment(at_end=False),))
        return slots.but(field=self.one(("budget", "spent", "left"))) if "field" in self.template.needs else slots

    def where(self, slots: Slots) -> Slots:
        needs, takes = self.template.needs, self.template.takes
        if "two_scopes" in needs:
            first = replace(self.scope(), capital=None)
            name = self.one(("province", "region", "admin_type"))
            a, b = self.draw(st.permutations(self.values()[name]))[:2]
            sides: list[dict[str, Any]] = [{name: a}, {name: b}]
            # A set's share is one in all pilots.
            other = Scope() if slots.measure == "share_of_set" else replace(first, **sides[1])
            return slots.but(scope=replace(first, **sides[0]), other=other)
        several = "places" in takes and "place" not in needs and "over_place" not in needs
        if "position" in needs or slots.measure == "share_of_set":
            scope = self.scope()
            ranked = self.catalog.members(scope) or self.catalog.pilots()
            return slots.but(places=(self.one(ranked),), scope=scope if self.catalog.members(scope) else Scope())
        if "place" in needs or "places" in needs:
            slots = slots.but(places=self.places(2 if "places" in needs else 1, "places" in takes | needs))
            if "is_pilot" in needs:
                said: dict[str, Any] = {name: self.one(values) for name, values in self.values().items()}
                name = self.one(("batch", "region", "admin_type", "capital"))
                slots = slots.but(scope=Scope(**{name: said[name]}) if "scope" in needs else None)
            elif "near" in needs or "scope" in needs:
                slots = slots.but(scope=self.scope())
        elif "place" in takes and self.chance():
            slots = slots.but(places=self.places(1, "places" in takes))
        elif several and "scope" not in needs and "projects" not in needs and self.chance():
            slots = slots.but(places=self.places(2, True))
        elif needs & {"scope", "projects"} or "scope" in takes:
            slots = slots.but(scope=self.scope())
        return slots

    def places(self, least: int, several: bool) -> tuple[str, ...]:
        most = least if not several or self.template.is_sided else max(least, 4)
        return tuple(
            self.draw(
                st.lists(st.sampled_from(sorted(self.catalog.places)), min_size=least, max_size=most, unique=True)
            )
        )

    def values(self) -> dict[str, list[str]]:
        provinces = sorted({p.province_en for p in self.catalog.places.values() if p.batch})
        return {
            "province": provinces,
            "region": list(REGIONS),
            "admin_type": list(KINDS),
            "batch": ["1", "2"],
            "capital": ["province"],
        }

    def scope(self) -> Scope:
        said: dict[str, Any] = {
            name: self.one(values) for name, values in self.values().items() if self.draw(st.integers(0, 2)) == 0
        }
        if "capital" in said:
            said.pop("admin_type", None)
        without: list[str] = []
        if self.draw(st.integers(0, 3)) == 0:
            without = self.draw(st.lists(st.sampled_from(self.left_out()), min_size=1, max_size=3, unique=True))
            # A place goes with the province that is left out.
            places = self.catalog.places
            without = [one for one in without if one not in places or places[one].province_en not in without]
        return Scope(**said, without=tuple(without))

    def left_out(self) -> list[str]:
        """What a set may be without; a municipality is left out as the place that it is."""
        named = {place.name_en for place in self.catalog.places.values() if place.admin_type == "municipality"}
        provinces = [name for name in self.values()["province"] if name not in named]
        return [*self.catalog.pilots(), *provinces, *REGIONS, *KINDS, "capital:province"]

    def when(self, slots: Slots) -> Slots:
        needs, takes = self.template.needs, self.template.takes
        if "required" in needs:
            later, earlier = sorted(
                self.draw(st.lists(st.integers(2011, 2016), min_size=2, max_size=2, unique=True)), reverse=True
            )
            whole = (When.of(Period(later)), When.of(Period(earlier)))
            return slots.but(periods=whole if self.chance() else whole[:1])
        if "grain" in needs:
            grain = self.one(("quarter", "year"))
            # A course by the year runs over several of them.
            several = grain == "year" or self.chance()
            return slots.but(grain=grain, periods=(self.stretch() if several else When.of(self.period()),))
        at_end = self.catalog.all_at_end(slots.metric, slots.against, slots.per) and slots.measure != "target"
        if "periods" in needs:
            most = 2 if self.template.is_sided else 3
            periods = self.draw(
                st.lists(
                    st.builds(lambda _: self.moment(at_end), st.none()),
                    min_size=2,
                    max_size=most,
                    unique_by=lambda w: w.id,
                )
            )
            # The later one first: a difference is told as what has changed since.
            ordered = sorted(periods, key=lambda w: (-w.end.year, -w.end.last)) if "difference" in needs else periods
            return slots.but(periods=tuple(ordered))
        if slots.measure == "rise":
            later = self.moment(at_end).end
            earlier = Period(later.year - self.one((1, 2)), later.first, later.last)
            return slots.but(ends=True, periods=(When.of(later), When.of(earlier)))
        if (
            "span" in takes
            and not at_end
            and slots.measure != "growth"
            and not self.template.is_sided
            and self.draw(st.integers(0, 2)) == 0
        ):
            return slots.but(periods=(self.stretch(),))
        return slots.but(periods=(self.moment(at_end),))

    def period(self) -> Period:
        return Period(self.draw(st.integers(2011, 2016)), *self.one(SPANS))

    def moment(self, at_end: bool) -> When:
        """One period; of a stock the year, a quarter or a month that ends no quarter."""
        if not at_end:
            return When.of(self.period())
        return When.of(Period(self.draw(st.integers(2011, 2016)), *self.one(((1, 12), *QUARTERS, (2, 2), (11, 11)))))

    def stretch(self) -> When:
        """A stretch over a year's end."""
        start, end = self.period(), self.period()
        years = sorted(self.draw(st.lists(st.integers(2011, 2016), min_size=2, max_size=2, unique=True)))
        return When(replace(start, year=years[0]), replace(end, year=years[1]))

    def compared(self, slots: Slots) -> Slots:
        slots = slots.but(cmp=self.one((">", ">=", "<", "<=")))
        if "than" in self.template.needs:
            return slots.but(than=self.one([p for p in sorted(self.catalog.places) if p not in slots.places]))
        return slots.but(threshold=self.bar(measured_unit(slots, self.catalog) or ""))

    def bounded(self, slots: Slots) -> Slots:
        """A lower and an upper bound with something between them."""
        bars = [self.compared(slots).threshold or 0.0 for _ in range(2)]
        low, high = min(bars), max(bars)
        return slots.but(
            cmp=self.one((">", ">=")),
            threshold=low,
            upto_cmp=self.one(("<", "<=")),
            upto=high if high > low else low + 1,
        )

    def bar(self, unit: str) -> float:
        """A number in the base unit, round or awkward."""
        if unit == "ratio":
            return round(
                self.draw(
                    st.one_of(
                        st.sampled_from((0.0, 0.001, 0.2, 1.0, 0.125)), st.integers(0, 300_000).map(lambda n: n / 1e5)
                    )
                ),
                6,
            )
        if unit == "count":
            return float(
                self.draw(st.one_of(st.sampled_from((2014, 50, 12_500_000, 100_000_000)), st.integers(0, 10**9)))
            )
        awkward = st.integers(0, 10**15).map(lambda n: n / 100)
        return float(self.draw(st.one_of(st.sampled_from((1_234_567.89, 12.5e9, 3e10, 2015, 20_000)), awkward)))


def rates_over_years(slots: Slots, catalog: Catalog) -> bool:
    """Whether a rate that is published as such is asked for over several years, which have none together."""
    metric = catalog.metrics.get(slots.metric or "")
    rate = metric is not None and metric.kind == "ratio" and metric.numerator is None and metric.growth_of is None
    stretched = any(when.start.year != when.end.year for when in slots.periods)
    return (rate and stretched) or any(rates_over_years(one, catalog) for one in (slots.chosen, slots.also) if one)
