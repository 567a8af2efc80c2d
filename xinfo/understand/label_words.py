"""What else a metric is called by the words of its names: for one and several, turned round, by other words for share.

An office names its metrics once ("thefts of vehicles"); people say "vehicle theft" as well. Nothing here is a synonym:
the words stay the name's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import permutations

SHARES = ("share", "percentage", "percent", "proportion", "fraction")
"""Words for a part of a whole, each of which may stand for the others at the head of a name."""
JOINS = re.compile(r" (of|on|for|in|by|from|with|to|at|per|among|between|without|after|through|under|over|who|that) ")
"""What a name's head ends before."""
TURNED = ("of", "on", "for")
"""After these stands what the head is of: spending on education is education spending, thefts from cars are none."""
NOUN_OF_VERB = (("umption", "ume"), ("uction", "uce"), ("ation", "ate"), ("ition", "it"), ("ement", "e"))
"""Endings by which a noun says what a verb does: consumption, production, generation."""
SHORT = 3
"""Letters of words that are hardly nouns."""
MOST_BEFORE = 3
"""Words before the head of a name that may stand in another order."""
SAME_FOR_SEVERAL = frozenset("sheep series species people cattle poultry news statistics".split())


def further_names(names: Iterable[str]) -> frozenset[str]:
    """English names that follow from `names`; without these themselves."""
    given = {name.lower() for name in names if name.isascii()}
    return frozenset(form for name in given for form in _forms(name)) - given


def is_change(name: str, of: str) -> bool:
    """Whether a name is that of the change in what another one names: 'population change', 'change in population'."""
    words, base = name.lower(), of.lower()
    return words == f"{base} change" or re.fullmatch(rf"change (in|of) (the )?{re.escape(base)}", words) is not None


def _forms(name: str) -> Iterator[str]:
    for one in (name, *_turned(name), *_reordered(name), *_for_each(name)):
        head, rest = _parted(one)
        for heads in {head, *_number(head)}:
            yield heads + rest
        first, _, after = one.partition(" of ")
        yield from (f"{word} of {after}" for word in SHARES if after and first in SHARES)


def _parted(name: str) -> tuple[str, str]:
    """The head of a name with what stands before it, and what follows: 'full-time jobs', ' in tourism'."""
    found = JOINS.search(name)
    return (name[: found.start()], name[found.start() :]) if found else (name, "")


def _turned(name: str) -> Iterator[str]:
    """'Spending on education' as 'education spending', 'vehicle thefts' as 'thefts of vehicles'."""
    head, rest = _parted(name)
    join, _, what = rest.strip().partition(" ")
    if join in TURNED and head not in SHARES and what.isalpha():
        yield from (f"{word} {head}" for word in {what, *_singular(what)})
    words = name.split()
    if len(words) > 1 and words[0].endswith("ed") and words[1].isalpha():
        yield from (" ".join((words[1], *be, words[0], *words[2:])) for be in ((), ("were",), ("are",)))
    before, _, last = head.rpartition(" ")
    if before and last.endswith(("ption", "ction", "ration", "ment", "iture")) and "of" not in words:
        yield f"{last} of {before}{rest}"
    if len(words) == 2 and not rest and all(map(str.isalpha, words)):
        yield f"{words[1]} of {plural(words[0])}"


def _reordered(name: str) -> Iterator[str]:
    """'Median net income' as 'net median income': what stands before the head, in any order."""
    head, rest = _parted(name)
    *before, noun = head.split()
    if 2 <= len(before) <= MOST_BEFORE and all(map(str.isalpha, before)):
        yield from (" ".join((*order, noun)) + rest for order in permutations(before))


def _for_each(name: str) -> Iterator[str]:
    """'Cars per 1000 inhabitants' as 'cars per inhabitant': the same in another measure, as the unit says."""
    before, per, of = name.partition(" per ")
    number, _, noun = of.partition(" ")
    if per and (number.isdigit() or number in ("hundred", "thousand")) and noun.isalpha():
        yield from (f"{before} per {one}" for one in _singular(noun) or (noun,))


def _number(words: str) -> Iterator[str]:
    """The same words with the last one for one and for several."""
    before, space, last = words.rpartition(" ")
    if last.isalpha() and last not in SAME_FOR_SEVERAL:
        for other in _singular(last) or (plural(last),):
            yield f"{before}{space}{other}"


def _singular(noun: str) -> tuple[str, ...]:
    """The forms for one that a noun for several may have; none of a noun for one."""
    if len(noun) < 4 or not noun.endswith("s") or noun.endswith(("ss", "us", "is")) or noun in SAME_FOR_SEVERAL:
        return ()
    if noun.endswith("ies"):
        return (f"{noun[:-3]}y",)
    return (noun[:-2],) if noun.endswith(("sses", "xes", "ches", "shes")) else (noun[:-1],)


def for_one_and_several(words: str) -> tuple[str, ...]:
    """The same English words with a last noun for one or several: 'arson' and 'arsons'; not what is no noun."""
    last = words.rpartition(" ")[2]
    return tuple(_number(words)) if words.isascii() and last.isalpha() and len(last) > SHORT else ()


def plural(noun: str) -> str:
    """An English noun for several: cantons, municipalities, parishes; another script's as it is."""
    if not noun.isascii():
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def as_done(name: str) -> tuple[str, tuple[str, ...]] | None:
    """What a name says is done, and to what: 'electricity consumption' as electricity, which is consumed.

    The forms of the verb may be none of a language: they count only beside what it is done to.
    """
    head, rest = _parted(name.lower())
    stuff, _, noun = head.rpartition(" ")
    if rest.startswith(" of ") and not stuff:
        stuff, noun, rest = rest.removeprefix(" of "), head, ""
    if rest or not stuff or not noun.isalpha() or not noun.isascii():
        return None
    verb = next((noun.removesuffix(one) + verb for one, verb in NOUN_OF_VERB if noun.endswith(one)), noun)
    stem = verb.removesuffix("e")
    done = f"{stem}ed", f"{stem}ing"
    return stuff, done if verb == noun else (verb, f"{verb}s", *done)  # 'Harvest' alone is the noun.
