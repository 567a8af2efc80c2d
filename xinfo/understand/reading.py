"""What a question was understood to mean: slots, the pieces they were heard in, or why it is unclear. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from xinfo.store.periods import Period, decompose
from xinfo.understand.altered import altered

if TYPE_CHECKING:
    from xinfo.understand.template import Template


@dataclass(frozen=True)
class Scope:
    """A set of places by description; all conditions hold at once, and an empty one means all pilots."""

    province: str | None = None
    """English name."""
    region: str | None = None
    admin_type: str | None = None
    batch: str | None = None
    capital: str | None = None
    """province: only cities that a province is governed from."""
    named: tuple[str, ...] = ()
    """Ids of places that are taken together, whether or not they are pilots."""
    without: tuple[str, ...] = ()
    """What is left out: ids of places, and names of groups as `Catalog.groups` has them ('except Hebei')."""
    among: tuple[str, ...] = ()
    """Names of such groups, of which a place is in any: 'the eastern, central and western pilots'."""


@dataclass(frozen=True)
class When:
    """A stretch of time from the first month of `start` to the last month of `end`."""

    start: Period
    end: Period

    @classmethod
    def of(cls, period: Period) -> When:
        return cls(period, period)

    @classmethod
    def until(cls, end: Period, months: int) -> When:
        """So many months, to where a period ends."""
        first = end.year * 12 + end.last - months
        start = Period(first // 12, first % 12 + 1, 12 if first // 12 < end.year else end.last)
        return cls.of(start) if start.year == end.year else cls(start, Period(end.year, 1, end.last))

    @property
    def parts(self) -> tuple[Period, ...]:
        """One period a year."""
        return decompose(self.start, self.end)

    def years_on(self, years: int) -> When:
        """The same stretch so many years later, or earlier."""
        return When(self.start.years_on(years), self.end.years_on(years))

    @property
    def preceding(self) -> When:
        """The stretch of the same length before it, of a stretch within a year."""
        months = self.end.last - self.start.first + 1
        year, first = self.start.year, self.start.first - months
        year, first = (year, first) if first > 0 else (year - 1, 13 - months)
        return When.of(Period(year, first, first + months - 1))

    @property
    def id(self) -> str:
        """`2014Q3`, or `2014Q2..2015Q1` over a year's end."""
        parts = self.parts
        return parts[0].id if len(parts) == 1 else f"{self.start.id}..{self.end.id}"


@dataclass(frozen=True)
class Slots:
    """The values a template's sentence and SQL are filled with; a field that does not apply is empty."""

    measure: str = "value"
    """value, growth, share, target, attainment or gap; what makes its SQL is named by `query.shape`."""
    metric: str | None = None
    against: str | None = None
    """The second metric, of a relation of two."""
    per: str | None = None
    """The metric that the figure is divided by, where the two have no ratio of their own."""
    consumer: tuple[str, ...] = ()
    """Parts asked for; none means the total `all`. The same for offering and sector."""
    offering: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    whole_of: str | None = None
    """Of a share the dimension whose part is its whole: consumer, of what personal consumption went on services."""
    places: tuple[str, ...] = ()
    """Ids, in the order they were named."""
    scope: Scope | None = None
    other: Scope | None = None
    """The second set of a comparison of two sets."""
    periods: tuple[When, ...] = ()
    grain: str | None = None
    """quarter or year, where the answer has a row for each."""
    over: str | None = None
    """What the answer has a row for each of: place, period, consumer, offering, sector, province, region, …"""
    by: str | None = None
    """What it has a row for each of beside `over`: another group of places."""
    order: str | None = None  # desc or asc.
    n: int | None = None
    cmp: str | None = None  # > >= < <=
    threshold: float | None = None
    """In the base unit."""
    upto_cmp: str | None = None
    """< or <=, where there is an upper bound beside a lower one."""
    upto: float | None = None
    """The upper bound, in the base unit."""
    than: str | None = None
    """The place whose own figure is the threshold."""
    content_area: str | None = None
    level: str | None = None
    project_status: str | None = None
    dated: str | None = None
    """start or due: which date of a project lies in the periods."""
    field: str | None = None
    """budget, spent or left: what of the budget is not spent."""
    fact: str | None = None
    nth: int | None = None
    """With `order`: only the one that stands so far from its front."""
    rest: bool = False
    """With `order`: all but those that it picks."""
    chosen: Slots | None = None
    """The question on places whose answer the set is first cut down to: a ranking or a comparison."""
    bar: str | None = None
    """What `cmp` holds a figure against: mean or median of the set, its own target, or what it was `before`."""
    bar_of: Scope | None = None
    """The set whose mean or median the bar is, where it is another than the one that is asked about."""
    factor: float | None = None
    """How many times the bar."""
    quantifier: str | None = None
    """is, only, all, any, none or most: what is asked to be told yes or no of."""
    ends: bool = False
    """Whether a growth is one between the two periods, the later of which stands first."""
    per_year: bool = False  # Whether such a growth is the average of a year.
    also: Slots | None = None
    """A second figure of the same places and periods, or what else is asked of the same one: see `second`."""
    operation: str | None = None  # Of a second question: average, median, total or position.

    @property
    def main_periods(self) -> tuple[When, ...]:
        """The periods that figures are of, without the one that they are only held against."""
        return self.periods[:1] if self.ends or self.bar == "before" else self.periods

    @property
    def set_of_places(self) -> Slots:
        """Only which places are chosen from: by description where there is one, else by name."""
        return Slots(scope=self.scope) if self.scope is not None else Slots(places=self.places)

    @property
    def choosing(self) -> Slots | None:
        """The inner question with its set of places, which is that of the outer one where it has none."""
        if not self.chosen or self.chosen.places or self.chosen.scope is not None:
            return self.chosen
        around = self.set_of_places
        return self.chosen.but(places=around.places, scope=around.scope)

    @property
    def second(self) -> Slots | None:
        """The question for the second figure alone; of a ranking or comparison, it is that of the places found."""
        if self.also is None:
            return None
        also = self.also.but(metric=self.also.metric or self.metric, periods=self.also.periods or self.main_periods)
        figure = {name: getattr(also, name) for name in FIGURE}
        if also.operation:
            return self.but(**figure, scope=also.scope or self.scope, operation=also.operation, over=None, also=None)
        if also.order or not self.picks:
            return self.but(**figure, order=also.order or self.order, also=None)
        return Slots(places=self.places, scope=self.scope, over="place", chosen=self.but(also=None), **figure)

    @property
    def picks(self) -> bool:
        """Whether its answer is some places of a set."""
        return bool(self.order or self.cmp) and not self.grain and not self.quantifier and not self.over

    def filled(self) -> dict[str, Any]:
        """The slots that hold something, by name, in order."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) not in (None, (), f.default)}

    def but(self, **changes: Any) -> Slots:
        return altered(self, changes)


FIGURE = (
    "measure", "metric", "against", "per", "consumer", "offering", "sector", "whole_of", "periods", "ends", "per_year",
)  # fmt: skip
"""The slots that say which figure is meant."""


@dataclass(frozen=True)
class Heard:
    """A piece of the question and what it was taken for; `start` and `end` count characters of the question."""

    text: str
    start: int
    end: int
    kind: str
    """slot, cue, filler, corrected (taken for something it is not spelt like) or unknown."""
    meaning: str = ""
    """What it was taken for: the slot's name and value, or the corrected spelling."""


@dataclass(frozen=True)
class Reading:
    """A question understood in full: every slot that the template's SQL needs is filled."""

    question: str
    lang: str
    template: Template
    slots: Slots
    sentence: str
    """The canonical sentence, in `lang`; asked again it gives the same reading."""
    heard: tuple[Heard, ...] = ()
    assumed: tuple[str, ...] = ()
    """What was taken for granted, as sentences for the caveats."""
    changed: frozenset[str] = field(default_factory=frozenset)
    """Names of the slots that a follow-up changed; empty where the question stood alone."""
    form: str = ""
    """The kind of chart that was asked for in so many words; it changes no figure."""
    second: Reading | None = None
    """The question for the second figure of two, which is answered on the same card."""


@dataclass(frozen=True)
class Subject:
    """One thing that somebody asks about without saying what; `id` is that of a place or metric, empty for help."""

    kind: Literal["place", "metric", "help"]
    id: str = ""


@dataclass(frozen=True)
class Unclear:
    """A question that is not answered, in words a user can act on."""

    question: str
    lang: str
    status: str
    """clarify, no_data or refused."""
    reason: str
    choices: tuple[str, ...] = ()
    """Ready questions, each of which would be understood."""
    heard: tuple[Heard, ...] = ()
    subject: Subject | None = None
    """What it names, where that is all it does."""
