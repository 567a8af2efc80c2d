"""The library: every template as a card, found by words, topic and tag."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache

import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.answer.export import to_thumbnail
from xinfo.ask import Workspace
from xinfo.errors import InputError, TookTooLong
from xinfo.frozen import changes
from xinfo.language.texts import text
from xinfo.stewardship.uses import uses
from xinfo.ui import opening, session
from xinfo.ui.plain import plain
from xinfo.ui.templates.badges import state_badge
from xinfo.ui.templates.desk import entries, hearing_too, is_own, known, without_folders
from xinfo.ui.templates.form import first_slots
from xinfo.ui.templates.search import nothing, search
from xinfo.understand.say import sentence
from xinfo.understand.template import Template
from xinfo.understand.vocabulary import fault

SHOWN, ABREAST = 9, 3
"""Cards on a page; each draws a picture when it is first seen."""


def browse(workspace: Workspace, lang: str) -> None:
    """Draws the library."""
    counted = uses(session.store())
    found = search(workspace, counted, lang)
    _broken(workspace, lang)
    _changed(lang)
    if not found:
        nothing(lang)
    page = _page_of(len(found))
    shown = found[page * SHOWN : (page + 1) * SHOWN]
    for begin in range(0, len(shown), ABREAST):
        row = shown[begin : begin + ABREAST]
        for column, template in zip(st.columns(ABREAST), row, strict=False):
            with column:
                _card(template, workspace, counted[template.template_id], lang)


def _page_of(count: int) -> int:
    pages = -(-count // SHOWN)
    return st.pagination(pages, key=f"templates-page-{pages}") - 1 if pages > 1 else 0


def _card(template: Template, workspace: Workspace, count: int, lang: str) -> None:
    """What it is called, which is the way into it, a question it answers, and that answer: its chart or sentence."""
    with st.container(border=True, height="stretch", gap="xsmall", key=f"card-{template.template_id}"):
        st.button(
            f"**{plain(template.title[lang])}**", type="tertiary", icon=":material/arrow_forward:",
            icon_position="right", key=f"open-{template.template_id}", on_click=go, args=(template.template_id,),
        )  # fmt: skip
        if said := template.card.description.get(lang) or _example(template, workspace, lang):
            st.markdown(f":small[{plain(said)}]")
        _standing(template, count, lang)
        answer = _answer(template.template_id, lang)
        if isinstance(answer, bytes):
            st.image(answer, width="stretch", alt=template.title[lang])
        elif answer:
            st.markdown(f":small[:gray[{plain(answer)}]]")


def _standing(template: Template, count: int, lang: str) -> None:
    """Who stands behind one of one's own, its tags, and how often any was asked."""
    if not (is_own(template) or count):
        return
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        if is_own(template):
            state_badge(entries().get(template.template_id), lang)
        for tag in template.card.tags[:3]:
            st.badge(plain(tag), color="violet")
        if count:
            st.markdown(f":small[:gray[{text('templates.used', lang, count=count)}]]", width="content")


def go(template_id: str | None, view: str = "") -> None:
    """Opens a template on the page, or the library."""
    st.query_params.clear()
    if template_id:
        st.query_params["template"] = template_id
    if view:
        st.query_params["view"] = view


def _example(template: Template, workspace: Workspace, lang: str) -> str:
    if template.examples:
        return getattr(template.examples[0], lang, template.examples[0].en)
    slots = template.pinned.slots if template.pinned else None
    said = sentence(template, slots, workspace.catalog, lang) if slots else ""
    return "" if said == template.title[lang] else said


def _state() -> tuple[str, bool, tuple[int, int], str]:
    """What a picture is of: figures, templates, and whose drafts are heard."""
    return (*session.figures(), session.edition()[1], session.who())


def _answer(template_id: str, lang: str) -> bytes | str:
    with suppress(TookTooLong):  # a page without it, as others draw
        return first_answer(template_id, lang, st.context.theme.type or "light", *_state())
    return ""


@lru_cache(maxsize=512)
def first_answer(
    template_id: str, lang: str, theme: str, version: str, published: bool, edition: tuple[int, int], who: str
) -> bytes | str:
    """The chart of the template's first answer, small, else the answer in words; empty where there is none."""
    workspace = opening.hearing(version, session.assets(), published, who)
    template = next((t for t in known(workspace) if t.template_id == template_id), None)
    workspace = hearing_too(template, workspace) if template else workspace
    slots = first_slots(template, workspace) if template else None
    if template is None or slots is None:
        return ""
    try:
        reply = workspace.conversation(lang).ask(sentence(template, slots, workspace.catalog, lang), lang)
    except (KeyError, IndexError):
        return ""
    if not isinstance(reply, Answer):
        return ""
    with suppress(InputError):  # no font to draw with
        return to_thumbnail(reply, theme) if reply.chart else reply.headline
    return reply.headline


def _changed(lang: str) -> None:
    """Results that were vouched for and come out differently on the figures as they are."""
    for template_id, said in changed_results(*session.figures(), session.edition()):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.badge(text("templates.result_changed", lang), icon=":material/difference:", color="orange")
            st.markdown(f":small[{plain(said)}]", width="stretch")
            label = text("templates.views.review", lang)
            st.button(label, key=f"changed-{template_id}", on_click=go, args=(template_id, "review"))


@lru_cache(maxsize=4)
def changed_results(version: str, published: bool, edition: object) -> tuple[tuple[str, str], ...]:
    """Ids of the templates, each with what has changed first."""
    here = session.opened(version, published)
    found = ((t.template_id, next(changes(t, here), None)) for t in here.templates if t.tests.frozen)
    return tuple((template_id, str(changed)) for template_id, changed in found if changed)


def _broken(workspace: Workspace, lang: str) -> None:
    """Files of one's own that cannot be read: where and why; all others work."""
    words = fault(session.assets().words)
    lines = without_folders([*workspace.complaints, *([words] if words else [])])
    if lines:
        with st.container(border=True):
            st.badge(text("templates.broken", lang, count=len(lines)), icon=":material/error:", color="red")
            for line in lines:
                st.markdown(f":small[{plain(line)}]")
