"""Adding an answer of the conversation to a briefing, from its card."""

from __future__ import annotations

import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.briefing import edit, saved
from xinfo.briefing.model import Ask, Briefing, Section, said
from xinfo.errors import XinfoError
from xinfo.language.texts import text
from xinfo.ui import session
from xinfo.ui.briefing import held

NEW = "+"


def add(number: int, answer: Answer) -> None:
    """A small popover, filled when it is opened: which briefing, which section, and the button."""
    lang = answer.reading.lang
    if not session.may("brief"):
        return
    box = st.popover(
        text("brief.ui.add_to", lang), icon=":material/post_add:", type="tertiary", key=f"to-brief-{number}",
        on_change="rerun",
    )  # fmt: skip
    if not box.open:
        return
    with box:
        names = [*saved.listed(session.store()), NEW]
        named = st.selectbox(
            text("brief.ui.which", lang), names, key=f"to-which-{number}",
            format_func=lambda one: text("brief.ui.new", lang) if one == NEW else _title(one, lang),
        )  # fmt: skip
        sections = _sections(named, lang)
        at = 0
        if len(sections) > 1:
            at = st.selectbox(
                text("brief.ui.section", lang), range(len(sections)), key=f"to-section-{number}",
                format_func=lambda one: sections[one] or str(one + 1),
            )  # fmt: skip
        st.button(
            text("brief.ui.put_in", lang), type="primary", key=f"to-put-{number}", on_click=_put,
            args=(named, at, answer, lang),
        )  # fmt: skip
        held.told_added()


def _title(named: str, lang: str) -> str:
    try:
        return said(saved.find(session.store(), named).title, lang)
    except XinfoError:
        return named


def _sections(named: str, lang: str) -> list[str]:
    if named == NEW:
        return []
    try:
        return [said(section.title, lang) for section in saved.find(session.store(), named).sections]
    except XinfoError:
        return []


def _put(named: str, at: int, answer: Answer, lang: str) -> None:
    """The question goes into the briefing as its canonical sentence, which needs no question before it."""
    try:
        began = None if named == NEW else saved.find(session.store(), named)
        briefing = began or _new(lang)
        held.take(edit.added(briefing, at, Ask(briefing.free_id("ask"), answer.reading.sentence)), began)
        held.say(text("brief.ui.added", lang, title=said(briefing.title, lang)))
    except XinfoError as error:
        held.fail(str(error))


def _new(lang: str) -> Briefing:
    taken = saved.listed(session.store())
    name = next(one for at in range(1, len(taken) + 2) if (one := f"briefing-{at}") not in taken)
    return Briefing(name, {lang: text("brief.ui.untitled", lang)}, lang, (Section({}),))
