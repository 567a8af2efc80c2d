"""What people leave in what they dictate: words while they look for others, and beginnings that they start again.

Knows only where they stand; a beginning that holds a word which is not said again is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xinfo.nlu.grammar.chart import Edge
from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.morphology import lemmas

HESITATIONS = (
    *("um", "umm", "uh", "uhm", "er", "erm", "ehm", "hmm", "hm", "ah", "eh", "mm"),
    *("you know", "let me see", "let me think", "let me look", "lets see", "let see", "lets say", "let us say"),
    *("let say", "as it were", "so to speak", "how to say", "how do i say it", "wait how do i say it"),
    *("how do i put this", "how shall i put it", "how do you say", "how do you call it", "what do you call it"),
    *("what do they call it", "what do you call them", "what be they called", "what the word", "what it called"),
    *("what was it", "where was i", "let me get this right", "let me get that right", "hold on", "hang on"),
    *("one moment", "one sec", "just a second"),
    *(", wait ,", ", right ,", ", yeah ,", ", please ,", ", i think ,", ", so ,", ", now ,", ", oh ,"),
    *(", say ,", ", like ,", ", well ,", ", you see ,", ", okay ,", ", ok ,"),
)
"""What is said while one looks for words."""
PHRASES = tuple(tuple(phrase.split()) for phrase in HESITATIONS)
HESITANT = {first: [phrase for phrase in PHRASES if phrase[0] == first] for first in {phrase[0] for phrase in PHRASES}}
"""The words of each by the first of them."""
MOST_AGAIN = 4
"""Words that are said twice on end."""
AGAIN = frozenset("we us be that i mean so ok okay well now and its the a for of in".split())
"""Words of a beginning that need not be said again: they ask nothing and narrow nothing."""
ASKING = frozenset("who what which how be do have where when whose by at".split())
"""Words that a question starts again with."""
RESTARTED = "Aside"


def hesitant(edges: Iterable[Edge], words: Sequence[str]) -> Iterator[Edge]:
    """The edges, and each of them with the hesitation that stands behind it."""
    behind: dict[int, list[int]] = {}
    for start, end in (*_hesitations(words), *_said_again(words)):
        behind.setdefault(start, []).append(end)
    for edge in edges:
        yield edge
        for end in behind.get(edge.end, ()):
            yield Edge(edge.start, end, edge.category, edge.meaning)


def _said_again(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where words are said twice on end: 'the third, the third quarter', 'did, did it grow'."""
    for end in range(1, len(words)):
        for size in range(1, min(end, MOST_AGAIN) + 1):
            for start in {end, end + 1} if words[end] in (",", "-") else {end}:
                again = words[start : start + size]
                if again == words[end - size : end] and all(map(_is_latin, (again[0], again[-1]))):
                    yield end, start + size


def _is_latin(word: str) -> bool:
    return word.isascii() and word.isalnum()


def _hesitations(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where a hesitation stands inside a question, with and without the commas around it."""
    for start in range(1, len(words)):
        for phrase in HESITANT.get(words[start], ()):
            end = start + len(phrase)
            if tuple(words[start:end]) != phrase or end + 1 >= len(words):
                continue
            comma_behind = words[end] == ","
            again = next((at for at in (start - 1, start - 2) if words[at] == words[end + comma_behind]), 0)
            if again and words[again].isalpha():
                yield again, end + comma_behind  # 'In, er, in 2015.'
            yield start, end
            if comma_behind:
                yield start, end + 1
            if start > 1 and words[start - 1] == ",":
                yield start - 1, end + comma_behind


def restarts(words: Sequence[str]) -> Iterator[Edge]:
    """'Second place, who was in second place': a beginning of which every word is said again."""
    for end in range(2, len(words)):
        if words[end - 1] in (",", "-", ":") and _forms(words[end]) & ASKING:
            again = frozenset(form for word in words[end:] for form in _forms(word))
            said = [word for word in words[:end] if word not in (",", "-", ":")]
            if all(_forms(word) & (AGAIN | again) for word in said) and not all(_forms(w) & AGAIN for w in said):
                yield Edge(0, end, RESTARTED, Meaning())


def _forms(word: str) -> frozenset[str]:
    return lemmas(word) | {word}
