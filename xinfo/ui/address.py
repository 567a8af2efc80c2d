"""What of a session stands in the page's address, so that a link opens the same. Knows none of the values."""

from __future__ import annotations

import streamlit as st


def keep(name: str, value: str) -> None:
    """Keeps a value in the address, or none where it is empty.

    Written only where it changes: each write sends the whole address, and one from a run under way would undo what a
    click has put there meanwhile.
    """
    if value and st.query_params.get(name) != value:
        st.query_params[name] = value
    elif not value and name in st.query_params:
        del st.query_params[name]
