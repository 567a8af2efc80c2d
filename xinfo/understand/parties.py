"""Who asks, for whom and for which document or occasion, as noun phrases: 'the award ceremony', 'our twin-city file'.

The head of one is an officer, an office, a document or an occasion. What it is further called may be any word, as long
as the question's own vocabulary does not know it and it tells no part of a country or an economy from others ('our
rural office'): such a phrase speaks of no figure, so that no name of it narrows one. What the question has to do with
it is the grammar's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from xinfo.understand.asides import HEADS, MODIFIER, NOUNS, QUALIFIER, WORK

OTHER = "other"
LONGEST = 5
"""Words of what a head is further called."""

Known = Callable[[int], bool]


def find_parties(words: Sequence[str], kinds: Mapping[str, str], known: Known) -> Iterator[tuple[int, int]]:
    """(first token, end token) of every head with what it is further called, its article left out.

    `kinds` tells what words of asides are, `known` whether the question's own vocabulary knows the word at a token.
    """
    for end, word in enumerate(words, 1):
        if kinds.get(word) in HEADS:
            yield end - 1, end
            yield from ((start, end) for start in _called(words, kinds, known, end - 1))


def _called(words: Sequence[str], kinds: Mapping[str, str], known: Known, head: int) -> Iterator[int]:
    """Where what the head is further called may begin."""
    for start in range(head - 1, max(-1, head - 1 - LONGEST), -1):
        word = words[start]
        kind = kinds.get(word)
        if kind == QUALIFIER or (kind not in {MODIFIER, OTHER, WORK, *NOUNS} and (known(start) or not word.isalpha())):
            return
        yield start
