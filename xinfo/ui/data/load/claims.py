"""Who published what is about to be loaded, and what it is: asked of each file, with what the file says of itself.

Both may be left open. What is said here is a claim: a steward confirms it.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from xinfo.intake.claimed import LONGEST, Claimed
from xinfo.intake.report import Report
from xinfo.language.texts import text, uploaded_by
from xinfo.store.standing import KINDS
from xinfo.ui import session
from xinfo.ui.data.load.draft import Draft
from xinfo.ui.plain import plain


def claims(draft: Draft, report: Report, lang: str) -> None:
    """Two fields for each file with figures; what they say goes along with the load."""
    if not report.claims:
        return
    st.markdown(f"**{text('load.claim.title', lang)}**")
    for at, (file, said) in enumerate(report.claims.items()):
        with st.container(border=True, key=f"load-claim-{at}"):
            if len(report.claims) > 1:
                st.markdown(f":small[:material/description: {plain(file)}]")
            with st.container(horizontal=True):
                draft.claims[file] = Claimed(_publisher(said, at, draft, lang), _kind(said, at, draft, lang))
    by = uploaded_by(session.who(), lang)
    st.markdown(f":small[:material/info: {plain(text('load.claim.until', lang, by=by))}]")


def _publisher(said: Claimed, at: int, draft: Draft, lang: str) -> str:
    given = st.text_input(
        text("load.claim.publisher", lang),
        said.publisher,
        max_chars=LONGEST,
        placeholder=text("load.claim.publisher_example", lang),
        key=f"load-publisher-{at}-{draft.round}",
        width=320,
    )
    return str(given or "").strip()


def _kind(said: Claimed, at: int, draft: Draft, lang: str) -> str:
    kinds = tuple(KINDS)
    chosen = st.selectbox(
        text("load.claim.kind", lang),
        kinds,
        kinds.index(said.kind) if said.kind else None,
        format_func=partial(_said, lang=lang),
        placeholder=text("load.unsaid", lang),
        key=f"load-kind-{at}-{draft.round}",
        width=320,
    )
    return chosen or ""


def _said(kind: str, lang: str) -> str:
    return text(f"data.said_to_be.{kind}", lang)
