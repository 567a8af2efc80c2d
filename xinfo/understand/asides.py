"""What people say of themselves and of why they ask: 'my director has a meeting tomorrow and asked me …'. Skipped.

An aside begins with a word for oneself or a greeting, or tells of an officer, office or document; it ends at a comma,
stop or colon or before a word of need, and every word in it is one of those that cannot narrow a question. One word
beyond them, and it is no aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

SOMEONE = "my our a an the this tomorrow today these those each".split()
STOPS = frozenset(".!:;,?-")
OPENING, TELLING, NEED, TOPIC, WORK, EMPLOYER = "opening", "telling", "need", "about", "work", "employer"
PRODUCT, OFFICER, OFFICE, HONORIFIC = "product", "officer", "office", "honorific"
MODIFIER, WILL, DOING, GENERIC, QUALIFIER = "modifier", "will", "doing", "generic", "qualifier"
NOUNS = frozenset([PRODUCT, OFFICER, OFFICE, HONORIFIC, GENERIC])
"""What tells that a clause is of somebody or something that only asks."""
BEFORE_DOING = frozenset([WILL, NEED, "to", "can", "may", "could", "might"])


def find_asides(words: Sequence[str], kinds: Mapping[str, str], named: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """(first token, end token, token where a province begins or -1) of every aside.

    `kinds` tells what each of their words is; `named` for each token where a province's name that begins there ends.
    """
    for start in range(len(words)):
        begins = start == 0 or (words[start - 1] in STOPS and kinds.get(words[start]) == OPENING)
        if begins and kinds.get(words[start]) in _OPENINGS:
            yield from _aside(words, kinds, named, start)


_OPENINGS = frozenset([OPENING, TELLING, *NOUNS])


def _aside(
    words: Sequence[str], kinds: Mapping[str, str], named: Sequence[int], start: int
) -> Iterator[tuple[int, int, int]]:
    """The longest that ends at a stop, and each one that ends before a word of need."""
    end, topic, at = start, -1, start
    while at < len(words):
        if named[at] > at and kinds.get(words[at - 1]) == TOPIC and topic < 0:
            topic, at = at, named[at]
            continue
        if words[at] not in STOPS and not _harmless(words, kinds, at):
            break
        if words[at] in STOPS:
            end = at + 1
        elif at > start and _before_need(words, kinds, at) and _of_someone(words, kinds, start, at):
            yield start, at, topic
        at += 1
    if at == len(words):
        end = at
    if end > start + 1 and _of_someone(words, kinds, start, end):
        yield start, end, topic if topic < end else -1


def _harmless(words: Sequence[str], kinds: Mapping[str, str], at: int) -> bool:
    """Whether a word narrows nothing, by itself or because of the word beside it."""
    kind, before = kinds.get(words[at]), words[max(0, at - 3) : at]
    if kind == EMPLOYER:
        return any(kinds.get(word) == WORK for word in before)
    if kind in (MODIFIER, WILL):
        return _leads_on(words, kinds, at)
    if kind == DOING:
        return bool(before) and {before[-1], kinds.get(before[-1])} & BEFORE_DOING != set()
    # 'Mrs Chen'.
    return kind not in (None, QUALIFIER) or (at > 0 and kinds.get(words[at - 1]) == HONORIFIC and words[at].isalpha())


def _leads_on(words: Sequence[str], kinds: Mapping[str, str], at: int) -> bool:
    """'The finance office', 'a one-page note', 'will mention': what stands behind makes the word say nothing."""
    wanted = NOUNS if kinds[words[at]] == MODIFIER else {DOING, PRODUCT, GENERIC}
    behind = (word for word in words[at + 1 : at + 5] if word not in ("-", "and") and kinds.get(word) != MODIFIER)
    return kinds.get(next(behind, "")) in wanted


def _of_someone(words: Sequence[str], kinds: Mapping[str, str], start: int, end: int) -> bool:
    """'For my thesis', 'the mayor called' is one; 'for enterprises', 'at the end' tells what is asked about."""
    said = words[start:end]
    told = any(kinds.get(word) in NOUNS for word in said)
    if said[0] == "for":
        return told and said[1] in SOMEONE
    return kinds.get(said[0]) == OPENING or (told and len(said) > 2)


def _before_need(words: Sequence[str], kinds: Mapping[str, str], at: int) -> bool:
    """'And need', 'we would need'; 'the mayor | wants', 'asked'."""
    if words[at] in ("id", "wed", "please", "kindly"):
        return True
    if words[at] in ("and", "i", "we", "he", "she", "they"):
        said = [word for word in words[at + 1 : at + 3] if word not in ("i", "we", "would", "he", "she", "they")]
        return bool(said) and kinds.get(said[0]) == NEED
    return kinds.get(words[at]) == NEED and kinds.get(words[at - 1]) in (OFFICER, OFFICE, HONORIFIC)
