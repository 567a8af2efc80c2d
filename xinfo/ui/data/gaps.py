"""What the missing figures make unanswerable, in sentences, by what is asked for, and what could be asked with them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from xinfo.answer.gaps import gap_question, gap_words
from xinfo.ask import Workspace
from xinfo.language.texts import text
from xinfo.query.gaps import KINDS, Gap
from xinfo.query.holdings import TOTAL, Part, View
from xinfo.ui import rights, session
from xinfo.ui.data import tabs
from xinfo.ui.data.table import to_fill
from xinfo.ui.plain import plain

MOST = 3
"""Sentences of one kind before the rest is folded."""


def unanswerable(gaps: Sequence[Gap], shown: View, metric: str, part: Part, workspace: Workspace, lang: str) -> None:
    """A heading for each kind of gap, its sentences under it; then the ways to fill them."""
    st.header(text("data.unanswerable", lang), anchor=False)
    if not gaps:
        st.success(text("data.complete", lang), icon=":material/task_alt:")
        return
    _fill(shown, metric, part, workspace, lang)
    for kind in KINDS:
        said = [_line(gap, shown, metric, part, workspace, lang) for gap in gaps if gap.kind.split("_")[0] == kind]
        if not said:
            continue
        st.markdown(f"**{text(f'gap.kind.{kind}', lang)}**")
        st.markdown("\n".join(said[:MOST]))
        if len(said) > MOST:
            more = st.expander(
                text("data.more_gaps", lang, n=len(said) - MOST), key=f"data-gaps-{kind}", on_change="rerun"
            )
            if more.open:
                more.markdown("\n".join(said[MOST:]))


def _line(gap: Gap, shown: View, metric: str, part: Part, workspace: Workspace, lang: str) -> str:
    """What is missing, and under it a question that waits for that."""
    catalog = workspace.catalog
    line = f"- {plain(gap_words(gap, metric, shown.periods, catalog, lang))}"
    asked = gap_question(gap, metric, part, workspace.reader.templates, catalog, lang)
    waits = text(f"data.waits.{'whole' if gap.kind == 'total_some' else 'asked'}", lang, question=plain(asked))
    return f"{line}  \n  :small[:gray[:material/subdirectory_arrow_right: {waits}]]" if asked else line


def _fill(shown: View, metric: str, part: Part, workspace: Workspace, lang: str) -> None:
    """A table of what is missing to fill in, and the tab that takes it in then."""
    if not session.may("load"):
        return
    with st.container(horizontal=True, gap="small"):
        if part == TOTAL:
            st.download_button(
                text("data.fill", lang),
                rights.on_demand("load", lambda: to_fill(shown, metric, workspace.catalog, lang)),
                f"{metric}-missing.csv", "text/csv", icon=":material/edit_note:", on_click="ignore", key="data-fill",
            )  # fmt: skip
        st.button(
            text("activity.to.load", lang), icon=":material/upload:", type="tertiary", key="data-to-load",
            on_click=tabs.show, args=("load", lang),
        )  # fmt: skip
