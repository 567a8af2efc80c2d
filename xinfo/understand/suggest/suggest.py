"""The proposals for a question typed so far: own history, templates by name, the word being typed, what may come next.

Every proposal is a whole canonical question (or one of the reader's own) that is understood; garbage gets none.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xinfo.language.texts import text as words_for
from xinfo.understand.dialogue import overlaid
from xinfo.understand.followed import Context
from xinfo.understand.frame import Frame, filled
from xinfo.understand.read import LONGEST, Reader, read
from xinfo.understand.reading import Reading
from xinfo.understand.suggest.coverage import Coverage
from xinfo.understand.suggest.follow import following
from xinfo.understand.suggest.index import Index, index_of
from xinfo.understand.suggest.spelling import ENGLISH, INITIALS, PINYIN, Match, joined
from xinfo.understand.suggest.typed import LATIN, Typed

OWN = 2
"""Own questions shown above the rest."""
LAID = 2
"""What is typed laid over the question before, shown above what it means by itself."""
MOST_COMPLETED = 4
"""Completions of the last word above what may follow it, where it is a whole word already."""


@dataclass(frozen=True)
class Suggestion:
    """A whole question that may be meant."""

    text: str
    """As it reads when it is taken."""
    kind: str
    """place, metric, period, part, template, history, onward or starter: what it adds to what was typed."""
    label: str
    """The kind in words."""


def suggest(
    text: str,
    reader: Reader,
    lang: str,
    *,
    history: Sequence[str] = (),
    context: Context | None = None,
    onward: Sequence[str] = (),
    limit: int = 6,
    coverage: Coverage | None = None,
) -> tuple[Suggestion, ...]:
    """What may be meant by a question typed so far; `lang` is the user's language.

    `history` holds own questions, oldest first; `context` is what the last one left behind, `onward` leads on from it.
    Only what has figures is proposed: by `coverage`, or by the catalog, which knows of no gaps.
    Nothing for what is not understood.
    """
    if len(text) > LONGEST:
        return ()
    index = index_of(reader, coverage)
    found: dict[str, Suggestion] = {}
    for said, kind in _proposals(text, index, lang, history, context, onward):
        if joined(said) != joined(text) and said.casefold() not in found:
            found[said.casefold()] = Suggestion(said, kind, words_for(f"suggest.kind.{kind}", lang))
        if len(found) == limit:
            break
    return tuple(found.values())


Proposal = tuple[str, str]
"""A question and its kind."""


def _proposals(
    text: str, index: Index, lang: str, history: Sequence[str], context: Context | None, onward: Sequence[str]
) -> Iterator[Proposal]:
    typed = Typed(text, index.filler.reader, index.typing.spellings, index.typing.words, index.heard)
    if not typed.run:
        yield from ((said, "onward") for said in onward)
    yield from itertools.islice(_own(typed.run, history, index), OWN)
    if not typed.run:
        yield from ((said, "starter") for said in index.typing.sentences.starters[lang])
        return
    spoken = "zh" if typed.is_chinese else lang
    if context:
        yield from itertools.islice(_laid(typed, index, spoken, context), LAID)
    yield from ((said, "template") for said in itertools.islice(index.called.beginning(typed.run, index.filler), OWN))
    completed = _completed(typed, index, spoken)
    if (whole := _whole(typed, index, spoken)) is not None:
        onwards = _next(*whole, index)
        yield from itertools.islice(onwards, 1)
        if not typed.is_open:
            yield from itertools.islice(completed, MOST_COMPLETED)
        yield from onwards
    yield from completed
    yield from _begun(typed, index, spoken)


def _whole(typed: Typed, index: Index, lang: str) -> tuple[Frame, str] | None:
    """What is typed, where all of it says something, and the language to go on in."""
    whole = typed.head(len(typed.text.tokens))
    if whole is None or not filled(whole[0].but(heard=())):
        return None
    return whole[0], "zh" if whole[1] else _written(typed, len(typed.text.tokens), lang, index.typing.neutral)


def _laid(typed: Typed, index: Index, lang: str, context: Context) -> Iterator[Proposal]:
    """What is typed, and the word being typed completed, as a follow-up of the question before."""
    whole = _whole(typed, index, lang)
    ends = ((end.frame, end.lang, end.kind) for end in _ends(typed, index, lang))
    for frame, spoken, kind in (*([(*whole, "onward")] if whole else []), *itertools.islice(ends, LAID)):
        for laid in overlaid(context, frame.but(heard=()), index.filler.reader.catalog)[:1]:
            if laid != frame and not laid.troubles:
                yield from _one(laid, index, spoken, kind)


def _own(run: str, history: Sequence[str], index: Index) -> Iterator[Proposal]:
    """Own questions that begin so, the last one first; those that need the one before them are left out."""
    for said in reversed(history):
        if joined(said).startswith(run):
            if said not in index.own:
                index.own[said] = isinstance(read(said, index.filler.reader)[0], Reading)
            if index.own[said]:
                yield said, "history"


@dataclass(frozen=True)
class End:
    """What was typed with its last word completed."""

    frame: Frame
    lang: str
    kind: str
    is_whole: bool = False
    """Whether it is surely meant: nothing of it was left to complete."""


def _completed(typed: Typed, index: Index, lang: str) -> Iterator[Proposal]:
    """The word being typed completed, by whatever it may be the beginning of."""
    for end in _ends(typed, index, lang):
        if end.is_whole:
            yield from _next(end.frame, end.lang, index)
        yield from _one(end.frame, index, end.lang, end.kind)


def _ends(typed: Typed, index: Index, lang: str) -> Iterator[End]:
    for start, tail in typed.tails():
        matches = _ordered(index.typing.spellings.find(tail), tail, lang, index)
        if not matches or (head := typed.head(start)) is None:
            continue
        for match in matches:
            frame, spoken = _taken(head[0], match), _language(typed, start, match, head[1], lang, index)
            if frame is not None:
                is_whole = match.whole and match is matches[0] and typed.head(len(typed.text.tokens)) is None
                yield End(frame, spoken, match.value.kind, is_whole)
    for cut in typed.run_on():
        for match in index.typing.spellings.find(cut.tail):
            if match.how in (PINYIN, INITIALS) and (frame := _taken(cut.head, match)):
                yield End(frame, "zh", match.value.kind)


def _begun(typed: Typed, index: Index, lang: str) -> Iterator[Proposal]:
    """Whole questions that begin as typed, in the other language, too."""
    for spoken in (lang,) if typed.is_chinese else dict.fromkeys((lang, "en", "zh")):
        yield from ((said, "template") for said in index.typing.sentences.beginning(typed.run, spoken, 8))


def _one(frame: Frame, index: Index, lang: str, kind: str) -> Iterator[Proposal]:
    if said := index.filler.question(frame, lang):
        yield said, kind


def _next(frame: Frame, lang: str, index: Index) -> Iterator[Proposal]:
    """The question as it stands, then with one thing more."""
    open_slot = "metric" if not frame.metric else "place" if not (frame.places or frame.scope) else "period"
    yield from _one(frame, index, lang, "template" if frame.times or frame.cues or frame.fact else open_slot)
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


def _ordered(matches: list[Match], tail: str, lang: str, index: Index) -> list[Match]:
    """What is typed the way of the language; other ways only where there is none, or after it."""
    if lang == "en":
        return [match for match in matches if match.how == ENGLISH] or matches
    neutral = any(word.startswith(tail) for word in index.typing.neutral)
    return sorted(matches, key=lambda match: match.how == ENGLISH and not neutral)


def _language(typed: Typed, start: int, match: Match, in_pinyin: bool, lang: str, index: Index) -> str:
    """Pinyin calls for Chinese; English words call for English whatever the page is in."""
    if in_pinyin or match.how in (PINYIN, INITIALS):
        return "zh"
    tail = "".join(typed.text.words(start))
    if match.how == ENGLISH and not any(word.startswith(tail) for word in index.typing.neutral):
        return _written(typed, len(typed.text.tokens), lang, index.typing.neutral)
    return _written(typed, start, lang, index.typing.neutral)


def _written(typed: Typed, tokens: int, lang: str, neutral: frozenset[str]) -> str:
    """English where the first tokens hold an English word, else `lang`."""
    if typed.is_chinese or lang == "en":
        return "zh" if typed.is_chinese else "en"
    english = [word for word in typed.text.words(0, tokens) if LATIN.fullmatch(word) and word not in neutral]
    return "en" if english else lang
