"""Changing a template of one's own: its words, its tests, and for an analyst's its SQL, checked while it is typed."""

from __future__ import annotations

from typing import Any

import streamlit as st

from xinfo.ask import Workspace
from xinfo.errors import InputError
from xinfo.language.texts import text
from xinfo.stewardship.shelf import Overtaken
from xinfo.stewardship.text import changed_text, id_of
from xinfo.ui import session
from xinfo.ui.plain import plain
from xinfo.ui.templates.desk import SAID, desk, do, entries, problems
from xinfo.ui.templates.details import details, freedom, tests
from xinfo.ui.templates.preview import preview
from xinfo.ui.templates.sql import sql_fields
from xinfo.understand.template import Template

NEW = "new"


def editor(template: Template | None, workspace: Workspace, lang: str) -> None:
    """The fields, what comes of them, and the button that saves a new version. Raises NotAllowed."""
    session.require("template")
    key = f"edit-{template.template_id if template else NEW}"
    begun = _begun(template, key)
    _overtaken(template, key, lang)
    fields: dict[str, Any] = {}
    if template is None or not template.uses:
        fields |= sql_fields(template, workspace, key, lang)
    fields = details(template, key, lang) | fields
    if template and template.uses:
        fields["free"] = freedom(template, workspace, key, lang)
    fields["tests"] = tests(template, key, lang)
    if template is None:
        taken = frozenset([*entries(), *(one.template_id for one in workspace.templates)])
        fields |= {"id": id_of(fields["title"]["en"], taken), "author": session.who()}
    try:
        said = changed_text(begun, fields)
    except InputError as error:
        st.error(plain(str(error)))
        return
    named = bool(fields["title"]["en"])
    template_id = template.template_id if template else str(fields["id"])
    # Not by a callback, which would be given what stood in the fields before the last one was left.
    if st.button(
        text("templates.save", lang), type="primary", icon=":material/save:", key=f"{key}-save",
        disabled=not named or said == begun,
    ):  # fmt: skip
        _save(template_id, said, begun, key, lang)
        st.rerun()
    with st.expander(text("templates.file", lang), icon=":material/description:"):
        st.code(said, language="yaml", wrap_lines=True)
    if named:
        preview(template_id, said, workspace, lang)


def _begun(template: Template | None, key: str) -> str:
    """The text that this editing began with, whatever is saved by others meanwhile."""
    name = f"{key}-begun"
    if name not in st.session_state:
        head = desk().shelf.head(template.template_id) if template else None
        st.session_state[name] = head.text if head else ""
    return str(st.session_state[name])


def _save(template_id: str, said: str, begun: str, key: str, lang: str) -> None:
    at = desk()
    outcome: list[Any] = []

    def work() -> str:
        outcome.append(at.save(template_id, said, begun or None))
        if isinstance(outcome[0], Overtaken):
            raise InputError(text("templates.overtaken", lang, who=outcome[0].theirs.who or "?"))
        session.record("template", template=template_id, version=outcome[0].number)
        return text("templates.saved", lang, version=outcome[0].number)

    if do("template", work):
        forget(key)
        st.query_params["template"] = template_id
        st.query_params["view"] = "review"
    elif outcome:
        st.session_state[f"{key}-overtaken"] = outcome[0]
    elif SAID in st.session_state:
        colour, lines = st.session_state[SAID]
        st.session_state[SAID] = (colour, problems(lines, lang))


def forget(key: str) -> None:
    """Ends an editing: the next one begins with what stands on the shelf then."""
    for name in [name for name in st.session_state if str(name).startswith(f"{key}-")]:
        del st.session_state[name]


def _overtaken(template: Template | None, key: str, lang: str) -> None:
    """Somebody saved in the meantime: both texts, and whose shall be the newest version. Nothing is lost either way."""
    found: Overtaken | None = st.session_state.get(f"{key}-overtaken")
    if found is None or template is None:
        return
    with st.container(border=True, key="overtaken"):
        st.badge(text("templates.both", lang), icon=":material/call_split:", color="orange")
        mine, theirs = st.columns(2)
        for column, title, said in (
            (mine, text("templates.mine", lang), found.mine),
            (theirs, text("templates.theirs", lang, who=plain(found.theirs.who)), found.theirs.text),
        ):
            with column:
                st.markdown(f"**{title}**")
                st.code(said, language="yaml", wrap_lines=True, height=260)
        with st.container(horizontal=True):
            st.button(
                text("templates.save_mine", lang), on_click=_save, key=f"{key}-over",
                args=(template.template_id, found.mine, found.theirs.text, key, lang),
            )  # fmt: skip
            st.button(text("templates.take_theirs", lang), on_click=forget, args=(key,), key=f"{key}-theirs")
