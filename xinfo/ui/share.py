"""Taking an answer along: the sentence with its source, the link, and the files."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.answer.export import FILES
from xinfo.answer.quotation import quotation
from xinfo.language.texts import text
from xinfo.ui import rights, session
from xinfo.ui.briefing.add import add
from xinfo.ui.dialogue import Turn, address
from xinfo.ui.templates.keep import keep

LONGEST_NAME = 60


def share(turn: Turn) -> None:
    """A row of small buttons; a file is made when it is asked for."""
    answer = turn.reply
    assert isinstance(answer, Answer)
    with st.container(horizontal=True, gap="small", key=f"share-{turn.number}"):
        _text("copy", quotation(answer), turn)
        _text("link", address(st.context.url or "", turn, session.kept()), turn)
        if session.may("export"):
            _files(turn, answer)
        keep(turn.number, answer)
        add(turn.number, answer)


def _files(turn: Turn, answer: Answer) -> None:
    note = session.noting("export", question=turn.question)
    for ending, (make, mime) in FILES.items():
        if ending == "png" and answer.chart is None:
            continue
        st.download_button(
            text(f"ui.{ending}", answer.reading.lang),
            data=rights.on_demand("export", partial(_made, make, answer, partial(note, file=ending))),
            file_name=f"{file_name(answer)}.{ending}",
            mime=mime,
            key=f"{ending}-{turn.number}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


def _made(make: Callable[[Answer], bytes], answer: Answer, note: Callable[[], None]) -> bytes:
    """The file, once it is asked for, which is noted."""
    content = make(answer)
    note()
    return content


def file_name(answer: Answer) -> str:
    """The sentence in characters that every system takes for a file's name."""
    words = re.sub(r"[^\w\u4e00-\u9fff]+", "-", answer.reading.sentence).strip("-").lower()
    return words[:LONGEST_NAME].strip("-") or "xinfo"


def _text(kind: str, said: str, turn: Turn) -> None:
    """A text with a button that copies it."""
    assert isinstance(turn.reply, Answer)
    lang = turn.reply.reading.lang
    icon = {"copy": ":material/content_copy:", "link": ":material/link:"}[kind]
    with st.popover(text(f"ui.{kind}", lang), icon=icon, type="tertiary", key=f"{kind}-{turn.number}"):
        st.markdown(f":small[{text(f'ui.{kind}_hint', lang)}]")
        st.code(said, language=None, wrap_lines=True)
