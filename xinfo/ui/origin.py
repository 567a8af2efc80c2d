"""'Where from': the published rows behind a figure of an answer, drawn when it is asked for. Works nothing out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.answer.origin.trace import Trace
from xinfo.answer.shown import shown
from xinfo.errors import XinfoError
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.query.failure import in_words
from xinfo.ui.frames import frame
from xinfo.ui.plain import link, plain
from xinfo.ui.proof import SHORT as SHORT_FINGERPRINT
from xinfo.ui.table import SHORT, tells

Origins = Callable[[Answer, int], Trace]
"""What finds where a row of an answer comes from."""
MOST_LINES = 8
"""Sums written out; of more, the table has every row."""
SIGN = 36
"""Pixels of the first column of a long table."""
FIGURE, KIND = ("place", "metric", "part", "period", "earlier"), ("status", "method")
"""What a published row is of, and what kind of figure it is."""
DOT = " · "


def origin(number: int, answer: Answer, meta: Mapping[str, str], origins: Origins) -> None:
    """A fold: where the only figure comes from, or the rows to choose one from."""
    fold = st.expander(text("origin.open", answer.reading.lang), key=f"origin-{number}", on_change="rerun")
    if not fold.open:
        return
    with fold:
        at = 0 if len(answer.rows) < 2 else _chosen(number, answer)
        if at is None:
            return
        try:
            traced = origins(answer, at)
        except XinfoError as error:
            st.error(plain(in_words(error, answer.reading.lang)), icon=":material/error:")
            return
        draw(traced, answer.reading.lang)
        _load(answer, meta)


def draw(traced: Trace, lang: str) -> None:
    """The sums in words and the published rows of one figure."""
    with st.container(gap="xxsmall"):
        for at, line in enumerate(traced.words[:MOST_LINES]):
            st.markdown(plain(line) if at else f"**{plain(line)}**")
        if len(traced.words) > MOST_LINES:
            st.markdown(f":small[:gray[{text('origin.more_sums', lang, n=len(traced.words) - MOST_LINES)}]]")
    if traced.table:
        (_short if len(traced.table) <= SHORT else _long)(traced.table, lang)
    if traced.note:
        st.markdown(f":small[:material/info: {plain(traced.note)}]")


def _chosen(number: int, answer: Answer) -> int | None:
    """The row of the answer that is chosen: few as buttons, many in a table."""
    lang = answer.reading.lang
    labels = _labels(answer)
    if len(labels) <= SHORT:
        asked = text("origin.choose", lang)
        return st.pills(asked, range(len(labels)), format_func=lambda at: labels[at], key=f"origin-row-{number}")
    st.markdown(f":small[{text('origin.hint', lang)}]")
    columns = [column for column in shown(answer) if tells(column)]
    table = frame({column.title: column.cells for column in columns})
    event = st.dataframe(
        table, hide_index=True, on_select="rerun", selection_mode="single-row", key=f"origin-row-{number}", height=250
    )
    return event.selection.rows[0] if event.selection.rows else None


def _labels(answer: Answer) -> list[str]:
    """Each row by what tells it apart, with its number: Beijing · 278 billion yuan."""
    lang = answer.reading.lang
    named = [column for column in shown(answer) if not column.unit and column.name != "status" and tells(column)]
    return [
        plain(" · ".join([*(str(column.cells[at]) for column in named), amount(row["value"], row.get("unit"), lang)]))
        if row.get("value") is not None
        else plain(" · ".join(str(column.cells[at]) for column in named))
        for at, row in enumerate(answer.rows)
    ]


def _short(table: Sequence[Mapping[str, str]], lang: str) -> None:
    """A few rows, whole and readable by every device; what belongs together stands in one column."""
    rows = [
        {
            text("origin.column.sign", lang): plain(row["sign"]),
            text("origin.column.value", lang): f"**{plain(row['value'])}**{DOT}{plain(joined(row, *FIGURE))}",
            text("origin.column.source", lang): DOT.join(filter(None, (_source(row), plain(joined(row, *KIND))))),
        }
        for row in table
    ]
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True)


def _long(table: Sequence[Mapping[str, str]], lang: str) -> None:
    """Many rows to scroll, sort and search, a column each; what all of them share is said once above."""
    differing = [name for name in table[0] if name == "sign" or len({row[name] for row in table}) > 1]
    shared = {name: "" if name in differing or name == "link" else said for name, said in table[0].items()}
    if said := joined(shared, *FIGURE, "value", *KIND, "source", "at", "load"):
        st.markdown(f":small[{text('origin.shared', lang, n=len(table), shared=plain(said))}]")
    titles = {name: text(f"origin.column.{name}", lang) for name in differing}
    rows = frame({titles[name]: [row[name] for row in table] for name in differing})
    config: dict[str, Any] = {titles["sign"]: st.column_config.TextColumn(width=SIGN)}
    if "link" in titles:
        config[titles["link"]] = st.column_config.LinkColumn(display_text=text("origin.open_link", lang))
    st.dataframe(rows, hide_index=True, column_config=config, alt=text("origin.rows", lang))


def joined(row: Mapping[str, str], *names: str) -> str:
    return DOT.join(row[name] for name in names if row[name])


def _source(row: Mapping[str, str]) -> str:
    """The source with its link, then the place in the file it was read from, and when."""
    return DOT.join(filter(None, (link(row["source"], row["link"]), plain(joined(row, "at", "load")))))


def _load(answer: Answer, meta: Mapping[str, str]) -> None:
    """When the rows came into the store."""
    built, fingerprint = meta.get("built_at", "")[:10], answer.fingerprint[:SHORT_FINGERPRINT]
    said = text("origin.built", answer.reading.lang, built=plain(built), fingerprint=plain(fingerprint))
    st.markdown(f":small[:gray[{said}]]")
