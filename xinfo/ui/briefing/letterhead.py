"""The letterhead of an official paper: who sends it to whom, its number, who signs for it, its day. Saved at once."""

from __future__ import annotations

from datetime import date

import streamlit as st

from xinfo.briefing import edit
from xinfo.briefing.model import Briefing, said
from xinfo.language.texts import text
from xinfo.ui.briefing import held

LINES = ("issuer", "recipient", "number", "signatory")


def letterhead(briefing: Briefing, lang: str) -> None:
    """Draws the fields; what is said in one language only stands in the papers of both."""
    for one in LINES:
        hint = text("brief.ui.letter_number", lang) if one == "number" else ""
        st.text_input(
            text(f"brief.ui.letter.{one}", lang), briefing.letterhead.get(one, {}).get(lang, ""),
            key=_key(briefing, one, lang), placeholder=said(briefing.letterhead.get(one, {}), lang) or hint,
            on_change=_keep, args=(briefing, one, lang),
        )  # fmt: skip
    st.date_input(
        text("brief.ui.letter.date", lang), _day(said(briefing.letterhead.get("date", {}), lang)), format="YYYY-MM-DD",
        key=_key(briefing, "date", lang), on_change=_keep, args=(briefing, "date", lang),
    )  # fmt: skip


def _key(briefing: Briefing, one: str, lang: str) -> str:
    return f"brief-{briefing.id}-letter-{one}-{lang}"


def _keep(briefing: Briefing, one: str, lang: str) -> None:
    given = st.session_state[_key(briefing, one, lang)]
    words = given.isoformat() if isinstance(given, date) else str(given or "")
    # A day is the same in every language.
    cleared = edit.lettered(briefing, one, lang, "") if one != "date" else _without_day(briefing)
    held.take(edit.lettered(cleared, one, lang, words), briefing)


def _without_day(briefing: Briefing) -> Briefing:
    for lang in briefing.letterhead.get("date", {}):
        briefing = edit.lettered(briefing, "date", lang, "")
    return briefing


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
