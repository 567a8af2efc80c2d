"""When a stretch of years can only mean the figure of each: there is no sum of it, and none of a shorter time."""

from __future__ import annotations

from collections.abc import Sequence

from xinfo.understand.catalog import Catalog
from xinfo.understand.frame import Frame
from xinfo.understand.ranges import ONE_FIGURE
from xinfo.understand.reading import Slots, When
from xinfo.understand.settled import Settled

SUMMING = frozenset(["total", "cumulative"])
MADE_OF_SEVERAL = ("extremes", *ONE_FIGURE[4:], "difference", "ratio")
"""Those that take one figure of what has no sum; 'how many in all of Uri' asks for each of several, too."""


def yearly_alone(metric: str, catalog: Catalog) -> bool:
    """Whether a metric has no sum over years (a stock, a rate) and figures of whole years only."""
    if not catalog.at_end(metric) and catalog.additive(metric):
        return False
    known = [catalog.known[metric, place] for place in catalog.places if (metric, place) in catalog.known]
    return bool(known) and not any(one.within_years for one in known)


def only_course(frame: Frame, slots: Slots, whens: Sequence[When], catalog: Catalog, settled: Settled) -> str | None:
    """The grain 'year' where nothing else can be meant by the one stretch of years that was said.

    That it is 'in all' then says nothing of the time.
    """
    if len(whens) != 1 or not slots.metric or slots.measure != "value" or slots.per:
        return None
    start, end = whens[0].start, whens[0].end
    stretched = start.kind == end.kind == "year" and start != end
    said = frame.order or frame.cmp or frame.over or frame.other or frame.projects or frame.has_cue(*MADE_OF_SEVERAL)
    if said or not stretched or not yearly_alone(slots.metric, catalog):
        return None
    settled.cues = [cue | {"filler"} if SUMMING & cue else cue for cue in settled.cues]
    return "year"
