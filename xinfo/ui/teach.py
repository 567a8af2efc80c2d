"""Teaching a phrase, on the Activity page: say what it means, see what that changes, take it into the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from xinfo.ask import Workspace
from xinfo.errors import XinfoError
from xinfo.language.texts import listing, text
from xinfo.loop import asked, own, proposals
from xinfo.loop.asked import Asked
from xinfo.loop.proposals import Change, Meaning, Proposal, Trial, meanings
from xinfo.stewardship.removal import of_phrase
from xinfo.ui import removing, session
from xinfo.ui.plain import plain

SHOWN = 6
"""Changes of one sort that are listed."""


def teach(workspace: Workspace, kept: Sequence[Asked], chosen: Asked | None, lang: str) -> None:
    """The proposal and what it would change; begins with the unknown words of the chosen question."""
    st.header(text("activity.teach", lang), anchor=False)
    if said := st.session_state.pop("activity-said", None):
        colour, words = said
        (st.success if colour == "green" else st.error)(plain(words))
    proposal = _proposal(workspace, chosen, lang)
    if st.button(text("activity.try", lang), icon=":material/science:", disabled=proposal is None) and proposal:
        try:
            st.session_state["activity-trial"] = proposals.try_out(proposal, workspace.reader, kept)
        except XinfoError as error:
            st.session_state.pop("activity-trial", None)
            st.error(plain(str(error)))
    trial: Trial | None = st.session_state.get("activity-trial")
    if trial and proposal and trial.proposal == proposal:
        _trial(trial, kept, workspace, lang)


def _proposal(workspace: Workspace, chosen: Asked | None, lang: str) -> Proposal | None:
    """The three fields; None until each is filled."""
    offered = meanings(workspace.reader.lexicon, workspace.catalog)
    start = chosen.words[0] if chosen and chosen.words else ""
    columns = st.columns([3, 2, 4])
    phrase = columns[0].text_input(
        text("activity.phrase", lang),
        start,
        key=f"activity-phrase-{start}",
        max_chars=proposals.LONGEST,
        help=text("activity.phrase_help", lang),
    )
    kind = columns[1].selectbox(
        text("activity.means", lang),
        list(offered),
        index=None,
        format_func=lambda name: text(f"activity.kind.{name}", lang),
        placeholder=text("activity.choose", lang),
        key="activity-means",
    )
    values = {meaning.value: meaning for meaning in offered[kind]} if kind else {}
    value = columns[2].selectbox(
        text("activity.value", lang),
        list(values),
        index=None,
        format_func=lambda name: _named(values[name], lang),
        placeholder=text("activity.choose", lang),
        disabled=not kind,
        key=f"activity-value-{kind}",
    )
    phrase = " ".join(phrase.split())
    return Proposal(phrase, kind, value) if phrase and kind and value else None


def _named(meaning: Meaning, lang: str) -> str:
    return " · ".join(meaning.words(lang)) or meaning.value


def _trial(trial: Trial, kept: Sequence[Asked], workspace: Workspace, lang: str) -> None:
    with st.container(border=True, gap="small"):
        if trial.passed:
            st.badge(text("activity.passed", lang, tested=trial.tested), icon=":material/verified:", color="green")
        else:
            failed = text("activity.failed", lang, count=len(trial.broken), tested=trial.tested)
            st.badge(failed, icon=":material/error:", color="red")
        if trial.also:
            named = [f"{kind} {value}" for sense in trial.also for kind, value in sense.means]
            st.markdown(f":small[{plain(text('activity.also', lang, meanings=listing(named, lang)))}]")
        _changes(text("activity.broken", lang), trial.broken, lang)
        _changes(text("activity.answered", lang, count=len(trial.answered)), trial.answered, lang)
        _changes(text("activity.different", lang, count=len(trial.different)), trial.different, lang)
        if not (trial.broken or trial.answered or trial.different):
            st.markdown(text("activity.no_change", lang))
        st.button(
            text("activity.take", lang),
            type="primary",
            icon=":material/library_add_check:",
            disabled=not trial.passed,
            on_click=_take,
            args=(trial, kept, lang),
        )


def _changes(title: str, changes: Sequence[Change], lang: str) -> None:
    if not changes:
        return
    st.markdown(f"**{plain(title)}**")
    for change in changes[:SHOWN]:
        st.markdown(
            f"{plain(change.question)}  \n:small[:gray[{plain(change.before)}]]  \n"
            f":small[:material/subdirectory_arrow_right: {plain(change.after)}]"
        )
    if len(changes) > SHOWN:
        st.caption(text("activity.more", lang, count=len(changes) - SHOWN))


def _take(trial: Trial, kept: Sequence[Asked], lang: str) -> None:
    mended = {(change.question, change.lang) for change in trial.answered}
    try:
        session.require("teach")
        own.take_in(trial, session.store())
        asked.forget(session.store(), [q for q in kept if (q.question, q.lang) in mended])
    except XinfoError as error:
        st.session_state["activity-said"] = ("red", str(error))
        return
    taken = trial.proposal
    session.record("teach", phrase=taken.phrase, kind=taken.kind, value=taken.value, tested=trial.tested)
    st.session_state.pop("activity-trial", None)
    st.session_state["activity-said"] = ("green", text("activity.taken", lang, phrase=trial.proposal.phrase))


def taught(workspace: Workspace, lang: str) -> None:
    """What was taught so far, each with a button that takes it out again."""
    try:
        phrases = own.own_phrases(session.store())
    except XinfoError as error:
        st.error(plain(str(error)))
        return
    if phrases:
        st.header(text("activity.own", lang), anchor=False)
    removing.lately("phrase", lang)
    offered = meanings(workspace.reader.lexicon, workspace.catalog)
    known = {(meaning.kind, meaning.value): meaning for values in offered.values() for meaning in values}
    for at, proposal in enumerate(phrases):
        meaning = known.get((proposal.kind, proposal.value), Meaning(proposal.kind, proposal.value))
        with st.container(horizontal=True, vertical_alignment="center"):
            kind = text(f"activity.kind.{proposal.kind}", lang)
            st.markdown(f"**{plain(proposal.phrase)}** :small[{plain(kind)}: {plain(_named(meaning, lang))}]")
            key = f"phrase-{at}-{proposal.phrase}"
            removing.icon(key, plain(text("activity.remove", lang, phrase=proposal.phrase)))
        removing.question(key, partial(of_phrase, proposal, workspace), lang)
