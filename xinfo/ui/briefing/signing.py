"""Who signs issues at this browser: whoever is logged in, else the owner of the key that his passphrase opened.

An open key is held by the session alone, and is closed with it.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from xinfo.access import keys, signing
from xinfo.access.keys import Key, Keys
from xinfo.access.signing import Signer
from xinfo.errors import InputError, XinfoError
from xinfo.language.texts import text
from xinfo.ui import session
from xinfo.ui.briefing import held
from xinfo.ui.plain import plain

OPEN = "brief-signer"
WHICH, PHRASE = "brief-key", "brief-passphrase"
OWNER, NEW, AGAIN = "brief-key-owner", "brief-key-new", "brief-key-again"


def who() -> str:
    """In whose name this session would sign; empty where no key is open."""
    opened: Signer | None = st.session_state.get(OPEN)
    return session.who() if session.access_rules() else opened.who if opened else ""


def signer() -> Signer:
    """Whoever signs. Raises InputError where nobody is known by a login or a key, StoreError."""
    if session.access_rules():
        return signing.of_login(session.store(), session.who(), session.now())
    opened: Signer | None = st.session_state.get(OPEN)
    if not opened:
        raise InputError(text("brief.ui.keys.none_open", session.language()))
    return opened


def panel(lang: str) -> None:
    """Draws who signs, and where there is no login how to open a key or make one."""
    if session.access_rules():
        st.markdown(f":small[:material/badge: {plain(text('brief.ui.keys.login', lang, who=session.who()))}]")
    elif opened := st.session_state.get(OPEN):
        _opened(opened, lang)
    else:
        _closed(lang)
    with st.expander(text("brief.ui.keys.list", lang), icon=":material/key:", key="brief-keys"):
        _list(lang)


def _opened(opened: Signer, lang: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        said = text("brief.ui.keys.open", lang, who=opened.who, id=opened.key.id[:16])
        st.markdown(f":material/key: {plain(said)}", width="content")
        st.button(text("brief.ui.keys.close", lang), icon=":material/lock:", key="brief-key-close", on_click=_close)


def _closed(lang: str) -> None:
    there = signing.at_hand(session.store())
    if there:
        _to_open(there, lang)
    else:
        st.info(text("brief.ui.keys.first", lang), icon=":material/key:")
    with st.expander(text("brief.ui.keys.new", lang), icon=":material/add:", key="brief-key-making"):
        _to_make(lang)


def _to_open(there: Keys, lang: str) -> None:
    with st.form("brief-key-opening", border=False, clear_on_submit=True), _row():
        st.selectbox(
            text("brief.ui.keys.which", lang), list(there), key=WHICH, width=280,
            format_func=lambda id_: f"{there[id_].owner} · {id_[:12]}",
        )  # fmt: skip
        st.text_input(text("brief.ui.keys.passphrase", lang), type="password", key=PHRASE, width=280)
        unlock = text("brief.ui.keys.unlock", lang)
        st.form_submit_button(unlock, icon=":material/lock_open:", key="brief-key-open", on_click=_open)


def _row() -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="bottom")


def _to_make(lang: str) -> None:
    with st.form("brief-key-form", border=False):
        st.text_input(text("brief.ui.keys.owner", lang), key=OWNER, max_chars=signing.LONGEST, width=320)
        help_ = text("brief.ui.keys.passphrase_help", lang, n=signing.SHORTEST)
        st.text_input(text("brief.ui.keys.new_passphrase", lang), type="password", key=NEW, help=help_, width=320)
        st.text_input(text("brief.ui.keys.again", lang), type="password", key=AGAIN, width=320)
        st.form_submit_button(
            text("brief.ui.keys.make", lang), icon=":material/key:", key="brief-key-make", on_click=_make
        )


def _list(lang: str) -> None:
    there = keys.listed(session.store())
    for key in there.values():
        st.markdown(f"`{key.id}` {plain(_said(key, lang))}")
    if there:
        st.download_button(
            text("brief.ui.keys.export", lang), data=keys.written(there.values()), file_name="keys.json",
            mime="application/json", on_click="ignore", icon=":material/download:", key="brief-keys-take",
            help=text("brief.ui.keys.export_help", lang),
        )  # fmt: skip
    if st.session_state.get(OPEN):
        with st.popover(text("brief.ui.keys.revoke", lang), icon=":material/key_off:", key="brief-key-revoking"):
            st.markdown(text("brief.ui.keys.revoke_help", lang))
            st.button(
                text("brief.ui.keys.revoke", lang),
                type="primary",
                key="brief-key-revoke",
                on_click=_revoke,
                args=(lang,),
            )


def _said(key: Key, lang: str) -> str:
    whose = text(f"brief.ui.keys.kind.{key.kind}", lang, who=key.owner)
    return whose + (text("brief.ui.keys.revoked", lang, day=key.revoked[:10]) if key.revoked else "")


def _open() -> None:
    store, key = session.store(), signing.at_hand(session.store()).get(str(st.session_state.get(WHICH)))
    said = str(st.session_state.get(PHRASE, ""))
    try:
        if key:
            st.session_state[OPEN] = signing.unlock(store, key, said)
    except XinfoError as error:
        session.record("refuse", action="sign", key=key.id if key else "", reason=str(error))
        held.fail(str(error))


def _close() -> None:
    st.session_state.pop(OPEN, None)


def _make() -> None:
    said, again = (str(st.session_state.get(one, "")) for one in (NEW, AGAIN))
    st.session_state[NEW] = st.session_state[AGAIN] = ""
    lang = session.language()
    try:
        session.require("brief")
        if said != again:
            raise InputError(text("brief.ui.keys.differ", lang))
        key = signing.make(session.store(), str(st.session_state.get(OWNER, "")), said, session.now())
        session.record("key", by=key.owner, key=key.id, owner=key.owner)
        st.session_state[OPEN], st.session_state[OWNER] = signing.unlock(session.store(), key, said), ""
        held.say(text("brief.ui.keys.made", lang, who=key.owner, id=key.id))
    except XinfoError as error:
        held.fail(str(error))


def _revoke(lang: str) -> None:
    opened = signer()
    try:
        gone = keys.revoke(session.store(), opened.key.id, session.now(), stolen=False)
        session.record("revoke_key", by=gone.owner, key=gone.id, owner=gone.owner)
        _close()
        held.say(text("brief.ui.keys.gone", lang, who=gone.owner, id=gone.id))
    except XinfoError as error:
        held.fail(str(error))
