"""Periods as a question means them: by the kind of metric, for a course or a difference. Reads no words.

A stock is that of the end of its period; 'through September' is everything up to it; a range may be a sum or a course.
"""

from __future__ import annotations

from itertools import pairwise

from xinfo.store.periods import Period, parse_id
from xinfo.understand.catalog import Catalog
from xinfo.understand.courses import only_course
from xinfo.understand.frame import GOALS, SIDED, Frame, Trouble
from xinfo.understand.ranges import at_its_end, ranges, two_ends
from xinfo.understand.reading import Scope, Slots, When
from xinfo.understand.settled import Settled
from xinfo.understand.when import EVERY_YEAR, PRECEDING, UNITS, Times


def fit_periods(frame: Frame, slots: Slots, catalog: Catalog, settled: Settled) -> Slots:
    times = frame.times or Times()
    whens = _whens(times, frame, catalog, settled) or _only_goal(times, slots, catalog, settled)
    if times.part and not whens and not times.relative:
        settled.troubles.append(Trouble("which_year"))
    nameless = slots.measure == "target" and slots.places and whens and not (slots.metric or frame.metrics)
    if nameless and {when.id for when in whens}.isdisjoint(catalog.aimed_at(None, slots.places)):
        settled.troubles.append(Trouble("no_target"))  # Whichever of its figures is meant.
    if slots.dated:
        if len(whens) != 1:
            settled.troubles.append(Trouble("two_periods" if whens else "which_year"))
        if any(times.ends) or any(times.untils):
            settled.troubles.append(Trouble("no_template"))  # 'Due by the end of June' says no stretch of days.
        return slots.but(periods=whens)
    at_end = slots.measure != "target" and catalog.all_at_end(slots.metric, slots.against, slots.per)
    if slots.measure == "rise":
        if slots.metric and catalog.metrics[slots.metric].moves_by_points:
            settled.troubles.append(Trouble("no_template"))  # Points that it rose by are no amount.
        slots, whens = slots.but(ends=True), two_ends(whens, frame, at_end)
    if slots.ends and len(whens) < 2:
        settled.troubles.append(Trouble("which_year"))
        slots = slots.but(ends=False)
    if slots.ends or slots.bar == "before":
        return slots.but(periods=tuple(at_its_end(when) if at_end else when for when in whens))
    grain = slots.grain or _grain(frame, slots, whens) or only_course(frame, slots, whens, catalog, settled)
    if grain and not (frame.has_cue(*SIDED, "compare") and len(whens) > 1):
        return slots.but(grain=grain, periods=_course(whens, grain, frame, catalog, any(times.untils)))
    fitted = []
    for index, when in enumerate(whens):
        until = index < len(times.untils) and times.untils[index]
        end = index < len(times.ends) and times.ends[index]
        fitted.append(at_its_end(when) if at_end else _flow(when, end, until, settled, slots))
    periods = _against(frame, slots, tuple(dict.fromkeys(fitted)), settled)
    if len(periods) < len(set(fitted)):
        settled.cues = [cue | {"filler"} if "compare" in cue else cue for cue in settled.cues]
    slots = slots.but(periods=_summed(frame, periods, at_end), grain=None)
    return ranges(frame, slots, at_end, settled)


def _whens(times: Times, frame: Frame, catalog: Catalog, settled: Settled) -> tuple[When, ...]:
    """The stretches that were said, and those said relative to the newest figures or to a stretch that was said."""
    if times.relative is None:
        return times.whens
    if len(times.whens) == 1 and times.relative in (("year", 1), ("before", 1)) and not times.relatives:
        # 'In 2015 how much more than last year': the year before the one that was said.
        if frame.has_cue(*SIDED, "compare"):
            return (times.whens[0], times.whens[0].years_on(-1))
        if frame.measure == "growth":
            return times.whens
    found = list(times.whens)
    for one in (times.relative, *times.relatives):
        if one == ("before", 1) and times.whens:
            # The year before the one that was said, not before the newest.
            found.append(times.whens[-1].years_on(-1))
        elif when := _relative(one, times, frame, catalog, settled):
            found.append(when)
    whens = tuple(dict.fromkeys(found))
    if len(whens) > 1 and (times.whens or not frame.has_cue(*SIDED, "compare")):
        settled.troubles.append(Trouble("two_periods", about=" … ".join(when.id for when in whens)))
    return whens


def _only_goal(times: Times, slots: Slots, catalog: Catalog, settled: Settled) -> tuple[When, ...]:
    """The period of the only target that there is, where none was said."""
    if slots.measure not in GOALS or not slots.metric or times.part or times.relative or slots.grain:
        return ()
    places = slots.places or (catalog.members(slots.scope) if slots.scope else ())
    aims = catalog.aimed_at(slots.metric, places)
    if not aims and places:
        settled.troubles.append(Trouble("no_target"))
    elif len(aims) > 1:
        settled.troubles.append(Trouble("which_year"))
    elif aims:
        settled.assumed.append(("assumed.only_target", aims[0]))
    return tuple(When.of(parse_id(period)) for period in aims[:1])


def _relative(said: tuple[object, ...], times: Times, frame: Frame, catalog: Catalog, settled: Settled) -> When | None:
    """'latest', 'last year': counted from the newest figure that there is of this for these places."""
    kind, back = str(said[0]), int(str(said[1]))
    if kind == PRECEDING or (kind == "before" and back != 1):
        # 'Two years later' and 'the quarter before' count from a year that was said, and none was.
        settled.troubles.append(Trouble("which_year"))
        return None
    places = frame.places or catalog.members(frame.scope or Scope())
    by_quarter = kind.startswith("quarter") or said[2:]
    stretch = catalog.stretch(frame.metric, places, "quarter" if by_quarter else "year")
    if stretch is None:
        # 'Projects delayed this year': no figure tells which year that is.
        settled.troubles.append(Trouble("no_template"))
        return None
    newest = stretch[1]
    if kind == EVERY_YEAR and newest.year - stretch[0].year != back - 1:
        settled.troubles.append(Trouble("which_year"))
        return None
    if kind == "since":
        first = int(str((*said, 1)[2]))
        months = (newest.year - back) * 12 + newest.last - first + 1
        when = When.until(newest, months) if months > 0 else When.of(Period(back, first))
    elif kind in ("before_year", "after_year"):
        when = When(stretch[0], Period(back - 1)) if kind == "before_year" else When(Period(back + 1), newest)
        if when.start.year >= when.end.year:
            settled.troubles.append(Trouble("which_year"))  # Of one year it is no stretch that could be meant.
    elif kind in UNITS:
        when = When.until(newest, back * UNITS[kind])
        if kind == "quarters" and not (frame.grain or frame.has_cue("trend")) and catalog.all_at_end(frame.metric):
            settled.troubles.append(Trouble("range_of_what", about=when.id))  # A stock of each of them, or the last.
    elif times.part and kind in ("year", "before"):
        when = When.of(Period(newest.year - back, *times.part))
    else:
        when = When.of(newest.years_on(-back))
    settled.assumed.append(("assumed.relative", when.id))
    return when


def _against(frame: Frame, slots: Slots, periods: tuple[When, ...], settled: Settled) -> tuple[When, ...]:
    """'Growth in 2015 compared with 2014' is that of 2015; from any other period there is no growth of ours."""
    side_by_side = any("compare" in cue and "against" not in cue for cue in frame.cues)
    if slots.measure != "growth" or len(periods) != 2 or not frame.has_cue("against") or side_by_side:
        return periods
    earlier, later = sorted(periods, key=lambda when: (when.end.year, when.end.last))
    if later.start.years_on(-1) == earlier.start and later.end.years_on(-1) == earlier.end:
        return (later,)
    if len(frame.places) < 2 and not frame.other:
        settled.troubles.append(Trouble("growth_over_years", about=later.id))
    return periods


def _grain(frame: Frame, slots: Slots, whens: tuple[When, ...]) -> str | None:
    """The grain of a course where none was said: years for a range of years, else quarters."""
    averaged = frame.has_cue("average") and len(slots.places) == 1 and any(when.start != when.end for when in whens)
    if not ((averaged or frame.has_cue("trend", "ask_period")) and slots.metric):
        return None
    if frame.has_cue(*SIDED) and len(whens) == 2:
        return None
    years = {period.year for when in whens for period in (when.start, when.end)}
    whole = all(when.start.kind == when.end.kind == "year" for when in whens)
    return "year" if whole and (not whens or max(years) - min(years) >= 2) else "quarter"


def _course(whens: tuple[When, ...], grain: str, frame: Frame, catalog: Catalog, until: bool) -> tuple[When, ...]:
    """The one stretch that a course runs over: what was said, or everything there is for these places, `until` then."""
    stretch = catalog.stretch(frame.metric, frame.places or catalog.members(frame.scope or Scope()), grain)
    if whens:
        ordered = sorted(whens, key=lambda when: (when.start.year, when.start.first))
        last = max(whens, key=lambda when: (when.end.year, when.end.last))
        # 'Quarter by quarter through 2014' are those of that year.
        open_ = until and len(whens) == 1 and (grain == "year" or last.end.kind != "year")
        first = Period(stretch[0].year) if open_ and stretch else ordered[0].start
        return (When(first, last.end),)
    return (When(Period(stretch[0].year), Period(stretch[1].year)),) if stretch else ()


def _summed(frame: Frame, whens: tuple[When, ...], at_end: bool) -> tuple[When, ...]:
    """'2014年和2015年合计', 'Q3 and Q4 together': stretches that follow on each other, as one sum."""
    if len(whens) < 2 or at_end or not frame.has_cue("total", "cumulative") or frame.has_cue("compare", *SIDED):
        return whens
    ordered = sorted(whens, key=lambda when: (when.start.year, when.start.first))
    for before, after in pairwise(ordered):
        if (before.end.year * 12 + before.end.last + 1) != after.start.year * 12 + after.start.first:
            return whens
    whole = When(ordered[0].start, ordered[-1].end)
    return (When.of(whole.parts[0]) if len(whole.parts) == 1 else whole,)


def _flow(when: When, end: bool, until: bool, settled: Settled, slots: Slots) -> When:
    """'through September' is everything up to it; 'at the end of the third quarter' says nothing about a flow."""
    period = when.end
    if when.start != when.end or period.first == 1 or period.kind == "year":
        return when
    if until:
        return When.of(Period(period.year, 1, period.last))
    if end and slots.metric:
        settled.troubles.append(Trouble("end_of_flow", about=period.id))
    return when
