"""The shape of a question: what of its coordinates its SQL hangs on. Questions of one shape differ in values alone.

Holds no SQL; `steps` composes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xinfo.query.bind import asked_periods, bar_slots, is_year_on_year
from xinfo.understand.catalog import DIMENSIONS, Catalog
from xinfo.understand.frame import GROUPS
from xinfo.understand.reading import Slots

if TYPE_CHECKING:
    from xinfo.understand.template import Template

BARS = {"mean": "set", "median": "set", "target": "own", "before": "own"}
"""By which step a figure is held against each kind of bar; against a place or a number by those."""
OF_TARGETS = frozenset(["target", "attainment", "gap"])
BETWEEN = frozenset(["ends", "per_year", "rise"])
"""Measures of a change between two periods that are both said."""


@dataclass(frozen=True)
class Shape:
    measure: str = ""
    """A file of queries/measures; empty for a statement that stands alone."""
    combine: str = ""
    """each, or sum, mean, median or count of places; empty where the template's SQL does that itself."""
    contrast: str = ""
    """The column by which a difference or share has two sides: place_id, period_id, a part's or that of two sets."""
    one_period: bool = False
    one_place: bool = False
    divided: bool = False
    """Whether the metric is a ratio, of two amounts."""
    groups: tuple[str, ...] = ()
    """By which groups of places there are rows: province, region, …"""
    by_period: bool = False
    parts: tuple[str, ...] = ()
    """Dimensions by whose parts there are rows."""
    asked: tuple[str, ...] = ()
    """Dimensions of which parts are asked for, one or several."""
    order: str = ""
    cmp: str = ""
    upto_cmp: str = ""
    """Empty where there is one bar only."""
    bar: str = ""
    """number, place, set, own or order; empty where nothing is compared."""
    middle: str = ""
    """mean or median of a set."""
    bar_apart: bool = False
    """Whether that is another set than the one that is asked about."""
    times: bool = False
    """Whether the bar is multiplied."""
    held_against: Shape | None = None
    """The shape of the figures that a place's own bar is."""
    chosen: Shape | None = None
    """That of the question that chooses the places."""
    own_set: bool = False
    """Whether that question has a set of its own."""
    named: bool = False
    """Whether a place beside the set takes part: the one that others are compared with, or whose share it is."""

    @property
    def pooled(self) -> bool:
        """Whether a row is of several places together."""
        return self.combine not in ("", "each")

    @property
    def labels(self) -> tuple[str, ...]:
        """The columns with what the groups of a row are."""
        return ("label", "second_label")[: len(self.groups)] or (("label",) if self.contrast == "label" else ())

    @property
    def each(self) -> tuple[str, ...]:
        """The columns that tell rows apart beside place and group."""
        return (*(("period_id",) if self.by_period else ()), *self.parts)


def shape_of(template: Template, slots: Slots, catalog: Catalog) -> Shape:
    """The shape of a template's question."""
    return _shape(slots, catalog, template.combine, _contrast(template, slots)) if template.measures else Shape()


def measure_of(slots: Slots) -> str:
    """The file of queries/measures that makes the figures."""
    if slots.per:
        return "relative"
    if slots.measure == "share" and slots.whole_of:
        return "share_of_part"
    if slots.measure != "growth" or not slots.ends or is_year_on_year(slots):
        return slots.measure
    return "per_year" if slots.per_year else "ends"


def _shape(slots: Slots, catalog: Catalog, combine: str = "each", contrast: str = "") -> Shape:
    inner, own = slots.choosing, bar_slots(slots)
    metric = catalog.metrics.get(slots.metric or "")
    asked = tuple(name for name in DIMENSIONS if getattr(slots, name) or slots.over == name)
    several = tuple(name for name in asked if len(getattr(slots, name)) != 1)
    return Shape(
        measure=measure_of(slots),
        combine=combine,
        contrast=contrast,
        one_period=len(asked_periods(slots)) == 1,
        one_place=len(slots.places) == 1 and slots.scope is None,
        divided=bool(slots.per or not metric or metric.kind == "ratio"),
        groups=tuple(group for group in (slots.over, slots.by) if group in GROUPS),
        by_period=bool(combine) and (slots.grain is not None or len(slots.main_periods) > 1),
        parts=several if combine else DIMENSIONS,
        asked=asked if combine else DIMENSIONS,
        order=slots.order or "desc",
        cmp=slots.cmp or "",
        upto_cmp=slots.upto_cmp or "",
        bar=_bar(slots),
        middle=slots.bar if slots.bar in ("mean", "median") else "",
        bar_apart=slots.bar_of is not None,
        times=slots.factor is not None,
        held_against=_shape(own, catalog) if own else None,
        chosen=_shape(inner, catalog) if inner else None,
        own_set=inner is not None and inner.set_of_places != slots.set_of_places,
        named=bool(slots.than or (slots.places and slots.scope is not None)),
    )


def _bar(slots: Slots) -> str:
    if slots.cmp is None:
        return "order" if slots.order and not slots.grain else ""
    return BARS.get(slots.bar or "", "place" if slots.than else "number")


def _contrast(template: Template, slots: Slots) -> str:
    needs = template.needs
    if "two_scopes" in needs:
        return "label"
    if not template.is_sided:
        return ""
    if "parts" in needs:
        return slots.over or ""
    return "period_id" if "periods" in needs else "place_id"
