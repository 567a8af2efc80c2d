"""Every version of a template: what was done with it, two of them side by side, and one brought back."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import streamlit as st

from xinfo.answer.labels import period, word
from xinfo.ask import Workspace
from xinfo.errors import XinfoError
from xinfo.frozen import Rows, result_of
from xinfo.language.texts import text
from xinfo.stewardship.shelf import Entry, Overtaken
from xinfo.stewardship.trial import heard_too, made
from xinfo.ui import session
from xinfo.ui.frames import frame
from xinfo.ui.plain import plain
from xinfo.ui.templates.desk import SAID, desk, do
from xinfo.understand.catalog import Catalog
from xinfo.understand.say import sentence


@dataclass(frozen=True)
class Face:
    """What people see of a version."""

    sentence: str
    sql: str
    rows: Rows
    reason: str = ""


def table(rows: Rows, catalog: Catalog, lang: str) -> pd.DataFrame:
    """Rows of a result: what each is about in words, and the value in base units."""
    about = [text("list.comma", lang).join(_named(str(part), catalog, lang) for part in row[:-1]) for row in rows]
    values = [f"{row[-1]:,.15g}" if isinstance(row[-1], int | float) else str(row[-1]) for row in rows]
    titles = (text("templates.column.about", lang), text("templates.column.value", lang))
    return pd.DataFrame(list(zip(about, values, strict=True)), columns=list(titles))


def _named(part: str, catalog: Catalog, lang: str) -> str:
    """A place by its name, a time in words; anything else as it is."""
    return word("place", part, catalog, lang) if part in catalog.places else period(part, lang)


def versions(template_id: str, entry: Entry, workspace: Workspace, lang: str) -> None:
    """Draws the record, then two versions side by side."""
    st.header(text("templates.versions", lang), anchor=False)
    if not entry.newest:
        st.caption(text("templates.no_versions", lang))
        return
    rows = [
        {
            text("templates.column.version", lang): deed.version,
            text("templates.column.did", lang): text(f"templates.deed.{deed.did}", lang),
            text("templates.column.who", lang): deed.who,
            text("templates.column.at", lang): deed.at[:16].replace("T", " "),
            text("templates.column.note", lang): deed.note,
        }
        for deed in reversed(entry.deeds)
    ]
    st.dataframe(frame(rows), hide_index=True, width="stretch", height="content")
    numbers = list(range(entry.newest, 0, -1))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        at = min(1, len(numbers) - 1)
        old = st.selectbox(text("templates.compare", lang), numbers, at, key=f"old-{entry.newest}", width=160)
        new = st.selectbox(text("templates.compare_with", lang), numbers, 0, key=f"new-{entry.newest}", width=160)
        if session.may("template") and old != entry.newest:
            st.button(
                text("templates.restore", lang, version=old), icon=":material/restore:", on_click=_restore,
                args=(template_id, old, lang), key="restore",
            )  # fmt: skip
    if old != new:
        _side_by_side(template_id, old, new, workspace.catalog, lang)


def _restore(template_id: str, number: int, lang: str) -> None:
    def work() -> str:
        done = desk().restore(template_id, number)
        if isinstance(done, Overtaken):
            return text("templates.overtaken_now", lang)
        return text("templates.restored", lang, version=number, newest=done.number)

    if do("template", work):
        for name in [name for name in st.session_state if str(name).startswith(f"edit-{template_id}-")]:
            del st.session_state[name]
    st.session_state.setdefault(SAID, ("green", ()))


def _side_by_side(template_id: str, old: int, new: int, catalog: Catalog, lang: str) -> None:
    """Sentence, result and SQL of both, then the lines of the file that differ."""
    shelf = desk().shelf
    texts = [shelf.version(template_id, number).text for number in (old, new)]
    with st.container(key="faces"):
        columns = st.columns(2)
    for column, number, said in zip(columns, (old, new), texts, strict=True):
        with column, st.container(border=True):
            st.markdown(f"**{text('templates.version', lang, version=number)}**")
            face = face_of(template_id, said, lang, *session.figures(), session.edition())
            st.markdown(plain(face.sentence or face.reason))
            if face.rows:
                st.table(table(face.rows, catalog, lang), border="horizontal", hide_index=True)
            elif face.sentence:
                st.caption(plain(face.reason))
            st.code(face.sql, language="sql", wrap_lines=True, height=180)
    lines = difflib.unified_diff(texts[0].splitlines(), texts[1].splitlines(), f"{old}", f"{new}", lineterm="", n=1)
    st.code("\n".join(lines) or "=", language="diff", wrap_lines=True)


@lru_cache(maxsize=32)
def face_of(template_id: str, said: str, lang: str, version: str, published: bool, edition: object) -> Face:
    """What a version says, asks and gives on the figures as they are."""
    shared = session.opened(version, published)
    try:
        template = made(said, session.assets().templates / f"{template_id}.yaml", shared)
        here = heard_too(template, shared)
        asked = sentence(template, template.pinned.slots, here.catalog, lang) if template.pinned else ""
        rows, reason = result_of(asked, lang, here) if asked else ((), "")
    except (XinfoError, KeyError, IndexError) as error:
        return Face("", "", (), str(error))
    return Face(asked or template.title[lang], template.sql.strip(), rows, reason)
