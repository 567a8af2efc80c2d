"""What a load brings and what stands in its way, before anything is written: counts by file, and line by line as CSV.

Counts are exact; lines are cut where there are too many to read. Finds nothing itself and knows no store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xinfo.answer.cells import csv_of
from xinfo.errors import Problem
from xinfo.intake.claimed import Claimed
from xinfo.intake.mapping import Mapping as TableMapping
from xinfo.language.texts import text, texts

MOST_LINES = 1000
"""Of each kind, in a report."""
KINDS = ("refused", "conflict", "question", "revised", "new", "unchanged", "note")
"""In the order of a report."""
SKIPPED = tuple(
    f"note.{name}"
    for name in ("ignored", "left", "unkept", "target", "growth_of_several", "hidden", "no_table", "repeated")
)
"""The notes that tell what is left out."""
UNSEEN = ("note.hidden_rows", "note.hidden_columns", "note.mixed_ends")
"""Those that tell what was read though people may not see it."""
TEXTS = ("question", "ask", "doubt")
"""The groups of texts under `intake` that say what is asked."""
COLUMNS = (
    *("kind", "file", "sheet", "row", "cell", "column", "place", "metric", "period", "parts"),
    *("value", "unit", "earlier", "what", "expected", "nearest"),
)


@dataclass(frozen=True)
class Said:
    """Words in any language: the key of a text under `intake` and what it is filled with."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """In words. A value that is itself the key of a word under `intake.word` is put into the language."""
        known = texts(lang)
        filled = {name: known.get(f"intake.word.{value}", value) for name, value in self.values.items()}
        return text(f"intake.{self.key}", lang, **filled)


@dataclass(frozen=True)
class Line:
    """One row or cell of a file, and what there is to say of it."""

    kind: str
    what: Said | str = ""
    """Plain text is in English: what the store says of a file in the import format."""
    file: str = ""
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None
    column: str | None = None
    place: str | None = None
    metric: str | None = None
    period: str | None = None
    parts: str = ""
    value: str | None = None
    unit: str | None = None
    earlier: str | None = None
    """The value that the store has, with its unit."""
    expected: Said | str = ""
    nearest: tuple[str, ...] = ()

    def cells(self, lang: str) -> tuple[object, ...]:
        """The line's cells in the order of COLUMNS."""
        said = {name: one.text(lang) if isinstance(one, Said) else one for name, one in vars(self).items()}
        said["kind"], said["nearest"] = text(f"intake.kind.{self.kind}", lang), " / ".join(self.nearest)
        return tuple(said[name] for name in COLUMNS)


@dataclass(frozen=True)
class Counts:
    """What became of the rows of one file; in a table with periods as columns each cell counts as a row."""

    file: str
    table: str
    read: int
    """Rows with a value."""
    new: int = 0
    unchanged: int = 0
    revised: int = 0
    repeated: int = 0
    """Rows that give a figure once more, word for word; it counts once."""
    conflict: int = 0
    """Figures that another source gives otherwise, or that are given twice."""
    refused: int = 0
    blank: int = 0
    """Cells without a value."""
    left: int = 0
    """Cells left out on purpose: totals, columns and rows that the mapping ignores."""
    formulas: int = 0
    """Figures that are the stored values of formulas."""


@dataclass(frozen=True)
class Question:
    """What has to be answered before the load; an answer is `key=choice`, the bare key for the first choice."""

    key: str
    """What it is about, by the name of one of its texts in `TEXTS`, and of what: `place`, `unit:gdp`."""
    what: Said
    choices: tuple[str, ...]
    """Ready answers; the first is the one that leaves things as they are."""
    lines: tuple[Line, ...] = ()
    """The figures that it is about, as far as they are shown."""
    count: int = 1


def can_be_asked(key: str) -> bool:
    """Whether a question of some load may have this key: there are words for what it is about."""
    return any(f"intake.{group}.{key.split(':')[0]}" in texts("en") for group in TEXTS)


@dataclass(frozen=True)
class Table:
    """A table of a file that is not in the import format, and how it is read."""

    file: str
    sheet: str | None
    mapping: TableMapping
    questions: tuple[Question, ...]
    notes: tuple[Said, ...]
    confirmed: bool
    """Given or confirmed by the user, or remembered from a file of the same shape."""
    remembered: bool = False
    samples: Mapping[str, str] = field(default_factory=dict)
    """Column's header -> the first text below it."""
    first: tuple[Line, ...] = ()
    """Some of the figures as they would be stored; none while something of the table is open."""


@dataclass(frozen=True)
class Report:
    outcome: str
    """`loaded`; `ready` after a dry run that met nothing; `questions` or `refused`: nothing is loaded."""
    files: tuple[Counts, ...]
    lines: tuple[Line, ...]
    questions: tuple[Question, ...] = ()
    tables: tuple[Table, ...] = ()
    claims: Mapping[str, Claimed] = field(default_factory=dict)
    """File with figures -> who is said to have published them, and what they are said to be."""
    version: Path | None = None
    fingerprint: str = ""
    kept: tuple[int, ...] = ()
    """Numbers of the refused files in the quarantine."""

    def count(self, name: str) -> int:
        """The sum of a count over the files, such as `revised`."""
        return sum(getattr(one, name) for one in self.files)

    @property
    def wrong(self) -> frozenset[str]:
        """The files that something is refused of. A figure that another source gives otherwise is not refused."""
        return frozenset(
            line.file for line in self.lines if line.kind == "refused" or (line.kind == "conflict" and not line.earlier)
        )

    @property
    def skipped(self) -> tuple[Line, ...]:
        """What of the files is not loaded though nothing is wrong with it: columns, rows, totals, sheets."""
        return tuple(line for line in self.of("note") if isinstance(line.what, Said) and line.what.key in SKIPPED)

    def of(self, kind: str) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind == kind)


def line_of(problem: Problem) -> Line:
    """A problem of the store's as a line."""
    return Line(
        kind=problem.kind,
        what=problem.what,
        file=problem.file,
        sheet=problem.sheet,
        row=problem.line,
        cell=problem.cell,
        column=problem.column,
        expected=problem.expected,
        nearest=problem.nearest,
    )


def bounded(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines in the order of their kinds, cut to so many of each."""
    every = sorted(lines, key=lambda line: KINDS.index(line.kind))
    seen: Counter[str] = Counter()
    kept = []
    for line in every:
        seen[line.kind] += 1
        if seen[line.kind] <= MOST_LINES:
            kept.append(line)
    return tuple(kept)


def as_csv(report: Report, lang: str) -> bytes:
    """The report for a spreadsheet: the lines, and below them the counts of each file."""
    asked = [line for question in report.questions for line in question.lines]
    lines = (line.cells(lang) for line in bounded([*report.lines, *asked]))
    names = tuple(vars(report.files[0])) if report.files else ()
    head = [text(f"intake.column.{name}", lang) for name in COLUMNS]
    below = [text(f"intake.count.{name}", lang) for name in names]
    return csv_of([head, *lines, [], below, *(vars(counts).values() for counts in report.files)])
