"""The proposals for a question typed so far, in their order: own history, the word being typed, what may come next.

Every proposal is a whole canonical question (or one of the reader's own) that is understood; garbage gets none.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xinfo.language.texts import text as words_for
from xinfo.understand.frame import Frame, filled
from xinfo.understand.read import LONGEST, Reader, read
from xinfo.understand.reading import Reading
from xinfo.understand.suggest.coverage import Coverage
from xinfo.understand.suggest.fill import Filler
from xinfo.understand.suggest.follow import following
from xinfo.understand.suggest.sentences import Sentences, sample
from xinfo.understand.suggest.spelling import ENGLISH, INITIALS, PINYIN, Match, Spellings, joined
from xinfo.understand.suggest.typed import LATIN, Typed, vocabulary_of
from xinfo.understand.suggest.values import spellings_of
from xinfo.understand.text import key

OWN = 3
"""Own questions shown above the rest."""
NEUTRAL = ("gdp", "lte", "g", "td", "q", "h")
"""Latin words that Chinese questions hold, too."""


@dataclass(frozen=True)
class Suggestion:
    """A whole question that may be meant."""

    text: str
    """As it reads when it is taken."""
    kind: str
    """place, metric, period, part, template, history or starter: what it adds to what was typed."""
    label: str
    """The kind in words."""


@dataclass(eq=False)
class Index:
    """What is worked out once for a reader."""

    spellings: Spellings
    filler: Filler
    sentences: Sentences
    words: frozenset[str]
    """Latin words of the vocabulary."""
    neutral: frozenset[str]
    """Those of them that are written in Chinese questions, too, or are pinyin."""
    own: dict[str, bool] = field(default_factory=dict)
    """Questions of the history: whether they stand alone."""


NOTHING_KNOWN = Coverage()
MOST_INDEXES = 8
_indexes: dict[tuple[int, int], Index] = {}


def index_of(reader: Reader, coverage: Coverage = NOTHING_KNOWN) -> Index:
    """The index of a reader, made when it is first asked for; the last few are kept."""
    # A kept index holds its reader and coverage, so that no other object can come to bear their ids.
    name = (id(reader), id(coverage))
    if name not in _indexes:
        while len(_indexes) >= MOST_INDEXES:
            _indexes.pop(next(iter(_indexes)), None)
        filler = Filler(reader, coverage)
        spellings = spellings_of(reader.lexicon, reader.catalog, coverage)
        _indexes[name] = Index(spellings, filler, sample(filler), vocabulary_of(reader), _neutral(reader))
    return _indexes[name]


def _neutral(reader: Reader) -> frozenset[str]:
    names = (place.name_en for place in reader.catalog.places.values())
    return frozenset([*NEUTRAL, *itertools.chain.from_iterable(key(name) for name in names)])


def suggest(
    text: str,
    reader: Reader,
    lang: str,
    *,
    history: Sequence[str] = (),
    limit: int = 8,
    coverage: Coverage = NOTHING_KNOWN,
) -> tuple[Suggestion, ...]:
    """What may be meant by a question typed so far; `lang` is the reader's language, `history` own questions, oldest first.

    With `coverage` only what the store has figures for is proposed. Nothing for what is not understood.
    """
    if len(text) > LONGEST:
        return ()
    index = index_of(reader, coverage)
    found: dict[str, Suggestion] = {}
    for said, kind in _proposals(text, index, lang, history):
        if joined(said) != joined(text) and said.casefold() not in found:
            found[said.casefold()] = Suggestion(said, kind, words_for(f"suggest.kind.{kind}", lang))
        if len(found) == limit:
            break
    return tuple(found.values())


Proposal = tuple[str, str]
"""A question and its kind."""


def _proposals(text: str, index: Index, lang: str, history: Sequence[str]) -> Iterator[Proposal]:
    typed = Typed(text, index.filler.reader, index.spellings, index.words)
    yield from itertools.islice(_own(typed.run, history, index), OWN)
    if not typed.run:
        yield from ((said, "starter") for said in index.sentences.starters[lang])
        return
    spoken = "zh" if typed.is_chinese else lang
    yield from _completed(typed, index, spoken)
    yield from _begun(typed, index, spoken)


def _own(run: str, history: Sequence[str], index: Index) -> Iterator[Proposal]:
    """Own questions that begin so, the last one first; those that need the one before them are left out."""
    for said in reversed(history):
        if joined(said).startswith(run):
            if said not in index.own:
                index.own[said] = isinstance(read(said, index.filler.reader)[0], Reading)
            if index.own[said]:
                yield said, "history"


def _completed(typed: Typed, index: Index, lang: str) -> Iterator[Proposal]:
    """The word being typed completed, then what may follow the words typed in full."""
    for start, tail in typed.tails():
        if not (matches := _ordered(index.spellings.find(tail), lang)) or (head := typed.head(start)) is None:
            continue
        frame, in_pinyin = head
        whole = [match for match in matches if match.whole]
        for match in whole[:1]:
            yield from _next(
                _taken(frame, match), index, _language(typed, start, match, in_pinyin, lang, index), match.value.kind
            )
        for match in matches:
            yield from _one(
                _taken(frame, match), index, _language(typed, start, match, in_pinyin, lang, index), match.value.kind
            )
    for cut in typed.run_on():
        for match in index.spellings.find(cut.tail):
            if match.how in (PINYIN, INITIALS):
                yield from _one(_taken(cut.head, match), index, "zh", match.value.kind)
    if (all_of_it := typed.head(len(typed.text.tokens))) is not None:
        frame, in_pinyin = all_of_it
        if filled(frame.but(heard=())):
            yield from _next(
                frame,
                index,
                "zh" if in_pinyin else _written(typed, len(typed.text.tokens), lang, index.neutral),
                "template",
            )


def _begun(typed: Typed, index: Index, lang: str) -> Iterator[Proposal]:
    for spoken in (lang,) if typed.is_chinese else dict.fromkeys((lang, "en", "zh")):
        yield from ((said, "template") for said in index.sentences.beginning(typed.run, spoken, 8))


def _one(frame: Frame | None, index: Index, lang: str, kind: str) -> Iterator[Proposal]:
    if frame is not None and (said := index.filler.question(frame, lang)):
        yield said, kind


def _next(frame: Frame | None, index: Index, lang: str, kind: str) -> Iterator[Proposal]:
    """The question as it stands, then with one thing more."""
    if frame is None:
        return
    yield from _one(frame, index, lang, kind)
    for added, more in following(frame, index.filler):
        yield from _one(more, index, lang, added)


def _taken(frame: Frame, match: Match) -> Frame | None:
    """The frame with a value; None where it says something else of the same thing already."""
    for name, value in match.value.changes:
        held = getattr(frame, name)
        if name == "places" and held:
            if value[0] in held:
                return None
            value = (*held, *value)
        elif name == "scope" and frame.places:
            return None
        elif name == "n":
            value = held or value
        elif held not in (None, (), value) and not (name == "scope" and held == type(held)()):
            return None
        frame = frame.but(**{name: value})
    return frame


def _ordered(matches: list[Match], lang: str) -> list[Match]:
    """What is typed the way of the language first."""
    other = (PINYIN, INITIALS) if lang == "en" else (ENGLISH,)
    return sorted(matches, key=lambda match: match.how in other and match.value.kind != "place")


def _language(typed: Typed, start: int, match: Match, in_pinyin: bool, lang: str, index: Index) -> str:
    """Pinyin calls for Chinese; English words call for English whatever the page is in."""
    if in_pinyin or match.how in (PINYIN, INITIALS):
        return "zh"
    if match.how == ENGLISH and match.value.kind != "place" and not typed.is_chinese:
        return _written(typed, len(typed.text.tokens), lang, index.neutral)
    return _written(typed, start, lang, index.neutral)


def _written(typed: Typed, tokens: int, lang: str, neutral: frozenset[str]) -> str:
    """English where the first tokens hold an English word, else `lang`."""
    if typed.is_chinese or lang == "en":
        return "zh" if typed.is_chinese else "en"
    english = [word for word in typed.text.words(0, tokens) if LATIN.fullmatch(word) and word not in neutral]
    return "en" if english else lang
