"""A year's target and how far the way to it has been gone. Asks; says no more than a few words for titles."""

from __future__ import annotations

from dataclasses import dataclass

from xinfo.answer.approximate import approaches
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found
from xinfo.briefing.made import elapsed
from xinfo.briefing.rounded import Rounded
from xinfo.briefing.sentence import figure, one_method, plain, value_of
from xinfo.language.texts import text
from xinfo.query.schema import relation
from xinfo.store.periods import Period, parse_id
from xinfo.understand.reading import Reading, Slots, When

GOALS = """
  select t.period_id from target as t inner join period as p on p.period_id = t.period_id
  where t.metric_id = $metric and t.place_id = $place and p.end_date >= cast($after as date)
  order by p.end_date, t.period_id limit 1
"""
OVER = ("met", "near", "missed")
"""States in which nothing is to be held against a target any more."""


@dataclass(frozen=True)
class Way:
    """A year's target and what of it is reached at the end of `so_far`."""

    target: Found
    reached: Found
    so_far: Period
    before: tuple[Found, Found] | None
    """The same months and the whole of the year before."""

    @property
    def rounded(self) -> Rounded:
        return Rounded.like(self.target)

    @property
    def part(self) -> float:
        return value_of(self.reached) / value_of(self.target)

    @property
    def part_before(self) -> float:
        """What of the year before was reached by then."""
        return value_of(self.before[0]) / value_of(self.before[1]) if self.before else 0.0

    @property
    def gone(self) -> float:
        return elapsed(self.so_far.id)

    @property
    def rest(self) -> float:
        return value_of(self.target) - value_of(self.reached)

    @property
    def left(self) -> Period:
        """The months of the year behind `so_far`."""
        return Period(self.so_far.year, self.so_far.last + 1, 12)

    def is_over(self, today: str) -> bool:
        """Whether the year is over on an ISO day; not so where none is given."""
        return today[:10] > self.left.end_date.isoformat()

    def tense(self, today: str) -> str:
        """The key of what is said of the rest of the year."""
        return "over" if self.is_over(today) else "open"


def way_of(reading: Reading, workspace: Workspace) -> Way | None:
    """Of a figure that grows from month to month; a stock or a ratio is at its end whatever the time gone."""
    metric, end = reading.slots.metric or "", reading.slots.periods[0].end
    goal = goal_of(reading.slots, workspace)
    if goal != str(end.year) or not adds_up(metric, workspace):
        return None
    so_far = Period(end.year, 1, end.last)
    wanted = target_of(reading, goal, workspace)
    reached = figure(plain(reading).but(periods=(When.of(so_far),)), reading, workspace)
    if not wanted or not reached or "at_most" in wanted.findings.gathered("comparisons") or value_of(wanted) <= 0:
        return None
    before = _year_earlier(so_far, reading, workspace) if so_far.last < 12 else None
    return Way(wanted, reached, so_far, before)


def _year_earlier(so_far: Period, reading: Reading, workspace: Workspace) -> tuple[Found, Found] | None:
    """The same months and the whole of the year before, where they were compiled alike."""
    spans = so_far.years_on(-1), Period(so_far.year - 1)
    found = [figure(plain(reading).but(periods=(When.of(span),)), reading, workspace) for span in spans]
    before, whole = found
    if not before or not whole or not one_method(before, whole) or value_of(whole) <= 0:
        return None
    return before, whole


def of_goal(reading: Reading, goal: str) -> Slots:
    year = When.of(parse_id(goal))
    return Slots(measure="target", metric=reading.slots.metric, places=reading.slots.places, periods=(year,))


def target_of(reading: Reading, goal: str, workspace: Workspace) -> Found | None:
    """The target of a period."""
    return figure(of_goal(reading, goal), reading, workspace)


def state(way: Way) -> str:
    """How much of a target is reached, held against what of the year before was by then, else against the calendar."""
    if way.part >= 1:
        return "met"
    if way.gone == 1:
        return "near" if way.rounded.step and approaches(way.part) else "missed"
    yardstick = way.part_before if way.before else way.gone
    return "even" if way.rounded.same(way.part, yardstick) else "ahead" if way.part > yardstick else "behind"


def goal_of(slots: Slots, workspace: Workspace) -> str:
    """The period of the next target for a figure, from its own period on; empty where there is none."""
    if slots.consumer or slots.offering or slots.sector:
        return ""
    after = slots.periods[0].end.end_date.isoformat()
    values = {"metric": slots.metric, "place": slots.places[0], "after": after}
    sql = GOALS.replace("from target", f"from {relation('target', workspace.published_only)}")
    rows = workspace.engine.execute(sql, values, row_cap=1, seconds=workspace.engine.patience).rows
    return str(rows[0][0]) if rows else ""


def adds_up(metric: str, workspace: Workspace) -> bool:
    """Whether a figure grows from month to month."""
    return workspace.catalog.additive(metric) and not workspace.catalog.at_end(metric)


def standing(way: Way) -> str:
    """The key of texts on its state, with what it is held against: last.behind, calendar.even, met."""
    of = state(way)
    return of if of in OVER else f"{'last' if way.before else 'calendar'}.{of}"


def finding_of(way: Way, lang: str) -> str:
    """How the way to the target goes, in a few words."""
    return text(f"brief.finding.progress.{standing(way)}", lang)
