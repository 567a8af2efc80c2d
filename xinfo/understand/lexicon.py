"""Phrases by their tokens and what each may mean; how they are looked up, and how they are kept in a file.

Knows no word of any language.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

from xinfo.understand.facts import Programme
from xinfo.understand.text import key

Key = tuple[str, ...]
OPERATOR = "operator"


@dataclass(frozen=True)
class Sense:
    """One thing that a phrase can mean: kind and value pairs, such as (('measure', 'growth'), ('order', 'desc'))."""

    means: tuple[tuple[str, Any], ...]

    @property
    def kind(self) -> str:
        return self.means[0][0]

    @property
    def value(self) -> Any:
        return self.means[0][1]


Phrases = dict[Key, tuple[Sense, ...]]
NONE: Phrases = {}


class Senses(MutableMapping[Key, tuple[Sense, ...]]):
    """What phrases may mean; those that begin with a token stay packed until one of them is looked for.

    A question needs a hundred of a hundred thousand phrases: unpacking them all would take longer than its answer.
    """

    def __init__(self, packed: Mapping[str, bytes] | None = None, groups: Sequence[tuple[Sense, ...]] = ()):
        self._phrases: dict[str, bytes | Phrases] = dict(packed or {})
        self._groups = groups
        self._unpacking = Lock()

    def beginning(self, token: str) -> Phrases:
        """The phrases whose first token this is; however many threads ask, all of them see all."""
        found = self._phrases.get(token, NONE)
        return self._unpack(token) if isinstance(found, bytes) else found

    def _unpack(self, token: str) -> Phrases:
        with self._unpacking:
            found = self._phrases[token]
            if isinstance(found, bytes):
                phrases = marshal.loads(found)
                # In its place: neither the order nor the number of tokens changes for whoever goes through them.
                found = self._phrases[token] = {words: self._groups[number] for words, number in phrases.items()}
            return found

    def copy(self) -> Senses:
        found = Senses(groups=self._groups)
        found._phrases = {
            token: phrases if isinstance(phrases, bytes) else dict(phrases) for token, phrases in self._phrases.items()
        }
        return found

    def plain(self) -> tuple[dict[str, bytes], list[tuple[Any, ...]]]:
        """As values that a file takes; senses that many phrases share are one."""
        groups = {senses: number for number, senses in enumerate(dict.fromkeys(self.values()))}
        packed = {
            token: marshal.dumps({words: groups[senses] for words, senses in self.beginning(token).items()})
            for token in self._phrases
        }
        return packed, [tuple(sense.means for sense in senses) for senses in groups]

    @classmethod
    def read_back(cls, packed: Mapping[str, bytes], groups: Iterable[tuple[Any, ...]]) -> Senses:
        """From what `plain` gave."""
        return cls(packed, [tuple(Sense(means) for means in group) for group in groups])

    def __getitem__(self, words: Key) -> tuple[Sense, ...]:
        return self.beginning(words[0] if words else "")[words]

    def __setitem__(self, words: Key, senses: tuple[Sense, ...]) -> None:
        if words[0] not in self._phrases:
            self._phrases[words[0]] = {}
        self.beginning(words[0])[words] = senses

    def __delitem__(self, words: Key) -> None:
        del self.beginning(words[0])[words]

    def __iter__(self) -> Iterator[Key]:
        return (words for token in self._phrases for words in self.beginning(token))

    def __len__(self) -> int:
        return sum(len(self.beginning(token)) for token in self._phrases)


@dataclass
class Lexicon:
    """Phrases by their tokens."""

    senses: Senses = field(default_factory=Senses)
    longest: dict[str, int] = field(default_factory=dict)
    """The most tokens that a phrase beginning with this token has."""
    asides: dict[str, str] = field(default_factory=dict)
    """Words that people speak of themselves with, and what each of them does: see `asides`."""
    programme: Programme = field(default_factory=Programme)
    """The words that ask for facts of the programme."""

    def add(self, phrase: str, *means: tuple[str, Any]) -> None:
        self.add_sense(phrase, Sense(tuple(means)))

    def add_sense(self, phrase: str, sense: Sense) -> None:
        self.add_senses(phrase, (sense,))

    def add_senses(self, phrase: str, senses: tuple[Sense, ...]) -> None:
        """The same tuple for many phrases costs the memory, and the garbage collector, of one."""
        if words := key(phrase):
            if (known := self.senses.get(words)) is None:
                self.senses[words] = senses
            elif new := tuple(sense for sense in senses if sense not in known):
                self.senses[words] = (*known, *new)
            first, many = words[0], len(words)
            if many > self.longest.get(first, 0):
                self.longest[first] = many

    def at(self, words: Key, start: int) -> Iterator[tuple[int, tuple[Sense, ...]]]:
        """(end, senses) of every phrase that begins at `start`."""
        phrases = self.senses.beginning(words[start])
        for end in range(start + 1, min(len(words), start + self.longest.get(words[start], 0)) + 1):
            if found := phrases.get(words[start:end]):
                yield end, found

    def copy(self) -> Lexicon:
        """One that takes more phrases without this one's taking them."""
        return replace(self, senses=self.senses.copy(), longest=dict(self.longest))

    def plain(self) -> tuple[Any, ...]:
        """As values that a file takes."""
        return self.senses.plain(), self.longest, self.asides, self.programme.plain()

    @classmethod
    def read_back(cls, said: tuple[Any, ...]) -> Lexicon:
        """From what `plain` gave."""
        senses, longest, asides, programme = said
        return cls(Senses.read_back(*senses), longest, asides, Programme.read_back(programme))
