"""Other ways that the same things may belong together: a place left out of its set, two places set against each other.

Where a word was not understood, what it said of the places and times beside it is open. Nothing is added here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xinfo.understand.catalog import Catalog
from xinfo.understand.choices.partial import Partial
from xinfo.understand.reading import Scope, When

FIRST = 3
ASKS_WHICH = frozenset(["ask_place", "list"])


def arranged(partial: Partial, catalog: Catalog) -> Iterator[Partial]:
    """The partial as it is, then what else its places may be to each other."""
    yield partial
    yield from _either_topic(partial)
    yield from _in_their_set(partial, catalog)
    yield from _set_against(partial)
    yield from _since_before(partial)
    yield from _further_down(partial)
    yield from _share_of_all(partial)


def _asks_which(partial: Partial) -> bool:
    """Whether places are asked for, or their number."""
    counted = {"count"} if partial.slots.scope is not None else set()
    return any(cue & (ASKS_WHICH | counted) and "filler" not in cue for cue in partial.asked)


def _either_topic(partial: Partial) -> Iterator[Partial]:
    """A figure and projects in one question are two: each is offered."""
    slots = partial.slots
    if partial.projects and slots.metric:
        yield replace(partial, projects=False)
        yield partial.but(0.3, metric=None, measure="value", periods=())
    elif partial.projects and slots.periods:
        yield partial.but(2.0, periods=())


def _in_their_set(partial: Partial, catalog: Catalog) -> Iterator[Partial]:
    """'Leaving Quanzhou out, the Fujian pilots': the set without it; one that does not lie in it stands alone."""
    slots = partial.slots
    if not slots.places or slots.scope is None:
        return
    narrow = slots.scope != Scope()
    inside = set(slots.places) < set(catalog.members(slots.scope))
    if inside:
        without = tuple(dict.fromkeys((*slots.scope.without, *slots.places)))
        yield partial.but(0.5 if narrow else 2.5, places=(), scope=replace(slots.scope, without=without))
    if not (narrow and inside):
        yield partial.but(1.0 if narrow else 0.0, scope=None)


def _set_against(partial: Partial) -> Iterator[Partial]:
    """'Which outpaced Quanzhou' has it for a bar; 'how much larger than Rizhao's was Dezhou's' for the other side."""
    slots, asks_which = partial.slots, _asks_which(partial)
    if slots.than and slots.places:
        yield partial.but(0.5, places=(*slots.places, slots.than), than=None, cmp=None, scope=None)
    elif asks_which and len(slots.places) == 1 and slots.threshold is None:
        bar = {"places": (), "than": slots.places[0], "scope": slots.scope or Scope(), "order": None, "n": None}
        yield partial.but(1.0, cmp=">", **bar)
        yield partial.but(1.5, cmp="<", **bar)


def _since_before(partial: Partial) -> Iterator[Partial]:
    """'Which had less in 2015 than in 2014' asks which grew, or shrank."""
    slots, asks_which = partial.slots, _asks_which(partial)
    if not asks_which or slots.measure != "value" or len(slots.periods) != 2:
        return
    later, earlier = sorted(slots.periods, key=lambda when: when.end, reverse=True)
    if When(later.start.years_on(-1), later.end.years_on(-1)) == earlier:
        for at, sign in enumerate((slots.cmp,) if slots.cmp else (">", "<")):
            grown = {"measure": "growth", "threshold": 0.0, "cmp": sign, "order": None, "n": None}
            yield partial.but(1.0 + at / 2, periods=(later,), **grown)


def _further_down(partial: Partial) -> Iterator[Partial]:
    """Who comes third is among the first three."""
    slots = partial.slots
    if slots.order and slots.n == 1 and not slots.grain and not slots.places:
        yield partial.but(0.8, n=FIRST)


def _share_of_all(partial: Partial) -> Iterator[Partial]:
    """A share that no part was named for may be that of the place among all pilots."""
    slots = partial.slots
    if slots.measure == "share" and len(slots.places) == 1 and not (slots.consumer or slots.offering or slots.sector):
        yield partial.but(0.5, measure="share_of_set", scope=slots.scope or Scope())


def narrower(when: When, relative: bool) -> tuple[When, ...]:
    """What a word beside a time may make of it: a half of a year, an end of a range, a year near a relative one."""
    start, end = when.start, when.end
    if start != end:
        return When.of(end), When.of(start)
    if relative:
        return tuple(When.of(end.years_on(step)) for step in (1, -1))
    return (When.of(replace(end, last=6)),) if end.kind == "year" else ()
