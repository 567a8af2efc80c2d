"""The Ask page: the conversation so far, starter questions before it, the box always in reach."""

from __future__ import annotations

import threading
from datetime import datetime
from functools import partial

import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.answer.labels import period
from xinfo.ask import Workspace, traced
from xinfo.errors import StoreError
from xinfo.language.texts import text
from xinfo.loop import asked
from xinfo.query.coverage import read_coverage
from xinfo.stewardship.uses import note_use
from xinfo.ui import about, asking, conversations, session
from xinfo.ui.card import figure, turn_card
from xinfo.ui.chips import Changing
from xinfo.ui.dialogue import Dialogue, Turn, standing_alone
from xinfo.ui.follow import follow
from xinfo.ui.plain import plain
from xinfo.ui.steps import follow_address, write_address
from xinfo.ui.typeahead.box import Heard, ask_box
from xinfo.ui.welcome import store_name, welcome
from xinfo.understand.read import LONGEST
from xinfo.understand.reading import Unclear
from xinfo.understand.suggest import Coverage, doubts, index_of, suggest
from xinfo.understand.suggest.altered import Altered

DRAWN, LINES = 2, 8
"""Turns drawn in full, and lines of those before them; each costs time at every click, so the rest is one line."""


def page() -> None:
    """Draws the page; a question in the box is answered before the conversation is drawn.

    The box is there first: one can type while the figures are opened. Raises NotAllowed.
    """
    session.require("ask")
    lang = session.language()
    with st.bottom:
        question = ask_box(_heard, lang, text("ui.box", lang), LONGEST, *_at_hand())
        state = st.empty()
    with st.spinner(text("ui.opening", lang)):
        dialogue = session.dialogue()
    state.markdown(f":small[:gray[{_state(dialogue.workspace, lang)}]]", text_alignment="center")
    follow_address(dialogue)
    if question:
        _ask(dialogue, question)
    _answered(dialogue)
    write_address(dialogue)
    if dialogue.turns:
        _history(dialogue)
    else:
        welcome(lang, partial(_ask, dialogue))
    follow(dialogue.turns[-1].number if dialogue.turns else 0, lang)


def _at_hand() -> tuple[str | None, str]:
    """The question that is being edited, and the name of the conversation."""
    held: Dialogue | None = st.session_state.get("dialogue")
    return (held.turns[-1].question if held and held.edited else None), held.name if held else ""


def _ask(dialogue: Dialogue, question: str, instead: bool = False) -> None:
    """Begins to ask what the user asks now."""
    session.require("ask")
    asking.begin(dialogue, question, instead=instead)


def _answered(dialogue: Dialogue) -> None:
    """Waits for the answer to what is asked."""
    if not (asked_now := asking.under_way()):
        return
    if not asked_now.finished(asking.PATIENCE):
        asking.progress(asked_now, dialogue.lang)
    del st.session_state["asking"]
    for turn in asked_now.turns:
        if asked_now.by:
            session.asked(turn, by=asked_now.by)
        else:
            _noted(turn)
    if asked_now.turns and not asked_now.by:
        conversations.remember(dialogue)


def _noted(turn: Turn) -> None:
    """Keeps that somebody asked it, and what has no answer now for the Activity page."""
    session.asked(turn)
    if isinstance(turn.reply, Answer):
        note_use(session.store(), turn.reply.reading.template.template_id, session.now())
    if not session.known_on():
        asked.note(session.store(), turn.reply, datetime.now().astimezone())


def _heard(typed: str) -> Heard:
    """What may be meant by what is typed, and which words are not known, as far as that is known yet."""
    try:
        dialogue, figures = session.dialogue(), coverage(*session.figures())
    except StoreError:
        return Heard()  # the page says it
    reader = dialogue.workspace.reader
    index = index_of(reader, figures)
    if not index.ready:
        # A question that was sent meanwhile must not wait for it.
        threading.Thread(target=index.prepare, daemon=True).start()
        return Heard(more=True)
    own = [*conversations.own_questions(), *(turn.question for turn in dialogue.turns)]
    onward = () if typed.strip() else dialogue.onward(figures)
    found = suggest(
        typed, reader, dialogue.lang, history=own, context=dialogue.context, onward=onward, coverage=figures
    )
    if not reader.speller.ready:
        threading.Thread(target=reader.speller.prepare, daemon=True).start()
        return Heard(found, more=True)
    return Heard(found, doubts(typed, reader, index.typing))


def coverage(version: str, published: bool) -> Coverage:
    """Which figures there are, so that only questions with an answer are proposed."""
    return read_coverage(session.opened(version, published).engine, published)


def _history(dialogue: Dialogue) -> None:
    before, drawn = dialogue.turns[:-DRAWN], dialogue.turns[-DRAWN:]
    above = st.container() if before else None
    places = [st.container() for _ in drawn]
    # From the newest up: that is the one that is waited for.
    for turn, place in zip(reversed(drawn), reversed(places), strict=True):
        with place:
            _drawn(turn, dialogue)
    if above:
        with above:
            _before(before, dialogue)
    _onward(dialogue)


def _before(turns: list[Turn], dialogue: Dialogue) -> None:
    if len(turns) > LINES:
        _earlier(turns[:-LINES], dialogue)
    for turn in turns[-LINES:]:
        _folded(turn, dialogue)


def _earlier(turns: list[Turn], dialogue: Dialogue) -> None:
    fold = st.expander(text("ui.earlier", dialogue.lang, n=len(turns)), key="earlier", on_change="rerun")
    if fold.open:
        with fold:
            for turn in turns:
                _folded(turn, dialogue)


def _onward(dialogue: Dialogue) -> None:
    """Questions that lead on from the last answer, that the figures have an answer to."""
    asked = tuple(dialogue.questions())
    questions = [q for q in dialogue.onward(coverage(*session.figures())) if q not in asked]
    if not questions:
        return
    with st.container(gap="xsmall", key="onward"):
        st.markdown(f":small[:gray[{text('ui.onward', dialogue.lang)}]]")
        with st.container(horizontal=True, gap="small"):
            for i, question in enumerate(questions):
                key = f"onward-{dialogue.turns[-1].number}-{i}"
                st.button(plain(question), key=key, on_click=_ask, args=(dialogue, question))


def _folded(turn: Turn, dialogue: Dialogue) -> None:
    """A line with the question, and the figure where it is one; the whole turn when it is opened."""
    number = figure(turn.reply) if isinstance(turn.reply, Answer) else None
    label = plain(standing_alone(turn)) + (f" **{plain(number)}**" if number else "")
    fold = st.expander(label, key=f"turn-{turn.number}", on_change="rerun")
    if fold.open:
        with fold:
            _drawn(turn, dialogue)


def _drawn(turn: Turn, dialogue: Dialogue) -> None:
    edit = changing = None
    if turn is dialogue.turns[-1]:
        edit = ("keep", dialogue.keep) if dialogue.edited else ("edit", dialogue.edit)
        changing = Changing(
            partial(_ask, dialogue, instead=True), partial(coverage, *session.figures()), partial(_altered, dialogue)
        )
    here = dialogue.workspace
    origins = partial(traced, workspace=here)
    turn_card(
        turn, here.catalog, here.meta, partial(_ask, dialogue), edit, origins, changing, partial(_about, turn, dialogue)
    )


def _altered(dialogue: Dialogue) -> Altered:
    return dialogue.altered(coverage(*session.figures()))


def _about(turn: Turn, dialogue: Dialogue, unclear: Unclear) -> None:
    if unclear.subject:
        figures = coverage(*session.figures())
        about.page(turn.number, unclear.subject, dialogue, unclear.lang, figures, partial(_ask, dialogue))


def _state(workspace: Workspace, lang: str) -> str:
    """The store's name and how fresh it is, and where its questions are asked."""
    meta = workspace.meta
    line = text(
        "ui.store_line",
        lang,
        name=plain(store_name(workspace.catalog, meta, lang)),
        until=plain(period(meta.get("data_to", ""), lang)),
        built=plain(meta.get("built_at", "")[:10]),
    )
    if not (there := workspace.cluster):
        return line
    return f"{line} · {text('ui.other_cluster' if there.apart else 'ui.cluster', lang, cluster=plain(there.name))}"
