"""Taking an answer along: the sentence with its source, the link, and the files."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.answer.export import FILES
from xinfo.answer.quotation import taken_along
from xinfo.language.texts import text
from xinfo.ui import rights, session
from xinfo.ui.briefing.add import add
from xinfo.ui.chart import in_full
from xinfo.ui.dialogue import Turn, address
from xinfo.ui.judging import judge
from xinfo.ui.plain import plain
from xinfo.ui.table import table
from xinfo.ui.templates.keep import keep

LONGEST_NAME = 60
HTML, CSS, JS = (Path(__file__).with_suffix(kind).read_text(encoding="utf-8") for kind in (".html", ".css", ".js"))

_copy = st.components.v2.component("xinfo_copy", html=HTML, css=CSS, js=JS)


def share(turn: Turn) -> None:
    """A row of small buttons; a file is made when it is asked for."""
    answer = turn.reply
    assert isinstance(answer, Answer)
    lang = answer.reading.lang
    with st.container(horizontal=True, gap="small", key=f"share-{turn.number}"):
        said, html = taken_along(answer)
        copy_button("copy", said, lang, f"copy-{turn.number}", html)
        copy_button("link", address(st.context.url or "", turn, session.kept()), lang, f"link-{turn.number}")
        if session.may("export"):
            _files(turn, answer)
        if answer.chart is not None or len(answer.rows) > 1:
            _large(turn.number, answer)
        keep(turn.number, answer)
        add(turn.number, answer)
        judge(turn.number, answer)


def _large(number: int, answer: Answer) -> None:
    """The chart and the figures over the whole window."""
    lang = answer.reading.lang
    if not st.button(text("ui.large", lang), icon=":material/open_in_full:", type="tertiary", key=f"large-{number}"):
        return

    @st.dialog(text("ui.large", lang), width="large")
    def shown() -> None:
        st.markdown(plain(answer.headline))
        in_full(answer, f"chart-large-{number}")
        table(f"large-{number}", answer)

    shown()


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


def copy_button(kind: str, said: str, lang: str, key: str, html: str = "") -> None:
    """Copies a text at once and says that it did; `kind` is copy or link, `html` the same for what keeps tables."""
    words = {"label": text(f"ui.{kind}", lang), "hint": text(f"ui.{kind}_hint", lang)}
    words |= {name: text(f"ui.copy_{name}", lang) for name in ("done", "failed")}
    _copy(key=key, data={"icon": kind, "text": said, "html": html, **words}, width="content")
