"""A figure in proportion to another: which may be divided by which, and what a share is one of. Reads no words."""

from __future__ import annotations

from xinfo.understand.catalog import DIMENSIONS, Catalog
from xinfo.understand.frame import Frame, Trouble
from xinfo.understand.reading import Scope, Slots
from xinfo.understand.settled import Settled


def ratio_of(catalog: Catalog, numerator: str, denominator: str) -> str | None:
    """The metric that is the one over the other, if there is one."""
    return next(
        (m.metric_id for m in catalog.metrics.values() if (m.numerator, m.denominator) == (numerator, denominator)),
        None,
    )


def is_part(catalog: Catalog, metric: str, of: str) -> bool:
    """Whether a metric is told to be part of another, or part of a part."""
    wholes = catalog.called.get(metric, {}).get("part_of", ())
    return of in wholes or any(is_part(catalog, whole, of) for whole in wholes if whole != metric)


def unit_over(catalog: Catalog, metric: str, per: str) -> str | None:
    """The unit of an amount divided by another one; None where the one is not told by the other.

    Of two of money, or per person, it is a ratio; of any other two counts so many for each, and money stays money. Of
    another office's figures any amount may be divided by any.
    """
    top, bottom = catalog.metrics.get(metric), catalog.metrics.get(per)
    if top is None or bottom is None or "ratio" in (top.kind, bottom.kind) or metric == per:
        return None
    if ratio_of(catalog, per, metric):
        return None  # Of two that have a ratio it is that way round.
    if top.unit == bottom.unit:
        counts = top.unit == "count" and per != "population" and not is_part(catalog, metric, per)
        return "each" if counts else "ratio"
    if (top.unit, bottom.unit) != ("yuan", "count"):
        return _of_others(top.unit, bottom.unit) if catalog.own else None
    return "yuan/person" if per == "population" else "yuan/each"


def _of_others(top: str, bottom: str) -> str:
    """The unit of one amount of another office over another one: so much for each of what is counted."""
    return top if bottom == "count" else f"{'' if top == 'count' else top}/{bottom}"


def relative(frame: Frame, slots: Slots, catalog: Catalog, settled: Settled) -> Slots:
    """A figure over another: only of two amounts that can be divided, and of nothing that is made of them."""
    per = str(frame.per)
    made = slots.measure != "value" or slots.against or frame.bar == "target" or not slots.metric
    if made or unit_over(catalog, slots.metric or "", per) is None:
        settled.troubles.append(Trouble("no_ratio", options=(per,)))
        return slots
    return slots.but(per=per)


def share(frame: Frame, slots: Slots, catalog: Catalog, settled: Settled) -> Slots:
    if slots.whole_of:
        return slots  # What it is a part of was said with it.
    if len(frame.places) == 1 and frame.scope and frame.over not in DIMENSIONS:
        if not catalog.additive(frame.metric or ""):
            # There is no total of rates that one of them could be a share of.
            settled.troubles.append(Trouble("share_of_what"))
        if frame.places[0] not in catalog.members(frame.scope):
            settled.troubles.append(Trouble("not_among", options=frame.places))
        return slots.but(measure="share_of_set")
    whole = frame.other or (Scope() if frame.everywhere else None)
    if frame.chosen is not None and whole is not None and not any(frame.parts().values()) and not frame.over:
        if not catalog.additive(frame.metric or ""):
            settled.troubles.append(Trouble("share_of_what"))
        return slots.but(measure="share_of_set", other=whole)
    if _of_all(frame) and catalog.additive(frame.metric or ""):
        return slots.but(measure="share_of_set", other=Scope())
    if any(len(parts) == 1 for parts in frame.parts().values()) or frame.over in DIMENSIONS:
        return slots
    settled.troubles.append(Trouble("share_of_what"))
    return slots


def _of_all(frame: Frame) -> bool:
    """'The western pilots' share of the total of all pilots': of a set, where no part of a figure is named."""
    part = any(frame.parts().values()) or frame.over or frame.order or frame.cmp
    narrower = frame.scope is not None and frame.scope != Scope() and not frame.places and frame.other is None
    return narrower and not part and (frame.everywhere or frame.has_cue("total"))
