"""The library: every template as a card, found by search, tag and sort; files taken in and handed on."""

from __future__ import annotations

from collections import Counter
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
from xinfo.ui.templates.exchange import exchange
from xinfo.ui.templates.form import first_slots
from xinfo.understand.say import sentence
from xinfo.understand.template import Template
from xinfo.understand.vocabulary import fault

SHOWN, ABREAST = 9, 3
"""Cards on a page; each draws a picture when it is first seen."""
KINDS = ("all", "mine", "reviewed", "drafts", "shipped")
SORTS = ("name", "use", "newest")


def browse(workspace: Workspace, lang: str) -> None:
    """Draws the library."""
    counted = uses(session.store())
    found = _found(workspace, counted, lang)
    _broken(workspace, lang)
    _changed(lang)
    if not found:
        st.info(text("templates.none", lang), icon=":material/search_off:")
    page = _page_of(len(found))
    shown = found[page * SHOWN : (page + 1) * SHOWN]
    for begin in range(0, len(shown), ABREAST):
        row = shown[begin : begin + ABREAST]
        for column, template in zip(st.columns(ABREAST), row, strict=False):
            with column:
                _card(template, workspace, counted[template.template_id], lang)
    exchange(lang)


def _found(workspace: Workspace, counted: Counter[str], lang: str) -> list[Template]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        words = st.text_input(text("templates.search", lang), key="templates-search", width=220)
        kind = st.segmented_control(
            text("templates.show", lang), KINDS, default="all", key="templates-kind",
            format_func=lambda name: text(f"templates.kind.{name}", lang),
        )  # fmt: skip
        order = st.selectbox(
            text("templates.sort", lang), SORTS, format_func=lambda name: text(f"templates.sort_by.{name}", lang),
            key="templates-sort", width=180,
        )  # fmt: skip
    every = [template for template in known(workspace) if _is_kind(template, kind or "all")]
    tags = sorted({tag for template in every for tag in template.card.tags})
    chosen = st.pills(text("templates.tags", lang), tags, selection_mode="multi", key="templates-tags") if tags else []
    found = [t for t in every if set(chosen) <= set(t.card.tags) and holds(t, words)]
    return sorted(found, key=lambda template: _rank(template, order, counted, lang))


def _is_kind(template: Template, kind: str) -> bool:
    entry = entries().get(template.template_id)
    return {
        "all": True,
        "mine": is_own(template) and (entry.author if entry else template.card.author) == session.who(),
        "reviewed": bool(is_own(template) and entry and entry.reviewer and entry.state == "published"),
        "drafts": bool(is_own(template) and entry and entry.state in ("draft", "in_review")),
        "shipped": not is_own(template),
    }[kind]


def holds(template: Template, words: str) -> bool:
    """Whether every word stands in what the template is called and described by."""
    phrases = [phrase for said in template.phrases.values() for phrase in said]
    card = template.card
    about = " ".join([template.template_id, *template.title.values(), *card.description.values(), *card.tags, *phrases])
    return all(word in about.casefold() for word in words.casefold().split())


def _rank(template: Template, order: str, counted: Counter[str], lang: str) -> tuple[object, ...]:
    """One's own first, then as chosen."""
    entry = entries().get(template.template_id)
    if order == "use":
        return (-counted[template.template_id], template.title[lang])
    newest = entry.deeds[-1].at if entry and entry.deeds else ""
    by_time = tuple(-ord(character) for character in newest) if order == "newest" else ()
    return (not is_own(template), not by_time, by_time, template.title[lang])


def _page_of(count: int) -> int:
    pages = -(-count // SHOWN)
    return st.pagination(pages, key=f"templates-page-{pages}") - 1 if pages > 1 else 0


def _card(template: Template, workspace: Workspace, count: int, lang: str) -> None:
    with st.container(border=True, height="stretch", gap="small", key=f"card-{template.template_id}"):
        if picture := _picture(template.template_id, lang):
            st.image(picture, width="stretch", alt=template.title[lang])
        st.markdown(f"**{plain(template.title[lang])}**")
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            if is_own(template):
                state_badge(entries().get(template.template_id), lang)
            else:
                st.badge(text("templates.kind.shipped", lang), icon=":material/inventory_2:", color="gray")
            for tag in template.card.tags[:3]:
                st.badge(plain(tag), color="violet")
        if said := template.card.description.get(lang) or _example(template, workspace, lang):
            st.markdown(f":small[{plain(said)}]")
        if count:
            st.markdown(f":small[:gray[{text('templates.used', lang, count=count)}]]")
        st.button(
            text("templates.open", lang), icon=":material/arrow_forward:", key=f"open-{template.template_id}",
            on_click=go, args=(template.template_id,),
        )  # fmt: skip


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


def _picture(template_id: str, lang: str) -> bytes | None:
    with suppress(TookTooLong):  # a page without it, as others draw
        return thumbnail(template_id, lang, st.context.theme.type or "light", *_state())
    return None


@lru_cache(maxsize=512)
def thumbnail(
    template_id: str, lang: str, theme: str, version: str, published: bool, edition: tuple[int, int], who: str
) -> bytes | None:
    """The chart of the template's first answer, small; none where it has none."""
    workspace = opening.hearing(version, session.assets(), published, who)
    template = next((t for t in known(workspace) if t.template_id == template_id), None)
    workspace = hearing_too(template, workspace) if template else workspace
    slots = first_slots(template, workspace) if template else None
    if template is None or slots is None:
        return None
    try:
        reply = workspace.conversation(lang).ask(sentence(template, slots, workspace.catalog, lang), lang)
    except (KeyError, IndexError):
        return None
    with suppress(InputError):  # no font to draw with
        return to_thumbnail(reply, theme) if isinstance(reply, Answer) and reply.chart else None
    return None


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
