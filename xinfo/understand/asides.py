"""What people say of themselves and of why they ask: 'my director has a meeting tomorrow and asked me …'. Skipped.

An aside begins with a word for oneself or a greeting, or tells of an officer, office or document; it ends at a comma,
stop or colon or before a word of need, and every word in it is one of those that cannot narrow a question. Between two
stops where somebody speaks of himself, an officer, an office or a document and asks for nothing, other words may stand,
too ('before we print the leaflet:'), as long as the question's own vocabulary does not know them and they are none that
leave out, restrict, count, adjust or tell parts from others. One word beyond them, and it is no aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

SOMEONE = "my our a an the this tomorrow today these those each".split()
STOPS = frozenset(".!:;,?-")
OPENING, TELLING, NEED, TOPIC, WORK, EMPLOYER = "opening", "telling", "need", "about", "work", "employer"
PRODUCT, OFFICER, OFFICE, HONORIFIC = "product", "officer", "office", "honorific"
MODIFIER, WILL, DOING, GENERIC, QUALIFIER = "modifier", "will", "doing", "generic", "qualifier"
NARROWING, DATA = "narrowing", "data"
NOUNS = frozenset([PRODUCT, OFFICER, OFFICE, HONORIFIC, GENERIC, DATA])
"""What tells that a clause is of somebody or something that only asks."""
BEFORE_DOING = frozenset([WILL, NEED, "to", "can", "may", "could", "might"])


SPEAKERS = frozenset("i im ive id we weve wed".split())
ASKING = frozenset("need want require wish ask tell show give list provide supply compare find get know see".split())
"""What asks for something: what else stands beside it is what is asked for."""
PREPOSITIONS = frozenset("on about of for from in with by at to regarding concerning covering among us we".split())
"""Words that what a document or a person is concerned with stands behind."""
ARTICLES = frozenset("the a an my our his her their this that these those".split())
LEAVING_OUT = frozenset("out aside away off".split())
EACH = frozenset("by per each every to".split())
GRAINS = frozenset("hour day week month quarter year".split())
"""'By the month' is which figures are meant, 'this month' is when one asks."""
WISHING = frozenset("need needs needed want wants wanted require requires required must wish wishes should".split())
"""What changes a question unless somebody is said to wish it: 'the mayor wants', and no 'article wanted'."""
BEING = frozenset("am is are be was were been".split())
HEADS = NOUNS - {GENERIC, DATA}
Known = Callable[[int], bool]


def find_asides(
    words: Sequence[str], kinds: Mapping[str, str], named: Sequence[int], known: Known
) -> Iterator[tuple[int, int, int]]:
    """(first token, end token, token where a province begins or -1) of every aside.

    `kinds` tells what each of their words is; `named` for each token where a province's name that begins there ends,
    and `known` whether the question's own vocabulary knows the word at a token.
    """
    yield from _remarks(words, kinds, known)
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


def _remarks(words: Sequence[str], kinds: Mapping[str, str], known: Known) -> Iterator[tuple[int, int, int]]:
    """Stretches between two stops in which somebody speaks of himself or of what he does, and asks for nothing."""
    start = 0
    for at, word in enumerate(words):
        if word in STOPS:
            said = range(start, at)
            free = [one for one in said if not _harmless(words, kinds, one)]
            # What one asks for is no remark.
            told = [kinds.get(words[one]) for one in said]
            speaks = any(words[one] in SPEAKERS for one in said) or not HEADS.isdisjoint(told)
            asks = any(words[one].removesuffix("s") in {*ASKING, *LEAVING_OUT} for one in said)
            if (
                free
                and speaks
                and not asks
                and at + 2 < len(words)
                and all(_free(words, kinds, known, x) for x in free)
            ):
                yield start, at + 1, -1
            start = at + 1


def _free(words: Sequence[str], kinds: Mapping[str, str], known: Known, at: int) -> bool:
    """Whether a word may stand in a remark though no list has it."""
    narrowing = kinds.get(words[at]) in (QUALIFIER, NARROWING)
    before = next((word for word in reversed(words[:at]) if word not in ARTICLES), "")
    if kinds.get(words[at]) in (MODIFIER, WILL, DOING):
        return True
    plain = words[at].isalpha() and words[at].isascii() and before not in PREPOSITIONS
    return plain and not narrowing and not known(at)


def _harmless(words: Sequence[str], kinds: Mapping[str, str], at: int) -> bool:
    """Whether a word narrows nothing, by itself or because of the word beside it."""
    kind, before = kinds.get(words[at]), words[max(0, at - 3) : at]
    if kind == DATA or words[at] in GRAINS:
        return kind is not None and _not_told_apart(words, at)
    if kind == EMPLOYER:
        return any(kinds.get(word) == WORK for word in before)
    if kind in (MODIFIER, WILL):
        return _leads_on(words, kinds, at)
    if words[at] in WISHING:
        return _somebody_wishes(words, kinds, at)
    if kind == DOING:
        return bool(before) and {before[-1], kinds.get(before[-1])} & BEFORE_DOING != set()
    # 'Mrs Chen'.
    return kind not in (None, QUALIFIER, NARROWING) or (
        at > 0 and kinds.get(words[at - 1]) == HONORIFIC and words[at].isalpha()
    )


def _somebody_wishes(words: Sequence[str], kinds: Mapping[str, str], at: int) -> bool:
    """Whether a word of wishing has somebody or another verb in front of it, and no verb of its subject's behind."""
    before, behind = (words[at - 1] if at else ""), (words[at + 1] if at + 1 < len(words) else "")
    dangling = before in ARTICLES | PREPOSITIONS | STOPS or before.endswith("ing") or not before
    return not dangling and kinds.get(before) not in (PRODUCT, DATA, GENERIC, DOING) and behind not in BEING


def _not_told_apart(words: Sequence[str], at: int) -> bool:
    """Whether nothing in front says which data or how often: 'the figures', 'this week'."""
    if words[at] in GRAINS:
        return next((word for word in reversed(words[:at]) if word not in ARTICLES), "") not in EACH
    return at > 0 and words[at - 1] in ARTICLES | PREPOSITIONS | {"some"}


def _leads_on(words: Sequence[str], kinds: Mapping[str, str], at: int) -> bool:
    """'The finance office', 'a one-page note', 'will mention': what stands behind makes the word say nothing."""
    wanted = NOUNS - {DATA} if kinds[words[at]] == MODIFIER else {DOING, PRODUCT, GENERIC}
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
