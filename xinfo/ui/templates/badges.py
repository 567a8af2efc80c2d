"""Who stands behind a template, as a badge that readers see: a draft's author, or who reviewed it and when."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import streamlit as st

from xinfo.language import times
from xinfo.language.texts import text
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


def kind_of(entry: Entry | None) -> str:
    """draft, in_review, published, reviewed or retired."""
    if entry is None:
        return "published"
    return "reviewed" if entry.state == "published" and entry.reviewer else entry.state


def said(entry: Entry | None, lang: str) -> str:
    """'Reviewed by wang fang · 1 March 2016'."""
    kind = kind_of(entry)
    deed = entry.deeds[-1] if entry and entry.deeds else None
    published = entry.last("published") if entry else None
    if kind in ("published", "reviewed"):
        deed = published
    if entry is None or entry.outside or deed is None:
        return text("templates.state.outside", lang)
    who = entry.reviewer if kind == "reviewed" else entry.author
    named = text("templates.by", lang, who=plain(who)) if who else ""
    when = ""
    with suppress(ValueError):
        when = times.day(date.fromisoformat(deed.at[:10]), lang)
    return text("templates.separator", lang).join(
        part for part in (text(f"templates.state.{kind}", lang) + named, when) if part
    )
