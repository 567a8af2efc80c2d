"""A question of a briefing, answered in the language wanted, with every figure of the store that each row rests on.

Whatever language a question was written in, its slots are said anew in the document's language and answered as such:
so a briefing and its twin ask the very same. Writes no text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakKeyDictionary

from duckdb import DuckDBPyConnection

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.answer.chart import Charts
from xinfo.answer.findings import Findings
from xinfo.answer.origin.cells import Cell
from xinfo.answer.origin.figures import Figure, Published, traced
from xinfo.answer.origin.trace import again, rests_on
from xinfo.ask import Workspace, answer_reading
from xinfo.briefing.sets import alone, counted
from xinfo.query.engine import Engine
from xinfo.store.periods import Period, parse_id
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.read import read
from xinfo.understand.reading import Reading, Slots, Unclear, When
from xinfo.understand.say import sentence

MOST_TRACED = 400
"""Figures of the store that are traced for one answer; of a longer one the rest is not worked out a second time."""


_TRACED: WeakKeyDictionary[Engine, dict[Cell, tuple[Published, ...]]] = WeakKeyDictionary()
"""What was traced in an open store, which never changes: a twin or a second preview traces nothing anew."""


@dataclass(frozen=True)
class Missing:
    """A question without an answer."""

    question: str
    reason: str


@dataclass(frozen=True)
class Found:
    """An answer with what it rests on, row by row."""

    answer: Answer
    findings: Findings
    rests: tuple[tuple[Figure, ...], ...]
    written: Mapping[int, str] = field(default_factory=dict)
    """How the figures of rows are written that are said in a list, in one unit; by the number of the row."""

    @property
    def reading(self) -> Reading:
        return self.answer.reading

    @property
    def all_rests(self) -> tuple[Figure, ...]:
        """Everything that any of the rows rests on, each once."""
        return tuple(dict.fromkeys(figure for row in self.rests for figure in row))


def understood(question: str, workspace: Workspace, lang: str) -> Reading | Missing:
    """The reading of a question, said in `lang`."""
    found, _ = read(question, workspace.reader, lang)
    if isinstance(found, Unclear):
        return Missing(question, found.reason)
    return in_language(found, workspace, lang)


def in_language(reading: Reading, workspace: Workspace, lang: str) -> Reading:
    """The same slots of the same template, said in `lang`; what was assumed stands in that sentence."""
    said = sentence(reading.template, reading.slots, workspace.catalog, lang)
    return Reading(said, lang, reading.template, reading.slots, said)


def reading_of(template_id: str, slots: Slots, workspace: Workspace, lang: str) -> Reading:
    """A reading made from slots, without a question."""
    template = next(t for t in workspace.templates if t.template_id == template_id)
    said = sentence(template, slots, workspace.catalog, lang)
    return Reading(said, lang, template, slots, said)


def find(reading: Reading, workspace: Workspace, origins: bool = True) -> Found | Missing:
    """The answer with its origins, or without them, or why there is none."""
    answer = answer_reading(reading, workspace)
    if isinstance(answer, NotAnswered):
        return Missing(reading.sentence, answer.unclear.reason)
    every = again(answer, workspace.engine_of(answer.reading.template), workspace.catalog)
    if why := next(filter(None, map(alone, every)), ""):
        return Missing(reading.sentence, why)
    return counted_in(Found(answer, every[0], _origins(every, workspace) if origins else ()), every[0])


def _origins(every: Sequence[Findings], workspace: Workspace) -> tuple[tuple[Figure, ...], ...]:
    left, rests = MOST_TRACED, []
    known = _TRACED.setdefault(workspace.engine, {})
    with workspace.engine.looking(workspace.engine.patience) as cursor:
        for findings, at in ((one, at) for one in every for at in range(len(one.rows))):
            figures = rests_on(cursor, findings, at, workspace.published_only)
            if len(figures) <= left:
                figures = [replace(figure, rows=_rows(cursor, figure, known)) for figure in figures]
            left -= len(figures)
            rests.append(tuple(figures))
    return tuple(rests)


def counted_in(found: Found, whole: Findings) -> Found:
    """The answer with a set named by how many of it have a figure; `whole` is what was found of all of it."""
    answer = found.answer
    headline = counted(answer.headline, whole)
    drawn = answer.chart and _each_text(answer.chart, lambda said: counted(said, whole))
    return replace(found, answer=replace(answer, headline=headline, chart=drawn))


def _each_text(spec: Any, change: Callable[[str], str]) -> Any:
    """What a drawing says, changed; its data are left alone."""
    if isinstance(spec, str):
        return change(spec)
    if isinstance(spec, list):
        return [_each_text(one, change) for one in spec]
    if isinstance(spec, dict):
        return {key: one if key == "data" else _each_text(one, change) for key, one in spec.items()}
    return spec


def ask(question: str, workspace: Workspace, lang: str, origins: bool = True) -> Found | Missing:
    """A question's answer in `lang`, or why there is none."""
    reading = understood(question, workspace, lang)
    return reading if isinstance(reading, Missing) else find(reading, workspace, origins)


def with_figures(found: Found, workspace: Workspace) -> Found:
    """A course from its first figure to its last, so that it is called no longer than it is; what lacks is a caveat."""
    slots, rows = found.reading.slots, found.findings.rows
    if not slots.grain or len(slots.periods) != 1 or found.findings.subject != ("period",) or not rows:
        return found
    spans = sorted((parse_id(str(row["period"])) for row in rows), key=lambda span: span.start_date)
    asked, there = slots.periods[0], When(spans[0], spans[-1])
    if asked.start.kind == "year" and (spans[0].first, spans[-1].last) == (1, 12):
        there = When(Period(spans[0].year), Period(spans[-1].year))
    if (asked.start.start_date, asked.end.end_date) == (there.start.start_date, there.end.end_date):
        return found
    template = found.reading.template.template_id
    cut = find(reading_of(template, slots.but(periods=(there,)), workspace, found.reading.lang), workspace)
    if isinstance(cut, Missing) or len(cut.findings.rows) != len(rows):
        return found
    if slots.measure == "growth" or asked.end.end_date == there.end.end_date:  # What begins later lacks nothing.
        return cut
    return replace(cut, answer=replace(cut.answer, caveats=found.answer.caveats))


def in_time(found: Found) -> Found:
    """Periods beside each other by their ends, whatever order they were asked in."""
    findings = found.findings
    if findings.subject != ("period",) or findings.slots.order or len(found.rests) != len(findings.rows):
        return found
    ends = [parse_id(str(row["period"])).end_date for row in findings.rows]
    order = sorted(range(len(ends)), key=lambda at: ends[at])
    if order == [*range(len(ends))]:
        return found
    rows = tuple(findings.rows[at] for at in order)
    records = tuple(findings.records[at] for at in order)
    findings = replace(findings, rows=rows, records=records)
    drawn = next(iter(Charts(findings).values()), (None, ""))[0] if found.answer.chart else None
    answer = replace(found.answer, rows=rows, chart=drawn)
    return Found(answer, findings, tuple(found.rests[at] for at in order))


def whole_of(found: Found, workspace: Workspace) -> Found | None:
    """The whole whose parts an answer lists, where it has a figure of its own that was compiled as they were."""
    slots = found.reading.slots
    if found.reading.template.template_id != "breakdown" or slots.measure != "value" or len(slots.places) != 1:
        return None
    whole = slots.but(over=None, **{name: () for name in DIMENSIONS if name == slots.over})
    total = find(reading_of("value", whole, workspace, found.reading.lang), workspace)
    methods = {figure.method for figure in found.all_rests}
    if isinstance(total, Missing) or {figure.method for figure in total.all_rests} != methods:
        return None
    return total


def _rows(
    cursor: DuckDBPyConnection, figure: Figure, known: dict[Cell, tuple[Published, ...]]
) -> tuple[Published, ...]:
    """The published rows of a figure, looked up once for an open store."""
    if figure.cell not in known:
        known[figure.cell] = traced(cursor, figure)
    return known[figure.cell]
