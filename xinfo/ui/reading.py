"""How a question was understood, as Markdown: the doubtful words of the question, what changed in the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xinfo.ui.plain import marked
from xinfo.understand.catalog import Catalog
from xinfo.understand.reading import Heard, Reading
from xinfo.understand.say import phrases

DOUBTS = {"corrected": ":orange[**{}**]", "unknown": ":red[**{}**]"}
"""Kinds of heard words that are marked, and how."""
CHANGED = ":primary-background[{}]"

SAID_BY = {
    "places": ("places",),
    "scope": ("scope", "places"),
    "other": ("places",),
    "periods": ("when",),
    "metric": ("metric",),
    "measure": ("figure",),
    "consumer": ("parts", "metric"),
    "offering": ("parts", "metric"),
    "sector": ("parts", "metric"),
    "order": ("order", "rank"),
    "content_area": ("projects",),
    "level": ("projects",),
    "project_status": ("projects",),
    "dated": ("projects",),
    "fact": ("fact_question",),
}
"""The phrases of the sentence that say a slot, the closest first; for other slots the phrase of the same name."""


def question(typed: str, heard: Iterable[Heard]) -> str:
    """The question as it was typed, words that were corrected or not understood in colour."""
    return marked(typed, [(word.start, word.end, DOUBTS[word.kind]) for word in heard if word.kind in DOUBTS])


def sentence(reading: Reading, catalog: Catalog) -> str:
    """The canonical sentence; what a follow-up changed stands on a coloured ground."""
    return marked(reading.sentence, [(*span, CHANGED) for span in changed_spans(reading, catalog)])


def changed_spans(reading: Reading, catalog: Catalog) -> list[tuple[int, int]]:
    """Where the sentence says the changed slots: (start, end) each, none inside another."""
    said = phrases(reading.slots, catalog, reading.lang)
    filled = reading.slots.filled()
    spans = set()
    for slot in reading.changed & filled.keys():
        found = (_where(said.get(name, ""), reading.sentence) for name in SAID_BY.get(slot, (slot,)))
        spans.add(next((span for span in found if span), (0, 0)))
    ordered = sorted(spans, key=lambda span: (span[0], -span[1]))
    return [span for i, span in enumerate(ordered) if not any(span[1] <= other[1] for other in ordered[:i])]


def _where(phrase: str, sentence: str) -> tuple[int, int] | None:
    """Where the sentence has the phrase as whole words."""
    inside = r"[A-Za-z0-9]"
    found = re.search(rf"(?<!{inside}){re.escape(phrase)}(?!{inside})", sentence, re.IGNORECASE) if phrase else None
    return found.span() if found else None
