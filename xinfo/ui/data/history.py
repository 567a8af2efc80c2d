"""The History tab: every build, load and restore; one looked at, asked as on its day or brought back; two compared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from xinfo.ask import Workspace
from xinfo.errors import XinfoError
from xinfo.language.texts import text
from xinfo.stewardship.removal import of_version
from xinfo.store.history import File, Version, restore
from xinfo.ui import past, removing, session
from xinfo.ui.data.differences import differences
from xinfo.ui.data.who import who
from xinfo.ui.frames import frame
from xinfo.ui.plain import plain
from xinfo.ui.table import SHORT

FIGURES = ("observation", "target", "project")
"""Kinds of files of which a build is told; its lists of places and metrics are not."""
SHORT_MARK = 12
"""Characters of a file's fingerprint that people compare."""
DOT = " · "


def history(workspace: Workspace, lang: str) -> None:
    """Draws the tab."""
    every = session.past()
    if said := st.session_state.pop("history-said", None):
        st.success(said, icon=":material/task_alt:")
    st.markdown(text("data.history.intro", lang, n=len(every)))
    _table(every, lang)
    _one(every, lang)
    differences([version for version in every if version.path], workspace, lang)


def named(version: Version, lang: str) -> str:
    """'Version 3 · 2016-03-10 08:00 · load · wang', as plain text."""
    told = [text("data.history.number", lang, n=version.number), when(version), _kind(version, lang), version.who]
    return DOT.join([*filter(None, told), *([text("data.history.current", lang)] if version.current else [])])


def when(version: Version) -> str:
    """The time by the clock of whoever made it."""
    return version.at[:16].replace("T", " ")


def _unbroken(time: str) -> str:
    """Broken into day and hour at the most, also on a phone."""
    return time.replace("-", "\u2011")


def _kind(version: Version, lang: str) -> str:
    if version.restored is not None:
        return text("data.history.restored", lang, n=version.restored)
    return text(f"data.history.kind.{version.kind or 'damaged'}", lang)


def _table(every: Sequence[Version], lang: str) -> None:
    """The newest first: few as a table that every device reads, many to scroll and sort."""
    titles = {name: text(f"data.history.{name}", lang) for name in ("version", "when", "what", "figures", "size")}
    newest = list(reversed(every))
    if len(newest) <= SHORT:
        rows = [
            {
                titles["version"]: _number(version, lang),
                titles["when"]: plain(DOT.join(filter(None, (_unbroken(when(version)), version.who)))),
                titles["what"]: plain(_what(version, lang)),
                titles["figures"]: plain(_brought(version, lang)),
            }
            for version in newest
        ]
        st.table(pd.DataFrame(rows), border="horizontal", hide_index=True)
        return
    who_title, current = text("data.history.who", lang), text("data.history.current", lang)
    columns = {
        titles["version"]: [version.number for version in newest],
        " ": [current if version.current else "" for version in newest],
        titles["when"]: [when(version) for version in newest],
        who_title: [version.who for version in newest],
        titles["what"]: [_what(version, lang) for version in newest],
        titles["figures"]: [_brought(version, lang) for version in newest],
        titles["size"]: [_size(version, lang) for version in newest],
    }
    st.dataframe(frame(columns), hide_index=True, height=388, alt=text("data.tab.history", lang))


def _number(version: Version, lang: str) -> str:
    current = f" :green-badge[{text('data.history.current', lang)}]" if version.current else ""
    return f"**{version.number}**{current}"


def _what(version: Version, lang: str) -> str:
    """'Load: 2016Q1.csv', of a build its files of figures."""
    files = text("list.comma", lang).join(file.file for file in _told(version))
    return f"{_kind(version, lang)}{text('ui.colon', lang)}{files}" if files else _kind(version, lang)


def _told(version: Version) -> list[File]:
    return [file for file in version.files if version.kind != "build" or file.kind in FIGURES]


def _brought(version: Version, lang: str) -> str:
    """'1,200 new, 3 revised'."""
    files = _told(version)
    if not files:
        return ""
    counts = {name: sum(getattr(file, name) for file in files) for name in ("new", "revised")}
    said = [text(f"data.history.{name}", lang, n=f"{count:,}") for name, count in counts.items() if count]
    return text("list.comma", lang).join(said) or text("data.history.nothing", lang)


def _size(version: Version, lang: str) -> str:
    return f"{version.bytes / 1e6:,.1f} MB" if version.path else text("data.history.forgotten", lang)


def _one(every: Sequence[Version], lang: str) -> None:
    """One version with its files, and what can be done with it."""
    st.header(text("data.history.one", lang), anchor=False)
    numbers = {version.number: version for version in every}
    chosen = st.selectbox(
        text("data.history.version", lang),
        sorted(numbers, reverse=True),
        format_func=lambda number: named(numbers[number], lang),
        key="history-one",
    )
    version = numbers[chosen]
    with st.container(border=True, key="history-version"):
        _files(version, lang)
        if not version.path:
            st.markdown(f":material/info: {text('data.history.gone', lang)}")
        elif version.current:
            st.markdown(f":material/info: {text('data.history.is_current', lang)}")
        else:
            _doing(version, every, lang)
    removing.lately("version", lang)


def _files(version: Version, lang: str) -> None:
    """Each file with what tells it from any other, and what it brought."""
    for file in _told(version):
        brought = text(
            "data.history.file", lang, rows=f"{file.rows:,}", new=f"{file.new:,}", revised=f"{file.revised:,}"
        )
        mark = f"{file.bytes:,} B{DOT}SHA-256 {file.sha256[:SHORT_MARK]}"
        st.markdown(f"**{plain(file.file)}**{DOT}{plain(brought)}  \n:small[:gray[{plain(mark)}]]")


def _doing(version: Version, every: Sequence[Version], lang: str) -> None:
    """Ask as on its day, or bring it back, which is confirmed first."""
    last_of_day = [one.number for one in every if one.day and one.day == version.day][-1:] == [version.number]
    with st.container(horizontal=True):
        if last_of_day and version.day:
            st.button(
                text("data.history.ask", lang, day=version.day.isoformat()),
                icon=":material/history:",
                on_click=past.ask_as_on,
                args=(version.day,),
                key="history-ask",
            )
        if not session.may("restore"):
            return
        st.button(
            text("data.history.restore", lang, n=version.number),
            icon=":material/settings_backup_restore:",
            on_click=_consider,
            args=(version.number,),
            key="history-restore",
        )
        removing.button(f"version-{version.number}", lang)
    considered = partial(of_version, version.number, session.assets())
    removing.question(f"version-{version.number}", considered, lang)
    if st.session_state.get("history-considered") == version.number:
        _confirm(version, every, lang)


def _consider(number: int | None) -> None:
    st.session_state["history-considered"] = number


def _confirm(version: Version, every: Sequence[Version], lang: str) -> None:
    current = next((str(one.number) for one in every if one.current), "–")
    values = {"n": version.number, "current": current, "next": every[-1].number + 1}
    st.warning(text("data.history.confirm", lang, **values), icon=":material/help:")
    who(lang, "history-who")
    with st.container(horizontal=True):
        st.button(
            text("data.history.do_restore", lang, n=version.number),
            type="primary",
            on_click=_restore,
            args=(version.number, lang),
            key="history-confirm",
        )
        st.button(text("data.history.leave", lang), on_click=_consider, args=(None,), key="history-leave")
    if trouble := st.session_state.pop("history-trouble", None):
        st.error(plain(trouble), icon=":material/error:")


def _restore(number: int, lang: str) -> None:
    """Makes it the current version; on an error the store is as it was, and the error is said."""
    try:
        session.require("restore")
        session.begin("restore", version=number)
        restore(session.store(), number, at=session.now(), who=session.who())
    except XinfoError as error:
        st.session_state["history-trouble"] = str(error)
        return
    made = session.past()[-1].number
    session.record("restore", version=number, made=made)
    st.session_state["history-said"] = text("data.history.done", lang, n=number, made=made)
    _consider(None)
    st.session_state.pop("history-one", None)
