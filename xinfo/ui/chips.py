"""The parts of a reading as chips under 'Understood as': a click opens what each can be changed to. Asks nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

import streamlit as st

from xinfo.language.texts import text
from xinfo.ui.plain import plain
from xinfo.understand.catalog import Catalog
from xinfo.understand.chips import Chip, changes, chips
from xinfo.understand.reading import Reading
from xinfo.understand.suggest import Coverage

LISTED = 14
"""More choices than these are searched by typing."""


@dataclass(frozen=True)
class Changing:
    """What changing an answer in place takes."""

    ask: Callable[[str], None]
    """Asks a question in place of the one that was answered."""
    coverage: Callable[[], Coverage]


def chip_row(number: int, reading: Reading, catalog: Catalog, changing: Changing) -> None:
    """A small button for each part; the choices are worked out when one is opened."""
    found = chips(reading, catalog)
    with st.container(horizontal=True, gap="xsmall", key=f"chips-{number}") if found else st.empty():
        for chip in found:
            _chip(number, chip, reading, catalog, changing)


def _chip(number: int, chip: Chip, reading: Reading, catalog: Catalog, changing: Changing) -> None:
    # Another sentence makes other chips, so that one that was chosen from is closed again.
    key = f"chip-{number}-{chip.name}-{chip.at}-{crc32(reading.sentence.encode()):x}"
    what = text(f"chip.{chip.name}", reading.lang)
    told = text("chip.change", reading.lang, what=what) if chip.name != "more" else None
    icon = ":material/tune:" if chip.name == "more" else None
    opened = st.popover(plain(chip.said), help=told, icon=icon, key=key, on_change="rerun", type="secondary")
    if opened.open:
        with opened:
            _choices(key, what, changes(chip, reading, catalog, changing.coverage()), reading.lang, changing)


def _choices(key: str, what: str, found: dict[str, str], lang: str, changing: Changing) -> None:
    if not found:
        st.markdown(f":small[{text('chip.none', lang)}]")
        return
    if len(found) > LISTED:
        chosen = st.selectbox(
            what, list(found), index=None, placeholder=text("chip.choose", lang), key=f"{key}-choice", format_func=plain
        )
    else:
        chosen = st.pills(what, list(found), format_func=plain, key=f"{key}-choice")
    if chosen in found:
        changing.ask(found[chosen])
        st.rerun()
