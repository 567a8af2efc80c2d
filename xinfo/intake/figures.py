"""Figures and refusals as they are gathered from a grid, and the table of the import format that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from xinfo.intake.grid import Grid
from xinfo.intake.mapping import CARRIED, Mapping
from xinfo.intake.words import Words

OBSERVATION = (
    *("place", "metric", "period", "value", "unit", "consumer", "offering", "sector"),
    *("status", "method", "source", "confidence", "note"),
)
TARGET = ("place", "metric", "period", "value", "unit", "comparison", "source", "status", "confidence", "note")


@dataclass(frozen=True)
class Refusal:
    """A cell that cannot be loaded, and what would do in its place."""

    sheet: str | None
    line: int
    cell: str
    column: str
    """Its column's header."""
    text: str
    expected: str
    """What its text is in `intake.expected`: place, metric, period, number, unit, part, line, column, one_cell, …"""
    nearest: tuple[str, ...] = ()


@dataclass
class Gathered:
    """Figures as they are read; a meaning is kept once and pointed at."""

    values: list[str] = field(default_factory=list)
    meanings: list[tuple[str | None, ...]] = field(default_factory=list)
    """Metric, period, consumer, offering, sector, unit, status."""
    meant: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    known: dict[tuple[str | None, ...], int] = field(default_factory=dict)
    blanks: int = 0
    left: int = 0
    unkept: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def of(self, meaning: tuple[str | None, ...]) -> int:
        if meaning not in self.known:
            self.known[meaning] = len(self.meanings)
            self.meanings.append(meaning)
        return self.known[meaning]


def table_of(mapping: Mapping, grid: Grid, columns: Sequence[int | None], found: Gathered, words: Words) -> pa.Table:
    """The figures as a table, in the order of the file's columns."""
    meant = pa.array(found.meant, pa.int32())
    kinds = ("metric", "period", "consumer", "offering", "sector", "unit", "status")
    parts = {
        kind: pa.array([one[n] for one in found.meanings], pa.string()).take(meant) for n, kind in enumerate(kinds)
    }
    parts |= {"place": pa.array(found.places, pa.string()), "value": pa.array(found.values, pa.string())}
    for role in CARRIED:
        parts[role] = _carried(role, parts.get(role), mapping, grid, columns, found)
    written = parts["status"].to_pylist()
    statuses = {text: text and (words.read(text).status or text.lower()) for text in set(written)}
    parts["status"] = pa.array([statuses[text] for text in written], pa.string())
    names = TARGET if mapping.table == "target" else OBSERVATION
    arrays = {name: parts[name] for name in names}
    count = len(found.values)
    arrays["sheet"] = (
        pa.nulls(count, pa.string()) if grid.sheet is None else pa.repeat(grid.sheet, count).cast("string")
    )
    arrays["line"] = pa.array([row + 1 for row in found.rows], pa.int64())
    arrays["cell"] = pa.array(map(grid.cell, found.rows, found.columns), pa.string(), size=count)
    arrays["formula"] = pa.array(
        [at in grid.formulas for at in zip(found.rows, found.columns, strict=True)], pa.bool_()
    )
    return pa.table(arrays)


def _carried(
    role: str,
    known: pa.Array | None,
    mapping: Mapping,
    grid: Grid,
    columns: Sequence[int | None],
    found: Gathered,
) -> pa.Array:
    """What a column of that role says in each figure's row; else what its cell says, else what the table says."""
    at = next((n for n, c in zip(columns, mapping.columns, strict=True) if n is not None and c.role == role), None)
    own = known.to_pylist() if known is not None and known.null_count < len(known) else None
    fixed = mapping.fixed.get(role)
    if at is None and own is None:
        return pa.array([fixed] * len(found.rows), pa.string())
    texts = [grid.text(row, at).strip() or None for row in found.rows] if at is not None else [None] * len(found.rows)
    return pa.array([text or (own[n] if own else None) or fixed for n, text in enumerate(texts)], pa.string())
