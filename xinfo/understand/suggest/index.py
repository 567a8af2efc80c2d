"""What proposals are made from, worked out once for a reader, the last few kept. Proposes nothing itself."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, replace

from xinfo.understand.frame import Frame
from xinfo.understand.pinyin import syllables
from xinfo.understand.read import Reader
from xinfo.understand.suggest.called import Called, called_by
from xinfo.understand.suggest.coverage import Coverage
from xinfo.understand.suggest.fill import Filler
from xinfo.understand.suggest.sentences import Sentences, sample
from xinfo.understand.suggest.spelling import Spellings
from xinfo.understand.suggest.typed import vocabulary_of
from xinfo.understand.suggest.values import spellings_of
from xinfo.understand.text import key

NEUTRAL = ("gdp", "lte", "g", "td", "q", "h")
"""Latin words that Chinese questions hold, too."""
MOST_INDEXES = 8


@dataclass(frozen=True)
class Typing:
    """What finds the questions that typed letters may mean."""

    spellings: Spellings
    sentences: Sentences
    words: frozenset[str]
    """Latin words of the vocabulary."""
    neutral: frozenset[str]
    """Those of them that are written in Chinese questions, too, or are pinyin."""


class Index:
    """What is worked out once for a reader: all that typing needs takes seconds, so it comes when it is needed."""

    def __init__(self, filler: Filler, called: Called, typing: Typing | None = None):
        self.filler, self.called = filler, called
        self.heard: dict[str, Frame | None] = {}
        """Frames of beginnings."""
        self.own: dict[str, bool] = {}
        """Questions of the history: whether they stand alone."""
        self._typing, self._making = typing, threading.Lock()

    @property
    def ready(self) -> bool:
        """Whether `typing` is at hand."""
        return self._typing is not None

    @property
    def typing(self) -> Typing:
        """Made by the first thread that needs it; others wait for that."""
        with self._making:
            if self._typing is None:
                self._typing = _typing(self.filler)
            return self._typing

    def prepare(self) -> None:
        """Has `typing` made, so that nobody waits for it later."""
        _ = self.typing


_indexes: dict[tuple[int, int], Index] = {}


def index_of(reader: Reader, coverage: Coverage | None = None) -> Index:
    """The index of a reader, made when it is first asked for; the last few are kept."""
    # A kept index holds its reader and coverage, so that no other object can come to bear their ids.
    name = (id(reader), id(coverage))
    if known := _indexes.get(name):
        return known
    while len(_indexes) >= MOST_INDEXES:
        _indexes.pop(next(iter(_indexes)), None)
    # Two threads may both come here: they go on with the same one.
    return _indexes.setdefault(name, _made(reader, coverage))


def _made(reader: Reader, coverage: Coverage | None) -> Index:
    """What takes long is taken from an index of the same words: a template that was saved only adds its names."""
    called = called_by(reader)
    kinds = [template.template_id for template in reader.general]
    for other in list(_indexes.values()):
        known, filled = other.filler.reader, other.filler
        same = known.catalog is reader.catalog and filled.given is coverage
        if other.ready and same and [template.template_id for template in known.general] == kinds:
            typing = replace(other.typing, words=other.typing.words | called.words)
            return Index(Filler(reader, filled.coverage, coverage), called, typing)
    return Index(Filler(reader, coverage or Coverage.of(reader.catalog), coverage), called)


def _typing(filler: Filler) -> Typing:
    reader = filler.reader
    spellings = spellings_of(reader.lexicon, reader.catalog, filler.coverage)
    return Typing(spellings, sample(filler), vocabulary_of(reader), _neutral(reader))


def _neutral(reader: Reader) -> frozenset[str]:
    names = [key(place.name_en) for place in reader.catalog.places.values()]
    heard = itertools.chain.from_iterable(syllables(place.name_zh) for place in reader.catalog.places.values())
    return frozenset([*NEUTRAL, *map("".join, names), *itertools.chain.from_iterable(names), *heard])
