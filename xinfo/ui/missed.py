"""Questions that had no answer, on the Activity page: why, and what can be done about the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from xinfo.errors import XinfoError
from xinfo.language.texts import languages, text
from xinfo.loop import asked
from xinfo.loop.asked import Asked
from xinfo.ui import asking, session
from xinfo.ui.data import tabs
from xinfo.ui.frames import frame
from xinfo.ui.plain import plain


def missed(kept: Sequence[Asked], lang: str) -> Asked | None:
    """Filters, table and deeds; the question that is selected."""
    st.header(text("activity.missed", lang), anchor=False)
    if not kept:
        st.info(text("activity.nothing", lang), icon=":material/task_alt:")
        return None
    chosen = _table(_filtered(kept, lang), lang)
    if chosen is None:
        st.caption(text("activity.hint", lang))
    else:
        _todo(chosen, lang)
    return chosen


def _todo(chosen: Asked, lang: str) -> None:
    """Why it had no answer, and what follows from that."""
    with st.container(border=True, gap="small", key="missed-chosen"):
        st.markdown(f"**{plain(chosen.question)}**")
        if chosen.reason:
            st.markdown(plain(text("activity.reason", lang, reason=chosen.reason)))
        st.markdown(f":small[:gray[{text(f'activity.todo.{chosen.kind}', lang)}]]")
        with st.container(horizontal=True, gap="small"):
            if chosen.kind == "no_data":
                for tab, icon in (("load", ":material/upload:"), ("coverage", ":material/grid_on:")):
                    _to_data(tab, icon, lang)
            if st.button(text("activity.again", lang), icon=":material/replay:", key="missed-again"):
                asking.begin(session.dialogue(), chosen.question)
                st.switch_page(st.session_state["page-ask"])
            st.button(
                text("activity.drop", lang), icon=":material/playlist_remove:", type="tertiary", key="missed-drop",
                on_click=_drop, args=(chosen,),
            )  # fmt: skip


def _to_data(tab: str, icon: str, lang: str) -> None:
    if tab == "load" and not session.may("load"):
        return
    if st.button(text(f"activity.to.{tab}", lang), icon=icon, key=f"missed-{tab}"):
        tabs.show(tab, lang)
        st.switch_page(st.session_state["page-data"])


def _drop(chosen: Asked) -> None:
    """Takes the question out of the list: it is not worth keeping."""
    try:
        session.require("teach")
        asked.forget(session.store(), [chosen])
    except XinfoError as error:
        st.session_state["activity-said"] = ("red", str(error))


def _filtered(kept: Sequence[Asked], lang: str) -> list[Asked]:
    """The kept questions that the filters let through, with the button that saves them."""
    there = [kind for kind in asked.KINDS if any(question.kind == kind for question in kept)]
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        kind = st.pills(
            text("activity.by_kind", lang),
            there,
            format_func=lambda name: text(f"activity.why.{name}", lang),
            key="activity-kind",
        )
        tongue = st.pills(
            text("activity.by_language", lang),
            languages(),
            format_func=lambda code: text("ui.own_name", code),
            key="activity-lang",
        )
        shown = [q for q in kept if kind in (None, q.kind) and tongue in (None, q.lang)]
        st.download_button(
            text("activity.download", lang),
            asked.to_csv(shown),
            "asked.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
    return shown


def _table(shown: Sequence[Asked], lang: str) -> Asked | None:
    names = {name: text(f"activity.column.{name}", lang) for name in ("question", "times", "why", "words", "last")}
    table = frame(
        {
            names["question"]: [question.question for question in shown],
            names["times"]: [question.times for question in shown],
            names["why"]: [text(f"activity.why.{question.kind}", lang) for question in shown],
            names["words"]: [text("list.comma", lang).join(question.words) for question in shown],
            names["last"]: [question.last_asked[:10] for question in shown],
        }
    )
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"activity-table-{len(shown)}-{shown[0].question if shown else ''}",  # another list has nothing selected
        height="content" if len(shown) < 10 else 388,
        column_config={
            names["question"]: st.column_config.TextColumn(width="large"),
            names["times"]: st.column_config.NumberColumn(width=60),
        },
    )
    rows = event.selection.rows
    return shown[rows[0]] if rows and rows[0] < len(shown) else None
