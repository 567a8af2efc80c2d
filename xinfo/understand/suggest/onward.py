"""What may be asked next about the same figure: its growth, its course, its parts, its place among others.

Every question is a whole one that has an answer as far as the coverage tells; what was just asked is not among them.
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfo.understand.catalog import parts_of
from xinfo.understand.frame import Frame
from xinfo.understand.read import Reader
from xinfo.understand.reading import Reading, Scope
from xinfo.understand.suggest.coverage import Coverage
from xinfo.understand.suggest.fill import Filler
from xinfo.understand.suggest.index import index_of
from xinfo.understand.suggest.values import FEW

MOST = 3


def onward(asked: Frame, reading: Reading, reader: Reader, coverage: Coverage | None = None) -> tuple[str, ...]:
    """Up to three questions that lead on from one that was answered, in its language; none for facts and projects."""
    filler = index_of(reader, coverage).filler
    found: dict[str, None] = {}
    for frame in _views(asked, filler) if asked.metric and not asked.projects else ():
        said = filler.question(frame, reading.lang)
        if said and said != reading.sentence:
            found[said] = None
        if len(found) == MOST:
            break
    return tuple(found)


def _views(asked: Frame, filler: Filler) -> Iterator[Frame]:
    """The asked-for figure looked at in other ways, the likeliest first."""
    figure = Frame(
        metric=asked.metric, places=asked.places, scope=asked.scope, times=asked.times,
        consumer=asked.consumer, offering=asked.offering, sector=asked.sector,
    )  # fmt: skip
    if len(asked.places) == 1:
        yield figure.but(measure="growth")
        yield figure.but(grain="year", times=None)
        yield figure.but(measure="attainment")
    if not asked.parts():
        yield from (figure.but(over=dimension) for dimension in parts_of(filler.reader.catalog, asked.metric)[:1])
    of_set = figure.but(places=(), scope=asked.scope or Scope())
    if not (asked.scope and asked.scope.among):  # Those are told apart in any case, and no set that others stand in.
        ranked = of_set.but(order="desc", n=FEW)
        yield ranked
        yield ranked.but(measure="growth")
    yield from (of_set.but(over=group) for group in _groups(asked.scope or Scope()))
    yield of_set.but(cues=(frozenset({"total"}),))


def _groups(scope: Scope) -> tuple[str, ...]:
    """By what the members of a set are told apart that does not describe them all."""
    return () if scope.province else ("province",) if scope.region else ("region",)
