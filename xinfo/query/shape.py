"""The shape of a question: what of its coordinates its SQL hangs on. Questions of one shape differ in values alone.

Holds no SQL; `steps` composes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xinfo.query.bind import asked_periods, bar_slots, is_year_on_year
from xinfo.understand.reading import Slots

if TYPE_CHECKING:
    from xinfo.understand.template import Template

BARS = {"mean": "set", "median": "set", "target": "own", "before": "own"}
"""By which step a figure is held against each kind of bar; against a place or a number by those."""


@dataclass(frozen=True)
class Shape:
    measure: str = ""
    """A file of queries/measures; empty for a statement that stands alone."""
    one_period: bool = False
    cmp: str = ""
    upto_cmp: str = ""
    """Empty where there is one bar only."""
    bar: str = ""
    """number, place, set, own or order; empty where nothing is compared."""
    middle: str = ""
    """mean or median of a set."""
    times: bool = False
    """Whether the bar is multiplied."""
    held_against: Shape | None = None
    """The shape of the figures that a place's own bar is."""
    chosen: Shape | None = None
    """That of the question that chooses the places."""
    by_order: bool = False
    """Whether that question is a ranking."""
    own_set: bool = False
    """Whether it has a set of its own."""
    named: bool = False
    """Whether a place beside the set takes part: the one that others are compared with, or whose share it is."""


def shape_of(template: Template, slots: Slots) -> Shape:
    """The shape of a template's question."""
    return _shape(slots) if template.measures else Shape()


def measure_of(slots: Slots) -> str:
    """The file of queries/measures that makes the figures."""
    if slots.measure != "growth" or not slots.ends or is_year_on_year(slots):
        return slots.measure
    return "per_year" if slots.per_year else "ends"


def _shape(slots: Slots) -> Shape:
    inner = slots.choosing
    return Shape(
        measure=measure_of(slots),
        one_period=len(asked_periods(slots)) == 1,
        cmp=slots.cmp or "",
        upto_cmp=slots.upto_cmp or "",
        bar=_bar(slots),
        middle=slots.bar if slots.bar in ("mean", "median") else "",
        times=slots.factor is not None,
        held_against=_shape(own) if (own := bar_slots(slots)) else None,
        chosen=_shape(inner) if inner else None,
        by_order=bool(inner and inner.order),
        own_set=inner is not None and inner.set_of_places != slots.set_of_places,
        named=bool(slots.than or (slots.places and slots.scope is not None)),
    )


def _bar(slots: Slots) -> str:
    if slots.cmp is None:
        return "order" if slots.quantifier and slots.order else ""
    return BARS.get(slots.bar or "", "place" if slots.than else "number")
