"""A person's own conversations: the last ones a click away, all of them in a window to search, reopen and delete.

Nobody else is shown them. What cannot be kept or read is told to the log alone: asking goes on.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Sequence
from datetime import datetime

import streamlit as st

from xinfo.errors import StoreError
from xinfo.language import times
from xinfo.language.texts import text
from xinfo.loop import conversations
from xinfo.loop.conversations import DAYS, Kept
from xinfo.ui import asking, session
from xinfo.ui.browsers import whose
from xinfo.ui.dialogue import Dialogue
from xinfo.ui.plain import plain

LATEST, SHOWN = 4, 50
"""How many are a click away, and how many of all are drawn: the others are found by searching."""
TO_ASK = "to-ask"
"""Set where the Ask page is to be drawn whatever page this is."""
_SURE = "conversations-sure"


def remember(dialogue: Dialogue) -> None:
    """Keeps how a person's conversation stands now."""
    with _told():
        if owner := whose(session.person()):
            questions = [turn.question for turn in dialogue.turns]
            at = datetime.now().astimezone()
            conversations.keep(session.store(), owner, dialogue.name, questions, dialogue.questions(), at)


def own_questions() -> list[str]:
    """What this person asked, oldest first."""
    return [said for kept in reversed(_listed(SHOWN)) for said in kept.questions]


def latest(lang: str, key: str) -> None:
    """The last conversations but the one at hand, each of which opens, and the way to all; nothing without one."""
    held: Dialogue | None = st.session_state.get("dialogue")
    kept = _listed(LATEST + 1)
    others = [one for one in kept if not held or one.id != held.name][:LATEST]
    if not kept:
        return
    with st.container(gap="xxsmall", key=key):
        if others:
            st.markdown(f":small[:gray[{text('conversations.latest', lang)}]]")
        for at, one in enumerate(others):
            _opening(one, f"{key}-{at}", lang)
        if st.button(text("conversations.all", lang), icon=":material/history:", type="tertiary", key=f"{key}-all"):
            st.session_state.pop(_SURE, None)
            _window(text("conversations.title", lang), lang)


def begin_anew() -> None:
    """Leaves the conversation at hand, which is kept, for a new one."""
    asking.stop()
    if held := st.session_state.get("dialogue"):
        held.begin_anew()
    st.query_params.pop("q", None)
    st.session_state[TO_ASK] = True


def _opening(one: Kept, key: str, lang: str) -> None:
    told = text("conversations.told", lang, n=len(one.questions), day=_day(one, lang))
    st.button(
        plain(one.questions[0]), type="tertiary", width="stretch", help=told, key=key, on_click=_open, args=(one.id,)
    )


def _open(name: str) -> None:
    """Asks a conversation's questions anew."""
    session.require("ask")
    with _told():
        if kept := conversations.called(session.store(), whose(session.person()), name):
            dialogue = session.dialogue()
            asking.stop()
            dialogue.begin_anew(name)
            asking.begin(dialogue, *kept.questions, by="history")
            st.session_state[TO_ASK] = True


def _window(title: str, lang: str) -> None:
    st.dialog(title, width="medium")(_all)(lang)


def _all(lang: str) -> None:
    known = "person" if session.person().address else "browser"
    st.markdown(f":small[:gray[{text(f'conversations.{known}', lang, days=DAYS)}]]")
    words = st.text_input(
        text("conversations.search", lang), key="conversations-words", label_visibility="collapsed",
        icon=":material/search:", placeholder=text("conversations.search", lang),
    )  # fmt: skip
    kept = _listed()
    found = [(one, said) for one in kept if (said := one.holding(words))]
    if not found:
        st.info(text("conversations.none_such" if kept else "conversations.none", lang))
    with st.container(height=380 if len(found) > 5 else "content", border=False, gap="xsmall", key="conversations"):
        for at, (one, said) in enumerate(found[:SHOWN]):
            _row(at, one, said, lang)
    if len(found) > SHOWN:
        st.markdown(f":small[:gray[{text('conversations.more', lang, n=SHOWN, all=len(found))}]]")
    if kept:
        _delete_all(kept, lang)


def _row(at: int, one: Kept, said: Sequence[str], lang: str) -> None:
    """A conversation by its first question, and by the one that was searched for."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        with st.container(gap=None, width="stretch"):
            label = plain(one.questions[0])
            if st.button(label, type="tertiary", width="stretch", key=f"open-{at}"):
                _open(one.id)
                st.rerun()
            told = [text("conversations.told", lang, n=len(one.questions), day=_day(one, lang))]
            found = [] if one.questions[0] in said else [plain(said[0])]
            st.markdown(f":small[:gray[{' · '.join([*found, *told])}]]")
        name = text("conversations.delete", lang)
        st.button(
            name, icon=":material/delete:", type="tertiary", help=name, key=f"delete-{at}", on_click=_delete,
            args=([one.id],),
        )  # fmt: skip


def _delete_all(kept: Sequence[Kept], lang: str) -> None:
    if not st.session_state.get(_SURE):
        label = text("conversations.delete_all", lang)
        st.button(label, icon=":material/delete_sweep:", type="tertiary", key=_SURE + "-ask", on_click=_sure)
        return
    st.warning(text("conversations.sure", lang, n=len(kept)))
    with st.container(horizontal=True, gap="small"):
        delete, keep = text("conversations.do", lang), text("conversations.keep", lang)
        st.button(delete, type="primary", key=_SURE + "-do", on_click=_delete, args=(None,))
        st.button(keep, key=_SURE + "-leave", on_click=_sure, args=(False,))


def _sure(asked: bool = True) -> None:
    st.session_state[_SURE] = asked


def _delete(names: Sequence[str] | None) -> None:
    """Deletes conversations of these names, or all; the one at hand stays on the page under another name."""
    _sure(False)
    with _told():
        conversations.forget(session.store(), whose(session.person()), names)
    held: Dialogue | None = st.session_state.get("dialogue")
    if held and (names is None or held.name in names):
        held.part()


def _listed(most: int | None = None) -> tuple[Kept, ...]:
    with _told():
        if owner := whose(session.person()):
            return conversations.listed(session.store(), owner, most)
    return ()


def _day(one: Kept, lang: str) -> str:
    return times.day(datetime.fromisoformat(one.last_asked).date(), lang)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What fails here is in the log."""
    try:
        yield
    except StoreError:
        logging.getLogger(__name__).exception("conversations cannot be kept or read")
