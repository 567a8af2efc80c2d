"""A phrase proposed for the vocabulary: tried on everything that is known to be read, and taken in when nothing breaks.

What it can mean are the kinds and values that the vocabulary already knows. A trial reads in a reader of its
own; nobody else notices it. What is taken in goes to `<store>.vocabulary.yaml`, where it can be read and mended by
hand: see `own`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from xinfo.errors import InputError
from xinfo.loop.asked import Asked
from xinfo.understand.catalog import Catalog
from xinfo.understand.correct import Speller
from xinfo.understand.coverage import said_back
from xinfo.understand.lexicon import Key, Lexicon, Sense
from xinfo.understand.read import Reader, read
from xinfo.understand.reading import Reading, Unclear
from xinfo.understand.text import HAN, key, language_of, read_text

KINDS = (
    "metric", "place", "province", "measure", "order", "over", "grain", "consumer", "offering", "sector", "region",
    "admin_type", "batch", "pilots", "cue", "projects", "content_area", "level", "project_status", "field", "cmp",
    "degree", "fact", "per", "refuse",
)  # fmt: skip
"""In the order they are offered: what is asked about first, mere words last."""
SHOWN = 4
"""Phrases that tell what a value means."""


@dataclass(frozen=True)
class Meaning:
    """A value of the vocabulary, with some of the words that already mean it."""

    kind: str
    value: str
    words_en: tuple[str, ...] = ()
    words_zh: tuple[str, ...] = ()

    def words(self, lang: str) -> tuple[str, ...]:
        """Words for it in a language, or in the other where it has none."""
        return (self.words_zh or self.words_en) if lang == "zh" else (self.words_en or self.words_zh)


def meanings(lexicon: Lexicon, catalog: Catalog) -> dict[str, tuple[Meaning, ...]]:
    """Every value by kind, in the order of KINDS; a metric or place goes by its own name."""
    phrases: dict[tuple[str, str], list[Key]] = {}
    for words, senses in lexicon.senses.items():
        for sense in senses:
            if len(sense.means) == 1 and isinstance(sense.value, str) and sense.kind in KINDS:
                phrases.setdefault((sense.kind, sense.value), []).append(words)
    found = {kind: [_meaning(k, v, phrases[k, v], catalog) for k, v in phrases if k == kind] for kind in KINDS}
    return {kind: tuple(values) for kind, values in found.items() if values}


def known_as(lexicon: Lexicon, words: Key) -> tuple[Sense, ...]:
    """What a phrase means already."""
    return lexicon.senses.get(words, ())


def _meaning(kind: str, value: str, phrases: list[Key], catalog: Catalog) -> Meaning:
    if kind == "metric" and (metric := catalog.metrics.get(value)):
        return Meaning(kind, value, (metric.label_en,), (metric.label_zh,))
    if kind == "place" and (place := catalog.places.get(value)):
        return Meaning(kind, value, (place.name_en,), (place.name_zh,))
    chinese = ("".join(words) for words in phrases if any(map(HAN.match, words)))
    latin = (" ".join(words) for words in phrases if not any(map(HAN.match, words)))
    return Meaning(kind, value, tuple(islice(latin, SHOWN)), tuple(islice(chinese, SHOWN)))


LONGEST = 60
PHRASE = re.compile(r"[\w .&/+'’·-]+")
"""Signs with a meaning in the vocabulary's files, such as brackets and bars, are no part of a phrase."""


@dataclass(frozen=True)
class Proposal:
    """'This phrase means that': a value of a kind of the vocabulary."""

    phrase: str
    kind: str
    value: str

    @property
    def lang(self) -> str:
        """The language it is a phrase of."""
        return "zh" if HAN.search(self.phrase) else "en"


@dataclass(frozen=True)
class Change:
    """A question before and after: canonical sentences, or reasons why it is not read."""

    question: str
    lang: str
    before: str
    after: str


@dataclass(frozen=True)
class Trial:
    """What a proposal would do."""

    proposal: Proposal
    answered: tuple[Change, ...]
    """Kept questions that are read now."""
    different: tuple[Change, ...]
    """Kept questions that are still not read, for another reason."""
    broken: tuple[Change, ...]
    """Examples and canonical sentences that are no longer read as they were: with any, it is not taken in."""
    tested: int
    """Examples and canonical sentences that it was held against."""
    also: tuple[Sense, ...] = ()
    """What the phrase means already."""

    @property
    def passed(self) -> bool:
        return not self.broken


def checked(proposal: Proposal, reader: Reader) -> Proposal:
    """The proposal with its phrase tidied. Raises InputError, saying why, where it cannot be one."""
    phrase = " ".join(proposal.phrase.split())
    if not phrase or len(phrase) > LONGEST:
        raise InputError(f"a phrase has 1 to {LONGEST} characters; this one has {len(phrase)}")
    if not PHRASE.fullmatch(phrase) or not any(c.isalpha() for c in phrase):
        raise InputError(f"the phrase “{phrase}” has signs in it; use letters, digits, blanks and hyphens")
    if Sense(((proposal.kind, proposal.value),)) in known_as(reader.lexicon, key(phrase)):
        raise InputError(f"“{phrase}” means this already")
    return Proposal(phrase, proposal.kind, proposal.value)


def try_out(proposal: Proposal, reader: Reader, kept: Iterable[Asked]) -> Trial:
    """Reads what is known to be read, and the kept questions, with the phrase. Raises InputError where it is none.

    A question in which the phrase does not stand is cut as before, so that of those that are read only the others need
    to be read again. In a kept question an unknown word may also be corrected to it.
    """
    proposal = checked(proposal, reader)
    extended = with_phrase(reader, proposal)
    tests = list(dict.fromkeys(known_sentences(reader)))
    touched = [(said, lang) for said, lang in tests if _holds(said, key(proposal.phrase))]
    broken = [change for said, lang in touched if (change := _change(said, lang, reader, extended))]
    broken += _forbidden(reader, extended)
    answered: list[Change] = []
    different: list[Change] = []
    for asked in kept:
        if change := _change(asked.question, asked.lang, reader, extended):
            (answered if _is_read(asked.question, asked.lang, extended) else different).append(change)
    also = known_as(reader.lexicon, key(proposal.phrase))
    return Trial(proposal, tuple(answered), tuple(different), tuple(broken), len(tests), also)


def with_phrase(reader: Reader, proposal: Proposal) -> Reader:
    """A reader of its own that knows the phrase; the given one stays as it is."""
    lexicon = reader.lexicon.copy()
    lexicon.add(proposal.phrase, (proposal.kind, proposal.value))
    return replace(reader, lexicon=lexicon, speller=Speller(lexicon, reader.catalog))


def known_sentences(reader: Reader) -> Iterable[tuple[str, str]]:
    """(question, language) of everything that must go on being read as it is."""
    for template in reader.templates:
        for example in template.examples:
            yield from ((example.en, "en"), (example.zh, "zh"))
        yield from said_back(template, reader)


def _forbidden(before: Reader, after: Reader) -> Iterator[Change]:
    """Sentences that must not mean a template, by its own tests, and would."""
    for template in before.templates:
        for said in (one for sentences in template.tests.must_not.values() for one in sentences):
            lang = language_of(said)
            now = read(said, after, lang)[0]
            if isinstance(now, Reading) and now.template.template_id == template.template_id:
                yield Change(said, lang, _said(read(said, before, lang)[0]), _said(now))


def _change(question: str, lang: str, before: Reader, after: Reader) -> Change | None:
    then, now = (read(question, reader, lang)[0] for reader in (before, after))
    if _meant(then) == _meant(now):
        return None
    return Change(question, lang, _said(then), _said(now))


def _holds(question: str, words: Key) -> bool:
    there = read_text(question).words()
    return any(there[at : at + len(words)] == words for at in range(len(there)))


def _is_read(question: str, lang: str, reader: Reader) -> bool:
    return isinstance(read(question, reader, lang)[0], Reading)


def _meant(outcome: Reading | Unclear) -> object:
    if isinstance(outcome, Reading):
        return outcome.template.template_id, outcome.slots
    return outcome.reason


def _said(outcome: Reading | Unclear) -> str:
    return outcome.sentence if isinstance(outcome, Reading) else outcome.reason
