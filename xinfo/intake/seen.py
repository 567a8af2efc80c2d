"""What people see of a table before they confirm how it is read: a sample of each column, the first figures of it."""

from __future__ import annotations

from collections.abc import Mapping as Says

import pyarrow as pa

from xinfo.intake.grid import Grid
from xinfo.intake.mapping import Mapping
from xinfo.intake.report import Line
from xinfo.intake.rows import positions
from xinfo.store.schema import DIMENSIONS

FIRST = 6
"""Figures."""


def samples(mapping: Mapping, grid: Grid) -> dict[str, str]:
    """Column's header -> the first text below it, where there is one."""
    found = {}
    for n, column in zip(positions(mapping, grid), mapping.columns, strict=True):
        if n is not None:
            below = (grid.text(row, n).strip() for row in range(mapping.header[1], mapping.last or len(grid.rows)))
            found[column.header] = next(filter(None, below), "")
    return found


def first(rows: pa.Table, grid: Grid) -> tuple[Line, ...]:
    """The first figures as they would be stored."""
    return tuple(_line(row, grid) for row in rows.slice(0, FIRST).to_pylist())


def _line(row: Says[str, str | None], grid: Grid) -> Line:
    parts = [row.get(name) or "all" for name in DIMENSIONS]
    return Line(
        kind="new",
        file=grid.file,
        sheet=grid.sheet,
        cell=row["cell"],
        place=row["place"],
        metric=row["metric"],
        period=row["period"],
        parts=" ".join(part for part in parts if part != "all"),
        value=row["value"],
        unit=row["unit"],
    )
