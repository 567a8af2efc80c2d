"""A template opened as a sentence with its slots as fields; the answer below changes with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.answer.frame import capital
from xinfo.ask import Workspace, traced
from xinfo.errors import XinfoError
from xinfo.language.texts import text, texts
from xinfo.query.failure import in_words
from xinfo.stewardship.text import slots_of
from xinfo.ui import ask as ask_page
from xinfo.ui import asking, session
from xinfo.ui.card import answered, declined
from xinfo.ui.dialogue import Turn
from xinfo.ui.plain import plain
from xinfo.ui.templates.slots import Fields, told
from xinfo.understand.coverage import fitting
from xinfo.understand.reading import Slots, Unclear
from xinfo.understand.say import FIGURES, phrases, sentence
from xinfo.understand.template import Template
from xinfo.understand.template_parts import Pinned, read_pinned

FIGURE = ("measure", "metric", "consumer", "offering", "sector")
SAYS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(FIGURES, FIGURE),
    "metric": FIGURE[1:], "places": ("places", "scope"), "scope": ("scope",), "when": ("periods",),
    "goal_when": ("periods",), "since": ("periods",), "pair": ("places", "periods", "scope", "other", *FIGURE[2:]),
    "grain": ("grain",), "which": ("grain",), "over": ("over",), "order": ("order",), "rank": ("order",), "n": ("n",),
    "best": ("n",), "nearest": ("n",), "cmp": ("cmp",), "threshold": ("threshold",), "than": ("than",),
    "parts": FIGURE[2:], "projects": ("project_status", "level", "content_area", "dated", "periods"),
    "field": ("field",), "fact_question": ("fact",),
}  # fmt: skip
"""The slots that each placeholder of a sentence says."""
TURN = 900_000
"""The number of the form's turn: no turn of a conversation has it."""


def form(template: Template, workspace: Workspace, lang: str) -> None:
    """The sentence, the answer, and where they can go."""
    begun = first_slots(template, workspace)
    if begun is None:
        st.info(text("templates.no_form", lang), icon=":material/info:")
        return
    slots = _fields(template, begun, workspace, lang)
    said = _said(template, slots, workspace, lang)
    reply = _answer(said, workspace, lang)
    _where_to(template, begun, slots, said, reply, lang)
    turn = Turn(TURN, said, reply)
    if isinstance(reply, Answer):
        answered(turn, workspace.catalog, workspace.meta, lambda answer, at: traced(answer, at, workspace))
    else:
        declined(TURN, reply.unclear, _ask)


def first_slots(template: Template, workspace: Workspace) -> Slots | None:
    """What the form begins with: the address's values, else what was kept, else the first example that is read."""
    base = template.pinned.slots if template.pinned else None
    for example in template.examples if base is None else ():
        found = fitting.fit(example.en, workspace.reader)
        if found.templates == (template.template_id,) and not found.troubles:
            base = found.slots
            break
    return with_address(base, st.query_params.get("with", "")) if base is not None else None


def with_address(base: Slots, given: str) -> Slots:
    """Slots with the values that an address holds; what cannot be read there changes nothing."""
    try:
        said = read_pinned({"slots": json.loads(given)}).slots if given else Slots()
    except (XinfoError, ValueError, TypeError):
        return base
    return base.but(**said.filled())


def _fields(template: Template, begun: Slots, workspace: Workspace, lang: str) -> Slots:
    """The sentence's words between the fields of what is free; what is pinned is said below."""
    key = f"form-{template.template_id}"
    fields = Fields(template.measures, workspace.catalog, ask_page.coverage(*session.figures()), lang, key)
    asked = _asked(begun, lang)
    free = [name for name in asked if _is_free(name, template.pinned)]
    said: dict[str, Any] = {}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", border=True, key="sentence"):
        for words, slots in _pieces(template, begun, free, workspace, lang):
            if words.strip():
                st.markdown(f"**{plain(words if said else capital(words))}**", width="content")
            for slot in slots:
                if slot not in said:
                    said[slot] = fields.draw(slot, begun.but(**said))
    pinned = [told(name, begun, workspace.catalog, lang) for name in asked if name not in free]
    if pinned:
        st.markdown(f":small[:material/keep: {plain(text('list.comma', lang).join(pinned))}]")
    return begun.but(**{name: value for name, value in said.items() if value is not None})


def _pieces(
    template: Template, begun: Slots, free: list[str], workspace: Workspace, lang: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sentence in pieces: words, with what is pinned said in them, and the free slots that follow them."""
    values = phrases(begun, workspace.catalog, lang)
    words = ""
    for literal, placeholder, *_ in Formatter().parse(template.sentence[lang]):
        words += literal
        name = (placeholder or "")[:1].lower() + (placeholder or "")[1:]
        open_here = tuple(slot for slot in SAYS.get(name, ()) if slot in free)
        if open_here:
            yield words, open_here
            words = ""
        elif placeholder:
            words += values[placeholder]
    yield words, tuple(free)


def _asked(slots: Slots, lang: str) -> list[str]:
    """The slots that have a field: the measure, and those with a value but what makes a question one of its kind."""
    named = [name for name in slots.filled() if name == "bar_of" or f"slot.{name}" in texts(lang)]
    return [*(name for name in ("measure",) if slots.metric), *(name for name in named if name != "measure")]


def _is_free(name: str, pinned: Pinned | None) -> bool:
    return pinned is None or pinned.may_change(frozenset([name]))


def _said(template: Template, slots: Slots, workspace: Workspace, lang: str) -> str:
    """The canonical sentence of what stands in the fields, which is what is asked."""
    try:
        return sentence(template, slots, workspace.catalog, lang)
    except (KeyError, IndexError):
        return template.title[lang]


def _answer(said: str, workspace: Workspace, lang: str) -> Answer | NotAnswered:
    try:
        return workspace.conversation(lang).ask(said, lang)
    except XinfoError as error:
        return NotAnswered(Unclear(said, lang, "refused", in_words(error, lang)))


def _where_to(
    template: Template, begun: Slots, slots: Slots, said: str, reply: Answer | NotAnswered, lang: str
) -> None:
    """To the chat, or to somebody else by a link that opens the form with the same values."""
    del begun
    values = json.dumps(slots_of(slots), ensure_ascii=False, separators=(",", ":"))
    if st.query_params.get("with") != values:
        st.query_params["with"] = values
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if st.button(
            text("templates.to_chat", lang), icon=":material/forum:", type="primary", key="to-chat",
            disabled=not isinstance(reply, Answer),
        ):  # fmt: skip
            _ask(said)
        with st.popover(text("ui.link", lang), icon=":material/link:", type="tertiary", key="form-link"):
            st.markdown(f":small[{text('templates.link_hint', lang)}]")
            page = (st.context.url or "").split("?")[0]
            asked = {"template": template.template_id, "with": values, **session.kept()}
            st.code(f"{page}?{urlencode(asked)}", language=None, wrap_lines=True)


def _ask(question: str) -> None:
    """Goes on in the conversation."""
    asking.begin(session.dialogue(), question)
    st.switch_page(st.session_state["page-ask"])
