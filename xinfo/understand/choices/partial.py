"""What was understood of a question that was not understood in full: the input that choices are made from.

A reader gives one `Partial` for each way to take what it heard, with how far that is from the words. Values only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from xinfo.understand.frame import GOALS
from xinfo.understand.reading import Slots


@dataclass(frozen=True)
class Partial:
    """One way to take what was understood."""

    slots: Slots
    """The coordinates that were heard; those that were not are empty."""
    asked: tuple[frozenset[str], ...] = ()
    """For each word that calls for an operation the signs it may stand for; with `filler` it may stand for none."""
    projects: bool = False
    """Whether projects are asked about, which slots do not tell."""
    doubt: float = 0.0
    """How much was changed: 0 where only words that nobody understood were left out."""
    in_place: bool = False
    """Whether what happened is offered in place of what was aimed at: it is marked as such."""

    def but(self, doubt: float = 0.0, **changes: Any) -> Partial:
        """The same with other values of some slots, `doubt` further from what was said."""
        return replace(self, slots=self.slots.but(**changes), doubt=self.doubt + doubt)


def barest(partial: Partial) -> Partial:
    """What is left where no question can say all of it: a figure of its places and time."""
    slots = partial.slots
    kept = Slots(metric=slots.metric, places=slots.places, scope=slots.scope, periods=slots.periods)
    projects, in_place = partial.projects and not slots.metric, partial.in_place or slots.measure in GOALS
    return replace(partial, slots=kept, asked=(), projects=projects, in_place=in_place)
