"""The Activity page: what was asked and not answered, and the way from there to a new phrase. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from xinfo.errors import StoreError
from xinfo.language.texts import languages, text
from xinfo.loop import asked
from xinfo.loop.asked import Asked
from xinfo.ui import session
from xinfo.ui.deeds import deeds
from xinfo.ui.frames import frame
from xinfo.ui.plain import plain
from xinfo.ui.reported import reported
from xinfo.ui.teach import taught, teach


def page() -> None:
    """Draws the page: the kept questions, the phrase that may mend one, those taught so far. Raises NotAllowed."""
    session.require("teach")
    lang = session.language()
    st.title(text("activity.title", lang), anchor=False)
    st.markdown(text("activity.intro", lang))
    try:
        kept = asked.listed(session.store())
    except StoreError as error:
        st.error(plain(text("activity.broken_file", lang, reason=str(error))), icon=":material/error:")
        return
    chosen = _kept(kept, lang) if kept else None
    if not kept:
        st.info(text("activity.nothing", lang), icon=":material/task_alt:")
    workspace = session.here()
    teach(workspace, kept, chosen, lang)
    reported(lang)
    taught(workspace, lang)
    deeds(lang)


def _kept(kept: Sequence[Asked], lang: str) -> Asked | None:
    """Figures, filters and table; the question that is selected."""
    with st.container(horizontal=True, gap="medium"):
        for name, value in _figures(kept):
            st.metric(text(f"activity.{name}", lang), value, width="content")
    shown = _filtered(kept, lang)
    chosen = _table(shown, lang)
    if chosen is None:
        st.caption(text("activity.hint", lang))
    elif chosen.reason:
        st.info(plain(text("activity.reason", lang, reason=chosen.reason)), icon=":material/help:")
    return chosen


def _figures(kept: Sequence[Asked]) -> list[tuple[str, int]]:
    unknown = sum(1 for question in kept if question.words)
    return [("questions", len(kept)), ("times", sum(question.times for question in kept)), ("words", unknown)]


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
            names["question"]: st.column_config.TextColumn(width=270),
            names["times"]: st.column_config.NumberColumn(width=60),
        },
    )
    rows = event.selection.rows
    return shown[rows[0]] if rows and rows[0] < len(shown) else None
