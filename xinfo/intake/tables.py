"""Hand-made tables of one file: which mapping reads each, what has to be asked, and the rows that come of it.

What is proposed is not loaded before it is confirmed. The store is opened by nobody here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from xinfo.errors import InputError, Unread
from xinfo.intake.claimed import Claimed, claimed
from xinfo.intake.doubts import with_units
from xinfo.intake.figures import Refusal
from xinfo.intake.files.unread import unread
from xinfo.intake.grid import Grid
from xinfo.intake.headers import Block, blocks
from xinfo.intake.layout import Proposal, judged, propose
from xinfo.intake.mapping import Mapping, answer
from xinfo.intake.mapping import Question as Open
from xinfo.intake.report import Line, Question, Said, Table
from xinfo.intake.rows import Rows, apply
from xinfo.intake.seen import first, samples
from xinfo.intake.shape import fit, recall
from xinfo.intake.unsaid import Answers, Known, reach
from xinfo.intake.words import Words

CONFIRM, YES = "mapping", "yes"
"""The question whether a table is read rightly, and the answer that it is."""
GIVEN, REMEMBERED = "given", "remembered"
"""Whence it is known how a table is read, where that was confirmed."""


@dataclass
class Brought:
    """What the tables of one file bring, and what was met on the way."""

    rows: dict[str, list[pa.Table]] = field(default_factory=dict)
    """By table of the store: observation or target."""
    claims: list[Claimed] = field(default_factory=list)
    """What each table says of its figures as a whole."""
    tables: list[Table] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    read: int = 0
    blanks: int = 0
    left: int = 0
    formulas: int = 0
    refused: int = 0


@dataclass(frozen=True)
class Reading:
    """What tables are read with."""

    words: Words
    mappings: Sequence[Mapping]
    """Given by the user."""
    answers: Answers
    memory: Path
    """The folder of remembered mappings."""
    known: Callable[[], Known]
    """What the store has, for what a table leaves unsaid."""


def read_tables(grids: Sequence[Grid], reading: Reading, brought: Brought) -> None:
    """Adds everything that the sheets of a file bring; a hidden one only where a mapping names it.

    Raises InputError where no sheet has a table.
    """
    for grid in grids:
        brought.lines += reader_notes(grid)
        if grid.hidden and all(mapping.sheet != grid.sheet for mapping in reading.mappings):
            brought.lines.append(hidden_note(grid))
            continue
        found = list(_proposals(grid, reading))
        if not found:
            brought.lines.append(_note(grid, Said("note.no_table", {})))
        for proposal, given in found:
            _read(grid, proposal, given, reading, brought)
    if not brought.tables:
        raise _none(grids)


def _none(grids: Sequence[Grid]) -> Unread:
    """Why no sheet has a table."""
    hidden = ", ".join(grid.sheet or "" for grid in grids if grid.hidden)
    if hidden:
        return unread(grids[0].file, "hidden_only", sheets=hidden)
    heads_only = all(sum(map(any, grid.rows)) == 1 for grid in grids)
    return unread(grids[0].file, "header_only" if heads_only else "no_table")


def key_of(question: Open) -> str:
    """What an answer to a question about a mapping is called: `place`, `unit:gdp`, `column:合计`."""
    said = question.text if question.about in ("unit", "word") else question.column
    return f"{question.about}:{said}" if said else question.about


def _proposals(grid: Grid, reading: Reading) -> Iterator[tuple[Proposal, str]]:
    """How each table of a grid is read, and whence that is known: empty where it is not confirmed yet."""
    given = [one for one in reading.mappings if one.sheet in (None, grid.sheet)]
    fitting, errors = _fitting(grid, given, reading.words)
    yield from ((proposal, GIVEN) for proposal in fitting)
    if given and not fitting and errors and not any(one.sheet is None for one in given):
        raise errors[0]
    taken = {proposal.block.header for proposal in fitting}
    for block in blocks(grid, reading.words):
        if block.header not in taken:
            yield _proposal(grid, block, reading)


def _fitting(grid: Grid, given: Sequence[Mapping], words: Words) -> tuple[list[Proposal], list[InputError]]:
    fitting: dict[tuple[int, int], Proposal] = {}
    errors: list[InputError] = []
    for mapping in given:
        try:
            proposal = fit(mapping, grid, words)
            fitting.setdefault(proposal.block.header, proposal)
        except InputError as error:
            errors.append(error)
    return list(fitting.values()), errors


def _proposal(grid: Grid, block: Block, reading: Reading) -> tuple[Proposal, str]:
    if remembered := recall(reading.memory, grid, reading.words, block):
        return remembered, REMEMBERED
    return propose(grid, reading.words, block), GIVEN if reading.answers.get(CONFIRM) in ("", YES) else ""


def _answered(grid: Grid, proposal: Proposal, reading: Reading) -> tuple[Proposal, set[str]]:
    """The proposal with all its questions answered that there are answers for, and the keys of those."""
    used: set[str] = set()
    while ready := [one for one in proposal.questions if reading.answers.get(key_of(one)) and key_of(one) not in used]:
        mapping = answer(proposal.mapping, ready[0], reading.answers[key_of(ready[0])])
        used.add(key_of(ready[0]))
        proposal = judged(mapping, grid, reading.words, proposal.block, [])
    return proposal, used


def _read(grid: Grid, proposal: Proposal, given: str, reading: Reading, brought: Brought) -> None:
    proposal, used = _answered(grid, proposal, reading)
    asked = [_question(grid, one) for one in proposal.questions]
    mapping = proposal.mapping
    seen: tuple[Line, ...] = ()
    if not asked:
        rows = apply(mapping, grid, reading.words)
        mapping, unsure, proof = reach(mapping, grid, rows.table, reading.words, reading.known, reading.answers)
        asked += unsure
        brought.lines += [_note(grid, said) for said in proof]
        _take(grid, rows if mapping == proposal.mapping else apply(mapping, grid, reading.words), mapping, brought)
        _rename_units(brought, mapping, reading.answers, used)
        seen = first(brought.rows[mapping.table][-1], grid)
    if not given:
        where = grid.sheet or grid.file
        asked.append(Question(CONFIRM, Said("question.mapping", {"table": where, "rows": brought.read}), (YES,)))
    block = proposal.block
    brought.claims.append(claimed((*block.titles, grid.sheet or ""), block.notes))
    notes = tuple(Said(f"note.{note.kind}", {"texts": ", ".join(note.texts)}) for note in proposal.notes)
    below, remembered = samples(mapping, grid), given == REMEMBERED
    table = Table(grid.file, grid.sheet, mapping, tuple(asked), notes, bool(given), remembered, below, seen)
    brought.tables.append(table)
    brought.lines += [_note(grid, note) for note in notes]
    brought.questions += asked


def _take(grid: Grid, rows: Rows, mapping: Mapping, brought: Brought) -> None:
    """Adds the rows of one table and what is to be said of it."""
    formulas = rows.table.filter(rows.table["formula"])
    if formulas.num_rows:
        cells = formulas["cell"].slice(0, 5).to_pylist()
        brought.lines.append(
            _note(grid, Said("note.formulas", {"count": formulas.num_rows, "cells": ", ".join(cells)}))
        )
    if rows.unkept:
        cells = ", ".join(rows.unkept[:5])
        brought.lines.append(_note(grid, Said("note.unkept", {"count": len(rows.unkept), "cells": cells})))
    brought.rows.setdefault(mapping.table, []).append(rows.table.drop_columns("formula"))
    brought.lines += [_refused(grid, one) for one in rows.refused]
    brought.read += rows.table.num_rows + len(rows.refused)
    brought.blanks += rows.blanks
    brought.left += rows.left
    brought.formulas += formulas.num_rows
    brought.refused += len(rows.refused)


def _rename_units(brought: Brought, mapping: Mapping, answers: Answers, used: set[str]) -> None:
    """Gives doubted figures the units that were answered; answers that the mapping has taken up are `used`."""
    units = doubted(answers, used)
    if units:
        tables = brought.rows[mapping.table]
        tables[-1] = with_units(tables[-1], units)


def doubted(answers: Answers, used: set[str]) -> dict[str, str]:
    """Metric -> unit, from answers to doubts about a unit."""
    found = {
        key.removeprefix("unit:"): said for key, said in answers.items() if key.startswith("unit:") and key not in used
    }
    return {metric: unit for metric, unit in found.items() if unit not in ("", "keep")}


def _question(grid: Grid, asked: Open) -> Question:
    said = {"text": asked.text, "column": asked.column or "", "table": grid.sheet or grid.file}
    line = Line("question", Said(f"ask.{asked.about}", said), grid.file, grid.sheet, column=asked.column)
    return Question(key_of(asked), Said(f"ask.{asked.about}", said), asked.choices, (line,))


def _refused(grid: Grid, one: Refusal) -> Line:
    return Line(
        kind="refused",
        what=Said("line.refused", {"text": one.text}),
        file=grid.file,
        sheet=one.sheet,
        row=one.line,
        cell=one.cell,
        column=one.column,
        value=one.text,
        expected=Said(f"expected.{one.expected.replace(' ', '_')}"),
        nearest=one.nearest,
    )


def reader_notes(grid: Grid) -> Iterator[Line]:
    """What whoever loads a table should know of how it was read."""
    if grid.hidden_rows:
        yield _note(grid, Said("note.hidden_rows", {"rows": grid.hidden_rows}))
    if grid.hidden_columns:
        yield _note(grid, Said("note.hidden_columns", {"columns": grid.hidden_columns}))
    yield from (_note(grid, Said(f"note.{note.kind}", note.values)) for note in grid.notes)


def hidden_note(grid: Grid) -> Line:
    """That a hidden sheet is not loaded."""
    return _note(grid, Said("note.hidden", {"sheet": grid.sheet or ""}))


def _note(grid: Grid, said: Said) -> Line:
    return Line("note", said, grid.file, grid.sheet)
