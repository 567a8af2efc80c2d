"""What the theme of the settings cannot say: a few colours, so that everybody can read them. Draws nothing."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

RULES = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


def looks() -> None:
    """The rules of looks.css for the page; what floats above it is told here whether the page is dark."""
    st.html(f"<style>:root {{ color-scheme: {st.context.theme.type or 'light'}; }}\n{RULES}</style>")
