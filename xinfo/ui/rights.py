"""Rights that take more than `session.require`: one of several, and those of somebody who asks for a file later."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from xinfo.access import person as access
from xinfo.access.person import anybody
from xinfo.errors import NotAllowed
from xinfo.shares import passed_on
from xinfo.ui import session

Made = TypeVar("Made")


def require_any(*actions: str) -> None:
    """Raises NotAllowed, with the reason of the first, unless the person may do one of these."""
    if not any(session.may(action) for action in actions):
        session.require(actions[0])


def on_demand(action: str, make: Callable[[], Made]) -> Callable[[], Made]:
    """`make` for a file that is asked for later, from any thread: NotAllowed for whoever may not any more by then."""
    make = passed_on(make)
    claims, lang = (st.user.to_dict() if session.access_rules() else {}), session.language()
    note = session.noting("refuse", action=action)

    def made() -> Made:
        rules = session.access_rules()
        person = session.person_of(claims, rules) if rules else anybody()
        if not (verdict := access.may(person, action, lang=lang)):
            note(reason=verdict.reason)
            raise NotAllowed(verdict.reason)
        return make()

    return made
