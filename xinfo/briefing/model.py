"""A briefing as people compose it: sections of questions, accounts, text and notes. Holds no figure: see `document`.

Words may be given in one language or in both; a figure inside a text is a question in double brackets, `[[…]]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

Words = Mapping[str, str]
"""A text by language."""
SHOWN = ("sentence", "chart", "table")
SENTENCES = (
    *("level", "change", "contributor", "rank", "among", "comparable", "target", "progress", "gap", "needed"),
    *("projected", "required", "peers"),
)
"""What an account can say of a figure, in the order it is said."""
LETTERHEAD = ("issuer", "number", "signatory", "recipient", "date")
"""What an official paper says around its text: who sends it, its number, who signs for it, to whom, of what day."""
LIVE = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)


@dataclass(frozen=True)
class Ask:
    """The answer to a question: as a sentence, a chart, a table."""

    id: str
    question: str
    show: tuple[str, ...] = SHOWN
    title: Words = field(default_factory=dict)
    required: bool = True
    """Whether the briefing is incomplete without it."""


@dataclass(frozen=True)
class Account:
    """Sentences computed around one figure, which the question names."""

    id: str
    question: str
    say: tuple[str, ...]
    required: bool = True
    words: Words = field(default_factory=dict)
    """The author's own sentences in their place; each of their amounts must be a figure of this account."""


@dataclass(frozen=True)
class Text:
    """A paragraph of the author's own, with figures as live references."""

    id: str
    text: Words


@dataclass(frozen=True)
class Note:
    """A word to the reader, set apart from what the figures say."""

    id: str
    text: Words


Item = Ask | Account | Text | Note


@dataclass(frozen=True)
class Section:
    title: Words
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Briefing:
    """What is saved, filled and issued; `id` is the name of its file."""

    id: str
    title: Words
    lang: str
    sections: tuple[Section, ...] = ()
    place: str = ""
    period: str = ""
    """What it is about, where it is about one place or period: for its head and for the next one."""
    published_only: bool = False
    made_from: str = ""
    """The template it was made from."""
    series: str = ""
    """The id of the briefing that it goes on from, period by period: the issues of all of them are counted as one."""
    letterhead: Mapping[str, Words] = field(default_factory=dict)
    """By the names of LETTERHEAD."""

    @property
    def places(self) -> tuple[str, ...]:
        """The ids of the places that it is about: whoever changes, removes or signs it must be allowed to for these."""
        return (self.place,) if self.place else ()

    def items(self) -> Iterator[Item]:
        for section in self.sections:
            yield from section.items

    def free_id(self, stem: str) -> str:
        """An id that no item has yet: ask1, ask2, …"""
        taken = {item.id for item in self.items()}
        return next(name for at in range(1, len(taken) + 2) if (name := f"{stem}{at}") not in taken)

    def with_section(self, at: int, section: Section) -> Briefing:
        """The briefing with one section exchanged."""
        return replace(self, sections=(*self.sections[:at], section, *self.sections[at + 1 :]))


def said(words: Words, lang: str) -> str:
    """The text in a language; in the other one where it was only given in that."""
    return words.get(lang) or next((text for text in words.values() if text), "")
