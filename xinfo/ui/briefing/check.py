"""Check this file: a briefing's file that came back, beside all that it said when it was written; sealed archives."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from xinfo.ask import Workspace
from xinfo.briefing.check import words
from xinfo.briefing.check.verdict import Verdict
from xinfo.briefing.check.whole import BAD, Checked, checked
from xinfo.briefing.files import KINDS, kind_of
from xinfo.briefing.saved import folder
from xinfo.errors import XinfoError
from xinfo.language.texts import text
from xinfo.query.failure import in_words
from xinfo.ui import session
from xinfo.ui.briefing.prove import ARCHIVE, prove
from xinfo.ui.frames import frame
from xinfo.ui.plain import plain
from xinfo.ui.upload import uploader

LOOKS = {"changed": st.error, "removed": st.error, "outdated": st.warning, "unknown": st.warning}
MOST = 40
"""Differences that are drawn one by one."""


def check(workspace: Workspace, lang: str) -> None:
    """The field for the file, and what became of it."""
    st.markdown(text("brief.ui.check_intro", lang))
    file = uploader(text("brief.ui.check_file", lang), lang, type=[*KINDS, ARCHIVE], key="brief-check-file")
    if not file:
        return
    if file.name.lower().endswith(f".{ARCHIVE}"):
        prove(file.getvalue(), lang)
        return
    try:
        with st.spinner(text("brief.ui.checking", lang)):
            found = checked(file.getvalue(), kind_of(Path(file.name)), workspace, folder(session.store()))
    except XinfoError as error:
        st.error(plain(in_words(error, lang)), icon=":material/error:")
        return
    st.markdown(f"**{plain(found.document.title)}**")
    _whole(found, lang)
    _figures(found.figures, lang)
    _table(found.figures, lang)


def _whole(found: Checked, lang: str) -> None:
    """The seal, then everything that is not as it was: red where it says something else."""
    if said := words.seal(found, lang):
        (st.error if found.seal in BAD else st.info)(plain(said), icon=":material/lock_open:")
    (st.success if found.intact else st.error)(plain(words.state(found, lang)), icon=":material/fact_check:")
    for one in found.differences[:MOST]:
        (st.error if one.grave else st.info)(plain(words.difference(one, found, lang)))


def _figures(found: tuple[Verdict, ...], lang: str) -> None:
    good = all(one.good for one in found)
    (st.success if good else st.warning)(plain(words.counts(found, lang)), icon=":material/fact_check:")
    for one in found:
        if not one.good:
            LOOKS[one.verdict](plain(words.line(one, lang)))


def _table(found: tuple[Verdict, ...], lang: str) -> None:
    names = ("label", "written", "now", "today", "verdict")
    rows = [
        [one.figure.label, one.written, one.now, one.today, text(f"brief.ui.verdict.{one.verdict}", lang)]
        for one in found
    ]
    titles = [text(f"brief.ui.column.{name}", lang) for name in names]
    st.dataframe(frame(rows, titles), hide_index=True)
