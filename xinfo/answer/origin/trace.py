"""From a row of an answer to the published rows it was worked out from: the one way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

from duckdb import DuckDBPyConnection

from xinfo.answer.answer import Answer
from xinfo.answer.caveats import Methods
from xinfo.answer.findings import Findings, find_each
from xinfo.answer.labels import row_label
from xinfo.answer.origin.cells import OF_TARGETS, Cell, groups, summed
from xinfo.answer.origin.figures import Figure, held, rivals, traced
from xinfo.answer.origin.listed import listed
from xinfo.answer.origin.sums import about, answer_words, enters, figure_words
from xinfo.language.texts import text
from xinfo.query.bind import expected_places
from xinfo.query.engine import Engine, Handle
from xinfo.understand.catalog import Catalog

MOST_FIGURES = 200
"""Traced for one row; a total of a long course over many places has more."""
ROW_CAP, SECONDS = 5000, 20.0


@dataclass(frozen=True)
class Trace:
    """What one row of an answer rests on."""

    label: str
    """Which row: Xining; 2014 Q3. Empty where it is the only one."""
    figures: tuple[Figure, ...]
    words: tuple[str, ...]
    """How the row's number is made of the figures, then how each of them was made of published rows."""
    table: tuple[Mapping[str, str], ...]
    """The published rows in words, by the columns of `listed`."""
    note: str = ""
    """Why there are no rows, or that there are more."""


def trace(
    answer: Answer, at: int, engine: Engine, catalog: Catalog, methods: Methods, published_only: bool = False,
    handle: Handle | None = None,
) -> Trace:  # fmt: skip
    """The origin of row `at` of an answer that this engine's store gave. Raises EngineError and TookTooLong."""
    findings, at = _part(again(answer, engine, catalog, handle), at)
    if at >= len(findings.rows):
        return Trace("", (), (), (), _why_none(answer))
    with engine.looking(SECONDS, handle) as cursor:
        there = rests_on(cursor, findings, at, published_only)
        figures = tuple(replace(figure, rows=traced(cursor, figure)) for figure in there[:MOST_FIGURES])
    if not figures:
        return Trace("", (), (), (), _why_none(answer))
    lang = answer.reading.lang
    label = row_label(findings.rows[at], findings.subject, findings) if len(findings.rows) > 1 else ""
    note = text("origin.more", lang, n=len(there) - len(figures)) if len(there) > len(figures) else ""
    words = (*answer_words(findings, at, there), *_each(figures, catalog, lang))
    table = listed(figures, catalog, methods, partial(enters, findings), lang)
    return Trace(label, figures, words, table, note)


def trace_cell(cell: Cell, engine: Engine, catalog: Catalog, methods: Methods, lang: str) -> Trace:
    """The origin of one figure of the store, whatever published rows contradict it last. Raises the same."""
    with engine.looking(SECONDS) as cursor:
        figures = tuple(replace(figure, rows=traced(cursor, figure)) for figure in held(cursor, [cell], False).values())
        others = rivals(cursor, cell)
    used = {row.published_id for figure in figures for row in figure.rows}
    against = tuple(row for row in others if row.published_id not in used)
    made = [Figure(cell, 0, "", "", "", "", 0, None, against)] if against else []
    table = listed([*figures, *made], catalog, methods, lambda cell: "", lang)
    return Trace("", figures, tuple(figure_words(figure, catalog, lang) for figure in figures), table)


def to_json(traced: Trace) -> dict[str, Any]:
    """A trace as the command line writes it."""
    figures = [
        {**asdict(figure.cell), "value": figure.value, "unit": figure.unit, "status": figure.status}
        | {"method": figure.method, "rule": figure.rule, "published": [asdict(row) for row in figure.rows]}
        for figure in traced.figures
    ]
    return {"figures": figures, "words": list(traced.words), "note": traced.note}


def again(answer: Answer, engine: Engine, catalog: Catalog, handle: Handle | None = None) -> tuple[Findings, ...]:
    """What the answer's statement found for each of its figures, with the bookkeeping that the answer does not keep."""
    result = engine.execute(answer.sql, answer.params, row_cap=ROW_CAP, seconds=SECONDS, handle=handle)
    expected = expected_places(answer.reading.slots, catalog)
    return find_each(answer.reading, result, catalog, answer.params, expected)


def _part(every: Sequence[Findings], at: int) -> tuple[Findings, int]:
    """The findings that row `at` of the answer is one of, and which of theirs it is."""
    for findings in every[:-1]:
        if at < len(findings.rows):
            return findings, at
        at -= len(findings.rows)
    return every[-1], at


def rests_on(cursor: DuckDBPyConnection, findings: Findings, at: int, published_only: bool) -> list[Figure]:
    """The figures of the store that row `at` rests on, without their rows: of each group that has all it needs."""
    wanted = groups(findings, at)
    found = held(cursor, [cell for group in wanted for cell in group], published_only)
    periods = {cell.period for group in wanted for cell in group if cell.role == "figure"}
    stated = not summed(findings, at) and (len(periods) == 1 or "periods" in findings.template.needs)
    of_target = bool(findings.template.needs & OF_TARGETS)
    return [figure for group in wanted for figure in _counted(group, found, stated, of_target)]


def _counted(group: Sequence[Cell], found: Mapping[Cell, Figure], stated: bool, of_target: bool) -> list[Figure]:
    """A published growth rate alone where it counts; else every part of the measure, and all by one method."""
    rates = [found[cell] for cell in group if cell.role == "stated" and cell in found]
    if rates and stated:
        return rates
    needed = [cell for cell in group if cell.role != "stated"]
    figures = [found[cell] for cell in needed if cell in found]
    if of_target:
        return figures
    methods = {figure.method for figure in figures if figure.cell.role != "target"}
    return figures if len(figures) == len(needed) and len(methods) <= 1 else []


def _each(figures: Sequence[Figure], catalog: Catalog, lang: str) -> list[str]:
    """A line for each figure, named where there are several."""
    said = [figure_words(figure, catalog, lang) for figure in figures]
    if len(figures) == 1:
        return said
    return [
        f"{about(figure, catalog, lang)}{text('ui.colon', lang)}{line}"
        for figure, line in zip(figures, said, strict=True)
    ]


def _why_none(answer: Answer) -> str:
    """An honest word for an answer that rests on no figure."""
    template, lang = answer.reading.template, answer.reading.lang
    if answer.reading.slots.fact or "definition" in template.needs:
        return text("origin.none.fact", lang)
    kind = "project" if template.needs & {"project", "projects", "by_project", "field"} else "place"
    return text(f"origin.none.{'figure' if template.measures else kind}", lang)
