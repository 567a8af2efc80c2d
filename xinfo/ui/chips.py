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
from xinfo.understand.say_places import place_name
from xinfo.understand.suggest import Coverage
from xinfo.understand.suggest.altered import Altered

LISTED = 14
"""More choices than these are searched by typing."""


@dataclass(frozen=True)
class Changing:
    """What changing an answer in place takes."""

    ask: Callable[[str], None]
    """Asks a question in place of the one that was answered."""
    coverage: Callable[[], Coverage]
    altered: Callable[[], Altered]


def chip_row(number: int, reading: Reading, catalog: Catalog, changing: Changing) -> None:
    """A small button for each part; the choices are worked out when one is opened."""
    found = chips(reading, catalog)
    with st.container(horizontal=True, gap="xsmall", key=f"chips-{number}") if found else st.empty():
        for chip in found:
            _chip(number, chip, reading, catalog, changing)
        if found:
            _more(number, reading, catalog, changing)


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
            _away(key, chip, reading, changing)


def _away(key: str, chip: Chip, reading: Reading, changing: Changing) -> None:
    """What takes the part away, where the rest is a question."""
    if chip.name not in ("places", "periods") or not (rest := changing.altered().without(chip)):
        return
    only = chip.name == "places" and len(reading.slots.places) == 1
    label = text("chip.everywhere" if only else "chip.away", reading.lang, said=chip.said)
    if st.button(plain(label), icon=":material/close:", type="tertiary", key=f"{key}-away"):
        _ask(rest, changing)


def _more(number: int, reading: Reading, catalog: Catalog, changing: Changing) -> None:
    """One place or year more, beside those that are asked about."""
    lang, key = reading.lang, f"chip-{number}-add-0-{crc32(reading.sentence.encode()):x}"
    told = text("chip.add", lang)
    opened = st.popover(told, help=told, icon=":material/add:", key=key, on_change="rerun")
    if not opened.open:
        return
    with opened:
        altered = changing.altered()
        places, years = altered.places(), altered.years()
        if places:
            named = {place_name(place, catalog, lang): place for place in places}
            asked = text("chip.add_place", lang)
            chosen = st.selectbox(asked, named, index=None, placeholder=text("chip.choose", lang), key=f"{key}-place")
            if chosen:
                _ask(altered.with_place(named[chosen]), changing)
        if years and (year := st.pills(text("chip.add_year", lang), years, key=f"{key}-year")):
            _ask(altered.with_year(year), changing)
        if not places and not years:
            st.markdown(f":small[{text('chip.none', lang)}]")


def _ask(question: str | None, changing: Changing) -> None:
    if question:
        changing.ask(question)
        st.rerun()


def _choices(key: str, what: str, found: dict[str, str], lang: str, changing: Changing) -> None:
    if not found:
        st.markdown(f":small[{text('chip.none', lang)}]")
        return
    if len(found) > LISTED:
        chosen = st.selectbox(what, list(found), index=None, placeholder=text("chip.choose", lang), key=f"{key}-choice")
    else:
        chosen = st.pills(what, list(found), format_func=plain, key=f"{key}-choice")
    if chosen in found:
        _ask(found[chosen], changing)
