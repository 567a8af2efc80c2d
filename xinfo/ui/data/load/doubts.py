"""What is asked of figures before they are loaded: whether improbable ones are right as they stand. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from xinfo.intake.doubts import KEEP
from xinfo.intake.report import Line, Question
from xinfo.intake.unsaid import CUMULATIVE
from xinfo.language.texts import text
from xinfo.stewardship.vouched import ASKS
from xinfo.ui import session
from xinfo.ui.data.load.draft import Draft
from xinfo.ui.data.load.named import DOT, figure, told, where, written
from xinfo.ui.data.who import who
from xinfo.ui.plain import plain
from xinfo.understand.catalog import Catalog

MOST_LINES = 8
"""Doubted figures that are listed; the file of the report has more."""
LEAVE = "leave"
"""The answer that the file is not to be loaded."""


def doubts(draft: Draft, catalog: Catalog, lang: str) -> None:
    """Figures that are improbable: as they stand, in another unit, or the file is left."""
    for at, question in enumerate(draft.doubts()):
        with st.container(border=True, key=f"load-doubt-{at}"):
            key = f"load-doubt-{at}-{draft.round}"
            by_name = question.key.startswith(f"{ASKS}:")
            options = [KEEP] if by_name else [*(question.choices or (KEEP,)), LEAVE]
            chosen = st.radio(
                f"**{plain(told(question.what, catalog, lang))}**",
                options,
                index=None,
                format_func=partial(_doubt_choice, by_name=by_name, lang=lang),
                key=key,
            )
            _doubted(question.lines, catalog, lang)
            if by_name:
                who(lang, f"{key}-who")
            st.button(
                text("load.answer", lang),
                type="primary",
                disabled=chosen is None or (by_name and not session.who()),
                key=f"{key}-answer",
                on_click=_settle,
                args=(draft, question, key),
            )


def _doubt_choice(one: str, by_name: bool, lang: str) -> str:
    if by_name:
        return plain(text("load.choice.accept", lang, who=session.who() or text("templates.me", lang)))
    if one in (KEEP, LEAVE, CUMULATIVE):
        return text(f"load.choice.{one}", lang)
    return text("load.choice.other_unit", lang, unit=plain(one))


def _doubted(lines: Sequence[Line], catalog: Catalog, lang: str) -> None:
    titles = [text(f"load.line.{name}", lang) for name in ("figure", "value", "what")]
    rows = [
        [f"{plain(figure(line, catalog, lang))}{DOT}{plain(where(line, lang))}", plain(written(line)),
         plain(told(line.what, catalog, lang))]
        for line in lines[:MOST_LINES]
    ]  # fmt: skip
    st.table(pd.DataFrame(rows, columns=titles), border="horizontal", hide_index=True)
    if len(lines) > MOST_LINES:
        st.caption(text("load.more_lines", lang, n=f"{len(lines) - MOST_LINES:,}"))


def _settle(draft: Draft, question: Question, key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen == LEAVE:
        for file in {line.file for line in question.lines}:
            draft.drop(file)
    elif chosen:
        draft.answers[question.key] = chosen
    draft.look()
