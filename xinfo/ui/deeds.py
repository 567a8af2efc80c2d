"""The log of deeds on the Activity page: the last of them, and the file to take along. Writes nothing into it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from xinfo.audit.entry import Entry
from xinfo.audit.verify import all_complaints, entries, verify
from xinfo.errors import StoreError
from xinfo.language.texts import text, texts
from xinfo.loop.deeds import to_csv
from xinfo.ui import rights, session
from xinfo.ui.frames import frame
from xinfo.ui.plain import plain

SHOWN, FEW = 200, 10


def deeds(lang: str) -> None:
    """Draws it, folded: who did what, the newest first, and whether the log is whole."""
    if not session.may("audit"):
        return
    fold = st.expander(text("deeds.title", lang), icon=":material/history_edu:", key="deeds", on_change="rerun")
    if not fold.open:
        return
    with fold:
        try:
            last, proof = deque(entries(session.store()), SHOWN), verify(session.store())
        except StoreError as error:
            st.error(plain(str(error)))
            return
        against = all_complaints(session.store(), proof)
        told = "broken" if against else "whole"
        colour, icon = ("red", ":material/gpp_bad:") if against else ("green", ":material/verified:")
        st.badge(text(f"deeds.{told}", lang, count=f"{proof.entries:,}"), icon=icon, color=colour)  # type: ignore[arg-type]
        for complaint in against:
            st.markdown(f":small[{plain(complaint)}]")
        st.dataframe(
            frame(_table(reversed(last), lang)),
            hide_index=True,
            height="content" if len(last) < FEW else 388,
            alt=text("deeds.title", lang),
        )
        st.download_button(
            text("deeds.download", lang), rights.on_demand("audit", partial(_csv, session.store())),
            "log.csv", "text/csv", icon=":material/download:", type="tertiary",
            on_click="ignore", key="deeds-csv",
        )  # fmt: skip


def _table(chosen: Iterable[Entry], lang: str) -> pd.DataFrame:
    rows = [
        {
            text("deeds.at", lang): entry.at[:19].replace("T", " "),
            text("deeds.who", lang): entry.who,
            text("deeds.did", lang): texts(lang).get(f"deeds.kind.{entry.did}", entry.did),
            text("deeds.what", lang): _what(entry),
        }
        for entry in chosen
    ]
    return pd.DataFrame(rows)


def _what(entry: Entry) -> str:
    return ", ".join(f"{name}: {value}" for name, value in entry.what.items() if value not in ("", None))


def _csv(store: Path) -> bytes:
    return to_csv(entries(store))
