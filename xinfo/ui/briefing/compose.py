"""Composing a briefing: titles, order, questions, computed sentences, text with live figures, notes to the reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal

import streamlit as st

from xinfo.ask import Workspace
from xinfo.briefing import edit
from xinfo.briefing.model import SENTENCES, SHOWN, Account, Ask, Briefing, Item, Section
from xinfo.language.texts import languages, text
from xinfo.ui.briefing import held
from xinfo.ui.briefing.letterhead import letterhead

ICONS = {
    "ask": ":material/help:",
    "about": ":material/notes:",
    "text": ":material/edit_note:",
    "note": ":material/info:",
}
HEIGHT = 92


def compose(briefing: Briefing, workspace: Workspace, lang: str) -> None:
    """Draws the tab; every change is saved at once."""
    for one in languages():
        label = text("brief.ui.heading", lang, language=text("ui.own_name", one))
        _field(label, f"title-{one}", briefing, briefing.title.get(one, ""), partial(_titled, briefing, one))
    with st.expander(text("brief.ui.letterhead", lang), icon=":material/mail:", key="brief-letterhead"):
        letterhead(briefing, lang)
    for at, section in enumerate(briefing.sections):
        _section(briefing, at, section, lang)
    st.button(
        text("brief.ui.add_section", lang), icon=":material/add:", key="brief-add-section", on_click=held.take,
        args=(edit.section_added(briefing), briefing),
    )  # fmt: skip


def _titled(briefing: Briefing, lang: str, words: str) -> Briefing:
    return replace(briefing, title=edit.worded(briefing.title, lang, words) or briefing.title)


def _section(briefing: Briefing, at: int, section: Section, lang: str) -> None:
    with st.container(border=True, key=f"brief-section-{at}"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            _field(
                text("brief.ui.section", lang), f"section-{at}-{lang}", briefing, section.title.get(lang, ""),
                lambda words: briefing.with_section(
                    at, replace(section, title=edit.worded(section.title, lang, words))
                ),
            )  # fmt: skip
            _buttons(
                f"section-{at}",
                briefing,
                edit.section_moved(briefing, at, -1),
                edit.section_moved(briefing, at, 1),
                edit.section_removed(briefing, at),
                lang,
            )
        for item in section.items:
            _item(briefing, item, lang)
        with st.popover(text("brief.ui.add", lang), icon=":material/add:", key=f"brief-add-{at}"):
            _add(briefing, at, lang)


def _item(briefing: Briefing, item: Item, lang: str) -> None:
    """One item with its words, what is shown of it, and its place."""
    kind = "ask" if isinstance(item, Ask) else "about" if isinstance(item, Account) else type(item).__name__.lower()
    with st.container(key=f"brief-item-{item.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(f":small[:gray[{ICONS[kind]} {text(f'brief.ui.kind.{kind}', lang)}]]")
            _buttons(
                item.id, briefing, edit.moved(briefing, item.id, -1), edit.moved(briefing, item.id, 1),
                edit.without(briefing, item.id), lang,
            )  # fmt: skip
        label = text(f"brief.ui.words.{kind}", lang)
        if isinstance(item, Ask | Account):
            _field(label, f"{item.id}-question", briefing, item.question,
                   lambda words: edit.changed(briefing, replace(item, question=words)), shown="collapsed")  # fmt: skip
            _shown(briefing, item, lang)
            if isinstance(item, Account):
                _own_words(briefing, item, lang)
        else:
            _field(label, f"{item.id}-{lang}", briefing, item.text.get(lang, ""),
                   lambda words: edit.changed(briefing, replace(item, text=edit.worded(item.text, lang, words))),
                   area=True, shown="collapsed")  # fmt: skip


def _own_words(briefing: Briefing, item: Account, lang: str) -> None:
    """Sentences of the author's own in place of the computed ones."""
    with st.popover(text("brief.ui.own_words", lang), icon=":material/edit_note:", key=f"brief-own-{item.id}"):
        st.caption(text("brief.ui.own_words_help", lang))
        _field(text("brief.ui.own_words", lang), f"{item.id}-words-{lang}", briefing, item.words.get(lang, ""),
               lambda words: edit.authored(briefing, item, lang, words), area=True, shown="collapsed")  # fmt: skip


def _shown(briefing: Briefing, item: Ask | Account, lang: str) -> None:
    """What of an answer is shown, or which sentences are computed."""
    key = f"brief-{briefing.id}-{item.id}-shown"
    options, now = (SHOWN, item.show) if isinstance(item, Ask) else (SENTENCES, item.say)

    def keep() -> None:
        picked = tuple(name for name in options if name in st.session_state[key]) or now
        taken = replace(item, show=picked) if isinstance(item, Ask) else replace(item, say=picked)
        held.take(edit.changed(briefing, taken), briefing)

    st.pills(
        text("brief.ui.shown", lang), options, default=list(now), selection_mode="multi", key=key, on_change=keep,
        format_func=lambda name: text(f"brief.ui.show.{name}", lang), label_visibility="collapsed",
    )  # fmt: skip


def _buttons(key: str, now: Briefing, up: Briefing, down: Briefing, gone: Briefing, lang: str) -> None:
    for name, icon, after in (("up", "arrow_upward", up), ("down", "arrow_downward", down), ("remove", "close", gone)):
        said = text(f"brief.ui.{name}", lang)
        st.button(
            said, icon=f":material/{icon}:", type="tertiary", help=said,
            key=f"brief-{name}-{key}", on_click=held.take, args=(after, now), disabled=after == now,
        )  # fmt: skip


def _field(
    label: str, key: str, briefing: Briefing, now: str, change: Callable[[str], Briefing], area: bool = False,
    shown: Literal["visible", "collapsed"] = "visible",
) -> None:  # fmt: skip
    """A field whose words go into the briefing when they are left."""
    name = f"brief-{briefing.id}-{key}"

    def keep() -> None:
        words = str(st.session_state[name])
        if words.strip() != now.strip():
            held.take(change(words), briefing)

    if area:
        st.text_area(label, now, key=name, on_change=keep, label_visibility=shown, height=HEIGHT)
    else:
        st.text_input(label, now, key=name, on_change=keep, label_visibility=shown)


def _add(briefing: Briefing, at: int, lang: str) -> None:
    """A new item: its kind and its words."""
    kind = st.radio(
        text("brief.ui.what", lang), tuple(ICONS), key=f"brief-kind-{at}",
        format_func=lambda one: text(f"brief.ui.kind.{one}", lang),
    )  # fmt: skip
    st.text_area(text(f"brief.ui.words.{kind}", lang), key=f"brief-words-{at}", height=HEIGHT)
    st.button(
        text("brief.ui.put_in", lang), type="primary", key=f"brief-put-{at}", on_click=_put,
        args=(briefing, at, kind, lang),
    )  # fmt: skip
    if st.session_state.pop(f"brief-empty-{at}", False):
        st.caption(text("brief.ui.put_nothing", lang))


def _put(briefing: Briefing, at: int, kind: str, lang: str) -> None:
    words = str(st.session_state.get(f"brief-words-{at}") or "").strip()
    if words:
        held.take(edit.added(briefing, at, edit.new_item(briefing, kind, words, lang, SENTENCES)), briefing)
        st.session_state[f"brief-words-{at}"] = ""
    else:
        st.session_state[f"brief-empty-{at}"] = True
