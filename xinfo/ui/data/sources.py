"""The Sources tab: where the store's figures were read from."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xinfo.ask import Workspace
from xinfo.language.texts import text
from xinfo.query.inventory import read_sources
from xinfo.ui.plain import link, plain


def sources(workspace: Workspace, lang: str) -> None:
    """Draws the tab: the titles lead to the pages."""
    found = read_sources(workspace.engine, lang, workspace.published_only)
    st.markdown(text("data.source_intro", lang, n=len(found)))
    titles = {name: text(f"data.source.{name}", lang) for name in ("title", "figures", "targets")}
    rows = [
        {
            titles["title"]: " · ".join(filter(None, (link(s.title, s.url), plain(s.publisher), plain(s.published)))),
            titles["figures"]: s.figures,
            titles["targets"]: s.targets,
        }
        for s in found
    ]
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True)
