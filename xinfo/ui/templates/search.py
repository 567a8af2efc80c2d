"""Finding templates in the library: by words, topic, tag and whose they are, in the order that is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import streamlit as st

from xinfo.ask import Workspace
from xinfo.language.texts import text
from xinfo.ui import asking, session
from xinfo.ui.templates.desk import entries, is_own, known
from xinfo.understand.coverage import fitting
from xinfo.understand.template import Template

KINDS = ("all", "mine", "reviewed", "drafts", "shipped")
LONGEST = 200
"""Characters of what is looked for."""
SORTS = ("kind", "name", "use", "newest")
TOPICS: Mapping[str, frozenset[str]] = {
    "place": frozenset(["place"]),
    "comparison": frozenset("places two_scopes over_place difference multiple excess two_metrics".split()),
    "ranking": frozenset("order position extremes".split()),
    "condition": frozenset("threshold bounds than passing quantifier".split()),
    "time": frozenset("grain periods ask_period".split()),
    "total": frozenset("scope total average median distribution over_group over_two".split()),
    "parts": frozenset("over_part parts".split()),
    "target": frozenset("implied pace required no_target".split()),
    "pilots": frozenset("is_pilot near where_is ask_place".split()),
    "projects": frozenset(["projects"]),
    "programme": frozenset("fact definition".split()),
}
"""Each with the signs that a question of it has one of."""


def search(workspace: Workspace, counted: Counter[str], lang: str) -> list[Template]:
    """Draws the fields; what is found by them. A question finds first what answers it."""
    every = known(workspace)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="library-search"):
        words = st.text_input(
            text("templates.search", lang), key="templates-search", type="search", live=True,
            placeholder=text("templates.search_hint", lang), width=460, max_chars=LONGEST,
        )  # fmt: skip
        kind = _kind(lang) if any(map(is_own, every)) else "all"
        order = st.selectbox(
            text("templates.sort", lang), SORTS, format_func=lambda name: text(f"templates.sort_by.{name}", lang),
            key="templates-sort", width=160,
        )  # fmt: skip
    of_kind = [template for template in every if _is_kind(template, kind)]
    chosen = _topics(of_kind, lang)
    heard = fitting.fit(words, workspace.reader).templates if words.strip() else ()
    found = [
        t for t in of_kind if (not chosen or chosen & _topics_of(t)) and (t.template_id in heard or holds(t, words))
    ]
    if heard and found:
        _ask(words, lang)
    return sorted(found, key=lambda t: (t.template_id not in heard, *_rank(t, order, counted, lang)))


def _kind(lang: str) -> str:
    kind: str = st.segmented_control(
        text("templates.show", lang),
        KINDS,
        default="all",
        key="templates-kind",
        required=True,
        format_func=lambda name: text(f"templates.kind.{name}", lang),
    )
    return kind


def _topics(templates: Iterable[Template], lang: str) -> set[str]:
    """The topics and tags that are chosen among those there are."""
    there = set().union(*map(_topics_of, templates))
    offered = [*(name for name in TOPICS if name in there), *sorted(there - set(TOPICS))]
    chosen = st.pills(
        text("templates.topic", lang), offered, selection_mode="multi", key="templates-tags",
        format_func=lambda name: text(f"templates.topics.{name}", lang) if name in TOPICS else name,
        label_visibility="collapsed",
    )  # fmt: skip
    return set(chosen)


def _topics_of(template: Template) -> set[str]:
    return {topic for topic, signs in TOPICS.items() if signs & template.needs} | set(template.card.tags)


def nothing(lang: str) -> None:
    """Nothing was found: all of them again, or the same words as a question."""
    words = str(st.session_state.get("templates-search") or "").strip()
    st.info(text("templates.none", lang), icon=":material/search_off:")
    with st.container(horizontal=True, gap="small"):
        st.button(text("templates.show_all", lang), icon=":material/close:", key="templates-all", on_click=_show_all)
        if words:
            _ask(words, lang)


def _ask(words: str, lang: str) -> None:
    """What was typed is a question by itself."""
    if st.button(text("templates.ask", lang), icon=":material/forum:", key="templates-ask"):
        asking.begin(session.dialogue(), words)
        st.switch_page(st.session_state["page-ask"])


def _show_all() -> None:
    st.session_state.update({"templates-search": "", "templates-tags": []})
    if "templates-kind" in st.session_state:
        st.session_state["templates-kind"] = "all"


def _is_kind(template: Template, kind: str) -> bool:
    entry = entries().get(template.template_id)
    return {
        "all": True,
        "mine": is_own(template) and (entry.author if entry else template.card.author) == session.who(),
        "reviewed": bool(is_own(template) and entry and entry.reviewer and entry.state == "published"),
        "drafts": bool(is_own(template) and entry and entry.state in ("draft", "in_review")),
        "shipped": not is_own(template),
    }[kind]


def holds(template: Template, words: str) -> bool:
    """Whether every word stands in what the template is called, called by and described by, or in its examples."""
    phrases = [phrase for said in template.phrases.values() for phrase in said]
    card, examples = template.card, [said for one in template.examples for said in (one.en, one.zh)]
    named = [template.template_id, *template.title.values(), *card.description.values(), *card.tags]
    about = " ".join([*named, *phrases, *examples]).casefold()
    return all(word in about for word in words.casefold().split())


def _rank(template: Template, order: str, counted: Counter[str], lang: str) -> tuple[object, ...]:
    """One's own first, then as chosen; by kind the plainest of each first."""
    entry = entries().get(template.template_id)
    if order == "use":
        return (-counted[template.template_id], template.title[lang])
    newest = entry.deeds[-1].at if entry and entry.deeds else ""
    by_time = tuple(-ord(character) for character in newest) if order == "newest" else ()
    kind = (_place_of(template), len(template.needs)) if order == "kind" else ()
    return (not is_own(template), not by_time, by_time, kind, template.title[lang])


def _place_of(template: Template) -> int:
    """Of the topic that says most of it: the last that it has, as one place is many a question's."""
    return max((at for at, signs in enumerate(TOPICS.values()) if signs & template.needs), default=0)
