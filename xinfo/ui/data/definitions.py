"""The Definitions tab: what each metric means, its unit and kind, and the ways it was counted."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xinfo.answer.rows import DEMONSTRATION
from xinfo.ask import Workspace
from xinfo.language.texts import text, texts
from xinfo.query.inventory import Defined, read_definitions
from xinfo.ui.plain import plain


def definitions(workspace: Workspace, lang: str) -> None:
    """Draws the tab."""
    found = read_definitions(workspace.engine, workspace.published_only)
    st.markdown(text("data.definition_intro", lang, n=len(found)))
    titles = {name: text(f"data.definition.{name}", lang) for name in ("metric", "meaning")}
    rows = [
        {
            titles["metric"]: _named(metric, workspace, lang),
            titles["meaning"]: " ".join(
                filter(None, (plain(metric.definition[lang]), _methods(metric, workspace, lang)))
            ),
        }
        for metric in found
    ]
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True)


def _named(metric: Defined, workspace: Workspace, lang: str) -> str:
    """Label, unit and kind."""
    key = f"data.unit.{metric.unit}"
    unit = text(key, lang) if key in texts(lang) else metric.unit
    label = workspace.catalog.metrics[metric.metric_id].label(lang)
    return f"**{plain(label)}** · {plain(unit)} · {text(f'data.kind.{metric.kind}', lang)}"


def _methods(metric: Defined, workspace: Workspace, lang: str) -> str:
    labels = workspace.contents.methods
    named = [labels[m][lang == "zh"] if m in labels else m for m in metric.methods if m != DEMONSTRATION]
    said = plain(text("list.semicolon", lang).join(named))
    return f"**{text('data.definition.methods', lang)}**{text('ui.colon', lang)}{said}" if said else ""
