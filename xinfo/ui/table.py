"""An answer's rows on the page: short ones whole and readable by every device, long ones to scroll, sort and search."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.answer.shown import Shown, shown
from xinfo.language.numbers import decimals
from xinfo.ui.frames import frame
from xinfo.ui.plain import plain

SHORT = 12
"""Rows up to which a table is drawn whole."""
NOTHING = "–"
UNBROKEN = 12


def table(answer: Answer) -> None:
    """The rows with names for ids and the unit in the column's title."""
    columns = [column for column in shown(answer) if tells(column)]
    if len(answer.rows) > SHORT:
        formats: dict[str, Any] = {
            column.title: st.column_config.NumberColumn(format=f"%,.{_decimals(column)}f")
            for column in columns
            if column.unit
        }
        rows = frame({column.title: column.cells for column in columns})
        st.dataframe(rows, hide_index=True, column_config=formats, alt=answer.headline)
    elif answer.rows and columns:
        rows = pd.DataFrame({plain(column.title): _cells(column) for column in columns})
        figures = {plain(column.title): f"{{:,.{_decimals(column)}f}}" for column in columns if column.unit}
        st.table(rows.style.format(figures, na_rep=NOTHING), border="horizontal", hide_index=True)


def tells(column: Shown) -> bool:
    """The sentence has said what all rows share, the badges a common status."""
    shared = len(set(column.cells)) == 1
    return bool(column.unit) or not shared or (len(column.cells) == 1 and column.name != "status")


def _decimals(column: Shown) -> int:
    return decimals((cell for cell in column.cells if isinstance(cell, int | float)), column.unit)


def _cells(column: Shown) -> list[str | float | None]:
    return [_in_words(cell) if isinstance(cell, str) else cell for cell in column.cells]


def _in_words(cell: str) -> str:
    """Short words stay on one line, also on a phone."""
    said = plain(cell) or NOTHING
    return said.replace(" ", "\u00a0") if len(cell) <= UNBROKEN else said
