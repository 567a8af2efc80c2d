"""Sentences about the target of a figure: how much is reached beside the time gone, and what the rest of it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xinfo.answer.labels import long_period
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found
from xinfo.briefing.made import ELAPSED, elapsed
from xinfo.briefing.sentence import Made, Said, Sentence, answered, figure, one_method, plain, value_of
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.query.schema import relation
from xinfo.store.periods import Period, parse_id
from xinfo.understand.reading import Reading, Slots, When

GOALS = """
  select t.period_id from target as t inner join period as p on p.period_id = t.period_id
  where t.metric_id = $metric and t.place_id = $place and p.end_date >= cast($after as date)
  order by p.end_date, t.period_id limit 1
"""
EVEN = 0.00005
"""Less than this ahead or behind is written as nothing."""


@dataclass(frozen=True)
class Way:
    """A year's target and what of it is reached at the end of `so_far`."""

    target: Found
    reached: Found
    so_far: Period

    @property
    def rest(self) -> float:
        return value_of(self.target) - value_of(self.reached)

    @property
    def left(self) -> Period:
        """The months of the year that are still to come."""
        return Period(self.so_far.year, self.so_far.last + 1, 12)


def target(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    if goal := goal_of(reading.slots, workspace):
        yield from answered("target", "value", _of_goal(reading, goal), reading, workspace)


def gap(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """Only where the target is for the very period of the figure."""
    slots = plain(reading).but(measure="gap")
    if (goal := goal_of(reading.slots, workspace)) and goal == reading.slots.periods[0].id:
        yield from answered("gap", "value", slots, reading, workspace)


def required(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """The growth a year that a target of a later year needs."""
    goal = goal_of(reading.slots, workspace)
    if goal and parse_id(goal).year > reading.slots.periods[0].end.year:
        found = figure(_of_goal(reading, goal), reading, workspace, "required_growth")
        if found and found.findings.records[0].get("as_of") == reading.slots.periods[0].id:
            lang, record = reading.lang, found.findings.records[0]
            unit = workspace.catalog.metrics[reading.slots.metric or ""].unit
            about = {"goal": long_period(goal, lang), "so_far": long_period(reading.slots.periods[0].id, lang)}
            key = "year" if reading.slots.periods[0].end.kind == "year" else "part"
            whole = amount(float(record.get("whole_year") or 0), unit, lang)
            growth = amount(value_of(found), "ratio", lang)
            said = text(f"brief.required.{key}", lang, growth=growth, whole=whole, **about)
            yield Sentence("required", said, {"": found})


def progress(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """How much of the year's target is reached, how much of the year is gone, and what it was a year earlier."""
    way, lang = _way(reading, workspace), reading.lang
    if way is None:
        return
    part, gone = value_of(way.reached) / value_of(way.target), elapsed(way.so_far.id)
    standing = state(part, gone)
    share, time = amount(part, "ratio", lang), amount(gone, "ratio", lang)
    points = amount(abs(part - gone), "ratio", lang).removesuffix("%")
    goal = long_period(str(way.so_far.year), lang)
    said = text(f"brief.progress.{standing}", lang, goal=goal, share=share, gone=time, points=points)
    found = {"reached": way.reached, "target": way.target}
    made = [Made("share", "share", "reached", "target", "ratio", share)]
    if standing in ("ahead", "behind", "even"):
        made.append(Made("gone", ELAPSED, "reached", "reached", "ratio", time))
        made.append(Made("points", "points", "share", "gone", "ratio", points))
    if gone < 1 and (earlier := _year_earlier(way, reading, workspace)):
        found |= dict(zip(("before", "whole"), earlier, strict=True))
        before = amount(value_of(earlier[0]) / value_of(earlier[1]), "ratio", lang)
        said += text("brief.progress.before", lang, share=before)
        made.append(Made("share_before", "share", "before", "whole", "ratio", before))
    stop = text("brief.stop", lang)
    yield Sentence("progress", said + stop, found, tuple(made), text(f"brief.finding.progress.{standing}", lang))


def needed(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """What the rest of the year takes, whether growth so far is enough, and whether a quarter ever gave as much."""
    way, lang = _way(reading, workspace), reading.lang
    if way is None or way.so_far.last == 12 or way.rest <= 0:
        return
    rest = amount(way.rest, way.target.findings.unit, lang)
    said = text("brief.needed.rest", lang, when=long_period(way.left.id, lang), rest=rest)
    found = {"target": way.target, "reached": way.reached}
    made, finding = [Made("rest", "distance", "target", "reached", way.target.findings.unit, rest)], ""
    slots = plain(reading)
    earlier = figure(slots.but(periods=(When.of(way.left.years_on(-1)),)), reading, workspace)
    if earlier and value_of(earlier) > 0 and one_method(earlier, way.reached):
        found["earlier"] = earlier
        growth = way.rest / value_of(earlier) - 1
        written = amount(growth, "ratio", lang)
        so_far = _growth_so_far(way, reading, workspace)
        said += text(f"brief.needed.{'up' if growth > 0 else 'down'}", lang, growth=written.lstrip("-−"))
        if so_far:
            found["so_far"] = so_far
            enough, rate = "kept" if value_of(so_far) >= growth else "short", amount(value_of(so_far), "ratio", lang)
            said += text(f"brief.needed.{enough}", lang, so_far=long_period(way.so_far.id, lang), rate=rate)
            finding = text(f"brief.finding.needed.{enough}", lang)
        made.append(Made("growth", "growth", "rest", "earlier", "ratio", written.lstrip("-−")))
    if (peak := _peak(way, reading, workspace)) and one_method(peak, way.reached):
        found["peak"] = peak
        quarters, highest = (12 - way.so_far.last) // 3, value_of(peak)
        ever = "ever" if highest >= way.rest / quarters else "never"
        when, most = str(peak.findings.rows[0]["period"]), amount(highest, peak.findings.unit, lang)
        key = f"brief.needed.{ever}.{'one' if quarters == 1 else 'each'}"
        said += text(key, lang, when=long_period(when, lang), peak=most)
    yield Sentence("needed", said + text("brief.stop", lang), found, tuple(made), finding)


def _growth_so_far(way: Way, reading: Reading, workspace: Workspace) -> Found | None:
    return figure(plain(reading).but(measure="growth", periods=(When.of(way.so_far),)), reading, workspace)


def _way(reading: Reading, workspace: Workspace) -> Way | None:
    """Of a figure that grows from month to month; a stock or a ratio is at its end whatever the time gone."""
    metric, end = reading.slots.metric or "", reading.slots.periods[0].end
    goal = goal_of(reading.slots, workspace)
    if goal != str(end.year) or not workspace.catalog.additive(metric) or _at_end(reading, workspace):
        return None
    so_far = Period(end.year, 1, end.last)
    wanted = target_of(reading, goal, workspace)
    reached = figure(plain(reading).but(periods=(When.of(so_far),)), reading, workspace)
    if not wanted or not reached or "at_most" in wanted.findings.gathered("comparisons") or value_of(wanted) <= 0:
        return None
    return Way(wanted, reached, so_far)


def _year_earlier(way: Way, reading: Reading, workspace: Workspace) -> tuple[Found, Found] | None:
    """The same months and the whole of the year before, where they were compiled alike."""
    spans = way.so_far.years_on(-1), Period(way.so_far.year - 1)
    found = [figure(plain(reading).but(periods=(When.of(span),)), reading, workspace) for span in spans]
    before, whole = found
    if not before or not whole or not one_method(before, whole) or value_of(whole) <= 0:
        return None
    return before, whole


def _peak(way: Way, reading: Reading, workspace: Workspace) -> Found | None:
    """The highest quarter up to now, where whole quarters are left."""
    slots = plain(reading)
    known = workspace.catalog.stretch(slots.metric, slots.places, "quarter")
    last = Period(way.so_far.year, (way.so_far.last - 1) // 3 * 3 + 1, way.so_far.last)
    if way.so_far.last % 3 or not known or known[0] >= last:
        return None
    since = slots.but(periods=(When(known[0], last),), grain="quarter", order="desc", n=1)
    return figure(since, reading, workspace, "peak")


def _of_goal(reading: Reading, goal: str) -> Slots:
    year = When.of(parse_id(goal))
    return Slots(measure="target", metric=reading.slots.metric, places=reading.slots.places, periods=(year,))


def target_of(reading: Reading, goal: str, workspace: Workspace) -> Found | None:
    """The target of a period."""
    return figure(_of_goal(reading, goal), reading, workspace)


def state(part: float, gone: float) -> str:
    """How much of a target is reached, held against how much of its year is gone."""
    if part >= 1:
        return "met"
    if gone == 1:
        return "missed"
    return "even" if abs(part - gone) < EVEN else "ahead" if part > gone else "behind"


def goal_of(slots: Slots, workspace: Workspace) -> str:
    """The period of the next target for a figure, from its own period on; empty where there is none."""
    if slots.consumer or slots.offering or slots.sector:
        return ""
    after = slots.periods[0].end.end_date.isoformat()
    values = {"metric": slots.metric, "place": slots.places[0], "after": after}
    sql = GOALS.replace("from target", f"from {relation('target', workspace.published_only)}")
    rows = workspace.engine.execute(sql, values, row_cap=1, seconds=workspace.engine.patience).rows
    return str(rows[0][0]) if rows else ""


def _at_end(reading: Reading, workspace: Workspace) -> bool:
    return workspace.catalog.at_end(reading.slots.metric or "")
