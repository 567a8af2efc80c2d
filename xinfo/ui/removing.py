"""Removing something on a page: the question first, with what goes with it; then the bin, from which it comes back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from xinfo.errors import XinfoError
from xinfo.language import times
from xinfo.language.texts import text
from xinfo.stewardship import removal
from xinfo.stewardship.removal import Removal
from xinfo.store import bin
from xinfo.store.bin import DAYS, Binned
from xinfo.ui import session
from xinfo.ui.plain import plain

Considered = Callable[[], Removal]
"""Works out what would be removed, once somebody thinks of it."""
_THOUGHT, _SAID = "removing-thought", "removing-said"


def button(key: str, lang: str, label: str = "", *, disabled: bool = False) -> None:
    """Asks whether something is to be removed: see `question`, which is drawn where there is room."""
    st.button(
        label or text("removal.open", lang), icon=":material/delete:", type="tertiary", key=f"remove-{key}",
        on_click=_think, args=(key,), disabled=disabled,
    )  # fmt: skip


def icon(key: str, help_: str) -> None:
    """The same where only a sign has room."""
    st.button(
        help_, icon=":material/delete:", type="tertiary", key=f"remove-{key}", help=help_, on_click=_think, args=(key,)
    )


def question(key: str, considered: Considered, lang: str, after: Callable[[], None] | None = None) -> None:
    """What would be removed, and the buttons that do it or leave it; nothing until its button was clicked."""
    if st.session_state.get(_THOUGHT) != key:
        return
    with st.container(border=True, key="removing"):
        try:
            found = considered()
        except XinfoError as error:
            st.error(plain(str(error)), icon=":material/error:")
            found = None
        if found:
            _told(found, lang)
        with st.container(horizontal=True, gap="small"):
            if found and not found.held and session.may(found.needs, found.places):
                st.button(
                    text("removal.remove", lang), type="primary", icon=":material/delete:", key="removing-do",
                    on_click=_remove, args=(considered, lang, after),
                )  # fmt: skip
            st.button(text("removal.leave", lang), key="removing-leave", on_click=_think, args=("",))


def _told(found: Removal, lang: str) -> None:
    st.markdown(f"**{plain(found.question(found.titles.get(lang) or found.name, lang))}**")
    for told in found.held:
        st.warning(plain(told.text(lang)), icon=":material/lock:")
    if reason := session.may(found.needs, found.places).reason:
        st.warning(plain(reason), icon=":material/lock:")
    if not found.held:
        for told in found.goes:
            st.markdown(f":small[{plain(told.text(lang))}]")
        st.markdown(f":small[:gray[{text('removal.back_within', lang, days=DAYS)}]]")


def lately(kind: str, lang: str) -> None:
    """What came of the last click, and what of a kind is in the bin that this person may put back."""
    if said := st.session_state.pop(_SAID, None):
        colour, words, number = said
        with st.container(horizontal=True, vertical_alignment="center", key="removing-said"):
            (st.success if colour == "green" else st.error)(plain(words), width="stretch")
            if number:
                _back(number, lang, "removal.undo")
    binned = [one for one in bin.listed(session.store()) if one.kind == kind and _may_put_back(one)]
    if binned:
        with st.expander(text("removal.bin", lang, n=len(binned)), icon=":material/restore_from_trash:", key="bin"):
            for one in binned:
                _row(one, lang)


def _may_put_back(one: Binned) -> bool:
    return bool(session.may(removal.needed_back(one), removal.places_back(one)))


def _row(one: Binned, lang: str) -> None:
    told = {
        "what": text(f"removal.kind.{one.kind}", lang),
        "who": one.who or text("removal.nobody", lang),
        "day": times.day(bin.moment(one.at).date(), lang),
        "until": times.day(one.until().date(), lang),
    }
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        said = plain(text("removal.by", lang, **told))
        st.markdown(f"**{plain(removal.called(one, lang))}**  \n:small[:gray[{said}]]", width="stretch")
        _back(one.number, lang, "removal.put_back")


def _back(number: int, lang: str, label: str) -> None:
    st.button(
        text(label, lang), icon=":material/undo:", key=f"{label}-{number}", on_click=_put_back,
        args=(number, lang),
    )  # fmt: skip


def _think(key: str) -> None:
    st.session_state[_THOUGHT] = key


def _remove(considered: Considered, lang: str, after: Callable[[], None] | None) -> None:
    try:
        found = considered()
        session.require(found.needs, found.places)
        session.begin("remove", kind=found.kind, name=found.name)
        binned = removal.remove(session.store(), found, who=session.who(), at=session.now())
    except XinfoError as error:
        st.session_state[_SAID] = ("red", str(error), 0)
        return
    session.record("remove", kind=binned.kind, name=binned.name, bin=binned.number)
    st.session_state[_SAID] = ("green", text("removal.done", lang, name=removal.called(binned, lang)), binned.number)
    _think("")
    if after:
        after()


def _put_back(number: int, lang: str) -> None:
    try:
        binned = bin.find(session.store(), number)
        session.require(removal.needed_back(binned), removal.places_back(binned))
        session.begin("put_back", kind=binned.kind, name=binned.name)
        removal.put_back(session.store(), binned, lambda: session.opened(*session.figures()))
    except XinfoError as error:
        st.session_state[_SAID] = ("red", str(error), 0)
        return
    session.record("put_back", kind=binned.kind, name=binned.name)
    st.session_state[_SAID] = ("green", text("removal.put_back_done", lang, name=removal.called(binned, lang)), 0)
