"""What a sealed archive proves, by the keys of the store at hand."""

from __future__ import annotations

import streamlit as st

from xinfo.access import keys
from xinfo.briefing.verify import Proof, verified
from xinfo.errors import XinfoError
from xinfo.language.texts import listing, text
from xinfo.query.failure import in_words
from xinfo.store.room import room
from xinfo.ui import session
from xinfo.ui.plain import plain

ARCHIVE = "zip"


def prove(content: bytes, lang: str) -> None:
    """Draws it."""
    try:
        with st.spinner(text("brief.ui.checking", lang)), room() as folder:
            # What somebody calls a file is no name to write under.
            path = folder / f"archive.{ARCHIVE}"
            path.write_bytes(content)
            _told(verified(path, keys.listed(session.store()), lang=lang), lang)
    except XinfoError as error:
        st.error(plain(in_words(error, lang)), icon=":material/error:")


def _told(proof: Proof, lang: str) -> None:
    issue, said = proof.issue, [*proof.wrong, *proof.unproved]
    if proof.wrong:
        st.error(text("brief.proof.refuted", lang), icon=":material/gpp_bad:")
    elif proof.unproved:
        st.warning(text("brief.proof.unproved", lang), icon=":material/gpp_maybe:")
    else:
        by = listing([one.who for one in issue.signatures], lang)
        about = {"n": issue.number, "figures": sum(len(one.figures) for one in issue.documents.values())}
        held = text("brief.proof.holds", lang, **about, who=by, by=proof.sealed_by)
        st.success(plain(held), icon=":material/verified_user:")
    for one in said:
        st.markdown(f"- {plain(one)}")
