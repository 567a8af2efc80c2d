"""What stands before the first question: what may be asked, what the store holds, questions to begin with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache

import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.ask import Workspace
from xinfo.errors import EngineError
from xinfo.language.texts import text, texts
from xinfo.query.inventory import read_extent
from xinfo.ui import conversations, published, session
from xinfo.ui.plain import plain
from xinfo.understand.catalog import CHOSEN

STARTERS = 6


def welcome(lang: str, ask: Callable[[str], None]) -> None:
    """Draws it; `ask` is called with a question that is chosen."""
    st.space("large")
    st.title(text("ui.welcome", lang), anchor=False)
    st.markdown(text("ui.intro", lang))
    with st.container(gap="xsmall", key="held"):
        _held(lang)
    conversations.latest(lang, "go-on")
    st.space("small")
    for i, question in enumerate(starters(*session.figures(), lang)):
        st.button(plain(question), key=f"starter-{i}", on_click=ask, args=(question,))


@lru_cache(maxsize=16)
def starters(version: str, only_published: bool, lang: str) -> tuple[str, ...]:
    """Questions to begin with, each tried on these figures: those of the texts, then the templates' own examples."""
    workspace = session.opened(version, only_published)
    written = [said for key, said in texts(lang).items() if key.startswith("ui.starter.")]
    examples = [
        getattr(example, lang, example.en) for template in workspace.templates for example in template.examples[:1]
    ]
    working: list[str] = []
    for question in written + examples:
        if len(working) < STARTERS and isinstance(workspace.conversation(lang).ask(question, lang), Answer):
            working.append(question)
    return tuple(working)


@lru_cache(maxsize=16)
def held(version: str, only_published: bool, lang: str) -> tuple[str, bool]:
    """What the store holds, in a line, and whether figures are made up among it. Raises EngineError."""
    workspace = session.opened(version, only_published)
    extent = read_extent(workspace.engine)
    said = [_pilots(workspace, lang), text("ui.held.published", lang, n=f"{extent.published:,}")]
    if extent.made_up:
        first, last = extent.made_up
        years = str(first) if first == last else text("ui.held.years", lang, first=first, last=last)
        said.append(text(f"ui.held.{'left_out' if only_published else 'made_up'}", lang, years=years))
    return text("list.semicolon", lang).join(said), extent.made_up is not None


def _pilots(workspace: Workspace, lang: str) -> str:
    catalog = workspace.catalog
    known, all_of_them = len(catalog.pilots()), sum(CHOSEN.values())
    key = "some_pilots" if catalog.is_incomplete_list else "pilots"
    return text(f"ui.held.{key}", lang, n=known, all=all_of_them)


def _held(lang: str) -> None:
    """The line, the way to what it is about, and the switch for what is made up."""
    version, only_published = session.figures()
    said, made_up = "", False
    with suppress(EngineError):
        said, made_up = held(version, only_published, lang)
    if not said:
        return
    st.markdown(f":small[:gray[{plain(said)}]]")
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="held-ways"):
        if page := st.session_state.get("page-data"):
            label = f":small[{text('ui.held.coverage', lang)}]"
            st.page_link(page, label=label, icon=":material/grid_on:", width="content")
        if made_up and not published.for_all(version):
            way, icon = ("bring_in", ":material/add:") if only_published else ("leave_out", ":material/filter_alt:")
            label = f":small[{text(f'ui.held.{way}', lang)}]"
            chosen = (not only_published,)
            st.button(label, key="held-switch", type="tertiary", icon=icon, on_click=published.choose, args=chosen)
