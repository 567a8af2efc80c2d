"""How each table of the files is read: in words, with its first figures, to be confirmed. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import pandas as pd
import streamlit as st

from xinfo.intake.mapping import Column
from xinfo.intake.report import Table
from xinfo.language.texts import text
from xinfo.ui.data.load.draft import Draft, open_questions
from xinfo.ui.data.load.fields import fields
from xinfo.ui.data.load.named import DOT, TIMES, cell, figure, reading, says, told, value
from xinfo.ui.data.load.questions import questions
from xinfo.ui.frames import frame
from xinfo.ui.plain import plain
from xinfo.ui.table import SHORT
from xinfo.understand.catalog import Catalog

IN_WORDS = ("note.ignored", "note.fixed")
"""Notes that the words for columns and for the whole table say already."""


def tables(draft: Draft, catalog: Catalog, lang: str) -> None:
    """A card for each table that is not in the import format, those to be confirmed open."""
    every = draft.report.tables if draft.report else ()
    if not every:
        return
    st.header(text("load.tables", lang), anchor=False)
    waiting = draft.unsettled()
    ready = [table for table in waiting if not open_questions(table)]
    if len(ready) > 1:
        st.button(
            text("load.confirm_all", lang, n=len(ready)),
            icon=":material/done_all:",
            key="load-confirm-all",
            on_click=draft.confirm,
            args=(ready,),
        )
    for at, table in enumerate(every):
        if table in waiting:
            with st.container(border=True, key=f"load-table-{at}"):
                st.markdown(f"**{plain(_name(table, lang))}**")
                _waiting(draft, table, at, catalog, lang)
        else:
            with st.expander(_title(draft, table, lang), key=f"load-table-{at}-{draft.round}"):
                _settled(draft, table, at, catalog, lang)


def _name(table: Table, lang: str) -> str:
    rows = text("load.from_row", lang, n=table.mapping.header[0])
    return DOT.join(filter(None, (table.file, table.sheet, rows)))


def _title(draft: Draft, table: Table, lang: str) -> str:
    known = "remembered" if table.remembered else "confirmed"
    return f":material/task_alt: {plain(_name(table, lang))}{DOT}{text(f'load.{known}', lang)}"


def _waiting(draft: Draft, table: Table, at: int, catalog: Catalog, lang: str) -> None:
    """What is proposed, what is open, the first figures, and the button that confirms it."""
    _in_words(table, catalog, lang)
    if questions(draft, table, at, catalog, lang):
        st.markdown(f":small[:material/info: {text('load.answer_first', lang)}]")
    _first(table, catalog, lang)
    fields(draft, table, at, catalog, lang)
    if not open_questions(table):
        st.button(
            text("load.confirm", lang),
            type="primary",
            icon=":material/check:",
            key=f"load-confirm-{at}",
            on_click=draft.confirm,
            args=([table],),
        )


def _settled(draft: Draft, table: Table, at: int, catalog: Catalog, lang: str) -> None:
    if table.remembered:
        st.markdown(text("load.remembered_hint", lang))
        st.button(
            text("load.forget", lang),
            icon=":material/delete:",
            key=f"load-forget-{at}",
            on_click=draft.forget,
            args=(table,),
        )
    _in_words(table, catalog, lang)
    _first(table, catalog, lang)
    fields(draft, table, at, catalog, lang)


def _in_words(table: Table, catalog: Catalog, lang: str) -> None:
    """What holds for the whole table, then its columns."""
    mapping = table.mapping
    lines = [f"**{text('load.holds', lang)}**{text('ui.colon', lang)}{text(f'load.table.{mapping.table}', lang)}"]
    whole = {**mapping.fixed, **({"unit": unit} if (unit := next(iter(mapping.units.values()), "")) else {})}
    if whole:
        lines.append(f"**{text('load.whole', lang)}**{text('ui.colon', lang)}{plain(says(whole, catalog, lang))}")
    if mapping.cumulative is not None:
        said = text(f"load.running.{'cumulative' if mapping.cumulative else 'single'}", lang)
        lines.append(f"**{text('load.field.running', lang)}**{text('ui.colon', lang)}{said}")
    st.markdown("  \n".join(lines))
    rows = _columns(table, catalog, lang)
    titles = [text(f"load.column.{name}", lang) for name in ("header", "sample", "reading")]
    if len(rows) <= SHORT:
        shown = pd.DataFrame([[plain(one) for one in row] for row in rows], columns=titles)
        st.table(shown, border="horizontal", hide_index=True)
    else:
        st.dataframe(frame(rows, titles), hide_index=True, alt=text("load.tables", lang))
    for note in table.notes:
        if note.key not in IN_WORDS:
            st.markdown(f":small[:material/info: {plain(told(note, catalog, lang))}]")


def _columns(table: Table, catalog: Catalog, lang: str) -> list[tuple[str, str, str]]:
    """Header, sample and reading of each column; columns that differ in their period alone in one row."""
    rows = []
    for _, some in groupby(table.mapping.columns, lambda column: (column.role, _timeless(column))):
        group = list(some)
        if len(group) < 3 or not group[0].says:
            rows += [(one.header, table.samples.get(one.header, ""), reading(one, catalog, lang)) for one in group]
            continue
        header = text("load.columns", lang, first=group[0].header, last=group[-1].header, n=len(group))
        shared = Column(header, group[0].role, dict(_timeless(group[0])))
        said = text("load.each_period", lang, reading=reading(shared, catalog, lang))
        rows.append((header, table.samples.get(group[0].header, ""), said))
    return rows


def _timeless(column: Column) -> tuple[tuple[str, str], ...]:
    return tuple((kind, value) for kind, value in column.says.items() if kind not in TIMES)


def _first(table: Table, catalog: Catalog, lang: str) -> None:
    """The first figures as they would be stored."""
    if not table.first or open_questions(table):
        return
    st.markdown(f"**{text('load.first', lang)}**")
    titles = [text(f"load.first_{name}", lang) for name in ("cell", "figure", "value")]
    rows = [[cell(line, lang), figure(line, catalog, lang), value(line, catalog, lang)] for line in table.first]
    shown: Sequence[Sequence[str]] = [[plain(one) for one in row] for row in rows]
    st.table(pd.DataFrame(shown, columns=titles), border="horizontal", hide_index=True)
