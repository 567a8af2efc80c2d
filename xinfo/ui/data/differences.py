"""Two versions compared, on the History tab: what appeared, vanished and changed, in words. Finds nothing itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from xinfo.answer.caveats import Methods
from xinfo.answer.cells import csv_of
from xinfo.answer.labels import period, word
from xinfo.ask import Workspace
from xinfo.errors import StoreError
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.store.compare import KINDS, Change, Comparison, compare
from xinfo.store.history import Version
from xinfo.ui import rights, session
from xinfo.ui.frames import frame
from xinfo.ui.plain import plain
from xinfo.ui.table import NOTHING, SHORT
from xinfo.understand.catalog import DIMENSIONS, Catalog

MOST = 500
"""Differences of each table that are listed; the file has all."""
COLUMNS = ("kind", "figure", "old", "new")
DOT = " · "


def differences(at_hand: Sequence[Version], workspace: Workspace, lang: str) -> None:
    """The two versions to compare, and what differs."""
    if len(at_hand) < 2:
        return
    st.header(text("data.compare.title", lang), anchor=False)
    numbers = {version.number: version for version in at_hand}
    old, new = _chosen(numbers, lang)
    if old == new:
        st.info(text("data.compare.itself", lang), icon=":material/info:")
        return
    try:
        found = _compared(session.store(), old, new, tuple(numbers))
    except StoreError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    if found.same:
        st.success(text("data.compare.same", lang), icon=":material/task_alt:")
        return
    _shown(found, workspace, lang)


def _chosen(numbers: Mapping[int, Version], lang: str) -> tuple[int, int]:
    """From which version to which: at first the current one against the one before it."""
    newest = sorted(numbers, reverse=True)
    last = next((number for number, version in numbers.items() if version.current), newest[0])
    before = next((number for number in newest if number < last), newest[-1])
    with st.container(horizontal=True):
        old, new = (
            st.selectbox(
                text(f"data.compare.{side}", lang),
                newest,
                newest.index(at_first),
                format_func=lambda number: _named(numbers[number], lang),
                key=f"history-{side}-{last}",  # another current version is compared anew
            )
            for side, at_first in (("old", before), ("new", last))
        )
    return int(old), int(new)


def _named(version: Version, lang: str) -> str:
    said = (text("data.history.number", lang, n=version.number), version.at[:10], version.who)
    return DOT.join(filter(None, said))


@lru_cache(maxsize=8)
def _compared(store: Path, old: int, new: int, at_hand: tuple[int, ...]) -> Comparison:
    return compare(store, old, new, MOST)


def _shown(found: Comparison, workspace: Workspace, lang: str) -> None:
    """Counts, the filter by kind, the table, the file to take along."""
    counts = {kind: sum(table[kind] for table in found.counts.values()) for kind in KINDS}
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        kind = st.pills(
            text("data.compare.kinds", lang),
            [name for name in KINDS if counts[name]],
            format_func=lambda name: text(f"data.compare.many.{name}", lang, n=f"{counts[name]:,}"),
            key="history-kind",
        )
        st.download_button(
            text("data.download", lang),
            rights.on_demand(
                "export",
                partial(
                    to_csv, session.store(), found.old, found.new, workspace.catalog, workspace.contents.methods, lang
                ),
            ),
            f"versions-{found.old}-{found.new}.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
    listed = [change for change in found.changes if kind in (None, change.kind)]
    rows = [told(change, workspace.catalog, workspace.contents.methods, lang) for change in listed]
    _draw(rows, lang)
    wanted = sum(counts.values()) if kind is None else counts[kind]
    if wanted > len(rows):
        st.caption(text("data.compare.more", lang, n=f"{wanted - len(rows):,}"))


def _draw(rows: Sequence[Mapping[str, str]], lang: str) -> None:
    titles = {name: text(f"data.compare.{name}", lang) for name in COLUMNS}
    cells = pd.DataFrame({titles[name]: [row[name] for row in rows] for name in COLUMNS})
    if len(rows) <= SHORT:
        st.table(cells.map(plain), border="horizontal", hide_index=True)
    else:
        st.dataframe(frame(cells), hide_index=True, height=388, alt=text("data.compare.title", lang))


def told(change: Change, catalog: Catalog, methods: Methods, lang: str) -> dict[str, str]:
    """A difference in words: what kind, which figure, and both values."""
    return {
        "kind": text(f"data.compare.one.{change.kind}", lang),
        "figure": _figure(change, catalog, methods, lang),
        "old": _value(change.old, lang),
        "new": _value(change.new, lang),
    }


def _figure(change: Change, catalog: Catalog, methods: Methods, lang: str) -> str:
    """'Xining · GDP · 2014 · enterprise · source', a target with its table's name."""
    key = change.key
    if change.table == "project":
        return f"{text('data.compare.table.project', lang)} {key['project_id']}"
    parts = [word(name, key[name], catalog, lang) for name in DIMENSIONS if key.get(name, "all") != "all"]
    label = methods.get(key.get("method", ""))
    said = [
        text("data.compare.table.target", lang) if change.table == "target" else "",
        word("place", key["place_id"], catalog, lang),
        word("metric", key["metric_id"], catalog, lang),
        period(key["period_id"], lang),
        *parts,
        (label[lang == "zh"] if label else "") or key.get("method", ""),
        key.get("source_id", ""),
    ]
    return DOT.join(filter(None, said))


def _value(side: Mapping[str, Any] | None, lang: str) -> str:
    """'65.52 亿元 · preliminary' as it was written; of a project its status and money, too."""
    if side is None:
        return NOTHING
    if "budget" in side:
        status = text(f"project_status.{side['status']}", lang)
        value = text("data.compare.project", lang, status=status, spent=side["spent"] or 0, budget=side["budget"] or 0)
    else:
        written = side.get("value_written")
        value = f"{written} {side['unit_written']}" if written else amount(side["value"], side["unit"], lang)
    return value + DOT + text(f"status.{side['mark']}", lang)


def to_csv(store: Path, old: int, new: int, catalog: Catalog, methods: Methods, lang: str) -> bytes:
    """Every difference: in words, and with its ids."""
    rows = [[*(text(f"data.compare.{name}", lang) for name in COLUMNS), "table", "key"]]
    for change in compare(store, old, new).changes:
        ids = " ".join(part for part in change.key.values() if part not in ("", "all"))
        rows.append([*told(change, catalog, methods, lang).values(), change.table, ids])
    return csv_of(rows)
