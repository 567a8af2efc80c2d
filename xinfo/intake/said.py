"""`Said`: what the texts of a header or label say together, settled into ids. Reads no text itself: see `words`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from xinfo.intake.times import Time
from xinfo.intake.units import Measured
from xinfo.query.catalog import growth_metric
from xinfo.understand.catalog import DIMENSIONS, HAS_PARTS, Catalog

DIMENSIONS_OF: Mapping[str, tuple[str, ...]] = HAS_PARTS
LEFT = ("chain", "share", "attainment", "rank", "before", "growth")
"""What a column can be instead of its metric; the first that is said is why it is left out."""


@dataclass(frozen=True)
class Heard:
    """One thing that a phrase says."""

    kind: str
    value: Any


@dataclass(frozen=True)
class Said:
    """Everything that texts say. An axis that they do not speak of is None or empty."""

    role: str | None = None
    place: str | None = None
    places: tuple[str, ...] = ()
    """Several places that a name leaves open."""
    metric: str | None = None
    metrics: tuple[str, ...] = ()
    """Several metrics that the words leave open."""
    parts: Mapping[str, str] = field(default_factory=dict)
    time: Time | None = None
    units: tuple[Measured, ...] = ()
    flags: frozenset[str] = frozenset()
    left: str | None = None
    """Why the column is not its metric's figure: growth, share, rank, …"""
    rest: tuple[str, ...] = ()
    """Words that mean nothing known."""

    @property
    def status(self) -> str | None:
        """preliminary or estimated, where it is said."""
        return next((flag for flag in ("preliminary", "estimated") if flag in self.flags), None)

    @classmethod
    def settle(cls, heard: Sequence[Heard], catalog: Catalog, about: str | None) -> Said:
        """What the words say together. `about` settles words that leave the metric open."""
        flags = frozenset(str(h.value) for h in heard if h.kind == "flag")
        parts = {h.kind: str(h.value) for h in heard if h.kind in DIMENSIONS}
        rest = [str(h.value) for h in heard if h.kind == "rest"]
        places = _places(heard, catalog)
        left = next((flag for flag in LEFT if flag in flags), None)
        metric, metrics = _metric(heard, catalog, about, parts)
        per = next((h.value for h in heard if h.kind == "per"), None)
        if per and (ratio := _ratio(catalog, metric or about, per)):
            metric, left = ratio, None if left == "share" else left
        elif per:
            left = left or "share"
        if metric and left == "growth" and "chain" not in flags:
            grown = growth_of(catalog, metric)
            metric, left = (grown, None) if grown else (metric, left)
        if metric and catalog.metrics[metric].moves_by_points and left == "share":
            left = None
        base = catalog.metrics[metric].growth_of or metric if metric else None
        if base and (odd := [name for name in parts if name not in DIMENSIONS_OF.get(base, ())]):
            rest += [parts.pop(name) for name in odd]
        several = next((tuple(h.value) for h in heard if h.kind == "places"), ())
        return cls(
            role=next((h.value for h in heard if h.kind == "role"), None),
            place=places[0] if len(places) == 1 and not several else None,
            places=several or (tuple(places) if len(places) > 1 else ()),
            metric=metric,
            metrics=metrics,
            parts=parts,
            time=_time([h.value for h in heard if h.kind == "time"]),
            units=next((h.value for h in reversed(heard) if h.kind == "units"), ()),
            flags=flags,
            left=left,
            rest=tuple(rest),
        )


def _places(heard: Sequence[Heard], catalog: Catalog) -> list[str]:
    """The places named, without a province that only says where the next one lies: 青海省西宁市."""
    found = []
    for one, following in pairwise([*heard, Heard("", None)]):
        place = catalog.places.get(one.value) if one.kind == "place" else None
        inner = catalog.places.get(following.value) if following.kind == "place" else None
        if place and not (inner and inner is not place and inner.adcode[:2] + "0000" == place.adcode):
            found.append(place.place_id)
    return list(dict.fromkeys(found))


def _metric(
    heard: Sequence[Heard], catalog: Catalog, about: str | None, parts: Mapping[str, str]
) -> tuple[str | None, tuple[str, ...]]:
    """The metric, or those that are left open."""
    named = [m for m in dict.fromkeys(h.value for h in heard if h.kind == "metric") if m in catalog.metrics]
    if len(named) == 1:
        return named[0], ()
    if len(named) == 2 and (ratio := _ratio(catalog, *named)) and any(h.value == "share" for h in heard):
        return ratio, ()
    if named:
        return None, tuple(named)
    open_ = [[m for m in h.value if m in catalog.metrics] for h in heard if h.kind == "ambiguous"]
    if not open_:
        return None, ()
    common = [m for m in open_[0] if all(m in other for other in open_[1:])] or open_[0]
    if about in common:
        return about, ()
    if parts and about is None:
        common = [m for m in common if set(parts) <= set(DIMENSIONS_OF.get(m, ()))] or common
    return None, tuple(common)


def _ratio(catalog: Catalog, numerator: str | None, denominator: str) -> str | None:
    """The metric that is one divided by the other, or the other way round."""
    for metric in catalog.metrics.values():
        if {metric.numerator, metric.denominator} == {numerator, denominator}:
            return metric.metric_id
    return None


def growth_of(catalog: Catalog, metric: str) -> str | None:
    """The metric that is the published growth of `metric`; a growth rate is its own."""
    if catalog.metrics[metric].growth_of:
        return metric
    return growth_metric(catalog, metric)


def _time(times: Sequence[Time]) -> Time | None:
    """One time of several levels: the year of one and the part of another; None where they differ."""
    years = {time.year for time in times if time.year is not None}
    parts = {time.part for time in times if time.part is not None}
    if not times or len(years) > 1 or len(parts) > 1:
        return None
    return Time(next(iter(years), None), next(iter(parts), None))
