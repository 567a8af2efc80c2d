"""What is open of how a table is read, as a form with ready answers. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from xinfo.intake.mapping import Mapping, answer
from xinfo.intake.mapping import Question as Open
from xinfo.intake.report import Line, Question, Table
from xinfo.intake.unsaid import CUMULATIVE
from xinfo.intake.unsaid import KEY as RUNNING
from xinfo.language.texts import text
from xinfo.store.written import UNITS
from xinfo.ui.data.load.draft import Draft, open_questions
from xinfo.ui.data.load.named import LEFT_OUT, choice, told
from xinfo.ui.plain import plain
from xinfo.understand.catalog import PARTS, Catalog

MOST_PROOFS = 8


def questions(draft: Draft, table: Table, at: int, catalog: Catalog, lang: str) -> bool:
    """A form with what is open of a table; whether anything is."""
    asked = open_questions(table)
    if not asked:
        return False
    keys = [f"load-ask-{at}-{n}-{draft.round}" for n in range(len(asked))]
    with st.form(f"load-questions-{at}-{draft.round}", border=False):
        for key, question in zip(keys, asked, strict=True):
            _chooser(question, table, key, catalog, lang)
        st.form_submit_button(
            text("load.answer", lang), type="primary", on_click=_answer, args=(draft, table, list(asked), keys)
        )
    return True


def _chooser(question: Question, table: Table, key: str, catalog: Catalog, lang: str) -> None:
    """The ready answers first, then all others of the kind."""
    for line in _evidence(question):
        st.markdown(f":small[:material/info: {plain(told(line.what, catalog, lang))}]")
    about, options = _options(question, table.mapping, catalog)
    st.selectbox(
        plain(told(question.what, catalog, lang)),
        options,
        index=None,
        format_func=lambda one: choice(about, one, catalog, lang),
        placeholder=text("activity.choose", lang),
        key=key,
    )


def _evidence(question: Question) -> Sequence[Line]:
    return [line for line in question.lines if line.what != question.what][:MOST_PROOFS]


def _options(question: Question, mapping: Mapping, catalog: Catalog) -> tuple[str, tuple[str, ...]]:
    """What the question is about, and every answer that it takes."""
    open_ = _open(question)
    about = open_.about
    more: tuple[str, ...] = ()
    if about == "word" and open_.column:
        about = mapping.column(open_.column).role
    if about in ("place", "metric"):
        more = tuple(catalog.places if about == "place" else catalog.metrics)
    elif about == "unit":
        more = tuple(UNITS) if not question.choices else ()
    elif about == "column":
        more = (*catalog.metrics, *(f"place {place}" for place in catalog.places))
    elif about in PARTS:
        more = PARTS[about]
    last = (LEFT_OUT,) if open_.about in ("word", "column") else ()
    options = dict.fromkeys((*question.choices, *more, *last))
    return about, tuple(options)


def _open(question: Question) -> Open:
    """The mapping's own question behind one of the report."""
    about, line = question.key.partition(":")[0], question.lines[0] if question.lines else None
    said = str(question.what.values.get("text", ""))
    return Open(about, line.column if line else None, said, question.choices)


def _answer(draft: Draft, table: Table, asked: Sequence[Question], keys: Sequence[str]) -> None:
    """Takes all answers that were chosen into the mapping."""
    mapping, running = table.mapping, False
    for question, key in zip(asked, keys, strict=True):
        chosen = st.session_state.get(key)
        if not chosen:
            continue
        if question.key == RUNNING:
            running, mapping = True, replace(mapping, cumulative=chosen == CUMULATIVE)
        else:
            mapping = answer(mapping, _open(question), chosen)
    if mapping != table.mapping or running:
        (draft.answer_running if running else draft.read_as)(table, mapping)
