"""The Templates page: the library, and one template opened as a form, in the SQL editor, or with its versions.

The address says what is open (`template`, `view`) and with which values (`with`), so that a link leads there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from xinfo.ask import Workspace
from xinfo.language.texts import text
from xinfo.ui import removing, session
from xinfo.ui.data.who import who
from xinfo.ui.plain import plain
from xinfo.ui.templates.badges import badge
from xinfo.ui.templates.browse import browse, go
from xinfo.ui.templates.desk import SAID, at_work, hearing_too, is_own, known, problems
from xinfo.ui.templates.editor import editor
from xinfo.ui.templates.exchange import exchange
from xinfo.ui.templates.form import form
from xinfo.ui.templates.review import review
from xinfo.understand.template import Template

VIEWS: Mapping[str, Callable[[Template, Workspace, str], None]] = {"form": form, "edit": editor, "review": review}
"""What draws each view; of a template of one's own there are all, and each asks for itself who may see it."""


def page() -> None:
    """Draws the page. Raises NotAllowed, also for a link to what is not for everybody."""
    session.require("ask")
    lang = session.language()
    with st.spinner(text("ui.opening", lang)):
        workspace = session.here()
    asked = st.query_params.get("template", "")
    template = next((t for t in known(workspace) if t.template_id == asked), None)
    if asked == "new":
        _head(text("templates.new_sql", lang), lang)
        editor(None, workspace, lang)
    elif template:
        _opened(template, workspace, lang)
    else:
        _library(asked, workspace, lang)


def _library(asked: str, workspace: Workspace, lang: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title(text("templates.title", lang), anchor=False, width="content")
        if session.may("template"):
            st.button(
                text("templates.new_sql", lang), icon=":material/code:", on_click=go, args=("new",), key="new-sql"
            )
    st.markdown(text("templates.intro", lang))
    _told(lang)
    removing.lately("template", lang)
    if asked:
        st.warning(plain(text("templates.no_such", lang, name=asked)), icon=":material/help:")
    browse(workspace, lang)
    _name(lang)
    exchange(lang)


def _opened(template: Template, workspace: Workspace, lang: str) -> None:
    _head(template.title[lang], lang, template)
    if said := template.card.description.get(lang):
        st.markdown(plain(said))
    _told(lang)
    view = st.query_params.get("view", "form")
    view = view if view in VIEWS and is_own(template) else "form"
    views = ["form", *(["edit"] if session.may("template") else []), *(["review"] if at_work() else [])]
    if is_own(template) and len(views) > 1 and view in views:
        _name(lang)
        _views(views, view, lang)
    VIEWS[view](template, hearing_too(template, workspace), lang)


def _views(views: list[str], view: str, lang: str) -> None:
    """The address tells which is open, so that whatever leads somewhere else only has to say so there."""
    key = f"templates-view-{view}"

    def change() -> None:
        st.query_params["view"] = st.session_state[key] or view

    st.segmented_control(
        text("templates.view", lang), views, default=view, key=key, on_change=change,
        format_func=lambda name: text(f"templates.views.{name}", lang), label_visibility="collapsed",
    )  # fmt: skip


def _name(lang: str) -> None:
    """Whose work it is, where nobody logs in."""
    if session.access_rules() is None and session.may("template"):
        who(lang, "templates-who")


def _head(title: str, lang: str, template: Template | None = None) -> None:
    st.button(
        text("templates.back", lang),
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=go,
        args=(None,),
        key="back",
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.title(plain(title), anchor=False, width="content")
        if template:
            badge(template, lang)


def _told(lang: str) -> None:
    """What came of the last thing that was done."""
    if said := st.session_state.pop(SAID, None):
        colour, lines = said
        for line in problems(lines, lang) if colour == "red" else lines:
            (st.success if colour == "green" else st.error)(plain(line))
