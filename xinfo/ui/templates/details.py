"""What a template is called and found by, what may be changed in it, its tests: fields for the file. Saves nothing."""

from __future__ import annotations

from typing import Any

import streamlit as st

from xinfo.ask import Workspace
from xinfo.language.texts import languages, text
from xinfo.ui.templates.keep import LONGEST_NAME, LONGEST_TEXT, listed
from xinfo.ui.templates.slots import told
from xinfo.understand.called import own_phrases
from xinfo.understand.template import Template
from xinfo.understand.text import language_of

TALL = 90


def details(template: Template | None, key: str, lang: str) -> dict[str, Any]:
    """Fields that every template of one's own has."""
    found: dict[str, Any] = {"title": _names(template, key, lang)}
    about = template.card.description if template else {}
    with st.container(horizontal=True, gap="small"):
        said = st.text_input(
            text("templates.description", lang),
            about.get(lang, ""),
            max_chars=LONGEST_TEXT,
            key=f"{key}-about",
            width=420,
        )
        tags = ", ".join(template.card.tags) if template else ""
        found["tags"] = listed(st.text_input(text("templates.tags", lang), tags, key=f"{key}-tags", width=220))
        called = [p for p in own_phrases(template) if p not in template.title.values()] if template else []
        cues = st.text_input(
            text("templates.cues", lang), ", ".join(called), key=f"{key}-cues", help=text("templates.cues_help", lang),
            width=420,
        )  # fmt: skip
    found["phrases"] = by_language(listed(cues))
    # What stands in the other language stays, unless both were one and the same.
    same = len(set(about.values())) <= 1
    found["description"] = said if same else {**about, lang: said}
    return found


def _names(template: Template | None, key: str, lang: str) -> dict[str, str]:
    names = {}
    with st.container(horizontal=True, gap="small"):
        for code in languages():
            label = text("templates.name_in", lang, language=text("ui.own_name", code))
            known = template.title[code] if template else ""
            said = st.text_input(label, known, max_chars=LONGEST_NAME, key=f"{key}-name-{code}", width=320)
            names[code] = " ".join(said.split())
    named = next((name for name in names.values() if name), "")
    return {code: name or named for code, name in names.items()}


def freedom(template: Template, workspace: Workspace, key: str, lang: str) -> list[str]:
    """Which slots of a kept question may be changed."""
    assert template.pinned
    slots = template.pinned.slots
    chosen = st.pills(
        text("templates.free", lang), list(slots.filled()), selection_mode="multi", key=f"{key}-free",
        default=[name for name in slots.filled() if name in template.pinned.free],
        format_func=lambda name: told(name, slots, workspace.catalog, lang), help=text("templates.free_help", lang),
    )  # fmt: skip
    return [name for name in slots.filled() if name in chosen]


def tests(template: Template | None, key: str, lang: str) -> dict[str, Any]:
    """Sentences that must mean the template, and that must not, one a line in any language."""
    found = {}
    with st.container(horizontal=True, gap="small"):
        for name in ("must", "must_not"):
            known = getattr(template.tests, name) if template else {}
            lines = "\n".join(said for sentences in known.values() for said in sentences)
            given = st.text_area(
                text(f"templates.{name}", lang), lines, TALL, key=f"{key}-{name}", width=420,
                help=text("templates.tests_help", lang),
            )  # fmt: skip
            found[name] = by_language([" ".join(line.split()) for line in given.splitlines() if line.strip()])
    return {name: said for name, said in found.items() if said}


def by_language(said: list[str]) -> dict[str, list[str]]:
    found = {code: [one for one in said if language_of(one) == code] for code in languages()}
    return {code: one for code, one in found.items() if one}
