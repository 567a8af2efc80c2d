"""What a mapping leaves uncertain for a grid, as questions with ready choices, and what it leaves out, as notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from xinfo.intake.amounts import read_amount
from xinfo.intake.context import Context
from xinfo.intake.grid import Grid
from xinfo.intake.headers import Block
from xinfo.intake.labels import IGNORE, Labels
from xinfo.intake.mapping import OPEN, Column, Mapping, Question
from xinfo.intake.resolve import LEFT, Lacking, choices, resolve
from xinfo.intake.rows import positions
from xinfo.intake.state import State, Unclear
from xinfo.intake.times import is_date
from xinfo.intake.words import Words

_SAMPLE = 200


@dataclass(frozen=True)
class Note:
    """Something left out or taken for granted that a user should see; `kind` is the text `intake.note.…`."""

    kind: str
    """ignored, target, growth_of_several, left, fixed, below."""
    texts: tuple[str, ...]


@dataclass
class Survey:
    """What the rows of a body are about, seen once."""

    states: dict[State, int] = field(default_factory=dict)
    """Every kind of state (years and quarters alike) with a row that has it."""
    unclear: dict[tuple[str, str], Unclear] = field(default_factory=dict)
    totals: dict[str, None] = field(default_factory=dict)
    placeless: bool = False
    rows: list[int] = field(default_factory=list)
    """Some of the rows with values."""


def surveyed(mapping: Mapping, grid: Grid, words: Words) -> Survey:
    """Reads the labels of every row."""
    survey = Survey()
    columns = positions(mapping, grid)
    body = (mapping.header[1], (mapping.last or len(grid.rows)) - 1)
    for row in Labels(mapping, columns, words).read(grid, body):
        if row.unclear:
            survey.unclear.setdefault((row.unclear.axis, row.unclear.text), row.unclear)
        elif row.left == "total":
            survey.totals[next(text.strip() for text in grid.rows[row.index] if text.strip())] = None
        elif row.left is None:
            survey.placeless = survey.placeless or row.place is None
            kind = replace(row.state, year=row.state.year and 2000, part=row.state.part and "Q1")
            survey.states.setdefault(kind, row.index)
            if len(survey.rows) < _SAMPLE:
                survey.rows.append(row.index)
    return survey


def questions(mapping: Mapping, grid: Grid, words: Words, context: Context, survey: Survey) -> tuple[Question, ...]:
    """Everything that has to be answered before the table can be loaded."""
    columns = [(n, c) for n, c in zip(positions(mapping, grid), mapping.columns, strict=True) if n is not None]
    found: list[Question] = [_column(column, words, context) for _, column in columns if column.role == OPEN]
    found += [one for unclear in survey.unclear.values() for one in _word(unclear, mapping, columns)]
    values = [(n, column) for n, column in columns if column.role == "value"]
    if survey.placeless and "place" not in mapping.fixed and not all("place" in c.says for _, c in values):
        found.append(Question("place", None, "", context.places))
    for n, column in values:
        found += _lacking(mapping, grid, words, context, survey, n, column)
    return tuple(dict.fromkeys(found))


def _column(column: Column, words: Words, context: Context) -> Question:
    """What a column is whose header is unknown or means several things."""
    said = words.read(*column.header.split(" / "))
    places = tuple(f"place {place}" for place in said.places)
    near = said.metrics or ((said.metric,) if said.metric else ()) or words.nearest_metrics(column.header)
    return Question("column", column.header, column.header, (*places, *near, "ignore"))


def _word(unclear: Unclear, mapping: Mapping, columns: Sequence[tuple[int, Column]]) -> Iterator[Question]:
    """What a label means. A period or unit that is none is no question: the cell is refused."""
    header = next((column.header for n, column in columns if n == unclear.column), None)
    if unclear.axis == "period" and is_date(unclear.text) and "dates" not in mapping.fixed:
        yield Question("dates", None, "", ("month", "quarter", "year"))
    elif unclear.axis not in ("period", "unit") and unclear.text:
        yield Question("word", header, unclear.text, (*unclear.candidates, IGNORE))


def _lacking(
    mapping: Mapping, grid: Grid, words: Words, context: Context, survey: Survey, n: int, column: Column
) -> Iterator[Question]:
    """What the cells of a value column lack: the metric, the year, the unit."""
    bare: bool | None = None
    for state in survey.states:
        meaning = resolve(mapping, column.says, state, words)
        if meaning == LEFT:
            continue
        if isinstance(meaning, Lacking):
            yield from _missing(meaning, column, context, words)
        elif meaning.unit is None:
            bare = _bare(grid, n, survey) if bare is None else bare
            if bare:
                yield Question("unit", None, meaning.metric, tuple(choices(meaning.base)))


def _missing(lacking: Lacking, column: Column, context: Context, words: Words) -> Iterator[Question]:
    if lacking.expected == "metric":
        yield Question("metric", None, lacking.text, context.metrics or lacking.nearest)
    elif lacking.expected == "period":
        said = tuple(str(time.year) for time in context.times if time.year)
        yield Question("year", None, lacking.text, tuple(dict.fromkeys(said)) or words.years())
    elif lacking.expected == "unit" and "unit" in column.says:
        yield Question("unit", column.header, lacking.text, lacking.nearest)


def _bare(grid: Grid, n: int, survey: Survey) -> bool:
    """Whether some cell of the column has a number without a unit of its own."""
    amounts = (read_amount(grid.text(row, n)) for row in survey.rows)
    return any(amount and amount.value is not None and not amount.unit for amount in amounts)


def notes(mapping: Mapping, block: Block, survey: Survey) -> tuple[Note, ...]:
    """What is left out, and what is taken from the texts around the table."""
    ignored = [column.header for column in mapping.columns if column.role == "ignore"]
    found = [Note("ignored", tuple(ignored))] if ignored else []
    found += [Note("left", tuple(survey.totals))] if survey.totals else []
    found += [Note("fixed", (name, value)) for name, value in mapping.fixed.items()]
    found += [Note("below", block.notes)] if block.notes else []
    return tuple(found)
