"""What a frame settles to: slots, the signs that were heard, what was taken for granted. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field

from xinfo.understand.frame import Trouble
from xinfo.understand.reading import Slots

ALIASES = {
    "how_many": {"how_many", "count"}, "ask_one": {"ask_place", "list"}, "ask_many": {"ask_place", "list"},
    "which_one": {"ask_place", "list", "filler"}, "which_ones": {"ask_place", "list"}, "list": {"ask_place", "list"},
    "by_how_much": {"difference", "how_many", "filler"}, "rate_question": {"how_many", "filler"},
    "share_question": {"how_many", "filler"},
    "gap_question": {"how_many", "filler"}, "rank": {"order", "position"},
    "quartiles": {"quartiles", "distribution"},
    "breakdown": {"over_part", "over_group", "over_two", "over_place", "by_project", "grain", "parts"},
    "added": {"difference"}, "instead_of": {"filler"}, "cumulative": {"total"},
}  # fmt: skip
"""What a cue word calls for in terms of templates' signs."""


@dataclass
class Settled:
    slots: Slots
    signs: set[str] = field(default_factory=set)
    """What was heard, as templates name it."""
    cues: list[frozenset[str]] = field(default_factory=list)
    """For each cue word the signs it may stand for; one with `filler` may stand for nothing."""
    assumed: list[tuple[str, str]] = field(default_factory=list)
    """(text key, what) of everything taken for granted."""
    troubles: list[Trouble] = field(default_factory=list)


def signs_of(cue: frozenset[str]) -> frozenset[str]:
    return frozenset(sign for name in cue for sign in ALIASES.get(name, {name}))
