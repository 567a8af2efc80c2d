"""An answer's rows as people read them: words for ids, one readable unit a column. Writes no file and draws nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xinfo.answer.answer import Answer, Column
from xinfo.answer.labels import word
from xinfo.language.numbers import amount, number, scale_for, written
from xinfo.language.texts import text
from xinfo.understand.catalog import Catalog

Cell = str | float | None
HIDDEN = frozenset({"unit", "sources", "pearson", "spearman"})
"""The unit stands in the column's title, the sources stand under the table."""
COUNTS = frozenset({"counted", "passing"})
"""Numbers of places, which are those of a group or of all rows alike."""

NOTHING_KNOWN = Catalog({}, {})
"""The answer brings the names of its own places along."""


@dataclass(frozen=True)
class Shown:
    """One column: its title with the unit, and a cell for each row (numbers already scaled to that unit)."""

    name: str
    title: str
    unit: str | None
    """The base unit of numbers, as in the answer's column."""
    cells: tuple[Cell, ...]

    @property
    def said(self) -> tuple[str, ...]:
        """The cells as they are read, numbers in the one rounding; empty for none."""
        return tuple(written(one, self.unit) if isinstance(one, int | float) else one or "" for one in self.cells)


def shown(answer: Answer, every: bool = False) -> tuple[Shown, ...]:
    """The columns worth showing: the figures, and what differs between rows; or `every` one."""
    kept = [column for column in answer.columns if every or (column.name not in HIDDEN and _tells(column, answer))]
    return tuple(_column(column, answer) for column in kept)


def _tells(column: Column, answer: Answer) -> bool:
    """Whether a column says more than the one value that the headline says already."""
    if (column.unit and column.name not in COUNTS) or column.name in ("place", "period", "name", "project", "status"):
        return True
    return len({str(row.get(column.name)) for row in answer.rows}) > 1


def _column(column: Column, answer: Answer) -> Shown:
    lang, values = answer.reading.lang, [row.get(column.name) for row in answer.rows]
    if not column.unit:
        return Shown(column.name, column.label, None, tuple(_said(column.name, row, answer) for row in answer.rows))
    scale, unit = scale_for([v for v in values if v is not None], column.unit, lang)
    title = text("export.in_base_unit", lang, label=column.label, unit=unit) if unit else column.label
    return Shown(column.name, title, column.unit, tuple(None if v is None else v / scale for v in values))


def _said(name: str, row: Mapping[str, Any], answer: Answer) -> Cell:
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, float):  # Of several units in one column, or of none.
        return amount(value, row.get("unit"), answer.reading.lang) if name == "value" else number(value)
    if isinstance(value, list):
        return text("list.comma", answer.reading.lang).join(map(str, value))
    return answer.names.get(value) or word(name, value, NOTHING_KNOWN, answer.reading.lang)
