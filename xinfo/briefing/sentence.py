"""What a computed sentence is, and the slots that all of them start from. Says nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from xinfo.ask import Workspace
from xinfo.briefing.asking import Found, Missing, find, reading_of
from xinfo.understand.reading import Reading, Slots


@dataclass(frozen=True)
class Made:
    """A number that is said and made of two others, each the suffix of an answer or the name of one made before."""

    name: str
    kind: str
    """How: a key of `made.MADE_OF`, or ELAPSED."""
    one: str
    two: str
    unit: str | None
    written: str


@dataclass(frozen=True)
class Sentence:
    """One sentence with the answers that its figures are of, by the suffix of their ids."""

    kind: str
    text: str
    found: Mapping[str, Found]
    made: tuple[Made, ...] = ()
    finding: str = ""
    """What it comes to in a few words without a number: for titles."""
    rounded: Mapping[str, str] = field(default_factory=dict)
    """How the numbers of answers are written that are rounded otherwise than all others."""
    chosen_by: Found | None = None
    """By what the places were chosen that it is about, of all that could be."""
    left_out: tuple[str, ...] = ()
    """Places that it would be about, had they the figures."""
    course: Found | None = None
    """The quarters that it rests on, of which it says what they come to."""


Said = Sentence | Missing


def plain(reading: Reading) -> Slots:
    """The figure itself, whatever was asked about it."""
    slots = reading.slots
    return Slots(
        metric=slots.metric, consumer=slots.consumer, offering=slots.offering, sector=slots.sector,
        places=slots.places, periods=slots.periods,
    )  # fmt: skip


def ranked_by(found: Found) -> Slots:
    """What places are ranked by."""
    slots = found.reading.slots
    return plain(found.reading).but(places=(), measure=slots.measure, scope=slots.scope)


def value_of(found: Found) -> float:
    """The number of an answer of one row."""
    return float(found.answer.rows[0]["value"])


def joined(one: str, two: str, lang: str) -> str:
    """Two sentences, one of which may be none."""
    return f"{one} {two}".strip() if lang == "en" else one + two


def figure(slots: Slots, reading: Reading, workspace: Workspace, template: str = "value") -> Found | None:
    """An answer that a sentence can do without."""
    found = find(reading_of(template, slots, workspace, reading.lang), workspace)
    return found if isinstance(found, Found) else None


def one_method(*found: Found) -> bool:
    """Whether all figures were compiled alike, apart from targets."""
    rests = [rest for one in found for rest in one.all_rests if rest.cell.role != "target"]
    return len({rest.method for rest in rests}) <= 1


def answered(kind: str, template: str, slots: Slots, reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """The answer's own sentence."""
    found = find(reading_of(template, slots, workspace, reading.lang), workspace)
    yield found if isinstance(found, Missing) else Sentence(kind, found.answer.headline, {"": found})
