"""What Python cannot tell a browser: the page's language for screen readers, and to bring a new turn into view."""

from __future__ import annotations

import streamlit as st

SCRIPT = """
let shown = 0;
const touched = ["wheel", "touchstart", "keydown", "pointerdown"];

export default function ({ data }) {
  document.documentElement.lang = data.lang;
  if (data.turn <= shown) { shown = data.turn; return; }
  shown = data.turn;
  let busy = false;
  const stop = () => { busy = true; };
  touched.forEach((kind) => addEventListener(kind, stop, { once: true, passive: true }));
  const show = () => {
    const question = document.querySelector(`.st-key-question-${data.turn}`);
    if (!question || busy) return;
    question.style.scrollMarginTop = "4rem";
    question.scrollIntoView({ block: "start" });
  };
  // Charts and tables below push the page down as they are drawn.
  [0, 250, 700, 1400].forEach((wait) => setTimeout(show, wait));
}
"""

_script = st.components.v2.component("xinfo_follow", js=SCRIPT)


def follow(turn: int, lang: str) -> None:
    """Brings the turn of this number into view, once, unless the reader has begun to move about; 0 for none yet."""
    _script(data={"turn": turn, "lang": lang}, key="follow")
