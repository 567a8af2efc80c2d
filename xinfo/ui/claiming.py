"""Whose share of the machine a session takes: of somebody signed in his own, else the session's, at its address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from xinfo.access.rules import Rules
from xinfo.service.address import LOCAL, loopback
from xinfo.shares import Claimant
from xinfo.ui import session


def claimant_of(session_id: str, address: str, claims: Mapping[str, Any], rules: Rules | None) -> Claimant:
    """By what the login, if there is one, says of who sits there."""
    if rules and (person := session.person_of(claims, rules)).address:
        return Claimant(person.address)
    return Claimant(session_id, "" if loopback(address) else address)


def of_page() -> Claimant:
    """Whose share is taken by what the page at hand has done; nobody's own where no page is drawn."""
    if not (page := get_script_run_ctx(suppress_warning=True)):
        return Claimant()
    return claimant_of(page.session_id, st.context.ip_address or LOCAL, st.user.to_dict(), session.access_rules())
