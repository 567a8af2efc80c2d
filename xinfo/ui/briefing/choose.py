"""Which briefing: one that is saved, a new one from a template or empty, the same for the next period."""

from __future__ import annotations

import re
from functools import partial

import streamlit as st

from xinfo.ask import Workspace
from xinfo.briefing import saved, templates
from xinfo.briefing.model import Briefing, Section, said
from xinfo.errors import InputError, XinfoError
from xinfo.language import times
from xinfo.language.texts import text
from xinfo.stewardship.removal import of_briefing
from xinfo.store.periods import Period, parse_id
from xinfo.ui import removing, session
from xinfo.ui.briefing import held
from xinfo.ui.plain import plain
from xinfo.understand.say_places import place_name

EMPTY = "empty"


def choose(workspace: Workspace, lang: str) -> Briefing | None:
    """The controls, and the briefing at hand. Raises InputError for a file that is none."""
    names = saved.listed(session.store())
    if held.chosen() not in names:
        st.session_state[held.CHOSEN] = names[0] if names else None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if names:
            st.selectbox(
                text("brief.ui.which", lang), names, key=held.CHOSEN, format_func=lambda name: _title(name, lang)
            )
        if session.may("brief"):
            # Under a key of its own each time, so that it closes when it has done its work.
            with st.popover(text("brief.ui.new", lang), icon=":material/note_add:", key=f"brief-new-{held.made()}"):
                _new(workspace, lang)
    if not held.chosen():
        return None
    briefing = saved.find(session.store(), held.chosen())
    if not session.may("brief", briefing.places):
        return briefing
    with st.container(horizontal=True, gap="xsmall"):
        if briefing.period:
            _onward(briefing, workspace, lang)
        removing.button(f"briefing-{briefing.id}", lang, text("brief.ui.remove", lang))
    considered = partial(of_briefing, session.store(), briefing.id)
    removing.question(f"briefing-{briefing.id}", considered, lang, _left)
    return briefing


def _title(name: str, lang: str) -> str:
    try:
        return said(saved.find(session.store(), name).title, lang)
    except InputError:
        return name


def _new(workspace: Workspace, lang: str) -> None:
    """A template with its place and period, or an empty briefing."""
    kinds = [*templates.TITLES, EMPTY]
    names = {kind: text(f"brief.ui.{EMPTY}", lang) if kind == EMPTY else templates.title(kind, lang) for kind in kinds}
    st.radio(text("brief.ui.template", lang), kinds, format_func=names.__getitem__, key="brief-template")
    if st.session_state["brief-template"] == EMPTY:
        st.text_input(text("brief.ui.name", lang), key="brief-name", max_chars=120)
    else:
        pilots = workspace.catalog.pilots()
        places = [*pilots, *(place for place in workspace.catalog.places if place not in pilots)]
        at = places.index("xining") if "xining" in places else 0
        st.selectbox(
            text("column.place", lang), places, index=at, key="brief-place",
            format_func=lambda one: place_name(one, workspace.catalog, lang),
        )  # fmt: skip
        periods = _periods(workspace)
        place = st.session_state.get("brief-place") or places[at]
        st.selectbox(
            text("column.period", lang), periods, index=_newest(periods, place, workspace), key="brief-period",
            format_func=lambda one: times.name(parse_id(one), lang),
        )  # fmt: skip
    st.button(text("brief.ui.make", lang), type="primary", key="brief-make", on_click=_make, args=(workspace, lang))


def _periods(workspace: Workspace) -> list[str]:
    """Years and running totals with figures, the newest first."""
    first, last = workspace.catalog.data_from, workspace.catalog.data_to
    if not first or not last:
        return []
    every = [Period(year, 1, month) for year in range(first.year, last.year + 1) for month in (3, 6, 9, 12)]
    return [period.id for period in sorted(every, reverse=True) if period.end_date <= last.end_date]


def _newest(periods: list[str], place: str, workspace: Workspace) -> int:
    """Where the last period stands for which the place has information consumption."""
    known = workspace.catalog.known.get(("info_consumption", place))
    ends = [one.end_date for one in (known.last_year, known.last_quarter) if one] if known else []
    return next((at for at, one in enumerate(periods) if ends and parse_id(one).end_date <= max(ends)), 0)


def _make(workspace: Workspace, lang: str) -> None:
    state = st.session_state
    try:
        if state["brief-template"] == EMPTY:
            named = str(state.get("brief-name") or "").strip() or text("brief.ui.untitled", lang)
            held.take(Briefing(_free(named), {lang: named}, lang, (Section({}),)))
            return
        made = templates.drafted(state["brief-template"], state["brief-place"], state["brief-period"], workspace, lang)
        held.take(made)
    except XinfoError as error:
        held.fail(str(error))


def _free(named: str) -> str:
    """An id that is not taken, from a title in any script."""
    stem = re.sub(r"[^a-z0-9]+", "-", named.lower()).strip("-")[:50] or "briefing"
    taken = saved.listed(session.store())
    return next(name for at in range(1, len(taken) + 2) if (name := stem if at == 1 else f"{stem}-{at}") not in taken)


def _onward(briefing: Briefing, workspace: Workspace, lang: str) -> None:
    after = templates.following(briefing.period)
    st.button(
        text("brief.ui.next", lang, period=plain(times.name(parse_id(after), lang))),
        icon=":material/next_plan:", type="tertiary", key="brief-next",
        on_click=_carry, args=(briefing, after, workspace),
    )  # fmt: skip


def _carry(briefing: Briefing, period: str, workspace: Workspace) -> None:
    try:
        held.take(templates.carried_on(briefing, period, workspace, templates.name_for(briefing, period)))
    except XinfoError as error:
        held.fail(str(error))


def _left() -> None:
    st.session_state.pop(held.CHOSEN, None)
