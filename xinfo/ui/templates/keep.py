"""'Save' on an answer's card: the question becomes a template; each of its slots is pinned or stays free."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.errors import Problems
from xinfo.language.texts import languages, text
from xinfo.stewardship.desk import Desk
from xinfo.stewardship.text import id_of, new_text, slots_of
from xinfo.stewardship.trial import Trial
from xinfo.ui import session
from xinfo.ui.data.who import LONGEST as LONGEST_WHO
from xinfo.ui.plain import plain
from xinfo.ui.templates.desk import SAID, desk, do, entries, problems
from xinfo.ui.templates.slots import FREE_AT_FIRST, told
from xinfo.understand.reading import Reading
from xinfo.understand.say import sentence
from xinfo.understand.text import language_of

LONGEST_NAME, LONGEST_TEXT = 200, 300


def keep(number: int, answer: Answer) -> None:
    """A button that opens the form; it is filled in so that a second click saves."""
    if not session.may("template"):
        return
    lang = answer.reading.lang
    box = st.popover(
        text("templates.keep", lang),
        icon=":material/bookmark_add:",
        type="tertiary",
        key=f"keep-{number}",
        on_change="rerun",
    )
    if box.open:
        with box:
            _form(number, answer.reading, lang)


def _form(number: int, reading: Reading, lang: str) -> None:
    said = st.session_state.get(f"kept-{number}")
    # A form's answer changes under one number; what was said is of the question that was saved.
    if said and said[0] == reading.sentence:
        _, (colour, lines) = said
        for line in problems(lines, lang) if colour == "red" else lines:
            (st.success if colour == "green" else st.error)(plain(line))
        if colour == "green":
            if st.session_state.get(f"heard-{number}") != reading.sentence:
                # The rest of the page, and the box above all, is to hear the new name.
                st.session_state[f"heard-{number}"] = reading.sentence
                st.rerun()
            return
    with st.form(f"keep-form-{number}", border=False):
        _fields(number, reading, lang)
        if session.access_rules() is None and not session.who():
            st.text_input(text("data.who", lang), key=f"keep-{number}-who", max_chars=LONGEST_WHO)
        st.form_submit_button(
            text("templates.keep_now", lang), type="primary", key=f"keep-now-{number}", on_click=_keep,
            args=(number, reading, lang),
        )  # fmt: skip


def _fields(number: int, reading: Reading, lang: str) -> None:
    """A name in each language, that of the answer first, what may be changed, and what helps to find it."""
    catalog = session.here().catalog
    for code in (lang, *(other for other in languages() if other != lang)):
        name = sentence(reading.template, reading.slots, catalog, code)
        label = text("templates.name_in", lang, language=text("ui.own_name", code))
        st.text_input(label, name, key=f"keep-{number}-name-{code}", max_chars=LONGEST_NAME)
    filled = list(reading.slots.filled())
    st.pills(
        text("templates.free", lang),
        filled,
        selection_mode="multi",
        default=[name for name in filled if name in FREE_AT_FIRST],
        format_func=lambda name: told(name, reading.slots, catalog, lang),
        help=text("templates.free_help", lang),
        key=f"keep-{number}-free",
    )
    st.text_input(
        text("templates.cues", lang), key=f"keep-{number}-cues", max_chars=LONGEST_TEXT,
        help=text("templates.cues_help", lang),
    )  # fmt: skip
    st.text_input(text("templates.description", lang), key=f"keep-{number}-about", max_chars=LONGEST_TEXT)
    st.text_input(
        text("templates.tags", lang), key=f"keep-{number}-tags", max_chars=LONGEST_TEXT,
        placeholder=text("templates.tags_hint", lang),
    )  # fmt: skip


def _keep(number: int, reading: Reading, lang: str) -> None:
    if said := str(st.session_state.get(f"keep-{number}-who") or "").strip():
        st.session_state["who"] = said
    at = desk()
    fields = _filled(number, reading, at)

    def work() -> str:
        text_ = new_text(fields)
        trial: Trial = at.try_out(fields["id"], text_)
        if trial.problems:
            raise Problems(trial.problems)
        at.save(fields["id"], text_, None)
        session.record("template", template=fields["id"], version=1)
        return text("templates.kept", lang, name=fields["title"][lang])

    do("template", work)
    st.session_state[f"kept-{number}"] = (reading.sentence, st.session_state.pop(SAID))


def _filled(number: int, reading: Reading, at: Desk) -> dict[str, Any]:
    """The fields of the file; a language without a name has the other's."""
    state = st.session_state
    names = {code: " ".join(str(state[f"keep-{number}-name-{code}"]).split()) for code in languages()}
    named = next((name for name in names.values() if name), "")
    titles = {code: name or named for code, name in names.items()}
    taken = {*entries(), *(template.template_id for template in at.workspace.templates)}
    cues = listed(str(state[f"keep-{number}-cues"]))
    about = str(state[f"keep-{number}-about"]).strip()
    return {
        "id": id_of(titles["en"], frozenset(taken)),
        "title": titles,
        "description": about,
        "tags": listed(str(state[f"keep-{number}-tags"])),
        "author": at.who,
        "phrases": {code: [cue for cue in cues if language_of(cue) == code] for code in languages()} if cues else {},
        "uses": reading.template.uses or reading.template.template_id,
        "slots": slots_of(reading.slots),
        "free": [name for name in reading.slots.filled() if name in state[f"keep-{number}-free"]],
    }


def listed(said: str) -> list[str]:
    """Texts between commas, of either kind."""
    return list(dict.fromkeys(" ".join(part.split()) for part in re.split("[,，、;；\n]", said) if part.strip()))
