"""The Sources tab: where the store's figures were read from."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xinfo.ask import Workspace
from xinfo.language.texts import text
from xinfo.query.inventory import Counted, read_sources
from xinfo.ui.data.confirm import to_confirm
from xinfo.ui.plain import link, plain


def sources(workspace: Workspace, lang: str) -> None:
    """Draws the tab: what waits to be confirmed, then every source; the titles lead to the pages."""
    to_confirm(lang)
    found = read_sources(workspace.engine, lang, workspace.published_only)
    st.markdown(text("data.source_intro", lang, n=len(found)))
    titles = {name: text(f"data.source.{name}", lang) for name in ("title", "figures", "targets")}
    rows = [
        {
            titles["title"]: _title(s, lang),
            titles["figures"]: s.figures,
            titles["targets"]: s.targets,
        }
        for s in found
    ]
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True)


def _title(source: Counted, lang: str) -> str:
    about = (link(source.title, source.url), plain(_publisher(source, lang)), plain(source.published))
    return " · ".join(filter(None, about))


def _publisher(source: Counted, lang: str) -> str:
    """Who published it; of what nobody has confirmed, who is said to have."""
    if source.unconfirmed != "all":
        return source.publisher
    said = text("source.said_to_be", lang, publisher=source.publisher) if source.publisher else ""
    return text("list.comma", lang).join(filter(None, (said, text("status.unconfirmed", lang))))
