"""Words that turn a question round, where they were not understood: what a 'not' stands before goes with it.

A choice never says the opposite of what was asked, and never what happened where somebody asked what is to be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from xinfo.understand.catalog import Catalog
from xinfo.understand.frame import Frame
from xinfo.understand.reading import Heard, Scope
from xinfo.understand.text import Text, key, read_text
from xinfo.understand.vocabulary import Key

NEGATION, INTENTION = "negation", "intention"
OTHERWISE = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
MOST_LEFT_OUT = 8
"""Places that a ready question names one by one as left out."""


def turned(
    frame: Frame, lost: tuple[str, ...], words: Mapping[Key, str], catalog: Catalog
) -> list[tuple[Frame, float]]:
    """The frame as it may be meant with `lost` words in it, each way with its doubt."""
    kinds = {kind for written in lost for kind in kinds_of(read_text(written), words)}
    if NEGATION in kinds:
        frame = _without(frame, _negated(frame.heard, words), catalog)
    if INTENTION in kinds and frame.measure in (None, "value"):
        return [(frame.but(measure="target"), 0.0), (frame, 1.5)]
    return [(frame, 0.0)]


def kinds_of(text: Text, words: Mapping[Key, str]) -> set[str]:
    """What kinds of turning words are in a text; a single character counts only where it begins it."""
    said = text.words()
    found = set()
    for start in range(len(said)):
        for end in range(start + 1, len(said) + 1):
            one = said[start:end]
            if one in words and (start == 0 or len(one) > 1 or one[0].isascii()):
                found.add(words[one])
    return found


def _negated(heard: tuple[Heard, ...], words: Mapping[Key, str]) -> str:
    """What was heard right after a word of negation that was not understood."""
    told = [one for one in heard if one.kind != "filler"]
    for one, after in pairwise(told):
        if not one.meaning and words.get(key(one.text)) == NEGATION:
            return after.meaning
    return ""


def _without(frame: Frame, negated: str, catalog: Catalog) -> Frame:
    """The frame that leaves out what was negated; where that is unclear, one that picks nothing by a figure."""
    kind, _, value = negated.partition("=")
    scope = frame.scope or Scope()
    if kind == "place" and value in catalog.places:
        rest = tuple(place for place in frame.places if place != value)
        left_out = scope if rest else replace(scope, without=(*scope.without, value))
        return frame.but(places=rest, scope=frame.scope if rest else left_out)
    if kind in ("province", "region", "admin_type", "batch"):
        return _without_set(frame, _set_of(kind, value), catalog)
    if kind in ("cmp", "threshold") and frame.cmp:
        return frame.but(cmp=OTHERWISE[frame.cmp])
    return frame.but(cmp=None, threshold=None, upto_cmp=None, upto=None, order=None, n=None)


def _set_of(kind: str, value: str) -> Scope:
    """The set that is described by one thing."""
    return Scope(**{kind: value})  # type: ignore[arg-type]


def _without_set(frame: Frame, negated: Scope, catalog: Catalog) -> Frame:
    """'Counties only, not districts' has two sets, of which one goes; else the members are left out of all pilots."""
    if frame.other is not None:
        kept = frame.other if frame.scope == negated else frame.scope
        return frame.but(scope=kept, other=None)
    members = catalog.members(negated)
    return frame.but(scope=Scope(without=members) if len(members) <= MOST_LEFT_OUT else Scope())
