"""The login: who is let in, what others see instead, and the way out again. Without a login everybody is let in."""

from __future__ import annotations

import os

import streamlit as st

from xinfo.access.rules import Rules
from xinfo.errors import InputError
from xinfo.language.texts import listing, text
from xinfo.ui import session
from xinfo.ui.doors import OPEN, unguarded
from xinfo.ui.plain import plain

HELP = "xinfo serve --help"
"""The command that tells how the app may be reached."""

NOTED = "login-noted"


def admitted(lang: str) -> bool:
    """Whether the pages may be drawn; else draws what is to be done first."""
    try:
        rules = session.access_rules()
    except InputError as error:
        st.error(text("access.rules_broken", lang), icon=":material/lock:")
        st.code(str(error), language=None, wrap_lines=True)
        return False
    return _signed_in(rules, lang) if rules else _local(lang)


def _signed_in(rules: Rules, lang: str) -> bool:
    person = session.person()
    if person.grants:
        if not st.session_state.get(NOTED):
            st.session_state[NOTED] = True
            session.record("login", roles=person.roles, since=st.user.to_dict().get("iat"))
        return True
    st.space("large")
    st.image(session.LOGO, width=140, alt=text("frame.logo", lang))
    st.title(text("access.welcome", lang), anchor=False)
    st.markdown(text("access.intro", lang))
    if st.user.is_logged_in and not session.stale(st.user.to_dict(), rules):
        st.error(plain(session.may("ask").reason), icon=":material/block:")
        _out(lang)
    else:
        _in(rules, lang)
    return False


def _local(lang: str) -> bool:
    """Without a login: whether the pages are for this machine alone, or were opened to all on purpose."""
    if not unguarded(st.get_option("server.address"), os.environ.get(OPEN, "")):
        return True
    st.error(text("access.unguarded", lang), icon=":material/lock:")
    st.code(HELP, language=None)
    return False


def badge(lang: str) -> None:
    """Who is signed in, and the way out, for the sidebar."""
    if not session.access_rules():
        return
    person = session.person()
    roles = listing([text(f"access.role.{role}", lang) for role in person.roles], lang)
    st.markdown(f":small[{text('access.signed_in', lang, name=plain(person.name), roles=roles)}]")
    _out(lang)


def _in(rules: Rules, lang: str) -> None:
    if st.user.is_logged_in:
        st.info(text("access.again", lang, hours=f"{rules.login_hours:g}"), icon=":material/schedule:")
    st.button(text("access.sign_in", lang), type="primary", icon=":material/login:", on_click=st.login, key="sign-in")


def _out(lang: str) -> None:
    st.button(text("access.sign_out", lang), type="tertiary", icon=":material/logout:", on_click=_leave, key="sign-out")


def _leave() -> None:
    session.record("logout")
    st.logout()
