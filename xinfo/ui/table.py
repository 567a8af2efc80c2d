"""An answer's rows on the page: short ones whole and readable by every device, long ones to scroll, sort and search."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.answer.shown import Shown, shown
from xinfo.language.numbers import number
from xinfo.ui.plain import plain

SHORT = 12
"""Rows up to which a table is drawn whole."""
NOTHING = "–"


def table(answer: Answer) -> None:
    """The rows with names for ids and the unit in the column's title."""
    columns = [column for column in shown(answer) if _tells(column)]
    if len(answer.rows) > SHORT:
        figures = {column.title: st.column_config.NumberColumn(format="localized") for column in columns if column.unit}
        rows = pd.DataFrame({column.title: column.cells for column in columns})
        st.dataframe(rows, hide_index=True, column_config=figures, alt=answer.headline)
    elif answer.rows and columns:
        said = {plain(column.title): [_cell(cell) for cell in column.cells] for column in columns}
        st.table(pd.DataFrame(said), border="horizontal", hide_index=True)


def _tells(column: Shown) -> bool:
    """The badges have said a status that all rows share."""
    return column.name != "status" or len(set(column.cells)) > 1


def _cell(cell: str | float | None) -> str:
    if cell is None or cell == "":
        return NOTHING
    return plain(cell if isinstance(cell, str) else number(cell))
