"""A figure worked out a second time, from the published rows alone, by a path that shares no step with the store's.

The store combines published rows when it is built; `store.provenance` finds and combines them anew. What an answer
makes of figures (sums, differences, growth, ranks, paces) is done here over those, without its SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from xinfo.answer.findings import Findings
from xinfo.answer.origin.figures import Figure
from xinfo.answer.origin.sums import side_value
from xinfo.query.bind import bind
from xinfo.store.periods import parse_id

TOLERANCE = 1e-6
"""Of a figure: more than the rounding of a sum of floats, less than anything that is read."""

COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
}


def worked_out(findings: Findings, at: int, figures: Sequence[Figure]) -> float | None:
    """The number of row `at` from the published rows of what it rests on; None where they do not give it."""
    made = [anew(figure) for figure in figures]
    if not made or not all(made):
        return None
    known = [figure for figure in made if figure]
    needs = findings.template.needs
    for sign, rule in RULES.items():
        if sign in needs:
            return rule(findings, known, findings.records[at])
    sides = [_side(findings, known, side) for side in sorted({figure.cell.side for figure in known})]
    if len(sides) == 1:
        return sides[0]
    one, two = sides[0], sides[1]
    if one is None or two is None:
        return None
    if needs & {"difference", "extremes"}:
        return one - two
    if "excess" in needs:
        return one / two - 1 if two else None
    if "multiple" in needs or {"place", "scope"} <= needs:
        return one / two if two else None
    return one if findings.slots.than else None


def agree(one: float, two: float) -> bool:
    """Whether two workings give the same number."""
    return abs(one - two) <= TOLERANCE * max(abs(one), abs(two), 1e-9)


def anew(figure: Figure) -> Figure | None:
    """The figure as its published rows make it."""
    if not figure.rows:
        return None
    top = sum(_signed(row.sign, row.value) for row in figure.rows if "÷" not in row.sign)
    below = [_signed(row.sign, row.value) for row in figure.rows if "÷" in row.sign]
    bottom = sum(below) if below else None
    if below and not bottom:
        return None
    return replace(figure, value=top / bottom if bottom else top, numerator=top, denominator=bottom)


def _signed(sign: str, value: float) -> float:
    return -value if "−" in sign else value


def _side(findings: Findings, figures: Sequence[Figure], side: int = 0) -> float | None:
    """The measure over the figures of one side."""
    dens = bind(findings.slots, findings.catalog, frozenset({"denominator_periods"}))["denominator_periods"]
    mine = [figure for figure in figures if figure.cell.side == side]
    # A ratio over the row's own period is divided by that period's own denominator.
    own = {f.cell.period for f in mine if f.cell.role == "figure"}
    wanted = [one for one in dens if one in own] or list(own)
    return side_value(findings.slots, mine, wanted)


def _each(findings: Findings, figures: Sequence[Figure]) -> dict[str, float]:
    """The measure of each place by itself."""
    made = {}
    for place in dict.fromkeys(figure.cell.place for figure in figures):
        value = _side(findings, [replace(f, cell=replace(f.cell, side=0)) for f in figures if f.cell.place == place])
        if value is not None:
            made[place] = value
    return made


def _position(findings: Findings, figures: Sequence[Figure], record: Any) -> float | None:
    each = _each(findings, figures)
    own = each.get(str(record["place"]))
    return None if own is None else 1.0 + sum(value > own and not agree(value, own) for value in each.values())


def _average(findings: Findings, figures: Sequence[Figure], record: Any) -> float | None:
    each = _each(findings, figures)
    return (
        sum(each.values()) / len(each) if each and findings.slots.measure == "value" and not _divided(figures) else None
    )


def _median(findings: Findings, figures: Sequence[Figure], record: Any) -> float | None:
    each = _each(findings, figures)
    return median(each.values()) if each and findings.slots.measure == "value" and not _divided(figures) else None


def _count(findings: Findings, figures: Sequence[Figure], record: Any) -> float | None:
    slots = findings.slots
    if slots.cmp is None or slots.threshold is None:
        return None
    bars = [(COMPARE[slots.cmp], slots.threshold)]
    bars += [(COMPARE[slots.upto_cmp], slots.upto)] if slots.upto_cmp and slots.upto is not None else []
    each = _each(findings, figures).values()
    return float(sum(all(passes(value, bar) for passes, bar in bars) for value in each))


def _first_of_two(findings: Findings, figures: Sequence[Figure], record: Any) -> float | None:
    return _side(findings, figures)


def _pace(findings: Findings, figures: Sequence[Figure], record: Any) -> float | None:
    target = next((f.value for f in figures if f.cell.role == "target"), None)
    so_far = next((f for f in figures if f.cell.role == "figure"), None)
    if target is None:
        return None
    done = parse_id(so_far.cell.period).last // 3 if so_far else 0
    return max(target - (so_far.value if so_far else 0), 0) / max(4 - done, 1)


def _required(findings: Findings, figures: Sequence[Figure], record: Any) -> float | None:
    target = next((f for f in figures if f.cell.role == "target"), None)
    base = next((f for f in figures if f.cell.role == "figure"), None)
    if target is None or base is None or not base.value:
        return None
    begun, due = parse_id(base.cell.period), parse_id(target.cell.period)
    years, whole = due.year - begun.year, base.value * 4 / (begun.last // 3)
    return float((target.value / whole) ** (1 / years) - 1) if years else None


def _implied(findings: Findings, figures: Sequence[Figure], record: Any) -> float | None:
    amounts = [f.value for f in figures if not f.cell.side]
    ratios = [f.value for f in figures if f.cell.side]
    return amounts[0] / ratios[0] if amounts and ratios and ratios[0] else None


def _divided(figures: Sequence[Figure]) -> bool:
    return any(figure.denominator for figure in figures)


RULES: dict[str, Callable[[Findings, Sequence[Figure], Any], float | None]] = {
    "position": _position,
    "average": _average,
    "median": _median,
    "correlation": _first_of_two,
    "count": _count,
    "pace": _pace,
    "required": _required,
    "implied": _implied,
}
"""What a kind of question makes of its figures, by what it needs."""
