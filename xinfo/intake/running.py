"""Year to date or single quarter: what the figures themselves prove where a table does not say.

Single: they fall within a year, they sum to the year, or the store has them as single ones. Cumulative: the last is the
year, the store has them as running totals, or they sum to more than the year. Reads no file and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from xinfo.store.periods import Period

SAME = 0.002
"""Figures that differ by less than this part of one are the same, rounded."""
Spans = Mapping[tuple[int, int], tuple[float, ...]]
"""First and last month -> the figures known of them, one from each source."""


@dataclass(frozen=True)
class Labelled:
    """A figure of a quarter or month that may as well run from January."""

    period: Period
    value: float
    written: str
    cell: str


@dataclass(frozen=True)
class Course:
    """One place's figures of one metric and year, in the order of time, and what is known of that year."""

    place: str
    metric: str
    figures: tuple[Labelled, ...]
    known: Spans = field(default_factory=dict)


@dataclass(frozen=True)
class Proof:
    single: bool
    """True: single quarters or months. False: cumulative."""
    why: str
    """falls, sums, known, year, exceeds."""
    course: Course
    figures: tuple[Labelled, ...]


def proofs(courses: Iterable[Course]) -> list[Proof]:
    """Everything that speaks for one or the other."""
    return [proof for course in courses for proof in _proofs(course)]


def proven(found: Iterable[Proof]) -> bool | None:
    """Whether the figures are cumulative; None where nothing proves it, or proofs contradict each other."""
    kinds = {proof.single for proof in found}
    return not kinds.pop() if len(kinds) == 1 else None


def _proofs(course: Course) -> Iterator[Proof]:
    figures = course.figures
    for before, after in pairwise(figures):
        if 0 <= after.value < before.value * (1 - SAME):
            yield Proof(True, "falls", course, (before, after))
    for figure in figures:
        yield from _against_known(course, figure)
    years = course.known.get((1, 12), ())
    total = sum(figure.value for figure in figures)
    if any(figure.value < 0 for figure in figures) or len(figures) < 2:
        return
    if _whole(figures) and any(_same(total, year) for year in years):
        yield Proof(True, "sums", course, figures)
    elif years and total > max(years) * (1 + SAME) and not _nearer(total, figures, max(years)):
        yield Proof(False, "exceeds", course, figures)


def _against_known(course: Course, figure: Labelled) -> Iterator[Proof]:
    """What the known figures of the same year say of one; a year's first quarter is both."""
    first, last = figure.period.first, figure.period.last
    if first == 1:
        return
    running, single = course.known.get((1, last), ()), course.known.get((first, last), ())
    is_running, is_single = (any(_same(figure.value, one) for one in some) for some in (running, single))
    if is_running and not is_single:
        yield Proof(False, "year" if last == 12 else "known", course, (figure,))
    if is_single and not is_running:
        yield Proof(True, "known", course, (figure,))
    before = [value for (start, end), values in course.known.items() if start == 1 and end < last for value in values]
    if before and 0 <= figure.value < min(before) * (1 - SAME):
        yield Proof(True, "falls", course, (figure,))


def _whole(figures: tuple[Labelled, ...]) -> bool:
    """Whether the figures cover their year without a gap."""
    spans = [(figure.period.first, figure.period.last) for figure in figures]
    ends = [0, *(last for _, last in spans)]
    return ends[-1] == 12 and all(first == end + 1 for (first, _), end in zip(spans, ends, strict=False))


def _nearer(total: float, figures: tuple[Labelled, ...], year: float) -> bool:
    """Whether the sum of a whole year's figures misses the year by less than the last of them does."""
    return _whole(figures) and total - year < abs(figures[-1].value - year)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= SAME * max(abs(one), abs(other))
