"""What of a session stands in the page's address, so that a link opens the same. Knows none of the values."""

from __future__ import annotations

import streamlit as st


def keep(name: str, value: str) -> None:
    """Keeps a value in the address, or none where it is empty.

    Written by the server alone, which knows what was chosen last, and only where it changes: each write sends the whole
    address. A control that wrote it in the browser too would have that undone by a run under way.
    """
    if value and st.query_params.get(name) != value:
        st.query_params[name] = value
    elif not value and name in st.query_params:
        del st.query_params[name]
