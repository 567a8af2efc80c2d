"""How a value may be typed: Chinese, English, pinyin and its initials, each as one run, and how it is found by them.

Knows nothing of questions. A key is a phrase's tokens put together: spaces, hyphens, case and tones do not matter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from xinfo.understand.pinyin import syllables
from xinfo.understand.text import HAN, key

CHINESE, ENGLISH, PINYIN, INITIALS = "chinese", "english", "pinyin", "initials"
MOST_SCANNED = 400
"""Entries looked at for one prefix: a single letter begins thousands."""


@dataclass(frozen=True)
class Value:
    """Something that can stand in a question; `changes` are the fields of a frame that it fills."""

    kind: str
    """place, metric, period, part or template."""
    changes: tuple[tuple[str, Any], ...]
    chinese: str
    """How it is written where it was typed in pinyin."""
    rank: int = 0


@dataclass(frozen=True)
class Match:
    value: Value
    how: str
    whole: bool
    """Whether the value is typed in full."""
    order: tuple[int, ...] = ()


@dataclass
class Spellings:
    """Values by everything that may be typed for them."""

    entries: list[tuple[str, int, str, Value]] = field(default_factory=list)
    """(key, 0 for the name proper or 1 for a synonym, how, value), sorted by key."""
    exact: dict[str, list[Value]] = field(default_factory=dict)
    """Values by whole pinyin and whole initials."""

    def add(self, value: Value, names: Iterable[str], synonyms: Iterable[str] = ()) -> None:
        """`names` are found by pinyin, too; `synonyms` as they are written alone."""
        seen = set()
        for synonym, phrases in ((0, names), (1, synonyms)):
            for phrase in phrases:
                for run, how in _runs(phrase, pinyin=not synonym):
                    if run and (run, how) not in seen:
                        seen.add((run, how))
                        self.entries.append((run, synonym, how, value))

    def finish(self) -> Spellings:
        """Sorts what was added; nothing is found before."""
        self.entries.sort(key=lambda entry: entry[:3])
        for run, _, how, value in self.entries:
            if how in (PINYIN, INITIALS) and len(run) > 1:
                self.exact.setdefault(run, []).append(value)
        return self

    def find(self, typed: str) -> list[Match]:
        """Values that `typed` (a key) begins, the likeliest first; each once, by its best spelling."""
        at = bisect_left(self.entries, typed, key=lambda entry: entry[0])
        best: dict[int, Match] = {}
        for run, synonym, how, value in self.entries[at : at + MOST_SCANNED]:
            if not run.startswith(typed):
                break
            order = (run != typed, synonym, how == INITIALS and run != typed, value.rank, len(run))
            if id(value) not in best or order < best[id(value)].order:
                best[id(value)] = Match(value, how, run == typed, order)
        return sorted(best.values(), key=lambda match: match.order)

    def cut(self, run: str, most: int = 3) -> list[list[Value]]:
        """A run of Latin letters as values, each by its whole pinyin or initials; 'xnxxxf' is 西宁 and 信息消费."""
        found = []
        for values in self._cuts(run):
            found.append(values)
            if len(found) == most:
                break
        return found

    def _cuts(self, run: str) -> Iterator[list[Value]]:
        if not run:
            yield []
        for end in range(len(run), 1, -1):
            for value in self.exact.get(run[:end], ())[:2]:
                yield from ([value, *rest] for rest in self._cuts(run[end:]))


def joined(phrase: str) -> str:
    """The key of a phrase."""
    return "".join(key(phrase))


def _runs(phrase: str, pinyin: bool) -> Iterator[tuple[str, str]]:
    """Each way of typing a phrase, with what way it is."""
    run = joined(phrase)
    if not HAN.search(phrase):
        yield run, ENGLISH
        return
    yield run, CHINESE
    if pinyin:
        said = [s for s in syllables(run) if s]
        whole = "".join(said)
        yield from ((whole, PINYIN), (whole.replace("v", "u"), PINYIN))
        yield "".join(s[0] if s[0].isalpha() else s for s in said), INITIALS
