"""Ways of saying the same thing as one: slots that say more than they mean. Chooses no template."""

from __future__ import annotations

from xinfo.understand.catalog import PARTS
from xinfo.understand.frame import GROUPS, SIDED, Frame
from xinfo.understand.reading import Slots

OF_FIRST_BATCH = frozenset(["applied_and_selected", "announcement", "pilot_period", "call_planned"])


def one_form(frame: Frame, slots: Slots) -> Slots:
    """Ways of saying the same thing as the same slots, so that a question said back is the same question."""
    if frame.has_cue("pace", "required", "implied"):
        slots = slots.but(measure="target")
    if slots.over in GROUPS and slots.order == "desc" and not (frame.has_cue("in_each") or frame.n):
        slots = slots.but(order=None)  # groups come so in any case
    if slots.over == "place" and slots.scope and not slots.metric and frame.has_cue("list") and not frame.projects:
        slots = slots.but(over=None)  # 'a list of every pilot in Hunan'
    if slots.over == "place" and slots.places and not slots.scope and not frame.projects:
        slots = slots.but(over=None)
    if slots.over in PARTS and not frame.has_cue(*SIDED):
        every = set(getattr(slots, slots.over)) == set(PARTS[slots.over])
        if every and frame.has_cue("total") and not frame.has_cue("compare"):
            # 'Residents, firms and government together' are all there are.
            return slots.but(**{slots.over: (), "over": None})
        slots = slots.but(**{slots.over: ()}) if every else slots
    return slots


def of_another_batch(frame: Frame) -> bool:
    """Whether a fact about the first batch was asked of the second."""
    second = frame.scope is not None and frame.scope.batch == "2"
    return second and frame.fact in OF_FIRST_BATCH
