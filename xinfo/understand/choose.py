"""The one template that everything heard calls for. A tie or an unused word means that there is none."""

from __future__ import annotations

from collections.abc import Iterable, Set

from xinfo.understand.reading import Scope, Slots
from xinfo.understand.settled import Settled, signs_in
from xinfo.understand.template import Template

IMPLIED = {"place": "places", "period": "periods", "part": "parts", "scope": "two_scopes"}
"""Several of something are heard as one, too: who may take several takes that one."""


BOTH = frozenset(["scope", "near", "fact", "position", "is_pilot", "quantifier"])
"""Only a template that needs one of these can mean a place and a set of places at once."""
AS_ONE = frozenset(["average", "median", "total"])
"""What is one figure of several."""
OF_FIGURES = frozenset(["measure", "chosen"])
"""What every template takes that reads the figures of a measure: which figure, and of which chosen places."""
FILLED = frozenset(["over_part", "over_group", "over_two", "over_place", "by_project", "parts", "grain", "order"])
"""Signs that stand for a slot, and so need its value."""
USUAL = {
    "period": 1,
    "place": 2,
    "metric": 2,
    "bounds": 6,
    "in_each": 6,
    "extremes": 6,
    "median": 6,
    "distribution": 6,
    "quartiles": 6,
    "correlation": 6,
}
"""What is most often left out, and so most likely what is missing; 6 for what hardly is."""


def choose(templates: Iterable[Template], settled: Settled, called: str | None = None) -> list[Template]:
    """The templates that fit best: one where the question is clear, none or several where it is not."""
    offered = _offered(settled)
    fitting = [t for t in templates if _fits(t, settled, called, offered)]
    most = max((len(t.needs) for t in fitting), default=0)
    if (second := settled.slots.second) and second.operation and len(second_operation(templates, second)) != 1:
        return []
    return [t for t in fitting if len(t.needs) == most]


def second_operation(templates: Iterable[Template], second: Slots) -> list[Template]:
    """The templates for another operation on the figure of a question."""
    return choose(templates, Settled(second, signs_in(second, projects=False), [frozenset([str(second.operation)])]))


def _fits(template: Template, settled: Settled, called: str | None, offered: set[str]) -> bool:
    if (called or template.is_own) and called != template.template_id:
        return False
    slots = settled.slots
    if template.measures and slots.measure not in template.measures:
        return False
    if not can_say(template, slots):
        return False
    if not template.needs <= offered:
        return False
    allowed = taken_up(template, settled.signs)
    if {"place", "scope"} <= settled.signs and not template.needs & BOTH:
        return False
    return settled.signs <= allowed and all(cue & allowed or "filler" in cue for cue in settled.cues)


def taken_up(template: Template, signs: Set[str]) -> frozenset[str]:
    """The signs that a template has a use for; `signs` are those that were heard."""
    taken = template.needs | template.takes | (OF_FIGURES if template.measures else frozenset())
    return taken | {one for one, several in IMPLIED.items() if several in taken & signs}


def can_say(template: Template, slots: Slots) -> bool:
    """Whether it says which figure is divided, and there is something to be told yes or no of where that is asked.

    Of an average or a sum it is that it passes a number. Those that are chosen are held against their whole alone:
    against another set it would be left open which of the two they are chosen of. No set is held against itself.
    """
    if slots.per and not template.measures:
        return False
    if slots.other is not None and (
        slots.measure != "share_of_set" if slots.chosen else slots.other == (slots.scope or Scope())
    ):
        return False
    if slots.bar_of is not None and slots.chosen:
        return False
    if slots.measure == "target" and slots.threshold == 0 and slots.quantifier in ("all", "none", "most"):
        return False  # Who has no target is not among those with a figure, of which it would be told.
    if slots.quantifier is None:
        return True
    if template.needs.isdisjoint(AS_ONE):
        return bool(slots.cmp or (slots.order and slots.quantifier == "is"))
    return slots.quantifier == "is" and slots.threshold is not None


def _offered(settled: Settled) -> set[str]:
    """What a template may need: a word that calls for a grouping or an order does not say which."""
    return settled.signs | (set().union(*settled.cues) - FILLED)


def lacking(templates: Iterable[Template], settled: Settled) -> list[tuple[Template, frozenset[str]]]:
    """Templates that everything heard would fit, were a little more said; those that lack least first."""
    near, offered = [], _offered(settled)
    for template in templates:
        missing = template.needs - offered
        allowed = taken_up(template, settled.signs)
        measured = not template.measures or settled.slots.measure in template.measures
        if (
            missing
            and measured
            and not template.is_own
            and settled.signs <= allowed
            and all(cue & allowed or "filler" in cue for cue in settled.cues)
        ):
            near.append((template, missing))
    return sorted(near, key=lambda pair: (sum(USUAL.get(sign, 3) for sign in pair[1]), len(pair[0].needs)))
