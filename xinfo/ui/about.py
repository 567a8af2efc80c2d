"""What is shown for a place or a figure that was named alone, and for who asks what can be asked: a page in a card."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from xinfo.answer.labels import word
from xinfo.language.texts import text
from xinfo.ui.dialogue import Dialogue
from xinfo.ui.plain import plain
from xinfo.understand.catalog import Catalog
from xinfo.understand.reading import Subject
from xinfo.understand.say_places import place_name
from xinfo.understand.suggest import Coverage
from xinfo.understand.suggest.about import about

TOLD = frozenset(["figures", "targets", "projects"])
"""Topics of which the answers are shown, and not the questions alone."""


def page(
    number: int, subject: Subject, dialogue: Dialogue, lang: str, coverage: Coverage, ask: Callable[[str], None]
) -> None:
    """What is known of the subject of turn `number`, by topic; each line asks the question that it answers."""
    catalog = dialogue.workspace.catalog
    st.subheader(plain(_title(subject, catalog, lang)), anchor=False)
    if said := _described(subject, catalog, lang):
        st.markdown(f":small[:gray[{plain(said)}]]")
    if subject.kind == "place" and catalog.places[subject.id].confidence == "low":
        doubt = text("caveat.low_confidence", lang, names=place_name(subject.id, catalog, lang))
        st.markdown(f":small[:orange[:material/warning:] {plain(doubt)}]")
    for topic, questions in about(subject, dialogue.workspace.reader, coverage, lang).items():
        told = topic in TOLD and subject.kind != "help"
        lines = {question: dialogue.told(question, lang) if told else question for question in questions}
        _topic(f"about-{number}-{topic}", topic, {q: line for q, line in lines.items() if line}, lang, ask)


def _topic(key: str, topic: str, lines: dict[str, str], lang: str, ask: Callable[[str], None]) -> None:
    if not lines:
        return
    with st.container(gap="xsmall", key=key):
        st.markdown(f"**{text(f'about.topic.{topic}', lang)}**")
        for i, (question, line) in enumerate(lines.items()):
            kind: Literal["tertiary", "secondary"] = "secondary" if line == question else "tertiary"
            st.button(plain(line), key=f"{key}-{i}", type=kind, on_click=ask, args=(question,))


def _title(subject: Subject, catalog: Catalog, lang: str) -> str:
    if subject.kind == "help":
        return text("about.help", lang)
    name = word(subject.kind, subject.id, catalog, lang)
    return name[:1].upper() + name[1:]


def _described(subject: Subject, catalog: Catalog, lang: str) -> str:
    """What kind of place it is, where it lies, and which batch of pilots it was of."""
    if subject.kind != "place":
        return ""
    place = catalog.places[subject.id]
    said = [place.admin_type if lang == "en" else word("admin_type", place.admin_type, catalog, lang)]
    if place.admin_type not in ("country", "province", "municipality") and place.province_en:
        said.append(word("province", place.province_en, catalog, lang))
    if place.region:
        said.append(text(f"region_name.{place.region}", lang))
    if place.batch and place.confidence != "low":
        said.append(text("about.batch", lang, batch=word("batch", place.batch, catalog, lang)))
    return " · ".join(said)
