"""What a frame settles to: slots, the signs that were heard, what was taken for granted."""

from __future__ import annotations

from dataclasses import dataclass, field

from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.frame import GROUPS, PROJECT_GROUPS, Trouble
from xinfo.understand.reading import Slots

ALIASES = {
    "how_many": {"how_many", "count"}, "ask_one": {"ask_place", "list"}, "ask_many": {"ask_place", "list"},
    "which_one": {"ask_place", "list", "filler"}, "which_ones": {"ask_place", "list"}, "list": {"ask_place", "list"},
    "by_how_much": {"difference", "how_many", "filler"}, "rate_question": {"how_many", "filler"},
    "share_question": {"how_many", "filler"},
    "gap_question": {"how_many", "filler"}, "rank": {"order", "position"},
    "quartiles": {"quartiles", "distribution"},
    "breakdown": {"over_part", "over_group", "over_two", "over_place", "by_project", "grain", "parts"},
    "added": {"difference"}, "apart": {"difference"}, "instead_of": {"filler"}, "cumulative": {"total"},
    "together": {"total"}, "total_named": {"total", "filler"},
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


def signs_in(slots: Slots, projects: bool) -> set[str]:
    """Everything that slots say, as templates name it; nothing in them tells that projects are asked about."""
    parts = [values for values in (slots.consumer, slots.offering, slots.sector) if values]
    signs = {
        "place": bool(slots.places), "places": len(slots.places) > 1, "scope": slots.scope is not None,
        "two_scopes": slots.other is not None, "chosen": slots.chosen is not None, "metric": slots.metric is not None,
        "two_metrics": slots.against is not None, "part": bool(parts),
        "parts": any(len(values) > 1 for values in parts), "period": bool(slots.periods),
        "periods": len(slots.main_periods) > 1, "span": any(w.start != w.end for w in slots.periods),
        "grain": slots.grain is not None, "over_place": slots.over == "place" and not projects,
        "over_part": slots.over in DIMENSIONS, "over_group": slots.over in GROUPS and not slots.by and not projects,
        "over_two": slots.by is not None,
        "by_project": projects and slots.over in (*PROJECT_GROUPS, *GROUPS, "place"),
        "order": slots.order is not None, "n": slots.n is not None, "bounds": slots.upto is not None,
        "threshold": (slots.threshold is not None and slots.upto is None) or slots.bar is not None,
        "than": slots.than is not None, "quantifier": slots.quantifier is not None,
        "measure": slots.measure != "value", "projects": projects,
        "project": any((slots.content_area, slots.level, slots.project_status)), "field": slots.field is not None,
        "dated": slots.dated is not None,
        "fact": slots.fact is not None,
    }  # fmt: skip
    # What a yes or no is asked of is a bar or an order, too, and no question by itself.
    told = frozenset(["threshold", "than", "bounds", "order", "n"]) if slots.quantifier else frozenset()
    told |= {"period", "span"} if slots.dated else set()  # A time that says when projects begin or are due.
    return {sign for sign, heard in signs.items() if heard} - told
