"""A reader's attempt with its troubles to the ways it may be meant, as far as its words go.

What was unclear takes each of its values (`edits`), what was heard of places is put back where an unclear word took it
along, and a conversation goes on with its metric, places and time.
"""

from __future__ import annotations

from itertools import pairwise

from xinfo.store.periods import Period
from xinfo.understand.attempt import Attempt, Reader
from xinfo.understand.catalog import Catalog
from xinfo.understand.choices.arrange import narrower
from xinfo.understand.choices.edits import EDITS
from xinfo.understand.choices.partial import Partial
from xinfo.understand.choices.turning import turned, wishes
from xinfo.understand.frame import Frame
from xinfo.understand.reading import Heard, Scope, Slots, When
from xinfo.understand.settle import settle
from xinfo.understand.text import key
from xinfo.understand.when import Times

STEP = 0.3
"""What each next way to take an unclear thing adds to the doubt."""
NARROWED = 0.9
"""How far it takes a choice that a word narrows what is beside it."""
NO_GOAL = 1.5
"""How far what happened is from what was aimed at."""
MOST, SMALL = 6, 8
"""Ways that are followed; members of a set of which one may be meant."""
WORDS = frozenset(["unknown_words", "unused_words", "negation"])
"""Troubles with a word that nobody took up."""


def ways(found: Attempt, reader: Reader, before: Slots | None) -> list[Partial]:
    """What an attempt may mean, likeliest first; `before` has the coordinates that a conversation is about."""
    catalog = reader.catalog
    lost = tuple(word for trouble in found.troubles if trouble.kind in WORDS for word in trouble.about.split("|"))
    whole = _by_how_much(_with_lost_places(found.frame.but(troubles=()), catalog))
    frames = turned(whole, lost, reader.lexicon, catalog)
    for trouble in found.troubles:
        if edit := EDITS.get(trouble.kind):
            frames = [
                (changed, doubt + STEP * at)
                for frame, doubt in frames
                for at, changed in enumerate(edit(frame, trouble, catalog))
            ][:MOST]
    in_place = any(trouble.kind == "no_target" for trouble in found.troubles)
    aimed = any(wishes(key(word), reader.lexicon) for word in lost) and whole.measure in (None, "value")
    taken = [_settled(frame, doubt, in_place or aimed, catalog) for frame, doubt in frames]
    if aimed:
        goals = [_settled(frame.but(measure="target"), doubt, False, catalog) for frame, doubt in frames]
        taken = [*goals, *(partial.but(NO_GOAL) for partial in taken)]
    taken = [_carried(partial, before) if before else partial for partial in taken]
    return [*taken, *(near for partial in taken for near in _beside(partial, found.frame.heard, catalog))]


def _settled(frame: Frame, doubt: float, in_place: bool, catalog: Catalog) -> Partial:
    settled = settle(frame, catalog)
    return Partial(settled.slots, tuple(settled.cues), frame.projects, doubt, in_place)


def _carried(partial: Partial, before: Slots) -> Partial:
    """With the metric, places and time of the conversation, where the question says nothing of its own."""
    slots = partial.slots
    if slots.fact or partial.projects:
        return partial
    own_places = slots.places or slots.scope not in (None, Scope())
    where = slots if own_places else before
    return partial.but(
        metric=slots.metric or before.metric,
        periods=slots.periods or before.periods[:1],
        places=where.places,
        scope=where.scope,
    )


def _with_lost_places(frame: Frame, catalog: Catalog) -> Frame:
    """'How much less than Dandong did Yingkou spend': a word that was not understood takes no place along."""
    named = [h.meaning.removeprefix("place=") for h in frame.heard if h.meaning.startswith("place=")]
    than = frame.than if len(frame.than) == 1 else ()
    kept = {*frame.places, *frame.options, *than, *(frame.scope.without if frame.scope else ())}
    if not set(named) & set(catalog.places) - kept:
        return frame
    cmp = frame.cmp if frame.threshold else None
    other_side = [place for place in named if place in _after_than(frame.heard)]
    places = dict.fromkeys(place for place in (*named, *other_side) if place in catalog.places)
    return frame.but(places=tuple(sorted(places, key=other_side.__contains__)), than=(), cmp=cmp)


def _by_how_much(frame: Frame) -> Frame:
    """'Was the rise more than 100,000': no question tells whether it was, but one tells by how much it rose."""
    whens = frame.times.whens if frame.times else ()
    if frame.measure == "growth" and len(whens) == 1 and whens[0].start != whens[0].end:
        whens = (When.of(whens[0].end), When.of(whens[0].start))
    if len(whens) != 2 or frame.threshold is None or frame.threshold.unit == "ratio":
        return frame
    change = frame.but(cues=(frozenset({"difference"}),), measure=None)
    return change.but(times=Times(whens), threshold=None, cmp=None, quantifier=None)


def _after_than(heard: tuple[Heard, ...]) -> set[str]:
    """The places that something is set against."""
    told = [one for one in heard if one.kind != "filler"]
    pairs = (pair for pair in pairwise(told) if pair[0].meaning == "cue:than")
    return {after.meaning.removeprefix("place=") for _, after in pairs}


def _beside(partial: Partial, heard: tuple[Heard, ...], catalog: Catalog) -> list[Partial]:
    """What a word that nobody understood may say of the time or the set beside it."""
    slots, beside = partial.slots, _beside_unknown(heard)
    found = []
    relative = bool(beside) and any(one.meaning == "time=relative" for one in heard)
    if len(slots.periods) == 1 and (relative or any(meaning.startswith("time=") for meaning in beside)):
        fitted = (_at_end(when, slots, catalog) for when in narrower(slots.periods[0], relative))
        found += [partial.but(NARROWED + STEP * at, periods=(when,)) for at, when in enumerate(fitted)]
    if slots.scope and slots.scope.province and any(meaning.startswith("province") for meaning in beside):
        members = catalog.members(slots.scope)
        first = min(members, key=lambda place: catalog.places[place].adcode, default=None)
        found += [partial.but(NARROWED, places=(first,), scope=None)] if first and len(members) <= SMALL else []
    return found


def _beside_unknown(heard: tuple[Heard, ...]) -> set[str]:
    """What was heard next to words that nobody understood."""
    told = [h for h in heard if h.kind != "filler"]
    return {h.meaning for pair in pairwise(told) if any(h.kind == "unknown" for h in pair) for h in pair}


def _at_end(when: When, slots: Slots, catalog: Catalog) -> When:
    """A stock of half a year is that of its last quarter."""
    end = when.end
    stock = catalog.all_at_end(slots.metric) and end.kind == "ytd"
    return When.of(Period(end.year, end.last - 2, end.last)) if stock else when
