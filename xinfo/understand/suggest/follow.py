"""What may follow what was said so far: the next open slot (metric, place, period), then ways to look at it."""

from __future__ import annotations

from collections.abc import Iterator

from xinfo.store.periods import Period
from xinfo.understand.catalog import parts_of
from xinfo.understand.frame import Frame
from xinfo.understand.reading import Scope, When
from xinfo.understand.suggest.fill import Filler
from xinfo.understand.suggest.values import FEW
from xinfo.understand.when import Times

Next = tuple[str, Frame]
"""The kind of what is added, and the frame with it."""
OPEN = 5
"""Values proposed for an open slot, before groupings are."""


def following(frame: Frame, filler: Filler) -> Iterator[Next]:
    """Frames that say one thing more, the likeliest first; nothing for facts and projects."""
    if frame.fact or frame.template or frame.projects or frame.troubles:
        return
    if frame.metric is None:
        for metric in filler.metrics[: OPEN + 1]:
            yield "metric", frame.but(metric=metric)
    elif not (frame.places or frame.scope):
        yield from _places(frame, filler)
    elif frame.times is None:
        yield from _periods(frame, filler)
    if frame.metric is not None and not frame.cues:
        yield from _views(frame, filler)


def _places(frame: Frame, filler: Filler) -> Iterator[Next]:
    having = [place for place in filler.places if filler.years(frame.but(places=(place,)))]
    for place in having[:OPEN]:
        yield "place", frame.but(places=(place,))
    yield "place", frame.but(scope=Scope())


def _periods(frame: Frame, filler: Filler) -> Iterator[Next]:
    years = filler.years(frame)
    for year in years[:3]:
        yield "period", frame.but(times=_at(Period(year)))
    for year in years[:1]:
        yield "period", frame.but(times=_at(Period(year, 10, 12)))
        yield "period", frame.but(times=_at(Period(year, 1, 6)))


def _at(period: Period) -> Times:
    return Times((When.of(period),))


def _views(frame: Frame, filler: Filler) -> Iterator[Next]:
    """The same figure by its parts, over time, as growth, against other places."""
    plain = not (frame.order or frame.grain or frame.over or frame.cmp)
    if plain and not frame.parts() and not frame.measure:
        for dimension in parts_of(filler.reader.catalog, frame.metric)[:2]:
            yield "part", frame.but(over=dimension)
    if plain and not frame.measure:
        yield "template", frame.but(measure="growth")
        yield "template", frame.but(grain="quarter")
    if plain and (frame.scope or not frame.places):
        yield "template", frame.but(order="desc", n=FEW, scope=frame.scope or Scope())
        yield "template", frame.but(over="region", scope=frame.scope or Scope())
    elif plain and not frame.grain:
        yield "template", frame.but(places=(), scope=Scope(), order="desc", n=FEW)
