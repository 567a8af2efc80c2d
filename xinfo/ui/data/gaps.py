"""What the missing figures make unanswerable, in sentences, by what is asked for."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from xinfo.answer.gaps import gap_words
from xinfo.language.texts import text
from xinfo.query.gaps import KINDS, Gap
from xinfo.query.holdings import View
from xinfo.ui.plain import plain
from xinfo.understand.catalog import Catalog

MOST = 6
"""Sentences of one kind before the rest is folded."""


def unanswerable(gaps: Sequence[Gap], shown: View, metric: str, catalog: Catalog, lang: str) -> None:
    """A heading for each kind of gap, its sentences under it."""
    st.header(text("data.unanswerable", lang), anchor=False)
    if not gaps:
        st.success(text("data.complete", lang), icon=":material/task_alt:")
    for kind in KINDS:
        said = [gap_words(gap, metric, shown.periods, catalog, lang) for gap in gaps if gap.kind.split("_")[0] == kind]
        if not said:
            continue
        st.markdown(f"**{text(f'gap.kind.{kind}', lang)}**")
        st.markdown("\n".join(f"- {plain(line)}" for line in said[:MOST]))
        if len(said) > MOST:
            more = st.expander(
                text("data.more_gaps", lang, n=len(said) - MOST), key=f"data-gaps-{kind}", on_change="rerun"
            )
            if more.open:
                more.markdown("\n".join(f"- {plain(line)}" for line in said[MOST:]))
