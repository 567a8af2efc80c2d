"""What people say of themselves and of why they ask: 'my director has a meeting tomorrow and asked me …'. Skipped.

An aside begins with a word for oneself or a greeting, ends at a comma, stop or colon or before 'and need', and every
word in it is one of those that cannot narrow a question. One word beyond them, and it is no aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

SOMEONE = "my our a an this monday tuesday wednesday thursday friday tomorrow today".split()
STOPS = frozenset(".!:;,?-")
OPENING, NEED, TOPIC, WORK, EMPLOYER, PRODUCT = "opening", "need", "about", "work", "employer", "product"


def find_asides(words: Sequence[str], kinds: Mapping[str, str], named: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """(first token, end token, token where a province begins or -1) of every aside.

    `kinds` tells what each of their words is; `named` for each token where a province's name that begins there ends.
    """
    for start in range(len(words)):
        if (
            (start == 0 or words[start - 1] in STOPS)
            and kinds.get(words[start]) == OPENING
            and _of_someone(words, kinds, start)
        ):
            yield from _aside(words, kinds, named, start)


def _aside(
    words: Sequence[str], kinds: Mapping[str, str], named: Sequence[int], start: int
) -> Iterator[tuple[int, int, int]]:
    end, topic, at = start, -1, start
    while at < len(words):
        if named[at] > at and kinds.get(words[at - 1]) == TOPIC and topic < 0:
            topic, at = at, named[at]
            continue
        if words[at] not in STOPS and not _harmless(words, kinds, at):
            break
        if words[at] in STOPS:
            end = at + 1
        elif at > start and words[at] in ("and", "i", "we") and _needs(words, kinds, at + 1):
            end = at
        at += 1
    if at == len(words):
        end = at
    if end > start + 1:
        yield start, end, topic if topic < end else -1


def _harmless(words: Sequence[str], kinds: Mapping[str, str], at: int) -> bool:
    """Whether a word narrows nothing; a company does not where someone works for it."""
    kind = kinds.get(words[at])
    return kind is not None and (
        kind != EMPLOYER or any(kinds.get(word) == WORK for word in words[max(0, at - 3) : at])
    )


def _of_someone(words: Sequence[str], kinds: Mapping[str, str], start: int) -> bool:
    """'For my thesis' opens one; 'for enterprises', 'for young people' tell what is asked about."""
    if words[start] != "for":
        return True
    said = list(takewhile(lambda word: word not in STOPS, words[start + 1 :]))
    return said[:1] != [] and said[0] in SOMEONE and any(kinds.get(word) == PRODUCT for word in said)


def _needs(words: Sequence[str], kinds: Mapping[str, str], at: int) -> bool:
    said = [word for word in words[at : at + 2] if word not in ("i", "we", "would")]
    return bool(said) and kinds.get(said[0]) == NEED
