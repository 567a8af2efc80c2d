"""What files work, before there are any, and a sample that can be taken along or tried at once."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from xinfo.answer.cells import csv_of
from xinfo.ask import Workspace
from xinfo.language.texts import text
from xinfo.query.inventory import SAMPLE_COLUMNS, read_sample
from xinfo.ui import rights
from xinfo.understand.catalog import Catalog

NAME = "sample.csv"
WORKS = ("tables", "rows", "safe")


def sample(workspace: Workspace, take_in: Callable[[str, bytes], None], lang: str) -> None:
    """Draws it; `take_in` gets the sample as a file that was chosen. It holds figures of the store, so it adds none."""
    st.markdown("\n".join(f"- {text(f'load.works.{name}', lang)}" for name in WORKS))
    if not (rows := read_sample(workspace.engine)):
        return
    content = to_csv([list(row) for row in rows], workspace.catalog, lang)
    with st.container(horizontal=True, gap="small"):
        st.button(
            text("load.sample.use", lang), icon=":material/science:", key="load-sample",
            on_click=take_in, args=(NAME, content),
        )  # fmt: skip
        st.download_button(
            text("load.sample.save", lang), rights.on_demand("load", lambda: content), NAME, "text/csv",
            icon=":material/download:", type="tertiary", on_click="ignore", key="load-sample-file",
        )  # fmt: skip


def to_csv(rows: list[list[str]], catalog: Catalog, lang: str) -> bytes:
    """The import format, with the places' names; UTF-8 with a mark, so that spreadsheets read Chinese."""
    return csv_of([SAMPLE_COLUMNS, *((catalog.places[place].name(lang), *rest) for place, *rest in rows)])
