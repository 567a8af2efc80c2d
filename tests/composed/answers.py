"""The rows that each kind of question is answered with, by the evaluator. None where there is no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import fmean, median

from composed.evaluator import COMPARE, PLACES, Evaluator, Row
from composed.panel import PARTS
from xinfo.store.periods import Period
from xinfo.understand.reading import Slots

Rows = list[Row] | None
Answering = Callable[[Evaluator, Slots], Rows]
Middle = Callable[[Iterable[float]], float]
Made = Callable[[float | None, float | None], Rows]


def expected(ev: Evaluator, template: str, q: Slots) -> Rows:
    """The rows of both figures where two are asked for."""
    rows = ANSWERS[template](ev, q.but(also=None))
    if q.second is None or rows is None:
        return rows
    others = ANSWERS["figures_by_place" if q.picks else template](ev, q.second)
    return None if others is None else rows + others


def verdict(ev: Evaluator, template: str, q: Slots) -> bool:
    """The yes or no of a question that asks for one."""
    if template == "yes_no_of_sets":
        one, other = _both_sets(ev, q)
        return one is not None and other is not None and COMPARE[q.cmp or ""](one, other)
    if template.startswith("yes_no_of_"):
        value = (expected(ev, template, q) or [])[0][1]
        return COMPARE[q.cmp or ""](value, q.threshold or 0.0) and (q.upto is None or value <= q.upto)
    judged = _judged(ev, q)
    passing = sum(judged.values())
    return {
        "only": [place for place, passes in judged.items() if passes] == list(q.places),
        "is": judged.get(q.places[0] if q.places else "", False),
        "all": passing == len(judged),
        "any": passing > 0,
        "none": passing == 0,
        "most": passing > len(judged) / 2,
    }[q.quantifier or ""]


def _one(value: float | None, about: str | None = None) -> Rows:
    return None if value is None else [(about, value)]


def _by_size(found: Iterable[Row]) -> Rows:
    return sorted(found, key=lambda row: (-row[1], row[0] or "")) or None


def _value(ev: Evaluator, q: Slots) -> Rows:
    return _one(ev.value(q, q.places[0]), q.places[0])


def _each(ev: Evaluator, q: Slots) -> Rows:
    return _by_size(ev.figures(q, ev.members(q)).items())


def _total(ev: Evaluator, q: Slots) -> Rows:
    return _one(ev.pooled(q, ev.members(q)))


def _middle(of: Callable[[Iterable[float]], float]) -> Callable[[Evaluator, Slots], Rows]:
    def answered(ev: Evaluator, q: Slots) -> Rows:
        found = ev.figures(q, ev.members(q)).values()
        return _one(of(found)) if found else None

    return answered


def _rank(ev: Evaluator, q: Slots) -> Rows:
    # Which of several named places comes first cannot be told where one of them has no figure.
    if q.scope is None and not q.chosen and len(ev.figures(q, q.places)) < len(q.places):
        return None
    return [(place, ev.value(q, place) or 0.0) for place in ev.picked(q)] or None


def _judged(ev: Evaluator, q: Slots) -> dict[str, bool]:
    if not q.order:
        return ev.judged(q)
    found = ev.figures(q, ev.members(q))
    better = {p: sum((o > v) if q.order == "desc" else (o < v) for o in found.values()) for p, v in found.items()}
    first, last = (q.nth, q.nth) if q.nth else (1, q.n or 1)
    return {place: first <= at + 1 <= last for place, at in better.items()}


def _filter(ev: Evaluator, q: Slots) -> Rows:
    judged = ev.judged(q)
    return None if not judged else _by_size(_told(ev, q, [p for p, passes in judged.items() if passes])) or []


def _count(ev: Evaluator, q: Slots) -> Rows:
    judged = ev.judged(q)
    return [(None, float(sum(judged.values())))] if judged else None


def _share_passing(ev: Evaluator, q: Slots) -> Rows:
    judged = ev.judged(q)
    return [(None, sum(judged.values()) / len(judged))] if judged else None


def _yes_no(ev: Evaluator, q: Slots) -> Rows:
    judged = _judged(ev, q)
    if q.quantifier == "is":
        return _told(ev, q, [place for place in (q.places[0], q.than) if place]) if q.places[0] in judged else None
    telling = [place for place, passes in judged.items() if passes != (q.quantifier == "all")]
    return _by_size(_told(ev, q, telling or list(judged)))


def _told(ev: Evaluator, q: Slots, places: list[str]) -> list[Row]:
    return [(place, ev.value(q, place) or 0.0) for place in places]


def _position(ev: Evaluator, q: Slots) -> Rows:
    found, place = ev.figures(q, ev.members(q)), q.places[0]
    return [(place, 1.0 + sum(one > found[place] for one in found.values()))] if place in found else None


def _group(ev: Evaluator, q: Slots) -> Rows:
    groups: dict[str, list[str]] = {}
    for place in ev.members(q):
        groups.setdefault(getattr(PLACES[place], q.over or ""), []).append(place)
    found = {group: ev.pooled(q, places) for group, places in groups.items()}
    return _by_size((group, value) for group, value in found.items() if value is not None)


def _years(q: Slots) -> list[Period]:
    return [Period(year) for year in range(q.periods[0].start.year, q.periods[0].end.year + 1)]


def _trend(ev: Evaluator, q: Slots) -> Rows:
    found = [(year.id, ev.value(q, q.places[0], year)) for year in _years(q)]
    return [(year, value) for year, value in found if value is not None] or None


def _trend_of_total(ev: Evaluator, q: Slots) -> Rows:
    found = [(year.id, ev.pooled(q, ev.members(q), year)) for year in _years(q)]
    return [(year, value) for year, value in found if value is not None] or None


def _less(one: float | None, other: float | None, about: str | None = None) -> Rows:
    return None if one is None or other is None else [(about, one - other)]


def _difference_of_periods(ev: Evaluator, q: Slots) -> Rows:
    one, other = (ev.value(q, q.places[0], when.start) for when in q.periods)
    return _less(one, other, q.places[0])


def _difference_of_places(ev: Evaluator, q: Slots) -> Rows:
    return _less(ev.value(q, q.places[0]), ev.value(q, q.places[1]))


def _both_sets(ev: Evaluator, q: Slots) -> tuple[float | None, float | None]:
    return ev.pooled(q, ev.members(q)), ev.pooled(q, ev.members(q.but(scope=q.other)))


def _yes_no_of_sets(ev: Evaluator, q: Slots) -> Rows:
    one, other = _both_sets(ev, q)
    return None if other is None else _one(one)


def _difference_of_sets(ev: Evaluator, q: Slots) -> Rows:
    return _less(*_both_sets(ev, q))


def _extremes(ev: Evaluator, q: Slots) -> Rows:
    """The highest less the lowest, or less the one that stands so far down; none where one place is both."""
    found = ev.figures(q, ev.members(q))
    ranked = ev.ordered(q.but(order="desc"), found)
    if len(ranked) < 2 or len(ranked) < (q.nth or 1):
        return None
    return _less(found[ranked[0]], found[ranked[q.nth - 1 if q.nth else -1]])


def _above(one: float | None, other: float | None, about: str | None = None) -> Rows:
    """By what part of the other one it is above it."""
    return None if one is None or not other else [(about, one / other - 1)]


def _excess_of_places(ev: Evaluator, q: Slots) -> Rows:
    return _above(ev.value(q, q.places[0]), ev.value(q, q.places[1]))


def _excess_of_sets(ev: Evaluator, q: Slots) -> Rows:
    return _above(*_both_sets(ev, q))


def _times(one: float | None, other: float | None, about: str | None = None) -> Rows:
    return None if one is None or not other else [(about, one / other)]


def _multiple_of_periods(ev: Evaluator, q: Slots) -> Rows:
    one, other = (ev.value(q, q.places[0], when.start) for when in q.periods)
    return _times(one, other, q.places[0])


def _multiple_of_places(ev: Evaluator, q: Slots) -> Rows:
    return _times(ev.value(q, q.places[0]), ev.value(q, q.places[1]))


def _multiple_of_sets(ev: Evaluator, q: Slots) -> Rows:
    return _times(*_both_sets(ev, q))


def _of_two_sets(of: Middle, made: Made) -> Answering:
    """What two averages give that are set against each other."""

    def answered(ev: Evaluator, q: Slots) -> Rows:
        sides = (ev.figures(q, ev.members(one)).values() for one in (q, q.but(scope=q.other)))
        one, other = (of(found) if found else None for found in sides)
        return made(one, other)

    return answered


def _of_two_periods(of: Middle, made: Made) -> Answering:
    """The same of two periods, over the places that have both."""

    def answered(ev: Evaluator, q: Slots) -> Rows:
        sides = [{p: ev.value(q, p, when.start) for p in ev.members(q)} for when in q.periods]
        both = [place for place in sides[0] if None not in (sides[0][place], sides[1][place])]
        one, other = (of([side[place] or 0.0 for place in both]) if both else None for side in sides)
        return made(one, other)

    return answered


def _share_of_places(ev: Evaluator, q: Slots) -> Rows:
    members, q = ev.members(q), q.but(measure="value", chosen=None)
    own, whole = ev.value(q, q.places[0]), ev.pooled(q, members)
    return [(q.places[0], own / whole)] if own is not None and whole and q.places[0] in members else None


def _share_of_sets(ev: Evaluator, q: Slots) -> Rows:
    q = q.but(measure="value")
    return _times(ev.pooled(q, ev.members(q)), ev.pooled(q, ev.members(q.but(scope=q.other, chosen=None))))


def _count_of_chosen(ev: Evaluator, q: Slots) -> Rows:
    those = ev.picked(q.chosen) if q.chosen else []
    return [(None, float(len(ev.members(q))))] if those else None


def _periods_passing(of: Callable[[Evaluator, Slots], Rows], which: slice = slice(None)) -> Answering:
    """Of a course those that pass, or which of them; all of it where none does, which the sentence tells."""

    def answered(ev: Evaluator, q: Slots) -> Rows:
        course = of(ev, q) or []
        passing = [row for row in course if COMPARE[q.cmp or ""](row[1], q.threshold or 0.0)]
        return passing[which] or course or None

    return answered


def _breakdown(ev: Evaluator, q: Slots) -> Rows:
    found = [(part, ev.value(q, q.places[0], part=part)) for part in PARTS]
    return (
        _by_size((part, value) for part, value in found if value is not None)
        if None not in dict(found).values()
        else None
    )


ANSWERS: dict[str, Callable[[Evaluator, Slots], Rows]] = {
    "value": _value,
    "figures_by_place": _each,
    "total": _total,
    "average": _middle(fmean),
    "median": _middle(median),
    "rank": _rank,
    "filter": _filter,
    "count": _count,
    "share_passing": _share_passing,
    "yes_no": _yes_no,
    "position": _position,
    "group": _group,
    "trend": _trend,
    "trend_of_total": _trend_of_total,
    "difference_of_periods": _difference_of_periods,
    "difference_of_places": _difference_of_places,
    "difference_of_sets": _difference_of_sets,
    "multiple_of_periods": _multiple_of_periods,
    "difference_of_extremes": _extremes,
    "excess_of_places": _excess_of_places,
    "excess_of_sets": _excess_of_sets,
    "multiple_of_places": _multiple_of_places,
    "multiple_of_sets": _multiple_of_sets,
    **{
        f"{operation}_of_{over}{name}": pair(of, made)
        for operation, made in (("difference", _less), ("multiple", _times))
        for over, pair in (("", _of_two_sets), ("periods_of_", _of_two_periods))
        for name, of in (("averages", fmean), ("medians", median))
    },
    "yes_no_of_total": _total,
    "yes_no_of_sets": _yes_no_of_sets,
    "yes_no_of_average": _middle(fmean),
    "yes_no_of_median": _middle(median),
    "share_of_places": _share_of_places,
    "share_of_sets": _share_of_sets,
    "count_of_chosen": _count_of_chosen,
    "periods_passing": _periods_passing(_trend),
    "periods_passing_of_total": _periods_passing(_trend_of_total),
    "periods_passing_first": _periods_passing(_trend, slice(1)),
    "periods_passing_last": _periods_passing(_trend, slice(-1, None)),
    "periods_passing_of_total_first": _periods_passing(_trend_of_total, slice(1)),
    "periods_passing_of_total_last": _periods_passing(_trend_of_total, slice(-1, None)),
    "breakdown": _breakdown,
}
