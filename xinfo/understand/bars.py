"""The numbers that figures are set against, in the figure's own unit: a bar, or both bounds of a range."""

from __future__ import annotations

from xinfo.understand.catalog import Catalog
from xinfo.understand.frame import Frame, Trouble
from xinfo.understand.naming import measured_unit
from xinfo.understand.quantities import SCALES, Quantity, times
from xinfo.understand.reading import Slots
from xinfo.understand.settled import Settled

SURELY_PERCENT = 2.0
"""From where on a bare number is percent: 'more than 1 per person' may be one of them or one percent."""


def fit_bars(frame: Frame, slots: Slots, catalog: Catalog, settled: Settled) -> Slots:
    """The bounds in the base unit; a number whose unit cannot be that of the figure stops the answer."""
    low, high = (_in_base(bar, frame, slots, catalog, settled) for bar in (frame.threshold, frame.upto))
    if low is not None and high is not None and _nothing_between(slots, low, high):
        settled.troubles.append(Trouble("nothing_between", about=_bar_words(frame)))
    return slots.but(threshold=low, upto=high)


def _nothing_between(slots: Slots, low: float, high: float) -> bool:
    return low > high or (low == high and (slots.cmp, slots.upto_cmp) != (">=", "<="))


def _in_base(bar: Quantity | None, frame: Frame, slots: Slots, catalog: Catalog, settled: Settled) -> float | None:
    if bar is None:
        return None
    unit = "yuan" if slots.field else measured_unit(slots, catalog)
    if unit == "ratio" and bar.unit is None and not bar.scaled and bar.value >= SURELY_PERCENT:
        bar = Quantity(times(bar.value, 0.01), "ratio", False, 0.01)  # 'Growth over 20': of a rate that is percent.
    fits = {
        "yuan": bar.unit == "money" or (bar.unit is None and bar.scaled),
        "count": bar.unit in (None, "count"),
        "ratio": bar.unit == "ratio" or (bar.unit is None and slots.measure in (None, "value") and 0 < bar.value < 1),
        "yuan/person": bar.unit == "money",
        "yuan/each": bar.unit == "money",
        "each": bar.unit in (None, "count"),
        "percentage_point": bar.unit == "ratio",
    }.get(unit or "", bar.unit == unit or (bar.unit is None and not _is_scaled(unit or "")))
    nothing = bar.value == 0 and (bar.unit is None or catalog.own is not None)  # In every unit the same.
    if slots.metric and not fits and not nothing:
        settled.troubles.append(Trouble("unit_of_bar", about=_bar_words(frame), options=(slots.metric,)))
    elif slots.field and not fits:
        settled.troubles.append(Trouble("no_template"))
    return times(bar.value, 100.0) if unit == "percentage_point" else bar.value


def _is_scaled(unit: str) -> bool:
    """Whether a unit of one's own counts in millions or the like, so that a bare number may be meant in either."""
    return unit.partition(" ")[0].lower() in SCALES


def _bar_words(frame: Frame) -> str:
    """The numbers as they were written."""
    said = [f"{bar.value / bar.factor:.12g}" for bar in (frame.threshold, frame.upto) if bar is not None]
    return "|".join(said)
