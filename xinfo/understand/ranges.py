"""What a range of time means: a sum, a course, or two ends of a change; and where a change began. Reads no words."""

from __future__ import annotations

from xinfo.store.periods import Period
from xinfo.understand.frame import GROUPS, Frame, Trouble
from xinfo.understand.reading import Slots, When
from xinfo.understand.settled import Settled, signs_of

ONE_FIGURE = tuple("extremes total cumulative how_many average median distribution quartiles rank position".split())
"""Cues that take the figure of a whole range; without one a range may mean each of its periods too."""


def two_ends(whens: tuple[When, ...], frame: Frame, at_end: bool) -> tuple[When, ...]:
    """The later and the earlier end of a change: of two times, of one stretch, or of one period on the year."""
    if len(whens) != 1:
        return tuple(sorted(whens, key=lambda when: when.end, reverse=True))
    when = whens[0]
    if when.start != when.end:
        return When.of(when.end), When.of(when.start)
    return when, _end_before(when.start) if at_end and frame.has_cue("added") else When.of(when.end.years_on(-1))


def at_its_end(when: When) -> When:
    """A stock is that of the end: of a year as the year, else of the last quarter or month."""
    end = when.end
    if when.start != when.end:
        return when
    if end.kind == "year" or (end.last % 3 and end.kind == "month"):
        return when
    return When.of(
        Period(end.year, end.last - 2, end.last) if end.last % 3 == 0 else Period(end.year, end.last, end.last)
    )


def ranges(frame: Frame, slots: Slots, at_end: bool, settled: Settled) -> Slots:
    """What a range means depends on the question: a sum, two ends of a growth, or nothing for a stock."""
    if len(slots.periods) != 1 or not slots.metric:
        return slots
    when = slots.periods[0]
    cumulative = any("cumulative" in cue for cue in frame.cues)
    if when.start == when.end:
        if (
            any("difference" in cue and "filler" not in signs_of(cue) for cue in frame.cues)
            and not frame.has_cue("apart")  # What is apart has two sides; a rise has but one.
            and (len(frame.places) == 1 or _of_one_set(frame))
            and not frame.other
            and not any(len(parts) > 1 for parts in frame.parts().values())
        ):
            if at_end and frame.has_cue("added") and frame.times and frame.times.whens:
                return slots.but(periods=(when, _end_before(frame.times.whens[0].start)))
            # 'by how many yuan did it rise in 2015': against the same period of the year before.
            return slots.but(periods=(when, When.of(when.end.years_on(-1))))
        if cumulative and when.start.kind in ("quarter", "month") and when.start.first > 1 and not at_end:
            settled.troubles.append(Trouble("cumulative_quarter", about=when.id))
        return slots
    if frame.has_cue("difference"):
        return slots.but(periods=(_end_of(when.end, at_end), _end_of(when.start, at_end)))
    if slots.measure == "growth":
        settled.troubles.append(Trouble("growth_over_years", about=when.id))
    elif at_end or (
        slots.measure == "value"
        and not frame.has_cue(*ONE_FIGURE)
        and not frame.order
        and frame.cmp is None
        and frame.over in (None, "place", *GROUPS)
        and not asks_how_much(frame)
    ):
        settled.troubles.append(Trouble("range_of_what", about=when.id))
    return slots


def _of_one_set(frame: Frame) -> bool:
    """'How many did the western pilots add': what they had together has changed."""
    return frame.has_cue("added") and frame.scope is not None and not frame.over and not frame.chosen


def _end_before(period: Period) -> When:
    """The quarter that ends where a period begins, or the year before a year: what a stock had before it."""
    if period.kind == "year":
        return When.of(period.years_on(-1))
    last = period.first - 1 or 12
    year = period.year - (period.first == 1)
    return When.of(Period(year, last - 2, last) if last % 3 == 0 else Period(year, last, last))


def _end_of(period: Period, at_end: bool) -> When:
    return at_its_end(When.of(period)) if at_end else When.of(period)


def asks_how_much(frame: Frame) -> bool:
    """'How much did they spend from … to …' asks for a sum."""
    return any(
        heard.kind == "filler" and heard.text.lower() in ("how much", "consume", "consumed", "spend", "多少", "是多少")
        for heard in frame.heard
    )
