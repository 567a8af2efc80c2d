"""What stands before the first question: what may be asked, what the store holds, questions to begin with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from operator import itemgetter

import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.answer.labels import period
from xinfo.ask import Workspace
from xinfo.errors import EngineError
from xinfo.language.texts import listing, text, texts
from xinfo.query.inventory import read_extent
from xinfo.store.periods import Period
from xinfo.ui import conversations, published, session
from xinfo.ui.plain import plain
from xinfo.understand.catalog import CHOSEN, Catalog
from xinfo.understand.say_places import kind_name

STARTERS = 6


def welcome(lang: str, ask: Callable[[str], None]) -> None:
    """Draws it; `ask` is called with a question that is chosen."""
    st.space("large")
    st.title(text("ui.welcome", lang), anchor=False)
    st.markdown(_intro(session.opened(*session.figures()), lang))
    with st.container(gap="xsmall", key="held"):
        _held(lang)
    conversations.latest(lang, "go-on")
    st.space("small")
    told = False
    for i, (question, made_up) in enumerate(starters(*session.figures(), lang)):
        if made_up and not told:
            told = True
            st.markdown(f":small[:orange[:material/science: {text('ui.starters_made_up', lang)}]]")
        st.button(plain(question), key=f"starter-{i}", on_click=ask, args=(question,))


@lru_cache(maxsize=16)
def starters(version: str, only_published: bool, lang: str) -> tuple[tuple[str, bool], ...]:
    """Questions to begin with, each tried on these figures: of the texts, then the templates' own examples.

    Each with whether its answer uses what is made up; those that use none come first.
    """
    workspace = session.opened(version, only_published)
    own = own_starters(workspace.catalog, lang) if workspace.catalog.own else ()
    written = [*own] or [said for key, said in texts(lang).items() if key.startswith("ui.starter.")]
    examples = [
        getattr(example, lang, example.en) for template in workspace.templates for example in template.examples[:1]
    ]
    working: dict[str, bool] = {}
    for question in written + examples:
        answer = workspace.conversation(lang).ask(question, lang) if len(working) < STARTERS else None
        if isinstance(answer, Answer):
            working[answer.reading.sentence if own else question] = "illustrative" in answer.statuses
    return tuple(sorted(working.items(), key=itemgetter(1)))


def own_starters(catalog: Catalog, lang: str) -> Iterator[str]:
    """Questions of each kind about figures that are not the pilots', with their own metrics, places and years."""
    forms = [said for key, said in texts(lang).items() if key.startswith("ui.own_starter.")]
    kinds = Counter(catalog.places[place].admin_type for place in catalog.pilots())
    if not kinds:
        return
    kind = min(kinds, key=lambda one: (-kinds[one], one))
    several = [place for place in catalog.pilots() if catalog.places[place].admin_type == kind]
    whole = next((p.place_id for p in catalog.places.values() if p.admin_type == "country"), several[0])
    metrics = [one for one in catalog.metrics if catalog.stretch(one, several, "year")]
    for at, form in enumerate(forms if metrics else ()):
        metric = metrics[at % len(metrics)]
        first, last = catalog.stretch(metric, several, "year") or (Period(1), Period(1))
        names = (catalog.places[place].name(lang) for place in (whole, several[0], several[-1]))
        said = dict(zip(("whole", "a", "b"), names, strict=True), metric=catalog.metrics[metric].label(lang))
        yield form.format(**said, kinds=kind_name(kind, catalog, lang), first=first.year, last=last.year)


def store_name(catalog: Catalog, meta: Mapping[str, str], lang: str) -> str:
    """What the figures are called in a language, where their programme says so; else what the store is called."""
    said = catalog.own.name if catalog.own else {}
    return said.get(lang) or next(iter(said.values()), meta.get("name", ""))


def _intro(workspace: Workspace, lang: str) -> str:
    """What may be asked about: the pilots' figures, or those that the store's own programme names, with their years."""
    catalog, meta = workspace.catalog, workspace.meta
    if catalog.own is None:
        return text("ui.intro", lang)
    name = store_name(catalog, meta, lang)
    first, last = (plain(period(meta.get(key, ""), lang)) for key in ("data_from", "data_to"))
    return text("ui.own_intro", lang, name=plain(name), first=first, last=last)


@lru_cache(maxsize=16)
def held(version: str, only_published: bool, lang: str) -> tuple[str, bool]:
    """What the store holds, in a line, and whether figures are made up among it. Raises EngineError."""
    workspace = session.opened(version, only_published)
    extent = read_extent(workspace.engine)
    said = [_pilots(workspace, lang), text("ui.held.published", lang, n=f"{extent.published:,}")]
    if extent.made_up:
        first, last = extent.made_up
        years = str(first) if first == last else text("ui.held.years", lang, first=first, last=last)
        key = "left_out" if only_published else "made_up"
        said.append(text(f"ui.held.{key}", lang, n=f"{extent.invented:,}", years=years))
    return text("list.semicolon", lang).join(said), extent.made_up is not None


def _pilots(workspace: Workspace, lang: str) -> str:
    catalog = workspace.catalog
    if catalog.own:
        kinds = Counter(catalog.places[place].admin_type for place in catalog.pilots())
        said = {kind: kind_name(kind, catalog, lang, "one" if n == 1 else "many") for kind, n in kinds.items()}
        return listing([text("ui.held.kind", lang, n=f"{n:,}", kind=said[kind]) for kind, n in kinds.items()], lang)
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
