"""What was heard, topic by topic, before a template is chosen. Two frames laid over each other are a follow-up."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from xinfo.understand.altered import altered
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.quantities import Quantity
from xinfo.understand.reading import Heard, Scope
from xinfo.understand.when import Times

GROUPS = ("province", "region", "admin_type", "batch")
GOALS = ("target", "gap", "attainment")
"""Measures of what is aimed at."""
PROJECT_GROUPS = ("content_area", "level", "project_status")
SIDED = ("difference", "multiple", "excess")
"""What makes one number of two figures: one less the other, how many times or by what percentage more than it it is."""


@dataclass(frozen=True)
class Trouble:
    """Why a question cannot be answered as it stands."""

    kind: str
    """A key of the texts' `unclear` section."""
    about: str = ""
    """The words it is about."""
    options: tuple[str, ...] = ()
    """Ids to choose from: metrics, places."""


@dataclass(frozen=True)
class Frame:
    """Slots as they were heard; a field that was not heard is empty."""

    places: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    """Places that one name may mean."""
    scope: Scope | None = None
    other: Scope | None = None
    everywhere: bool = False
    """Whether all pilots were said in so many words: it lifts a narrower set of the question before."""
    metric: str | None = None
    metrics: tuple[str, ...] = ()
    """Metrics that one word may mean."""
    against: str | None = None
    """The second metric of a relation."""
    per: str | None = None
    """The metric it is put in relation to."""
    consumer: tuple[str, ...] = ()
    offering: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    whole_of: str | None = None
    """The dimension whose part a share is one of."""
    measure: str | None = None
    times: Times | None = None
    grain: str | None = None
    over: str | None = None
    by: str | None = None
    order: str | None = None
    n: int | None = None
    cmp: str | None = None
    threshold: Quantity | None = None
    upto_cmp: str | None = None
    upto: Quantity | None = None
    """An upper bound beside a lower one."""
    than: tuple[str, ...] = ()
    """Places after 'than'."""
    turned: bool = False
    """Whether a difference is asked the other way round: 'how much lower'."""
    one_way: bool = False
    """Whether the first of two times is held against the second: 'more in the first quarter than in the second'."""
    cues: tuple[frozenset[str], ...] = ()
    """For each cue word, what it may call for."""
    projects: bool = False
    content_area: str | None = None
    level: str | None = None
    project_status: str | None = None
    dated: str | None = None
    field: str | None = None
    fact: str | None = None
    template: str | None = None
    """A template called by a cue phrase of its own."""
    nth: int | None = None
    rest: bool = False
    """Whether all are meant but those that an order picks."""
    chosen: Frame | None = None
    """The question on places whose answer the set is first cut down to."""
    bar: str | None = None
    """What `cmp` holds a figure against, where it is no number and no place."""
    bar_of: Scope | None = None
    """The other set whose mean or median that is."""
    before: Times | None = None
    """The other time of a comparison whose first one is that of the question before."""
    factor: float | None = None
    quantifier: str | None = None
    ends: bool = False
    """Whether the two times are the ends of a growth."""
    per_year: bool = False
    in_amounts: bool = False
    """Whether what is asked of the figure that was spoken of is an amount: 'by how many yuan'."""
    of_it: bool = False
    """Whether a part of an amount is asked for, also where a rate of it was spoken of: 其中个人部分是多少."""
    also: Frame | None = None
    """A second figure of the same places and times."""
    pronoun: bool = False
    of_those: bool = False
    """Whether it is asked of those that the question before has found: 'their GDP'."""
    its: bool = False
    """Whether it is asked of the one place that the question before has found: 'its GDP'."""
    pair: bool = False
    """Whether the two that were spoken of are meant: 'between the two'."""
    opposite: str | None = None
    """Of what was spoken of the `rest`, which its bar does not hold for, or the other `end` of its order; `said` where
    a bar is turned round already."""
    follows: bool = False
    new_topic: bool = False
    troubles: tuple[Trouble, ...] = ()
    heard: tuple[Heard, ...] = ()

    def has_cue(self, *names: str) -> bool:
        return any(set(names) & cue for cue in self.cues)

    def parts(self) -> dict[str, tuple[str, ...]]:
        return {dimension: values for dimension in DIMENSIONS if (values := getattr(self, dimension))}

    def but(self, **changes: Any) -> Frame:
        return altered(self, changes)


EMPTY = frozenset("heard troubles follows pronoun pair its of_it of_those new_topic everywhere".split())
"""Fields that change nothing by themselves: 'thank you' is no question, and gets no answer."""


def filled(frame: Frame) -> dict[str, Any]:
    """The fields that were heard."""
    return {f.name: value for f in fields(frame) if (value := getattr(frame, f.name)) not in (None, (), False)}
