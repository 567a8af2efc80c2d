"""Check this file: a briefing's file that came back, figure by figure."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from xinfo.ask import Workspace
from xinfo.briefing.check.reading import read_back
from xinfo.briefing.check.verdict import Verdict, other_changes, verdicts
from xinfo.briefing.check.words import counts, line
from xinfo.briefing.files import KINDS, kind_of
from xinfo.confined import confined, in_words
from xinfo.errors import XinfoError
from xinfo.language.texts import text
from xinfo.ui.frames import frame
from xinfo.ui.plain import plain
from xinfo.ui.upload import uploader

LOOKS = {"changed": st.error, "removed": st.error, "outdated": st.warning, "unknown": st.warning}


def check(workspace: Workspace, lang: str) -> None:
    """The field for the file, and what became of its figures."""
    st.markdown(text("brief.ui.check_intro", lang))
    file = uploader(text("brief.ui.check_file", lang), lang, type=list(KINDS), key="brief-check-file")
    if not file:
        return
    try:
        with st.spinner(text("brief.ui.checking", lang)):
            returned = confined(read_back, file.getvalue(), kind_of(Path(file.name)))
            found = verdicts(returned, workspace)
    except XinfoError as error:
        st.error(plain(in_words(error, lang)), icon=":material/error:")
        return
    st.markdown(f"**{plain(returned.document.title)}**")
    good = all(one.good for one in found)
    (st.success if good else st.warning)(plain(counts(found, lang)), icon=":material/fact_check:")
    for one in found:
        if not one.good:
            LOOKS[one.verdict](plain(line(one, lang)))
    for said in other_changes(returned):
        st.info(plain(text("brief.ui.reworded", lang, line=said)))
    _table(found, lang)


def _table(found: tuple[Verdict, ...], lang: str) -> None:
    names = ("label", "written", "now", "today", "verdict")
    rows = [
        [one.figure.label, one.written, one.now, one.today, text(f"brief.ui.verdict.{one.verdict}", lang)]
        for one in found
    ]
    titles = [text(f"brief.ui.column.{name}", lang) for name in names]
    st.dataframe(frame(rows, titles), hide_index=True)
