"""One turn of the conversation: the question, then the answer's card or why there is none. Asks nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import streamlit as st

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.language.numbers import amount
from xinfo.language.texts import text, uploaded_by
from xinfo.store.standing import standing_of, status_of
from xinfo.ui import reading
from xinfo.ui.chart import as_chosen, chart
from xinfo.ui.chips import Changing, chip_row
from xinfo.ui.dialogue import Turn
from xinfo.ui.origin import Origins, origin
from xinfo.ui.plain import plain
from xinfo.ui.proof import proof
from xinfo.ui.share import share
from xinfo.ui.table import table
from xinfo.ui.templates.badges import badge
from xinfo.understand.catalog import Catalog
from xinfo.understand.reading import Unclear

STATUS_BADGES = {
    "illustrative": ("orange", ":material/science:"),
    "unconfirmed": ("red", ":material/help:"),
    "internal": ("gray", ":material/lock:"),
    "preliminary": ("blue", ":material/pending:"),
    "estimated": ("violet", ":material/calculate:"),
    "reported": ("green", ":material/verified:"),
}
"""Colour and icon of what figures can be, most in need of notice first."""
DECLINED = {
    "clarify": ("blue", ":material/help:"),
    "no_data": ("gray", ":material/search_off:"),
    "refused": ("red", ":material/block:"),
}
EDITING = {"edit": ":material/edit:", "keep": ":material/close:"}
"""Icons of what can be done to the last question: put it into the box again, or leave it."""
KEYS = {"edit": "edit", "keep": "leave"}
"""Their names on the page, where `keep` saves the answer."""
LONG_HEADLINE = 120
"""Width of a headline, in Latin letters, from which it is a text to read."""


def turn_card(
    turn: Turn,
    catalog: Catalog,
    meta: Mapping[str, str],
    ask: Callable[[str], None],
    edit: tuple[str, Callable[[], None]] | None = None,
    origins: Origins | None = None,
    changing: Changing | None = None,
    about: Callable[[Unclear], None] | None = None,
) -> None:
    """Draws a turn; `ask` is called with a question that the user chooses from the card.

    `edit` is what can be done to the question, a key of `EDITING` and what does it; `origins` finds where a row of the
    answer comes from; with `changing` the parts of the reading can be changed in place; `about` draws what is known of
    a subject that was named alone.
    """
    heard = turn.reply.reading.heard if isinstance(turn.reply, Answer) else turn.reply.unclear.heard
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="xsmall"):
        if edit:
            _edit(turn, *edit)
        with st.container(border=True, width="content", key=f"question-{turn.number}"):
            st.markdown(reading.question(turn.question, heard), width="content")
    if isinstance(turn.reply, NotAnswered):
        declined(turn.number, turn.reply.unclear, ask, about if turn.reply.unclear.subject else None)
    else:
        answered(turn, catalog, meta, origins, changing)


def _edit(turn: Turn, action: str, act: Callable[[], None]) -> None:
    lang = turn.reply.reading.lang if isinstance(turn.reply, Answer) else turn.reply.unclear.lang
    told = text(f"ui.{action}", lang)
    st.button(told, icon=EDITING[action], type="tertiary", help=told, key=f"{KEYS[action]}-{turn.number}", on_click=act)


@st.fragment
def answered(
    turn: Turn,
    catalog: Catalog,
    meta: Mapping[str, str],
    origins: Origins | None = None,
    changing: Changing | None = None,
) -> None:
    """The card of an answer, from what it says down to how it was worked out."""
    assert isinstance(turn.reply, Answer)
    answer = as_chosen(turn.reply, f"chart-{turn.number}")
    turn = replace(turn, reply=answer)
    with st.container(border=True, key=f"answer-{turn.number}"):
        with st.container(gap="xsmall"):
            _headline(answer)
            _understood(answer, catalog)
            if changing:
                chip_row(turn.number, answer.reading, catalog, changing)
            _doubts(answer)
        chart(answer, f"chart-{turn.number}")
        _caveats(turn.number, answer)
        if not figure(answer):
            table(str(turn.number), answer)
        with st.container(gap="xsmall"):
            share(turn)
            if origins:
                origin(turn.number, answer, meta, origins)
            _how(turn.number, answer, meta)


def declined(
    number: int, unclear: Unclear, ask: Callable[[str], None], about: Callable[[Unclear], None] | None = None
) -> None:
    """The card of a question that was not answered: why, and what can be asked instead; or `about` its subject."""
    colour, icon = DECLINED[unclear.status]
    with st.container(border=True, key=f"declined-{number}", gap="small"):
        if about:
            about(unclear)
            return
        st.badge(text(f"ui.declined.{unclear.status}", unclear.lang), icon=icon, color=colour)  # type: ignore[arg-type]
        st.markdown(plain(unclear.reason))
        if unclear.choices:
            st.markdown(f":small[{text('ui.choices', unclear.lang)}]")
        with st.container(gap="xsmall"):
            for i, choice in enumerate(unclear.choices):
                st.button(plain(choice), key=f"choice-{number}-{i}", on_click=ask, args=(choice,))


def figure(answer: Answer) -> str | None:
    """The one number that the answer is, as it is written; nothing where it is several or none."""
    if len(answer.rows) != 1 or answer.one_number:
        return answer.one_number or None
    value = answer.rows[0].get("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return amount(value, answer.rows[0].get("unit"), answer.reading.lang)


def _headline(answer: Answer) -> None:
    """The figure in large where there is one, then the sentence; badges say what kind of figures they are."""
    number = figure(answer)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if number:
            st.header(f":primary[{plain(number)}]", anchor=False, width="content")
        _badges(answer)
        badge(answer.reading.template, answer.reading.lang)
    if number or _width(answer.headline) >= LONG_HEADLINE:
        st.markdown(plain(answer.headline))
    else:
        st.subheader(plain(answer.headline), anchor=False)


def _width(said: str) -> int:
    """Chinese characters are as wide as two letters."""
    return sum(1 if character < "\u2e80" else 2 for character in said)


def _badges(answer: Answer) -> None:
    lang, shown = answer.reading.lang, badges_of(answer.statuses)
    by = uploaded_by(answer.uploaders, lang)
    for kind in shown:
        colour, icon = STATUS_BADGES[kind]
        st.badge(plain(text(f"ui.status.{kind}", lang, by=by)), icon=icon, color=colour)  # type: ignore[arg-type]


def badges_of(marks: Collection[str]) -> list[str]:
    """The badges of these marks: what is published is said of nothing that stands otherwise."""
    told = {kind for mark in marks for kind in (standing_of(mark), status_of(mark)) if kind in STATUS_BADGES}
    return [kind for kind in STATUS_BADGES if kind in (told if "reported" in marks else told - {"reported"})]


def _understood(answer: Answer, catalog: Catalog) -> None:
    lang = answer.reading.lang
    st.markdown(f":small[{text('ui.understood', lang, sentence=reading.sentence(answer.reading, catalog))}]")


def _doubts(answer: Answer) -> None:
    """Right below the sentence that they are about, and never folded away."""
    for doubt in answer.doubts:
        st.markdown(f":small[:orange[:material/warning:] {plain(doubt)}]")


def _caveats(number: int, answer: Answer) -> None:
    """What else has to be known: the weightiest in a line, which opens to all where there are more."""
    told = [plain(caveat) for caveat in answer.caveats if caveat not in answer.doubts]
    if not told:
        return
    first, *others = told
    if not others:
        st.markdown(f":small[:material/info: {first}]")
        return
    more = text("ui.more_caveats", answer.reading.lang, n=len(others))
    with st.expander(f":small[{first} :gray[{more}]]", icon=":material/info:", key=f"caveats-{number}"):
        for other in others:
            st.markdown(f":small[{other}]")


def _how(number: int, answer: Answer, meta: Mapping[str, str]) -> None:
    """Drawn when it is opened: it is long, and most people trust the card."""
    label = text("ui.how", answer.reading.lang)
    how = st.expander(label, key=f"how-{number}", on_change="rerun")
    if how.open:
        with how:
            proof(answer, meta)
