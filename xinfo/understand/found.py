"""Questions of the places that the last answer found: some of them, each of them, all of them together. Changes nothing
else of a question."""

from __future__ import annotations

from xinfo.understand.followed import merged_scope
from xinfo.understand.frame import EMPTY, Frame, filled
from xinfo.understand.reading import Scope

ASKING = frozenset(["ask_one", "ask_many", "which_one", "which_ones", "list", "how_many", "compare"])
"""What only asks to be told those of which something holds."""
TOGETHER = frozenset(["total", "average", "median"])
"""The cues for one figure of several places."""


OF_EACH = frozenset(["compare", "how_many"])
"""Asking for a figure, or for that of each."""


def found_several(old: Frame) -> bool:
    """Whether a question was answered with several places of a set."""
    if old.chosen is not None and old.over == "place":
        return True  # 'And their population?' told each of those that were found.
    several = bool(old.cmp) or (bool(old.order) and (old.n or 1) > 1)
    return several and not (old.quantifier or old.places or old.over or old.grain)


def told_places(old: Frame) -> bool:
    """Whether a question was answered with the names of the places of a set."""
    return old.scope is not None and old.has_cue(*ASKING) and not (old.metric or old.projects or old.fact)


def some_of_those(old: Frame, new: Frame) -> bool:
    """'Which of those lie in the east?': of the places that were found, those for which a condition holds."""
    plain = new.scope is not None and not (new.order or new.cmp or new.chosen or new.places or new.other)
    return (new.of_those or new.of_it or bare_count(new)) and plain and found_several(old)


def bare_count(new: Frame) -> bool:
    """'How many in the east?', no word for what is counted: pilots, or those that were found."""
    said = set(filled(new)) - EMPTY - {"in_amounts"}
    return said == {"scope", "cues"} and all(cue & {"count", "how_many"} for cue in new.cues)


def drawn(old: Frame, new: Frame) -> Frame:
    """What was found, cut down: of an order some members, of a bar those of a narrower set; told or counted."""
    told = old.but(heard=(), cues=tuple(one for one in old.cues if "count" not in one))
    scope = merged_scope(old.scope, new.scope or Scope(), new.everywhere)
    plain = not (new.metric or new.measure or new.times)
    counted = plain and new.has_cue("count", "how_many")
    cues = (frozenset(["count"]),) if counted else tuple(cue for cue in new.cues if not cue & ASKING)
    if not old.order and plain and not new.has_cue(*TOGETHER):
        return told.but(scope=scope, cues=cues or new.cues, heard=new.heard, troubles=new.troubles)
    # Of a bar those of a narrower set pass it, too; an order is one of the set that it was of.
    chosen = told.but(scope=old.scope or Scope()) if old.order else told.but(scope=scope)
    frame = new.but(metric=new.metric or old.metric, times=new.times or old.times, chosen=chosen, cues=cues)
    frame = frame.but(
        scope=new.scope if old.order else None, pronoun=False, of_those=False, of_it=False, in_amounts=False
    )
    return frame if cues else frame.but(over="place")


def of_found(old: Frame, new: Frame) -> Frame:
    """A question of the places that the one before has found, each by itself where nothing else is to be done."""
    told = old.chosen or old.but(heard=(), cues=tuple(cue for cue in old.cues if "count" not in cue))
    frame = new.but(chosen=told, metric=new.metric or old.metric, times=new.times or old.times)
    return of_each(frame.but(scope=None))


def of_each(frame: Frame) -> Frame:
    """Each place by itself where nothing else is to be done with them."""
    frame = frame.but(pronoun=False, of_those=False)
    worked_out = any(cue.isdisjoint(OF_EACH) for cue in frame.cues)
    return frame if frame.order or frame.cmp or worked_out else frame.but(over="place", cues=())
