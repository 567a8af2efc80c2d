"""What was typed, cut into a beginning that is understood and the word still being typed. Proposes nothing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from xinfo.understand.attempt import frame_of
from xinfo.understand.frame import Frame
from xinfo.understand.read import Reader
from xinfo.understand.segment import segment
from xinfo.understand.suggest.spelling import Spellings
from xinfo.understand.text import HAN, Text, read_text

LATIN = re.compile(r"[a-z]+")
TONES = re.compile(r"\b(?:[a-z]{1,6}[1-5]){2,}")
"""Pinyin with its tones as numbers: xi1ning2."""
REMEMBERED = 5000
"""Beginnings whose frame is kept: from one keystroke to the next most of them stay the same."""
LONGEST_TAIL = 9
"""Tokens of a word that is still being typed: 'the first three quarters of 2014' has six."""


@dataclass(frozen=True)
class Cut:
    """A way to take what was typed: `head` is understood, `tail` is a key that something may begin with."""

    head: Frame
    tail: str
    in_pinyin: bool
    """Whether the head was typed in pinyin."""


class Typed:
    """The beginning of a question."""

    def __init__(
        self, text: str, reader: Reader, spellings: Spellings, words: frozenset[str], heard: dict[str, Frame | None]
    ):
        self.reader, self.spellings, self.words = reader, spellings, words
        self.text = read_text(TONES.sub(lambda found: re.sub(r"\d", "", found[0]), text.lower()))
        self.run = "".join(self.text.words())
        self._frames = heard
        self._heads: dict[int, tuple[Frame, bool] | None] = {}

    @property
    def is_chinese(self) -> bool:
        return HAN.search(self.text.original) is not None

    @property
    def is_open(self) -> bool:
        """Whether a new word is to come: after a space, or a word such as 'of' that something follows."""
        words = self.text.words()
        senses = self.reader.lexicon.senses.get(words[-1:], ())
        if self.text.original[-1:].isspace():
            return True
        return bool(senses) and all(sense.kind == "filler" for sense in senses)

    def tails(self) -> Iterator[tuple[int, str]]:
        """(tokens before it, key) of every ending that may be a word still being typed, the longest first."""
        words = self.text.words()
        starts = range(max(0, len(words) - LONGEST_TAIL), len(words))
        for start in starts if not words or 0 in starts else (0, *starts):
            yield start, "".join(words[start:])

    def head(self, tokens: int) -> tuple[Frame, bool] | None:
        """The first tokens, understood, and whether they were in pinyin; None where a word of them is not known."""
        if tokens not in self._heads:
            self._heads[tokens] = self._head(tokens)
        return self._heads[tokens]

    def _head(self, tokens: int) -> tuple[Frame, bool] | None:
        words = self.text.words(0, tokens)
        known = [said for word in words if (said := self._known(word)) is not None]
        if len(known) < len(words):
            return None
        as_typed = tuple(known) == words
        # Pinyin is replaced by what it stands for; Latin words beside it stay words of their own.
        said = self.text.written(0, tokens) if as_typed else "".join(f" {w} " if w.isascii() else w for w in known)
        frame = self._listened(said)
        return None if frame is None else (frame, not as_typed)

    def run_on(self) -> Iterator[Cut]:
        """The last word as pinyin of several values run together, all but the last of them whole."""
        words = self.text.words()
        if not words or not LATIN.fullmatch(words[-1]) or len(words[-1]) < 3:
            return
        before = self.head(len(words) - 1)
        if before is None:
            return
        for at in range(len(words[-1]) - 1, 1, -1):
            for values in self.spellings.cut(words[-1][:at], 2):
                said = self.text.written(0, len(words) - 1) + "".join(value.chinese for value in values)
                if (frame := self._listened(said)) is not None:
                    yield Cut(frame, words[-1][at:], True)

    def _known(self, word: str) -> str | None:
        """A word of the vocabulary, or what it stands for in pinyin; None where it is neither."""
        if word in self.words or not LATIN.fullmatch(word):
            return word
        cuts = self.spellings.cut(word, 1)
        return "".join(value.chinese for value in cuts[0]) if cuts else None

    def _listened(self, said: str) -> Frame | None:
        """The frame of a piece of text, or None where not all of it is understood."""
        if said not in self._frames:
            if len(self._frames) >= REMEMBERED:
                self._frames.clear()
            self._frames[said] = _frame(read_text(said), self.reader)
        return self._frames[said]


def _frame(text: Text, reader: Reader) -> Frame | None:
    pieces = segment(text, reader.lexicon)
    if any(not piece.known for piece in pieces):
        return None
    frame = frame_of(text, pieces, reader)
    return None if frame.troubles else frame


def vocabulary_of(reader: Reader) -> frozenset[str]:
    """Every Latin word that the lexicon knows."""
    return frozenset(word for word in itertools.chain.from_iterable(reader.lexicon.senses) if LATIN.fullmatch(word))
