"""The Activity page: what is asked, what had no answer, what is said to be wrong, and the way from there."""

from __future__ import annotations

import streamlit as st

from xinfo.errors import StoreError
from xinfo.language.texts import text
from xinfo.loop import asked, reports
from xinfo.ui import session
from xinfo.ui.deeds import deeds
from xinfo.ui.missed import missed
from xinfo.ui.plain import plain
from xinfo.ui.reported import reported
from xinfo.ui.teach import taught, teach
from xinfo.ui.usage import usage


def page() -> None:
    """Draws the page: usage, reports, misses, phrases to teach and those taught. Raises NotAllowed."""
    session.require("teach")
    lang = session.language()
    st.title(text("activity.title", lang), anchor=False)
    st.markdown(text("activity.intro", lang))
    try:
        kept, said = asked.listed(session.store()), reports.listed(session.store())
    except StoreError as error:
        st.error(plain(text("activity.broken_file", lang, reason=str(error))), icon=":material/error:")
        return
    workspace = session.here()
    usage(kept, said, workspace, lang)
    reported(said, lang)
    chosen = missed(kept, lang)
    teach(workspace, kept, chosen, lang)
    taught(workspace, lang)
    deeds(lang)
