"""'Right' and 'wrong' on an answer's card: both go to the steward with the question, its query and the answer."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from zlib import crc32

import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.errors import StoreError
from xinfo.language.texts import text
from xinfo.loop import reports
from xinfo.ui import session
from xinfo.ui.plain import plain


def judge(number: int, answer: Answer) -> None:
    """Two small buttons, and what was said once one was used."""
    lang, key = answer.reading.lang, f"{number}-{crc32(answer.headline.encode()):x}"
    if said := st.session_state.get(f"judged-{key}"):
        failed = said not in (reports.RIGHT, reports.WRONG)
        st.markdown(f":small[{plain(said) if failed else text(f'judge.thanks.{said}', lang)}]", width="content")
        return
    right = partial(_say, answer, key, reports.RIGHT)
    told = text("judge.right", lang)
    st.button(told, icon=":material/thumb_up:", type="tertiary", help=told, key=f"right-{key}", on_click=right)
    wrong = text("judge.wrong", lang)
    box = st.popover(wrong, icon=":material/thumb_down:", type="tertiary", key=f"wrong-{key}", on_change="rerun")
    if box.open:
        with box:
            st.text_area(text("judge.what", lang), key=f"wrong-note-{key}", max_chars=reports.LONGEST, height=90)
            st.caption(text("judge.goes_with", lang))
            send = partial(_say, answer, key, reports.WRONG)
            st.button(text("judge.send", lang), type="primary", key=f"wrong-send-{key}", on_click=send)


def _say(answer: Answer, key: str, verdict: str) -> None:
    note = str(st.session_state.get(f"wrong-note-{key}", "")) if verdict == reports.WRONG else ""
    try:
        reports.keep(session.store(), reports.report(answer, verdict, note, datetime.now().astimezone()))
    except StoreError as error:
        st.session_state[f"judged-{key}"] = str(error)
        return
    session.record("judge", question=answer.reading.question, verdict=verdict)
    st.session_state[f"judged-{key}"] = verdict
