"""Questions to click where one was not understood: what was heard, completed and said as canonical sentences.

`heard` takes a reader's attempt to the ways it may be meant, `arrange` adds how its places may belong together, `build`
finds the templates that can say it, `fill` completes them, `nearest` orders them. Whether a choice gives an answer is
for the caller to try.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xinfo.understand.catalog import Catalog
from xinfo.understand.choices.arrange import arranged
from xinfo.understand.choices.build import Candidate, candidates
from xinfo.understand.choices.fill import Fill
from xinfo.understand.choices.nearest import likeness
from xinfo.understand.choices.partial import Partial, barest
from xinfo.understand.dialogue import RATES
from xinfo.understand.reading import Slots
from xinfo.understand.say import as_actual, sentence
from xinfo.understand.template import Template

__all__ = ["Partial", "offered"]

SAID, TRIED = 12, 8
"""How many of the nearest questions are said in words, and how many of those are returned."""
FURTHER = 3.0
"""How much further from what was said a choice may be than the nearest."""
HIGHEST_RATE = 100.0
"""A bar above ten thousand per cent is none of a rate."""


def offered(
    question: str,
    heard: Iterable[Partial],
    templates: Sequence[Template],
    catalog: Catalog,
    metrics: tuple[str, ...],
    lang: str,
) -> tuple[str, ...]:
    """Canonical questions nearest to what was asked, nearest first; `metrics` are those its words may mean."""
    heard, fill = list(heard), Fill(catalog, metrics)
    found = _nearest(heard, templates, fill) or _nearest(map(barest, heard), templates, fill)
    said: dict[str, float] = {}
    for candidate in found[:SAID]:
        words = sentence(candidate.template, candidate.slots, catalog, lang)
        aimed_at = candidate.in_place and candidate.slots.metric  # What projects are is never a target.
        words = as_actual(words, lang) if aimed_at else words
        said.setdefault(words, candidate.distance - likeness(question, words))
    return tuple(sorted(said, key=said.__getitem__))[:TRIED]


def _nearest(heard: Iterable[Partial], templates: Sequence[Template], fill: Fill) -> list[Candidate]:
    """Candidates that are about as near as the nearest, nearest first; one for each meaning."""
    nearest: dict[tuple[str, Slots], Candidate] = {}
    within = float("inf")
    ways = sorted((way for one in heard for way in arranged(one, fill.catalog)), key=lambda way: way.doubt)
    for partial in ways:
        for candidate in candidates(partial, templates, fill, within):
            if not _whole(candidate.slots):
                continue
            within = min(within, candidate.distance + FURTHER)
            meaning = candidate.template.template_id, candidate.slots
            if meaning not in nearest or candidate.distance < nearest[meaning].distance:
                nearest[meaning] = candidate
    found = sorted(nearest.values(), key=lambda candidate: candidate.distance)
    return [candidate for candidate in found if candidate.distance <= within]


def _whole(slots: Slots) -> bool:
    """Whether a question says what it holds figures against: an earlier time, a rate, what members are chosen by."""
    two = slots.ends or slots.bar == "before"
    if slots.dated and not slots.periods:
        return False
    if slots.measure in RATES and (slots.threshold or 0) > HIGHEST_RATE:
        return False  # That was an amount.
    inner = slots.chosen is None or (slots.chosen.metric is not None and _whole(slots.chosen))
    return (not two or len(slots.periods) > 1) and inner
