"""What a question's answer must be, worked out from published figures in plain Python, without any SQL.

Follows contract.md's 'How figures combine' by itself. An answer is a list of (what a row is about, value) pairs in
order; no answer at all is None.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import fmean, median

from composed.panel import PARTS, SPOTS, Panel, Spot
from xinfo.store.periods import Period
from xinfo.understand.reading import Scope, Slots

Row = tuple[str | None, float]
RATIOS = {
    "info_consumption_share_of_gdp": ("info_consumption", "gdp"),
    "info_consumption_per_capita": ("info_consumption", "population"),
}
STOCKS = ("population",)
COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
}  # fmt: skip
PLACES = {spot.id: spot for spot in SPOTS}


@dataclass(frozen=True)
class Amounts:
    """What a measure is made of; `stated` is a published rate."""

    top: float | None
    bottom: float | None = None
    base_top: float | None = None
    base_bottom: float | None = None
    stated: float | None = None


class Evaluator:
    def __init__(self, panel: Panel):
        self.panel = panel

    def amount(self, metric: str, place: str, period: Period, part: str) -> tuple[float, float | None] | None:
        """A figure as what it is divided by what."""
        if metric in RATIOS:
            top, bottom = RATIOS[metric]
            above, below = self.amount(top, place, period, part), self.amount(bottom, place, period, "all")
            return (above[0], below[0]) if above and below else None
        quarters = range((period.first + 2) // 3, period.last // 3 + 1)
        if metric in STOCKS:
            quarters = quarters[-1:]
        found = [self.quarter(metric, place, period.year, quarter, part) for quarter in quarters]
        return None if None in found else (sum(one for one in found if one is not None), None)

    def quarter(self, metric: str, place: str, year: int, quarter: int, part: str) -> float | None:
        own = self.panel.figures.get((metric, place, year, quarter, part))
        if own is not None or not part.startswith("all"):
            return own
        each = [self.panel.figures.get((metric, place, year, quarter, part.replace("all", one))) for one in PARTS]
        return None if None in each else sum(one for one in each if one is not None)

    def amounts(self, q: Slots, place: str, period: Period, part: str | None = None) -> Amounts | None:
        """What the question's measure takes of a place and period."""
        metric, part = q.metric or "", part or ":".join((q.consumer or ("all",))[:1] + q.offering[:1])
        target = self.panel.targets.get((metric, place, period.year)) if period.kind == "year" else None
        if q.measure == "target":
            return None if target is None else Amounts(target)
        own = self.amount(metric, place, period, part)
        if q.per:
            under = self.amount(q.per, place, period, "all")
            return Amounts(own[0], under[0]) if own and under else None
        if q.measure == "value":
            return Amounts(*own) if own else None
        if q.measure in ("attainment", "gap"):
            return Amounts(own[0], own[1], target) if own and target is not None else None
        if q.measure == "share":
            consumer, _, offering = part.partition(":")
            of = {"consumer": consumer, "offering": f"all:{offering}"}.get(q.whole_of or "", "all")
            whole = self.amount(metric, place, period, of)
            return Amounts(*own, *whole) if own and whole else None
        before = q.periods[1].start if q.ends else period.years_on(-1)
        base, stated = self.amount(metric, place, before, part), None
        if q.measure == "growth" and before == period.years_on(-1) and period.kind == "year" and part == "all":
            stated = self.panel.rates.get((metric, place, period.year))
        if own and base:
            return Amounts(*own, *base, stated)
        return Amounts(None, stated=stated) if stated is not None else None

    def made(self, q: Slots, found: Amounts, pooled: bool = False) -> float:
        if found.stated is not None and not pooled:
            return found.stated
        assert found.top is not None
        value = found.top / found.bottom if found.bottom else found.top
        if found.base_top is None:
            return value
        base = found.base_top / found.base_bottom if found.base_bottom else found.base_top
        if q.measure in ("gap", "rise"):
            return base - value if q.measure == "gap" else value - base
        if q.measure != "growth":
            return value / base
        years = q.periods[0].end.year - q.periods[1].end.year if q.per_year else 1
        return float((value / base) ** (1 / years) - 1) if years > 1 else value / base - 1

    def value(self, q: Slots, place: str, period: Period | None = None, part: str | None = None) -> float | None:
        found = self.amounts(q, place, period or q.periods[0].start, part)
        return None if found is None else self.made(q, found)

    def pooled(self, q: Slots, places: Iterable[str], period: Period | None = None) -> float | None:
        """All together; a place inside another that counts is part of it already."""
        found = {place: self.amounts(q, place, period or q.periods[0].start) for place in places}
        there = {place: one for place, one in found.items() if one and one.top is not None}
        kept = [one for place, one in there.items() if PLACES[place].inside not in there]
        if not kept:
            return None
        columns = [[getattr(one, name) for one in kept] for name in ("top", "bottom", "base_top", "base_bottom")]
        return self.made(q, Amounts(*(None if None in column else sum(column) for column in columns)), pooled=True)

    def members(self, q: Slots) -> list[str]:
        """The places asked about, cut down to those that an inner question gives."""
        described = [] if q.scope is None else [s.id for s in SPOTS if s.batch and fits(s, q.scope)]
        asked = list(q.places if q.scope is None else q.scope.named) or described
        inner = q.choosing
        return asked if inner is None else [place for place in asked if place in self.picked(inner)]

    def figures(self, q: Slots, places: Iterable[str]) -> dict[str, float]:
        found = {place: self.value(q, place) for place in places}
        return {place: value for place, value in found.items() if value is not None}

    def ordered(self, q: Slots, found: dict[str, float]) -> list[str]:
        sign = -1 if q.order == "desc" else 1
        return sorted(found, key=lambda place: (sign * found[place], place))

    def picked(self, q: Slots) -> list[str]:
        """The places that a ranking or a comparison gives."""
        if not q.order:
            return [place for place, passes in self.judged(q).items() if passes]
        ranked = self.ordered(q, self.figures(q, self.members(q)))
        picked = ranked[q.nth - 1 : q.nth] if q.nth else ranked[: q.n]
        return [place for place in ranked if place not in picked] if q.rest else picked

    def judged(self, q: Slots) -> dict[str, bool]:
        """Whether each place with a figure and a bar passes."""
        members = self.members(q)
        found = self.figures(q, [*members, *(q.places if q.quantifier == "is" else ())])
        bars = self.bars(q, found, members)
        factor = q.factor if q.factor is not None else 1.0
        judged = {p: COMPARE[q.cmp or ">"](found[p], bars[p] * factor) for p in found if bars.get(p) is not None}
        if q.upto is not None:
            judged = {p: passes and COMPARE[q.upto_cmp or "<"](found[p], q.upto) for p, passes in judged.items()}
        return judged

    def bars(self, q: Slots, found: dict[str, float], members: list[str]) -> dict[str, float | None]:
        inside = [value for place, value in found.items() if place in members]
        if q.bar in ("mean", "median"):
            if q.bar_of is not None:
                inside = list(self.figures(q, self.members(Slots(scope=q.bar_of))).values())
            middle = (fmean if q.bar == "mean" else median)(inside) if inside else None
            return dict.fromkeys(found, middle)
        if q.bar == "target":
            return {place: self.value(q.but(measure="target", bar=None), place) for place in found}
        if q.bar == "before":
            return {place: self.value(q, place, q.periods[1].start) for place in found}
        if q.than:
            return {place: self.value(q, q.than) for place in found if place != q.than and place in members}
        return dict.fromkeys(found, q.threshold)


def fits(spot: Spot, scope: Scope) -> bool:
    return (
        scope.province in (None, spot.province)
        and scope.region in (None, spot.region)
        and scope.admin_type in (None, spot.kind)
        and scope.batch in (None, spot.batch)
        and spot.id not in scope.without
    )
