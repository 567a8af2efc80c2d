"""Confirming on the page: sources of which figures wait, each with who loaded them and what they are said to be.

A click of somebody who may confirm makes a new version in which they are that.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from xinfo.errors import InputError, XinfoError
from xinfo.intake.claimed import LONGEST
from xinfo.intake.report import Question
from xinfo.language.numbers import number
from xinfo.language.texts import text, uploaded_by
from xinfo.stewardship.desk import Desk
from xinfo.stewardship.vouched import Differs, accept, proof
from xinfo.store import versions
from xinfo.store.confirm import Waiting, confirm, waiting
from xinfo.store.standing import KINDS
from xinfo.ui import session
from xinfo.ui.data.who import who
from xinfo.ui.plain import link, plain

DOT = " · "
TROUBLE, DONE, ASKED = "confirm-trouble", "confirm-done", "confirm-asked"
"""Of the session: what failed, what was done, and by source which results that people vouched for would change."""


def to_confirm(lang: str) -> None:
    """A card for each source that waits; nothing where none does. What was done last is said above."""
    if done := st.session_state.pop(DONE, None):
        st.success(plain(text("data.confirm.done", lang, source=done)), icon=":material/verified:")
    if trouble := st.session_state.pop(TROUBLE, None):
        st.error(plain(trouble), icon=":material/error:")
    found = waiting(session.store())
    if not found:
        return
    st.subheader(text("data.confirm.title", lang), anchor=False)
    st.markdown(text("data.confirm.intro", lang))
    seen = versions.number(versions.current(session.store()))
    for one in found:
        with st.container(border=True, key=f"confirm-{one.source_id}"):
            _card(one, seen, lang)


def _card(one: Waiting, seen: int, lang: str) -> None:
    """What is known of it, the two fields and the button; whoever may not confirm is told who may."""
    by = uploaded_by(one.who, lang)
    about = (text("mark.unconfirmed.one", lang, by=by), one.at[:16].replace("T", " "), _count(one, lang))
    st.markdown(f"**{link(one.title, one.url)}**  \n:small[:gray[{plain(DOT.join(filter(None, about)))}]]")
    if not (verdict := session.may("confirm", one.places)):
        st.markdown(f":small[:material/lock: {plain(verdict.reason)}]")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            text("load.claim.publisher", lang),
            one.publisher,
            max_chars=LONGEST,
            placeholder=text("load.claim.publisher_example", lang),
            key=_field(one, seen, "publisher"),
            width=320,
        )
        st.selectbox(
            text("load.claim.kind", lang),
            tuple(KINDS),
            tuple(KINDS).index(one.kind or "published"),
            format_func=partial(_kind, lang=lang),
            key=_field(one, seen, "kind"),
            width=320,
        )
        asked = st.session_state.get(ASKED, {}).get((one.source_id, seen), ())
        st.button(
            text(f"data.confirm.{'accept' if asked else 'button'}", lang),
            type="primary",
            icon=":material/verified:",
            key=_field(one, seen, "button"),
            on_click=_confirm,
            args=(one, seen, asked),
        )
    if asked:
        st.warning(plain(Differs(asked).told(lang)), icon=":material/compare_arrows:")
        who(lang, _field(one, seen, "who"))


def _count(one: Waiting, lang: str) -> str:
    return text(f"data.confirm.figures.{'one' if one.figures == 1 else 'many'}", lang, n=number(one.figures))


def _kind(kind: str, lang: str) -> str:
    return text(f"data.said_to_be.{kind}", lang)


def _field(one: Waiting, seen: int, name: str) -> str:
    return f"confirm-{name}-{one.source_id}-{seen}"


def _confirm(one: Waiting, seen: int, accepted: Sequence[Question]) -> None:
    """What the fields say counts from the new version on, with the results that were asked about and accepted."""
    publisher = str(st.session_state.get(_field(one, seen, "publisher")) or "").strip()
    kind = str(st.session_state.get(_field(one, seen, "kind")))
    store, at, name, keys = session.store(), session.now(), session.who(), [asked.key for asked in accepted]
    try:
        session.require("confirm", one.places)
        if keys and not name:
            raise InputError(text("stewardship.no_name", session.language()))
        prove = proof(store, session.QUERIES, keys)
        session.begin("confirm", source=one.source_id, kind=kind)
        confirm(store, one.source_id, kind, publisher=publisher, until=seen, at=at, who=name, prove=prove)
        made = versions.current(store)
        accept(keys, Desk(session.opened(str(made), False), name, at))
    except Differs as differs:
        st.session_state[ASKED] = {(one.source_id, seen): differs.questions}
        return
    except XinfoError as error:
        st.session_state[TROUBLE] = str(error)
        return
    session.record("confirm", source=one.source_id, kind=kind, publisher=publisher, made=versions.number(made))
    st.session_state[DONE] = one.title
