"""The mapping that a table suggests: long, or wide by period, metric or place. What stays uncertain is asked.

A title, the sheet's or the file's name says what the table itself does not; nothing is taken from them that the words
leave open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xinfo.intake.columns import axis_of, decide, wide
from xinfo.intake.context import Context, around
from xinfo.intake.grid import Grid
from xinfo.intake.headers import Block
from xinfo.intake.mapping import LABELS, Column, Mapping, Question, keys
from xinfo.intake.questions import Note, notes, questions, surveyed
from xinfo.intake.times import Time, period_of
from xinfo.intake.words import Words

_SPANS = ("period", "year", "span", "reach")
_TIMES = ("period", "year", "quarter", "month")


@dataclass(frozen=True)
class Proposal:
    """How a table seems to be meant, what has to be asked before it is loaded, and what is left out of it."""

    mapping: Mapping
    questions: tuple[Question, ...]
    notes: tuple[Note, ...]
    block: Block

    @property
    def ready(self) -> bool:
        return not self.questions


def propose(grid: Grid, words: Words, block: Block) -> Proposal:
    """The proposal for one table."""
    context = around(grid, block, words)
    columns = decide(grid, block, words, context)
    context = around(grid, _with_corner(block, columns, words), words)
    columns, table, dropped = _of_one_table(columns, block, words, context)
    columns = _without_totals(columns, block, words)
    columns, mixed = _growth_of_one(columns)
    columns = [_as_beside(column, columns, words) for column in columns]
    fixed = _fixed(columns, context)
    roles = {column.role for column in columns}
    columns = [_with_year(column, roles, fixed) for column in columns]
    others = block.body[1] + 1 < len(grid.rows)
    mapping = Mapping(
        columns=tuple(columns),
        header=(block.header[0] + 1, block.header[1] + 1),
        last=block.body[1] + 1 if others else None,
        table=table,
        sheet=grid.sheet,
        fixed=fixed,
        cumulative=_cumulative(columns, block, words, context),
    )
    return judged(mapping, grid, words, block, (*dropped, *mixed))


def judged(mapping: Mapping, grid: Grid, words: Words, block: Block, before: Sequence[Note] = ()) -> Proposal:
    """The mapping with what has to be asked of it and what it leaves out."""
    context, survey = around(grid, block, words), surveyed(mapping, grid, words)
    asked = questions(mapping, grid, words, context, survey)
    return Proposal(mapping, asked, (*before, *notes(mapping, block, survey)), block)


def _with_corner(block: Block, columns: list[Column], words: Words) -> Block:
    """The block with the header of a label column among its titles, where it says what the table is of."""
    labels = {column.header for column in columns if column.role in LABELS}
    corner = [
        text
        for name, texts in zip(keys(block.columns), block.columns, strict=True)
        for text in texts
        if name in labels and words.role(text) is None
    ]
    return replace(block, titles=(*block.titles, *corner))


def _of_one_table(
    columns: list[Column], block: Block, words: Words, context: Context
) -> tuple[list[Column], str, list[Note]]:
    """Targets and figures are loaded apart: the columns of the other kind are left out."""
    names = keys(block.columns)
    texts = {name: words.read(*text) for name, text in zip(names, block.columns, strict=True) if text}
    aims = {name for name, said in texts.items() if "target" in said.flags and not said.left}
    values = [column for column in columns if column.role == "value"]
    all_aims = bool(values) and all(column.header in aims or "measure" in column.says for column in values)
    if all_aims or ("target" in context.flags and not aims):
        return columns, "target", []
    dropped = [Note("target", (column.header,)) for column in values if column.header in aims]
    kept = [Column(c.header, "ignore") if c in values and c.header in aims else c for c in columns]
    return kept, "observation", dropped


def _without_totals(columns: list[Column], block: Block, words: Words) -> list[Column]:
    """Columns of totals beside columns of places, metrics or periods are left out: they have none of these."""
    texts = dict(zip(keys(block.columns), block.columns, strict=True))
    values = [column for column in columns if column.role == "value"]

    def lacks(column: Column) -> bool:
        said = words.read(*texts[column.header]) if texts[column.header] else None
        if column not in values or said is None or "total" not in said.flags or said.time:
            return False
        return any(
            sum(axis_of(other, axis) for other in values) > 1 and not axis_of(column, axis)
            for axis in ("place", "metric", "time")
        )

    return [Column(column.header, "ignore") if lacks(column) else column for column in columns]


def _growth_of_one(columns: list[Column]) -> tuple[list[Column], list[Note]]:
    """A column of growth that could belong to several others (this month's, the cumulative) is left out."""
    values = [c for c in columns if c.role == "value" and c.says.get("measure") != "growth"]
    spans = {tuple(c.says.get(key) for key in _SPANS) for c in values}
    metrics = {c.says.get("metric") for c in values}
    kept, dropped = [], []
    for column in columns:
        grows = column.role == "value" and column.says.get("measure") == "growth"
        bare = not any(key in column.says for key in _SPANS)
        if grows and ((bare and len(spans) > 1) or len(metrics) > 1):
            dropped.append(Note("growth_of_several", (column.header,)))
            column = Column(column.header, "ignore")
        elif grows:
            column = replace(column, says={**_shared(values, bare), **column.says})
        kept.append(column)
    return kept, dropped


def _as_beside(column: Column, columns: list[Column], words: Words) -> Column:
    """A rate of growth that says no period is of that of the amounts of its metric that are as cumulative as it."""
    metric = words.catalog.metrics.get(column.says.get("metric", ""))
    grown = metric.growth_of if metric and metric.growth_of else metric and metric.metric_id
    grows = (metric and metric.growth_of) or column.says.get("measure") == "growth"
    if column.role != "value" or not grows or any(key in column.says for key in ("period", "year", "span")):
        return column
    beside = [
        {key: other.says[key] for key in _SPANS if key in other.says}
        for other in columns
        if other.role == "value" and other is not column and other.says.get("metric") == grown
        and "measure" not in other.says and column.says.get("reach") in (None, other.says.get("reach"))
    ]  # fmt: skip
    one = beside and all(said == beside[0] for said in beside)
    return replace(column, says={**beside[0], **column.says}) if one else column


def _shared(values: list[Column], bare: bool) -> dict[str, str]:
    """The metric that all value columns are of, and their period where the growth says none."""
    wanted = ("metric", *(_SPANS if bare else ()))
    return {key: value for key in wanted if values and (value := values[0].says.get(key))}


def _fixed(columns: list[Column], context: Context) -> dict[str, str]:
    """What the texts around the table say of what neither rows nor columns say."""
    roles = {column.role for column in columns}
    fixed: dict[str, str] = {}
    values = [column for column in columns if column.role == "value"]
    said = bool(values) and all("metric" in column.says for column in values)
    if "metric" not in roles and not said and len(context.metrics) == 1 and context.sure and context.left is None:
        fixed["metric"] = context.metrics[0]
    if "place" not in roles and len(context.places) == 1 and not wide(values, "place"):
        fixed["place"] = context.places[0]
    if len(context.times) == 1:
        fixed |= _fixed_time(roles, values, context.times[0])
    for dimension, part in context.parts.items():
        if dimension not in roles and not wide(values, dimension) and "metric" in fixed:
            fixed[dimension] = part
    if context.unit and "unit" not in roles:
        fixed["unit"] = context.unit
    if status := next((flag for flag in ("preliminary", "estimated") if flag in context.flags), None):
        fixed["status"] = status
    return fixed


def _fixed_time(roles: set[str], values: list[Column], time: Time) -> dict[str, str]:
    """The title's period where the table has none; its year for quarters, its part of the year for years."""
    rows = roles & set(_TIMES)
    whole = "period" in roles or any("period" in column.says for column in values)
    spans = bool(roles & {"quarter", "month"}) or any("span" in column.says for column in values)
    years = "year" in roles or any("year" in column.says for column in values)
    if time.year and not years and (spans or "period" in roles):
        return {"year": str(time.year)}
    if time.year and time.period and not rows and not whole and not years:
        return {"period": time.period}
    if time.part and years and not spans and not whole:
        return {"span": time.part}
    return {"year": str(time.year)} if time.year and whole and not years else {}


def _with_year(column: Column, roles: set[str], fixed: dict[str, str]) -> Column:
    """A column of a quarter with the table's year is a column of a period, and one of a year where rows say no more."""
    says = dict(column.says)
    if "span" in says and "year" in fixed and not roles & {"period", "year"}:
        says["period"] = period_of(int(fixed["year"]), says.pop("span")).id
    elif "year" in says and not roles & {"period", "quarter", "month"} and "span" not in fixed and "reach" not in says:
        says["period"] = says.pop("year")
    return replace(column, says=says) if says != column.says else column


def _cumulative(columns: list[Column], block: Block, words: Words, context: Context) -> bool | None:
    """Whether the table is said to be cumulative, or to be of single quarters or months."""
    if any("reach" in column.says for column in columns):
        return None
    labels = {c.header for c in columns if c.role in _TIMES}
    said = [words.read(*t) for name, t in zip(keys(block.columns), block.columns, strict=True) if name in labels and t]
    flags = context.flags.union(*(one.flags for one in said))
    return True if "running" in flags else False if "single" in flags else None
