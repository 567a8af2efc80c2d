"""Who stands behind a template, as a badge that readers see: a draft's author, or who reviewed it and when."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import streamlit as st

from xinfo.language import times
from xinfo.language.texts import text
from xinfo.stewardship.record import Deed
from xinfo.stewardship.shelf import Entry
from xinfo.ui.plain import plain
from xinfo.ui.templates.desk import entries, is_own
from xinfo.understand.template import Template

COLOURS = {"draft": "gray", "in_review": "blue", "published": "orange", "reviewed": "green", "retired": "red"}
ICONS = {
    "draft": ":material/edit_note:",
    "in_review": ":material/rate_review:",
    "published": ":material/bookmark:",
    "reviewed": ":material/verified_user:",
    "retired": ":material/archive:",
}


def badge(template: Template, lang: str) -> None:
    """Draws the badge of a template of one's own; shipped ones have none."""
    if is_own(template):
        state_badge(entries().get(template.template_id), lang)


def state_badge(entry: Entry | None, lang: str) -> None:
    kind = kind_of(entry)
    st.badge(said(entry, lang), icon=ICONS[kind], color=COLOURS[kind])  # type: ignore[arg-type]
    if on := day(entry, lang):
        st.markdown(f":small[:gray[{on}]]", width="content")


def kind_of(entry: Entry | None) -> str:
    """draft, in_review, published, reviewed or retired."""
    if entry is None:
        return "published"
    return "reviewed" if entry.state == "published" and entry.reviewer else entry.state


def said(entry: Entry | None, lang: str) -> str:
    """'Reviewed by wang fang'."""
    kind = kind_of(entry)
    if entry is None or not _deed(entry):
        return text("templates.state.outside", lang)
    who = entry.reviewer if kind == "reviewed" else entry.author
    return text(f"templates.state.{kind}", lang) + (text("templates.by", lang, who=plain(who)) if who else "")


def day(entry: Entry | None, lang: str) -> str:
    """'1 March 2016': when that was."""
    deed = _deed(entry) if entry else None
    with suppress(ValueError):
        return times.day(date.fromisoformat(deed.at[:10]), lang) if deed else ""
    return ""


def _deed(entry: Entry) -> Deed | None:
    """What made it what the badge says; none where its file was changed outside."""
    if entry.outside or not entry.deeds:
        return None
    return entry.last("published") if entry.state == "published" else entry.deeds[-1]
