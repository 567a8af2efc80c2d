"""The coverage as a table of words, for screen readers and to take along."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xinfo.answer.cells import csv_of
from xinfo.answer.labels import period, word
from xinfo.language.texts import text, texts
from xinfo.query.holdings import View
from xinfo.ui import rights
from xinfo.ui.frames import frame
from xinfo.understand.catalog import Catalog


def as_table(shown: View, metric: str, catalog: Catalog, lang: str) -> None:
    """A fold with the table, drawn when it is opened, and the button that saves it."""
    fold = st.expander(text("data.table", lang), key="data-table", on_change="rerun")
    if not fold.open:
        return
    with fold:
        titles = [period(name, lang) for name in shown.periods]
        rows = {
            word("place", place, catalog, lang): [
                text(f"data.state.{shown.state(place, name)}", lang) for name in shown.periods
            ]
            for place in shown.places
        }
        st.dataframe(frame(pd.DataFrame.from_dict(rows, orient="index", columns=titles)), alt=text("data.table", lang))
        st.download_button(
            text("data.download", lang),
            rights.on_demand("export", lambda: to_csv(shown, metric, catalog, lang)),
            f"{metric}-coverage.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def to_csv(shown: View, metric: str, catalog: Catalog, lang: str) -> bytes:
    """A row a cell: ids and words, state, value, unit, status, method."""
    rows: list[list[object]] = [
        ["metric", "place", "name", "period", "state", "value", "unit", "status", "method", "given"]
    ]
    for place in shown.places:
        for name in shown.periods:
            held = shown.held.get((place, name))
            told = [held.value, held.unit, held.status, held.method, *held.given] if held else []
            rows.append([metric, place, word("place", place, catalog, lang), name, shown.state(place, name), *told])
    return csv_of(rows)


def to_fill(shown: View, metric: str, catalog: Catalog, lang: str) -> bytes:
    """A table as bulletins have it, of the places and periods that lack figures, with every cell left to fill in."""
    lacking = [(place, name) for place in shown.places for name in shown.periods if (place, name) not in shown.held]
    periods = [name for name in shown.periods if any(name == period for _, period in lacking)]
    base = catalog.metrics[metric].unit
    unit = texts(lang).get(f"data.written_unit.{base}", base)
    title = text("data.fill_title", lang, metric=catalog.metrics[metric].label(lang), unit=unit)
    places = [word("place", place, catalog, lang) for place in dict.fromkeys(place for place, _ in lacking)]
    head = [text("data.place", lang), *(period(name, lang) for name in periods)]
    return csv_of([[title], head, *([place, *("" for _ in periods)] for place in places)])
