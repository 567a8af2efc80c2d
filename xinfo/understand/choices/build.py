"""From what was understood to whole questions: each template that can say it, with what it lacks filled in.

A choice keeps what was heard of metric, mood, places and time. An operation or an order may be left out, at a price:
the less is changed, the nearer a choice is. Nothing here reads or says a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.choices.fill import ANOTHER, Fill
from xinfo.understand.choices.partial import Partial
from xinfo.understand.choose import BOTH, FILLED, can_say, taken_up
from xinfo.understand.reading import Scope, Slots
from xinfo.understand.settled import signs_in
from xinfo.understand.template import Template

LEFT_OUT: dict[str, tuple[float, tuple[str, ...]]] = {
    "n": (1.0, ("n",)),
    "grain": (2.0, ("grain",)),
    "over_place": (1.0, ("over",)),
    "over_part": (2.0, ("over",)),
    "over_group": (2.5, ("over",)),
    "over_two": (2.5, ("over", "by")),
    "by_project": (2.0, ("over",)),
    "order": (2.5, ("order", "n")),
    "threshold": (2.5, ("cmp", "threshold")),
    "bounds": (2.5, ("cmp", "threshold", "upto_cmp", "upto")),
}
"""What a choice may leave out of what was heard: how far that takes it, and the slots that go. The rest is kept."""
OPERATION = 2.0
"""How far it takes a choice to leave an operation out; half for one that only shows the same in another way."""


@dataclass(frozen=True)
class Candidate:
    """A whole question that may be offered; `distance` tells how far it is from what was said."""

    template: Template
    slots: Slots
    distance: float
    in_place: bool = False
    """Whether it is of what happened, in place of what was aimed at."""


def candidates(
    partial: Partial, templates: Iterable[Template], fill: Fill, within: float = float("inf")
) -> Iterator[Candidate]:
    """Every template's way to say what was understood, in no order; those that are no further than `within`."""
    signs = frozenset(signs_in(partial.slots, partial.projects))
    for template in templates:
        allowed = taken_up(template, signs)
        dropped = signs - allowed
        if not _may_say(template, partial.slots, signs) or not dropped <= LEFT_OUT.keys():
            continue
        unmet = [cue for cue in partial.asked if not (cue & allowed or "filler" in cue)]
        heard = (signs - dropped) | (frozenset().union(*partial.asked) - FILLED)
        distance = partial.doubt + sum(map(_operation, unmet)) + sum(LEFT_OUT[sign][0] for sign in dropped)
        if distance > within:
            continue
        for slots, more in fill.completed(_without(partial.slots, dropped), template.needs - heard):
            if slots.measure != "share" or _has_part(slots):
                yield Candidate(template, _somewhere(template, slots), distance + more, partial.in_place)


def _operation(cue: frozenset[str]) -> float:
    return OPERATION / 2 if cue & ANOTHER.keys() else OPERATION


def _may_say(template: Template, slots: Slots, signs: frozenset[str]) -> bool:
    """Whether it can be asked for this measure of these places."""
    if (
        not can_say(template, slots)
        or template.is_own
        or (template.measures and slots.measure not in template.measures)
    ):
        return False
    sides = (slots.places, slots.periods, slots.consumer, slots.offering, slots.sector)
    if template.is_sided and max(map(len, sides)) > 2:
        return False
    return not {"place", "scope"} <= signs or bool(template.needs & BOTH)


def _has_part(slots: Slots) -> bool:
    """Whether there is something that can make up a share."""
    return bool(slots.consumer or slots.offering or slots.sector or slots.over in DIMENSIONS)


def _without(slots: Slots, dropped: Iterable[str]) -> Slots:
    return slots.but(**{name: None for sign in dropped for name in LEFT_OUT[sign][1]})


def _somewhere(template: Template, slots: Slots) -> Slots:
    """All pilots, where a question about many names none."""
    placed = slots.scope is not None or (slots.places and "position" not in template.needs)
    return slots if placed or not {"scope", "places"} & template.takes else slots.but(scope=Scope())
