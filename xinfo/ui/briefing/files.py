"""The preview of a briefing as it will read, and its files, written with progress in the language that is chosen."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import streamlit as st

from xinfo.ask import Workspace
from xinfo.briefing.check.kept import keep
from xinfo.briefing.document import Document, Paragraph, Table
from xinfo.briefing.files import KINDS, render
from xinfo.briefing.files.every import every, zipped
from xinfo.briefing.fill import fill
from xinfo.briefing.gate import stops
from xinfo.briefing.layout import Chapter, Shown, laid_out
from xinfo.briefing.model import Briefing
from xinfo.briefing.names import file_name
from xinfo.briefing.saved import folder, written
from xinfo.errors import XinfoError
from xinfo.language.texts import languages, text
from xinfo.language.unbroken import JOINER
from xinfo.query.failure import in_words
from xinfo.shares import QUESTIONS
from xinfo.ui import session
from xinfo.ui.briefing import held
from xinfo.ui.chart import on_page
from xinfo.ui.plain import bold, plain
from xinfo.ui.upload import uploader

NUMBER = re.compile(r"-?\d[\d,]*(\.\d+)?")
FILLED, MADE = "brief-filled", "brief-made"
EVERY = "zip"
"""Every format at once."""


def files(briefing: Briefing, workspace: Workspace, lang: str) -> None:
    """Draws the tab."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.radio(
            text("ui.language", lang), languages(), horizontal=True, key="brief-lang",
            index=languages().index(briefing.lang), format_func=lambda code: text("ui.own_name", code),
        )  # fmt: skip
        kind = st.selectbox(
            text("brief.ui.format", lang), (*KINDS, EVERY), key="brief-format",
            format_func=lambda one: text("brief.ui.every", lang) if one == EVERY else one.upper(),
        )  # fmt: skip
    house = None
    if kind in ("pptx", EVERY):
        house = uploader(text("brief.ui.house", lang), lang, type="pptx", key="brief-house")
    try:
        document = filled(briefing, workspace, chosen, lang)
    except XinfoError as error:
        st.error(plain(in_words(error, lang)), icon=":material/error:")
        return
    for why in stops(document):
        st.warning(plain(why[:1].upper() + why[1:]), icon=":material/warning:")
    if session.may("export"):
        _download(document, kind, house.getvalue() if house else None, workspace, lang)
    preview(document)


def filled(briefing: Briefing, workspace: Workspace, chosen: str, lang: str) -> Document:
    """The document, filled anew only where the briefing, its language or the figures are others."""
    of = (written(briefing), chosen, workspace.meta.get("fingerprint"), workspace.published_only)
    known = st.session_state.get(FILLED)
    if known and known[0] == of:
        document: Document = known[1]
        return document
    with _progress(text("brief.ui.filling", lang)) as step, QUESTIONS.turn():
        document = fill(briefing, workspace, chosen, made=session.now(), author=session.who(), progress=step)
    st.session_state[FILLED] = (of, document)
    st.session_state.pop(MADE, None)
    return document


class _progress:
    """A bar that tells how far work is, gone when it is done."""

    def __init__(self, label: str):
        self._label, self._bar = label, st.empty()

    def __enter__(self) -> Callable[[str, float], None]:
        return lambda what, part: self._tell(what, part)

    def __exit__(self, *_: object) -> None:
        self._bar.empty()

    def _tell(self, what: str, part: float) -> None:
        self._bar.progress(min(max(part, 0.0), 1.0), text=f"{self._label} {plain(what)}")


def _download(document: Document, kind: str, house: bytes | None, workspace: Workspace, lang: str) -> None:
    """Writes the file when it is asked for; then it can be taken."""
    of = (kind, house, document)
    named = text("brief.ui.every", lang) if kind == EVERY else kind.upper()
    if st.button(text("brief.ui.write", lang, kind=named), type="primary", key="brief-write",
                 icon=":material/picture_as_pdf:" if kind == "pdf" else ":material/draft:"):  # fmt: skip
        with _progress(text("brief.ui.writing", lang)) as step:
            try:
                st.session_state[MADE] = (of, _rendered(document, kind, house, workspace, step))
            except XinfoError as error:
                held.fail(in_words(error, lang))
                st.rerun()
    made = st.session_state.get(MADE)
    if made and made[0] == of:
        name = file_name(document, kind, places_of(document, workspace)(document.lang))
        st.download_button(
            text("brief.ui.take", lang, name=plain(name)), data=made[1], file_name=name, key="brief-take",
            mime=KINDS.get(kind, "application/zip"),
            icon=":material/download:", on_click=session.noting("export", file=kind, briefing=document.briefing),
        )  # fmt: skip


def places_of(document: Document, workspace: Workspace) -> Callable[[str], str]:
    """The name of a document's place in a language; empty where it is about none."""
    place = workspace.catalog.places.get(document.place)
    return lambda lang: place.name(lang) if place else ""


def _rendered(
    document: Document, kind: str, house: bytes | None, workspace: Workspace, step: Callable[[str, float], None]
) -> bytes:
    """The file, or all of them in a ZIP; what they say is kept beside the store."""
    kept = partial(keep, folder(session.store()))
    with TemporaryDirectory() as within:
        path = Path(within) / "house.pptx" if house else None
        if path and house:
            path.write_bytes(house)
        if kind == EVERY:
            return zipped(every([document], places_of(document, workspace), step, path), kept)
        content = render(document, kind, house=path, step=step)
    kept(content, kind)
    return content


def preview(document: Document) -> None:
    """The document as it reads, from top to end."""
    layout = laid_out(document)
    with st.container(border=True, key="brief-preview"):
        if layout.mark:
            st.badge(layout.mark, icon=":material/science:", color="orange")
        st.header(plain(document.title), anchor=False)
        st.caption(plain(f"{layout.state} · {layout.head}"))
        for said in document.disagreements:
            st.error(plain(said))
        for chapter in layout.chapters:
            st.subheader(plain(chapter.title), anchor=False)
            _chapter(chapter)
        for signed, said in layout.signatures:
            (st.error if signed.void else st.markdown)(plain(said))
        st.subheader(plain(layout.enclosed or layout.annex), anchor=False, divider="gray")
        for chapter in layout.back:
            st.markdown(f"#### {plain(chapter.title)}")
            _chapter(chapter)


def _chapter(chapter: Chapter) -> None:
    for at, element in enumerate(chapter.elements):
        if isinstance(element, Paragraph):
            _line(element)
        else:
            _shown(element, f"brief-chart-{element.exhibit.id}-{at}")


def _line(line: Paragraph) -> None:
    """Figures stand out from the text around them."""
    said = "".join(bold(run.text) if run.figure else _spaced(run.text) for run in line.runs)
    if line.kind == "caution":
        st.caption(said)
    elif line.kind == "note":
        st.info(said)
    else:
        st.markdown(f"- {said}" if line.kind == "item" else said)


def _spaced(said: str) -> str:
    """`plain`, keeping a blank at either end."""
    before, after = (" " if said[:1].isspace() else ""), (" " if said[-1:].isspace() and said.strip() else "")
    return f"{before}{plain(said)}{after}"


def _shown(shown: Shown, key: str) -> None:
    exhibit = shown.exhibit
    if exhibit.chart:
        theme = st.context.theme.type or "light"
        drawn = on_page(exhibit.chart.spec, theme)
        st.vega_lite_chart(spec=drawn, theme=None, width="stretch", key=key, alt=exhibit.message)
    if exhibit.table:
        _table(exhibit.table)
    for said in shown.below:
        st.caption(plain(said))


def _table(table: Table) -> None:
    """The table as the files have it; figures are numbers for Streamlit, which puts them at the right."""
    # Columns of one title are told apart by what nobody sees.
    named = [plain(title) for title in table.columns]
    titles = [title + JOINER * named[:at].count(title) for at, title in enumerate(named)]
    cells = {title: [row[at].text for row in table.rows] for at, title in enumerate(titles)}
    places = {title: max(len(said.partition(".")[2]) for said in column) for title, column in cells.items()}
    formats = {
        title: f"{{:,.{places[title]}f}}"
        for (title, column), numeric in zip(cells.items(), table.numeric, strict=True)
        if numeric and all(map(NUMBER.fullmatch, column))
    }
    rows = pd.DataFrame(
        {
            title: [float(said.replace(",", "")) if title in formats else plain(said) for said in column]
            for title, column in cells.items()
        }
    )
    st.table(rows.style.format(formats), border="horizontal", hide_index=True)
