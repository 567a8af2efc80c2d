"""Asking as known on an earlier day: the control for it, and on every page that an earlier state is asked."""

from __future__ import annotations

import contextlib
from datetime import date

import streamlit as st

from xinfo.errors import StoreError
from xinfo.language import times
from xinfo.language.texts import text
from xinfo.store.history import Version
from xinfo.ui import address, session


def control(lang: str) -> None:
    """A day to choose, where the store has more than one state; the address holds it too."""
    chosen, today = session.known_on(), date.today()
    st.session_state["known_on"] = chosen
    days = [version.day for version in _versions() if version.day]
    if len(days) > 1 or chosen:
        first, last = min([*days, chosen or today, today]), max(chosen or today, today)
        st.date_input(
            text("known.label", lang),
            value=None,
            min_value=first,
            max_value=last,
            format="YYYY-MM-DD",
            key="known_on",
            help=text("known.help", lang),
        )
    day = session.known_on()
    address.keep("known_on", day.isoformat() if day else "")


def banner(lang: str) -> bool:
    """Says that an earlier state is asked, with the way back; False where there is nothing of that day to be asked."""
    day = session.known_on()
    if not day:
        return True
    trouble = ""
    try:
        said = _said(day, session.then(day), lang)
    except StoreError as error:
        said, trouble = text("known.none", lang, day=times.day(day, lang)), str(error)
    with st.container(horizontal=True, vertical_alignment="center", key="known-banner"):
        st.warning(said, icon=":material/history:", width="stretch")
        st.button(text("known.back", lang), icon=":material/update:", on_click=back, key="known-back")
    if trouble:
        st.code(trouble, language=None, wrap_lines=True)
    return not trouble


def ask_as_on(day: date | None) -> None:
    """From the next run on the figures are asked as known on that day; None for now."""
    st.session_state["known_on"] = day


def back() -> None:
    """From the next run on the figures of now are asked."""
    ask_as_on(None)


def _said(day: date, version: Version, lang: str) -> str:
    made = times.day(version.day, lang) if version.day else version.at
    return text("known.banner", lang, day=times.day(day, lang), version=version.number, made=made)


def _versions() -> tuple[Version, ...]:
    with contextlib.suppress(StoreError):
        return session.past()
    return ()
