"""The files that are to be loaded: the place to drop them, the list, leaving one out, and what failed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from xinfo.errors import StoreError
from xinfo.language.texts import text
from xinfo.ui.data.load.draft import Draft, under_way
from xinfo.ui.data.load.report import of_file
from xinfo.ui.plain import plain
from xinfo.ui.upload import uploader


def files(draft: Draft, lang: str) -> None:
    """The place to drop files, and those that are there."""
    turn = st.session_state.setdefault("load-turn", 0)
    key = f"load-files-{turn}"
    uploader(
        text("load.drop", lang),
        lang,
        accept_multiple_files=True,
        key=key,
        help=text("load.drop_help", lang),
        on_change=_take_in,
        args=(key,),
    )
    for at, file in enumerate(draft.files):
        with st.container(horizontal=True, vertical_alignment="center", key=f"load-file-{at}"):
            brought = of_file(draft.report, file.name, lang) if draft.report else ""
            wrong = draft.report is not None and file.name in draft.report.wrong
            icon = ":red[:material/error:]" if wrong else ":material/description:"
            st.markdown(f"{icon} **{plain(file.name)}**  \n:small[:gray[{plain(brought)}]]")
            leave_out = plain(text("load.leave_out", lang, file=file.name))
            st.button(
                leave_out,
                icon=":material/close:",
                type="tertiary",
                key=f"load-drop-{at}-{file.name}",
                help=leave_out,
                on_click=_drop,
                args=(file.name,),
            )


def _take_in(key: str) -> None:
    """Uploaded files join those that are there; the uploader begins anew."""
    given: Sequence[Any] = st.session_state.get(key) or ()
    draft = under_way()
    # An uploader that is not drawn while work goes on changes as well: to nothing.
    if not given or draft.job:
        return
    take_in([(file.name, file.getvalue()) for file in given])
    st.session_state["load-turn"] += 1


def take_in(given: Sequence[tuple[str, bytes]]) -> None:
    """Files, each by its name and content, join those that are there and are looked at."""
    draft = under_way()
    st.session_state.pop("load-done", None)
    try:
        for name, content in given:
            draft.add(name, content)
        draft.look()
    except (OSError, StoreError) as error:
        st.session_state["load-trouble"] = str(error)


def _drop(name: str) -> None:
    draft = under_way()
    draft.drop(name)
    draft.look()


def try_again(number: int) -> None:
    """A file of the quarantine joins those that are there."""
    st.session_state.pop("load-done", None)
    try:
        under_way().try_again(number)
    except (OSError, StoreError) as error:
        st.session_state["load-trouble"] = str(error)


def troubles(draft: Draft, lang: str) -> None:
    """What failed, and that everything is as it was."""
    said = st.session_state.pop("load-trouble", None) or draft.trouble
    if said:
        st.error(f"{plain(said)}  \n{text('load.as_it_was', lang)}", icon=":material/error:")
    if draft.files and not draft.report:
        st.button(text("load.look", lang), icon=":material/refresh:", on_click=draft.look, key="load-look")
