"""An answer's rows on the page: short and narrow ones whole, for every device, others to scroll and sort."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.answer.crossed import Crossed, crossed
from xinfo.answer.marks import text_width
from xinfo.answer.shown import Shown, shown
from xinfo.language.numbers import AS_A_DIGIT, below_one_another
from xinfo.ui.frames import frame
from xinfo.ui.plain import plain

SHORT = 12
"""Rows up to which a table is drawn whole."""
ACROSS = 6
"""Columns of figures up to which it is."""
ROOM = 430
"""Pixels that the columns but the first have in a card on a desk, at 12 px as `text_width` reckons."""
BETWEEN = 15
"""Pixels between two of them."""
NOTHING = "–"
UNBROKEN = 12
AT_FIRST = 180
"""Pixels of a column with a wider title: its figures, at its right, are in sight on a phone; room left is shared."""


def table(name: str, answer: Answer) -> None:
    """The rows with names for ids and the unit in the column's title; several places over time as place × period."""
    if found := crossed(answer):
        _crossed(name, found, answer.headline)
        return
    columns = [column for column in shown(answer) if tells(column)]
    if not answer.rows or not columns:
        return
    read = {
        column.title: dict(zip(column.cells, below_one_another(column.said), strict=True)).get
        for column in columns
        if column.unit
    }
    if _is_seen_whole(columns):
        rows = pd.DataFrame({plain(column.title): _cells(column) for column in columns})
        styled = rows.style.format({plain(title): said for title, said in read.items()}, na_rep=NOTHING)
        st.table(styled, border="horizontal", hide_index=True)
    else:
        long = frame({column.title: column.cells for column in columns})
        wide = {column.title: st.column_config.Column(width=AT_FIRST) for column in columns if _is_wide(column)}
        styled = long.style.format(read, na_rep=NOTHING)
        st.dataframe(styled, hide_index=True, column_config=wide, alt=answer.headline)


def _is_seen_whole(columns: Sequence[Shown]) -> bool:
    """Few rows, and beside the first column no more than a card has room for: cells stay on one line there."""
    beside = sum(max(map(text_width, map(str, column.said))) + BETWEEN for column in columns[1:])
    return len(columns[0].cells) <= SHORT and beside <= ROOM


def tells(column: Shown) -> bool:
    """The sentence has said what all rows share, the badges a common status."""
    shared = len(set(column.cells)) == 1
    return bool(column.unit) or not shared or (len(column.cells) == 1 and column.name != "status")


def _is_wide(column: Shown) -> bool:
    return bool(column.unit) and text_width(column.title) > AT_FIRST


def _cells(column: Shown) -> list[str | float | None]:
    return [_in_words(cell) if isinstance(cell, str) else cell for cell in column.cells]


def _in_words(cell: str) -> str:
    """Short words stay on one line, also on a phone."""
    said = plain(cell) or NOTHING
    return said.replace(" ", "\u00a0") if len(cell) <= UNBROKEN else said


def _crossed(name: str, found: Crossed, told: str) -> None:
    columns = [_column([row[at] for row in found.cells]) for at in range(len(found.across))]
    if len(found.down) <= SHORT and len(found.across) <= ACROSS:
        names = {plain(found.title): [_in_words(name) for name in found.down]}
        cells = dict(zip(map(_in_words, found.across), columns, strict=True))
        with st.container(key=f"crossed-{name}"):
            st.table(pd.DataFrame(names | cells), border="horizontal", hide_index=True)
    else:
        right = st.column_config.TextColumn(alignment="right")
        rows = frame({found.title: found.down} | dict(zip(found.across, map(_as_long, columns), strict=True)))
        config = dict.fromkeys(found.across, right) | {found.title: st.column_config.TextColumn(pinned=True)}
        st.dataframe(rows, hide_index=True, column_config=config, alt=told)
    if found.signs:
        st.markdown(f":small[:gray[{plain(' · '.join(f'{sign} {said}' for sign, said in found.signs))}]]")


def _column(cells: Sequence[tuple[str, str]]) -> list[str]:
    """Figures below one another, with room for the signs behind them."""
    room = AS_A_DIGIT if any(sign for _, sign in cells) else ""
    figures = below_one_another([figure for figure, _ in cells])
    return [
        figure + (sign or room) if figure.strip() else NOTHING for figure, (_, sign) in zip(figures, cells, strict=True)
    ]


def _as_long(said: Sequence[str]) -> list[str]:
    """The figures with blanks before them, so that they are put in order by their size."""
    longest = max(map(len, said))
    return [one.rjust(longest, AS_A_DIGIT) for one in said]
