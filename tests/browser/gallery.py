"""Every state of a card on one page: `streamlit run tests/browser/gallery.py`."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.cards import CATALOG, META, TURNS
from xinfo.ui.card import turn_card

st.set_page_config(page_title="xinfo cards", layout="centered")
chosen = st.query_params.get_all("card")
for turn in TURNS:
    if not chosen or str(turn.number) in chosen:
        turn_card(turn, CATALOG, META, ask=lambda question: None)
