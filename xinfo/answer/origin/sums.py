"""Sums in words: how a figure is made of published rows, and an answer's number of figures. Finds nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from xinfo.answer.findings import Findings
from xinfo.answer.labels import period, word
from xinfo.answer.origin.cells import ROLES, Cell, base_period
from xinfo.answer.origin.figures import Figure, Published
from xinfo.language.numbers import amount, number, scale_of
from xinfo.language.texts import text
from xinfo.query.bind import bind
from xinfo.query.shape import measure_of
from xinfo.understand.catalog import DIMENSIONS, Catalog
from xinfo.understand.reading import Slots

APART = frozenset(["gap", "rise"])
"""Measures that are a difference of two figures."""
MOST_TERMS = 8
"""Of a sum that is written out; of a longer one the first and the last terms are."""


def about(figure: Figure, catalog: Catalog, lang: str) -> str:
    """What a figure is of: Xining · GDP · 2014 Q3."""
    cell = figure.cell
    parts = [word(name, getattr(cell, name), catalog, lang) for name in DIMENSIONS if getattr(cell, name) != "all"]
    named = [word(name, getattr(cell, name), catalog, lang) for name in ("place", "metric")]
    return " · ".join([*named, *parts, period(cell.period, lang)])


def figure_words(figure: Figure, catalog: Catalog, lang: str) -> str:
    """'8.73 billion yuan = 13.01 − 4.28: the difference of running totals'."""
    if figure.cell.role == "target":
        return text("origin.target", lang, value=amount(figure.value, figure.unit, lang))
    if not figure.rows:
        return text("origin.lost", lang, value=amount(figure.value, figure.unit, lang))
    rule = text(f"origin.rule.{figure.rule}", lang)
    tops = [row for row in figure.rows if "÷" not in row.sign]
    bottoms = [row for row in figure.rows if "÷" in row.sign]
    if bottoms:
        sides = [_side(rows, catalog, lang) for rows in (tops, bottoms)]
        return f"{amount(figure.value, figure.unit, lang)} = {sides[0]} ÷ {sides[1]}{text('ui.colon', lang)}{rule}"
    if len(tops) == 1:
        return f"{amount(figure.value, figure.unit, lang)}{text('ui.colon', lang)}{rule}"
    return sum_words(figure.value, [_signed(row) for row in tops], figure.unit, lang) + text("ui.colon", lang) + rule


def sum_words(total: float, terms: Sequence[float], unit: str | None, lang: str) -> str:
    """'8.73 billion yuan = 13.01 − 4.28', all in one unit."""
    scale, named = scale_of(max(map(abs, (total, *terms))), unit, lang)
    return f"{_with_unit(number(total / scale), named, lang)} = {_written(terms, scale)}"


def answer_words(findings: Findings, at: int, figures: Sequence[Figure]) -> tuple[str, ...]:
    """How the number of a row is made of figures of the store, a line each; none where it is one of them."""
    lang, needs = findings.lang, findings.template.needs
    row, sides = findings.rows[at], sorted({figure.cell.side for figure in figures})
    result = amount(row["value"], row.get("unit"), lang)
    for kind in ("average", "median", "count", "passing", "position", "pace", "required"):
        if kind in needs:
            places = len({figure.cell.place for figure in figures})
            return (text(f"origin.{kind}", lang, value=result, n=places),)
    if "implied" in needs:
        said = [amount(figure.value, figure.unit, lang) for figure in figures]
        return (f"{result} = {' ÷ '.join(said)}",)
    dens = bind(findings.slots, findings.catalog, frozenset({"denominator_periods"}))["denominator_periods"]
    lines = [line for side in sides for line in _side_words(findings, figures, side, dens)]
    if len(sides) == 2 and (operation := operation_of(findings)):
        values = [side_value(findings.slots, _of(figures, side), dens) for side in sides]
        unit = figures[0].unit if operation == "÷" else row.get("unit")
        less = " − 1" if "excess" in needs else ""
        lines.append(f"{result} = {f' {operation} '.join(amount(value or 0, unit, lang) for value in values)}{less}")
    return tuple(lines)


def operation_of(findings: Findings) -> str:
    """What an answer does with the second of its two sides; nothing where it only compares them."""
    needs = findings.template.needs
    if needs & {"implied", "multiple", "excess"} or ({"place", "scope"} <= needs and "position" not in needs):
        return "÷"
    return "−" if needs & {"difference", "extremes"} else ""


def enters(findings: Findings, cell: Cell) -> str:
    """How a figure goes into the answer: taken away, divided by, or as it is."""
    measure = findings.slots.measure
    if (cell.role, measure) in (("figure", "gap"), ("base", "rise")):
        return "−"
    if cell.role in ("base", "whole", "under") or (cell.role, measure) == ("target", "attainment"):
        return "÷"
    return operation_of(findings) if cell.side else ""


def side_value(slots: Slots, figures: Sequence[Figure], denominator_periods: Collection[str]) -> float | None:
    """The number that a measure has over some figures: sums divided by sums, as the answers' own statements do it."""
    made = {
        role: _combined(slots, [figure for figure in figures if figure.cell.role == role], role, denominator_periods)
        for role in {figure.cell.role for figure in figures}
    }
    if "stated" in made:
        return made["stated"]
    one, two = (
        made.get("figure"),
        next((made[role] for role in ("base", "whole", "under", "target") if role in made), None),
    )
    if slots.measure == "target":
        return two
    if two is None or one is None:
        return one
    if slots.measure in APART:
        return two - one if slots.measure == "gap" else one - two
    if not two:
        return None
    return float((one / two) ** _per_year(slots)) - (slots.measure == "growth")


def _per_year(slots: Slots) -> float:
    """The power that makes a growth over years that of an average one."""
    return 1 / (slots.periods[0].end.year - slots.periods[1].end.year) if slots.per_year else 1.0


def _side_words(findings: Findings, figures: Sequence[Figure], side: int, dens: Collection[str]) -> list[str]:
    """The sums of one side, then what the measure makes of them."""
    lang, slots, mine = findings.lang, findings.slots, _of(figures, side)
    lines, said, measure = [], [], slots.measure
    for role in ROLES[measure_of(slots)]:
        some = [figure for figure in mine if figure.cell.role == role]
        value = _combined(slots, some, role, dens)
        if value is None:
            continue
        said.append(amount(value, some[0].unit, lang))
        if len(some) > 1 and all(figure.denominator is None for figure in some):
            total = sum_words(value, [figure.numerator for figure in some], some[0].unit, lang)
            lines.append(total + text("ui.colon", lang) + text("origin.sum_of", lang, n=len(some)))
        elif len(some) > 1:
            lines.append(text("origin.pooled", lang, value=said[-1], n=len(some)))
    result = side_value(slots, mine, dens)
    if len(said) == 2 and result is not None:
        unit = mine[0].unit if measure in APART else "ratio"
        after = (" − " if measure in APART else " ÷ ").join(said)
        after = f"({after})^(1/{round(1 / _per_year(slots))})" if slots.per_year else after
        after += " − 1" if measure == "growth" else ""
        lines.append(f"{amount(result, unit, lang)} = {after}")
    return lines


def _of(figures: Sequence[Figure], side: int) -> list[Figure]:
    return [figure for figure in figures if figure.cell.side == side]


def _combined(slots: Slots, figures: Sequence[Figure], role: str, denominator_periods: Collection[str]) -> float | None:
    """The sum, or for a ratio the sum of what is divided by that of what it is divided by."""
    if not figures:
        return None
    counted = {base_period(slots, one) for one in denominator_periods} if role == "base" else set(denominator_periods)
    if role == "under":
        figures = [figure for figure in figures if figure.cell.period in counted]
    parts = [f.denominator for f in figures if f.denominator is not None and f.cell.period in counted]
    total = sum(figure.numerator for figure in figures)
    return total / sum(parts) if parts and sum(parts) else total


def _signed(row: Published) -> float:
    return -row.value if "−" in row.sign else row.value


def _side(rows: Sequence[Published], catalog: Catalog, lang: str) -> str:
    """One side of a division: 30.1 billion yuan, or (12 + 18.1 billion yuan)."""
    metric = catalog.metrics.get(rows[0].metric)
    terms = [_signed(row) for row in rows]
    scale, named = scale_of(max(map(abs, terms)), metric.unit if metric else None, lang)
    said = _with_unit(_written(terms, scale), named, lang)
    return f"({said})" if len(rows) > 1 else said


def _written(terms: Sequence[float], scale: float) -> str:
    """'13.01 − 4.28'; a long sum is cut in the middle."""
    said = [f"{'−' if term < 0 else '+'} {number(abs(term) / scale)}" for term in terms]
    if len(said) > MOST_TERMS:
        said = [*said[: MOST_TERMS - 2], "+ …", said[-1]]
    return " ".join(said).removeprefix("+ ")


def _with_unit(digits: str, unit: str, lang: str) -> str:
    return f"{digits}{'' if lang == 'zh' or unit in ('', '%') else ' '}{unit}"
