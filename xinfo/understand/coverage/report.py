"""What a check of all templates finds, as values: a row for each template, collisions, dead cues, complaints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class TemplateRow:
    """One template in numbers."""

    template_id: str
    path: str
    examples: int
    """Questions among its examples, those of both languages counted."""
    skipped: int
    """Of them, those that could not be tried because the store has not the places or metrics they name."""
    sampled: int
    """Canonical sentences that were said and read back."""
    meanings: int
    """At most this many different questions: every combination of the values of its slots, with none or one of the
    further things it takes; also combinations that the data has not."""
    sentences: Mapping[str, int]
    """By language, at most this many ways to put them: a phrase of the vocabulary for each slot and cue, in one order,
    without filler; numbers and periods in one wording each."""


@dataclass(frozen=True)
class Collision:
    """A sentence of one template that fits another as well, or instead."""

    sentence: str
    lang: str
    template_id: str
    """Whose sentence it is."""
    fits: tuple[str, ...]
    """Ids of all templates that it fits."""

    def __str__(self) -> str:
        return f"{self.template_id}: “{self.sentence}” fits {' and '.join(self.fits)}"


@dataclass(frozen=True)
class DeadCue:
    """Words of the vocabulary, or a sign of templates, that never lead anywhere."""

    kind: str
    """cue, metric, fact or sign."""
    name: str
    phrases: int
    """How many phrases of the vocabulary it concerns; 0 for a sign."""
    why: str

    def __str__(self) -> str:
        return f"{self.kind} '{self.name}': {self.why}"


@dataclass(frozen=True)
class CoverageReport:
    """All of it. Dead cues are worth knowing and do no harm; anything else that is found is a failure."""

    rows: tuple[TemplateRow, ...]
    collisions: tuple[Collision, ...]
    dead_cues: tuple[DeadCue, ...]
    complaints: tuple[str, ...]
    """What is wrong with a template, its path in front: an example that is missing or misread, SQL that is refused."""

    @property
    def passed(self) -> bool:
        return not self.collisions and not self.complaints
