"""Templates found by what they are called: by any word of a name or cue phrase, Chinese ones by their pinyin too."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from xinfo.understand.called import own_phrases
from xinfo.understand.pinyin import syllables
from xinfo.understand.read import Reader, read
from xinfo.understand.reading import Reading
from xinfo.understand.suggest.answerable import answerable
from xinfo.understand.suggest.fill import Filler
from xinfo.understand.suggest.spelling import joined
from xinfo.understand.text import HAN, key

SHORTEST = 2
"""Letters from which a name is looked for; of Chinese characters one is enough."""
TRIED = 12


@dataclass(frozen=True)
class Called:
    """Phrases that call for a template and need nothing more, by what they or a word of them begin with."""

    sorted: tuple[tuple[str, str], ...] = ()
    words: frozenset[str] = frozenset()
    """Latin words of them."""

    def beginning(self, run: str, filler: Filler) -> Iterator[str]:
        """Phrases with a word that begins so, each a question that is answered, as far as the coverage tells."""
        if len(run) < SHORTEST and not HAN.match(run):
            return
        at = bisect_left(self.sorted, (run, ""))
        found = (said for begun, said in self.sorted[at : at + TRIED] if begun.startswith(run))
        for said in dict.fromkeys(found):
            understood, _ = read(said, filler.reader)
            if isinstance(understood, Reading) and answerable(understood.slots, filler.reader.catalog, filler.coverage):
                yield said


def called_by(reader: Reader) -> Called:
    """The phrases of a reader's templates."""
    said = [phrase for template in reader.own.values() if template.pinned for phrase in own_phrases(template)]
    words = frozenset(word for phrase in said for word in key(phrase) if word.isascii() and word.isalpha())
    return Called(tuple(sorted({(begun, phrase) for phrase in said for begun in _keys(phrase)})), words)


def _keys(phrase: str) -> Iterator[str]:
    """The phrase from each of its words on."""
    words = phrase.split()
    yield from (joined(" ".join(words[at:])) for at in range(len(words)))
    if HAN.search(phrase):
        yield joined("".join(syllables(phrase)))
