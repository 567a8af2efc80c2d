"""A frame to slots and signs: parts that exist, sets, numbers in units that fit. Chooses no template."""

from __future__ import annotations

from dataclasses import replace

from xinfo.understand.bars import fit_bars
from xinfo.understand.catalog import Catalog, parts_of
from xinfo.understand.forms import of_another_batch, one_form
from xinfo.understand.frame import GOALS, GROUPS, SIDED, Frame, Trouble
from xinfo.understand.inside import among_inner, inside, of_sole_place, of_the_country
from xinfo.understand.periods import fit_periods
from xinfo.understand.proportions import relative, share
from xinfo.understand.ranges import asks_how_much
from xinfo.understand.reading import FIGURE, Scope, Slots
from xinfo.understand.settled import Settled, signs_in, signs_of

OF_A_METRIC = frozenset(["national_targets_2015", "three_parts", "direct_and_indirect", "terminal_fields"])
"""Facts that are about a metric: it is named with them."""
LYING = ("average", "median", "distribution", "quartiles", "correlation", "extremes", "no_target")
"""What is asked of all pilots where no places are named."""
OPERATIONS = ("average", "median", "total", "position")
"""What may be asked of a figure besides what else is asked of it."""
MIDDLES = ("mean", "median")
"""Bars that are figures of a whole set."""
NEAREST = 5
"""Places shown as near where no number was said."""


def settle(frame: Frame, catalog: Catalog) -> Settled:
    """Slots and signs of a frame, with its troubles and new ones."""
    frame, sole = of_sole_place(_counted(of_the_country(among_inner(frame, catalog), catalog), catalog), catalog)
    frame, assumed = inside(frame, catalog)
    settled = Settled(Slots(), assumed=[*sole, *assumed], troubles=list(frame.troubles))
    settled.cues = [signs_of(cue) for cue in frame.cues]
    slots = Slots(
        measure=frame.measure or "value", metric=frame.metric, consumer=frame.consumer, offering=frame.offering,
        sector=frame.sector, whole_of=frame.whole_of, places=frame.places, scope=frame.scope,
        other=frame.other, over=frame.over,
        order=frame.order, n=frame.n, cmp=frame.cmp, upto_cmp=frame.upto_cmp, by=frame.by, against=frame.against,
        content_area=frame.content_area, level=frame.level,
        project_status=frame.project_status, dated=frame.dated, field=frame.field, bar_of=frame.bar_of,
        fact=frame.fact, grain=frame.grain,
        than=frame.than[0] if len(frame.than) == 1 else None, nth=frame.nth, bar=frame.bar, factor=frame.factor,
        rest=frame.rest, quantifier=frame.quantifier, ends=frame.ends, per_year=frame.per_year,
    )  # fmt: skip
    summed = any("total" in cue and "filler" not in cue for cue in frame.cues) and frame.scope is not None
    if slots.over == "place" and (frame.has_cue("average", "median") or (summed and not frame.has_cue("compare"))):
        slots = slots.but(over=None)
        if summed and catalog.own and not frame.has_cue("average", "median"):
            settled.troubles.append(Trouble("total_or_each"))  # 'The total births of each canton.'
    slots = one_form(frame, _subject(frame, slots, catalog, settled))
    slots = fit_periods(frame, slots, catalog, settled)
    slots = _sets(frame, slots, catalog, settled)
    slots = _chosen(frame, slots, catalog, settled)
    slots = _numbers(frame, slots, catalog, settled)
    slots = _second(frame, slots, catalog, settled)
    if _total_or_each(frame, slots, catalog):
        settled.troubles.append(Trouble("total_or_each"))
    settled.signs = signs_in(slots, frame.projects) - ({"n"} if frame.n is None else set())
    settled.slots = Slots(fact=frame.fact) if frame.fact else slots
    return settled


def _counted(frame: Frame, catalog: Catalog) -> Frame:
    """The frame without a number that only says how many places, left out or not, or parts were named."""
    if not frame.n:
        return frame
    unordered = not frame.order or frame.has_cue("which_one")
    if frame.scope:
        ranked = (frame.order and frame.has_cue("rank")) or frame.has_cue("near")
        sizes = (len(catalog.members(one)) for one in (frame.scope, replace(frame.scope, without=())))
        named = unordered and not ranked and frame.n in sizes
    else:
        # 'products and services, the two amounts'. One place is no number of places.
        named = (unordered and frame.n == len(frame.places) > 1) or (not frame.order and frame.n in _named(frame))
    return frame.but(n=None) if named else frame


def _named(frame: Frame) -> set[int]:
    """How many parts or times were named."""
    periods = len(frame.times.whens) if frame.times else 0
    return {count for count in (*map(len, frame.parts().values()), periods) if count > 1}


def _total_or_each(frame: Frame, slots: Slots, catalog: Catalog) -> bool:
    """Whether 'GDP of the municipalities' leaves open if their sum or each one's is meant; 'how much' is a sum."""
    told = slots.order, slots.cmp, slots.over, slots.grain, slots.n, slots.against, slots.places
    if (
        any((*told, frame.projects, frame.fact, frame.template))
        or slots.scope is None
        or slots.other is not None
        or not slots.metric
        or slots.measure != "value"
    ):
        return False
    if not catalog.additive(slots.metric, slots.per):
        return False
    asked = frame.has_cue("how_many", "total", "total_named", "cumulative") or asks_how_much(frame)
    if asked or any("filler" not in cue for cue in map(signs_of, frame.cues)):
        return False
    return len(catalog.members(slots.scope)) > 1


def _subject(frame: Frame, slots: Slots, catalog: Catalog, settled: Settled) -> Slots:
    trouble = settled.troubles.append
    if frame.fact:
        narrower = frame.scope is not None and frame.scope != Scope(batch=frame.scope.batch)
        narrower = narrower or of_another_batch(frame)
        figure = frame.metric is not None and frame.fact not in OF_A_METRIC
        if frame.places or narrower or frame.other or figure or frame.order:
            # A fact is about the whole programme: 'how many of Fujian were selected', 'GDP of those' are not it.
            trouble(Trouble("no_template"))
        return slots
    if frame.metrics and not frame.metric:
        trouble(Trouble("which_metric", options=frame.metrics))
    if frame.options:
        trouble(Trouble("which_place", options=frame.options))
    if frame.per:
        slots = relative(frame, slots, catalog, settled)
    wrong = [
        part
        for dimension, parts in frame.parts().items()
        if frame.metric and dimension not in parts_of(catalog, frame.metric)
        for part in parts
    ]
    if wrong:
        trouble(Trouble("no_such_part", about=wrong[0]))
    if slots.measure in GOALS and any(frame.parts().values()) and not wrong:
        # Targets are of the whole: none of a part was ever set.
        trouble(Trouble("no_target"))
    if slots.measure == "share" and frame.metric:
        return share(frame, slots, catalog, settled)
    return slots


def _sets(frame: Frame, slots: Slots, catalog: Catalog, settled: Settled) -> Slots:
    """All pilots, where the question is about places and names none."""
    about_many = (
        frame.order
        or frame.cmp
        or frame.over in GROUPS
        or frame.over == "place"
        or frame.has_cue("near")
        or (frame.has_cue(*LYING) and frame.times is not None)
    )
    if (
        slots.scope is None
        and (not slots.places or frame.has_cue("near"))
        and (about_many or frame.projects or (frame.has_cue("count") and not frame.metric))
        and not frame.options
    ) and not (frame.has_cue("ask_period")):
        slots = slots.but(scope=Scope())
    if slots.quantifier == "only" and not set(slots.places) <= set(catalog.members(slots.scope or Scope())):
        settled.troubles.append(Trouble("not_among", options=slots.places))
    of_a_set = slots.bar in MIDDLES or slots.order
    if of_a_set and slots.quantifier == "is" and slots.scope is None and len(slots.places) == 1:
        slots = slots.but(scope=Scope())  # Above the average, the highest: of one place alone there is none.
    if (
        slots.scope is None
        and not slots.places
        and not slots.metric
        and not frame.fact
        and frame.has_cue("ask_one", "ask_many")
    ):
        slots = slots.but(scope=Scope())
    return slots


def _chosen(frame: Frame, slots: Slots, catalog: Catalog, settled: Settled) -> Slots:
    """The inner question of a nested one; what it leaves unsaid is as in the outer one."""
    if frame.chosen is None:
        return slots
    inner = settle(frame.chosen, catalog)
    settled.troubles += inner.troubles
    if frame.scope is not None:  # A condition of its own holds for some of those that were chosen.
        return slots.but(chosen=inner.slots.but(scope=inner.slots.scope or Scope()))
    return slots.but(chosen=inner.slots.but(scope=None, places=()), scope=inner.slots.scope or Scope())


def _second(frame: Frame, slots: Slots, catalog: Catalog, settled: Settled) -> Slots:
    """A second figure of the same places and, where nothing else is said, of the same time."""
    if frame.also is None:
        return slots
    inner = settle(
        frame.also.but(times=frame.also.times or frame.times, places=frame.places, scope=frame.scope), catalog
    )
    settled.troubles += [trouble for trouble in inner.troubles if trouble.kind != "total_or_each"]
    figure = {name: getattr(inner.slots, name) for name in FIGURE}
    periods = () if inner.slots.periods == slots.periods else inner.slots.periods
    operation = next((one for one in OPERATIONS if frame.also.has_cue(one)), None)
    scope = inner.slots.scope if operation == "position" else None
    order = frame.also.order
    return slots.but(also=Slots(**{**figure, "periods": periods}, operation=operation, scope=scope, order=order))


def _numbers(frame: Frame, slots: Slots, catalog: Catalog, settled: Settled) -> Slots:
    slots = fit_bars(frame, slots, catalog, settled)
    if frame.turned and frame.has_cue("difference"):
        other = slots.scope if slots.other else None
        slots = slots.but(places=slots.places[::-1], scope=slots.other or slots.scope, other=other)
    if frame.has_cue(*SIDED) and max(len(slots.periods), len(slots.places)) > 2:
        settled.troubles.append(Trouble("no_template"))
    if frame.turned and frame.has_cue("difference"):
        slots = slots.but(**{dimension: parts[::-1] for dimension, parts in frame.parts().items()})
    if len(slots.periods) == 2 and frame.has_cue("required"):
        slots = slots.but(periods=tuple(sorted(slots.periods, key=lambda when: -when.end.year)))
    elif len(slots.periods) == 2 and frame.has_cue("difference") and not (frame.one_way and not frame.turned):
        # A difference between periods is what has changed since: the later one minus the earlier.
        slots = slots.but(periods=tuple(sorted(slots.periods, key=lambda w: (w.end.year, w.end.last), reverse=True)))
    if frame.has_cue("near"):
        slots = slots.but(n=slots.n or (1 if frame.has_cue("ask_one", "which_one") else NEAREST))
    if frame.order and slots.over in GROUPS:
        return slots.but(n=slots.n or 1) if frame.has_cue("in_each") else slots
    if frame.order and frame.projects:
        return slots.but(n=slots.n or 1) if not slots.over else slots
    if frame.order:
        slots = slots.but(n=slots.n or _rows(frame, settled, slots, catalog))
    elif frame.has_cue("rank", "position") and slots.metric and len(slots.places) == 1:
        # 'the rank of Xining': among all pilots where no others are said.
        slots = slots.but(scope=slots.scope or Scope())
        if not set(slots.places) <= set(catalog.members(slots.scope or Scope())):
            settled.troubles.append(Trouble("not_among", options=slots.places))
    elif frame.has_cue("rank") and slots.metric and (slots.scope or len(slots.places) > 1):
        slots = slots.but(order="desc", scope=slots.scope or (None if slots.places else Scope()))
        slots = slots.but(n=slots.n or _every(slots, catalog))
    return slots


def _every(slots: Slots, catalog: Catalog) -> int:
    return max(1, len(catalog.members(slots.scope)) if slots.scope else len(slots.places))


def _rows(frame: Frame, settled: Settled, slots: Slots, catalog: Catalog) -> int:
    """How many places a ranking shows where no number was said: one, or all of them where an order was asked for."""
    if frame.has_cue("rank") or (frame.has_cue("sorted") and not frame.has_cue("ask_one")):
        return _every(slots, catalog)
    if frame.has_cue("ask_many") and not frame.has_cue("ask_one") and not slots.grain:
        settled.troubles.append(Trouble("how_many_rows"))
    return 1
