"""Which of Streamlit's phrases are said how: `frame` in the texts of each language. Shows nothing.

The browser is told the phrases of all other languages, so that a page that changes its language changes them too.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from xinfo.language.texts import languages, texts

JS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")

OWN = "en"
"""The language that Streamlit speaks."""

_words = st.components.v2.component("xinfo_words", js=JS)


def words(lang: str) -> None:
    """Has the browser say Streamlit's own words in `lang`; in its own once it was made to say others."""
    if lang == OWN and not st.session_state.get("words-said"):
        return
    st.session_state["words-said"] = True
    _words(key="words", data={"phrases": phrases(lang)}, height=0)


def phrases(lang: str) -> list[list[str]]:
    """Each phrase in another language with the one in `lang`, the longest first; `{}` stands for any words."""
    own = {key: said for key, said in texts(lang).items() if key.startswith("frame.")}
    found = [[texts(other)[key], said] for other in languages() if other != lang for key, said in own.items()]
    return sorted(found, key=lambda pair: len(pair[0]), reverse=True)
