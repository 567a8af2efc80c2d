"""A question to a Reading or an Unclear: segment, hear, settle, choose; corrections and follow-ups tried in turn."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from xinfo.errors import NoSuchPeriod
from xinfo.understand.attempt import Attempt, Reader, attempt, taken_alone
from xinfo.understand.choose import lacking
from xinfo.understand.dialogue import EMPTY, Context, changed, overlaid
from xinfo.understand.frame import Frame, Trouble, filled
from xinfo.understand.hear.listen import listen
from xinfo.understand.reading import Reading, Scope, Unclear
from xinfo.understand.say import as_actual, namesakes, sentence
from xinfo.understand.segment import Piece, segment
from xinfo.understand.settle import note
from xinfo.understand.text import Text, language_of, read_text
from xinfo.understand.unclear import explain, loudest, refusal
from xinfo.understand.variants import variants

__all__ = ["LONGEST", "Reader", "attempt_reading", "read"]

LONGEST = 500
"""Characters of a question that are read."""
MOST_CORRECTIONS = 24
OPEN_TROUBLES = frozenset(
    [
        "which_metric",
        "which_place",
        "which_year",
        "missing",
        "how_many_rows",
        "total_or_each",
        "range_of_what",
        "province",
    ]
)
"""Troubles that the next question may clear up."""
LOST = frozenset(
    [
        "unknown_words",
        "unused_words",
        "negation",
        "no_template",
        "same_again",
        "which_two",
        "nested",
        "moving_share",
        "share_of_part",
    ]
)
"""Troubles that leave open what a follow-up was to change."""
SELDOM = frozenset(["fact", "definition", "where_is", "implied", "required"])
"""What a question that says nothing of it hardly lacks."""
HALF = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no file and no other program takes."""
SQL = re.compile(
    r"^\W*(select|insert|update|delete|drop|alter|create|attach|detach|copy|pragma|truncate|grant|with\s+\w+\s+as)\b[^?？]*(\b(from|into|table|set|where|as|database|view)\b|;|\*)",
    re.IGNORECASE,
)


def read(
    question: str, reader: Reader, lang: str | None = None, context: Context | None = None
) -> tuple[Reading | Unclear, Context | None]:
    """What the question means, and what it leaves behind for the next one. Never raises for any text."""
    question = HALF.sub("\ufffd", question)
    lang = lang or language_of(question)
    if len(question) > LONGEST or not question.strip() or SQL.search(question):
        return refusal(question, lang, LONGEST, bool(SQL.search(question))), context
    try:
        return _read(question, lang, reader, context)
    except NoSuchPeriod:
        # Only by counting back or on from the first or the last year there is: 'the year before 1900'.
        trouble = Trouble("no_such_period", about=question[:60])
        return explain(question, lang, [trouble], (), (), reader.catalog), context


def _read(
    question: str, lang: str, reader: Reader, context: Context | None
) -> tuple[Reading | Unclear, Context | None]:
    text = read_text(question)
    pieces = segment(text, reader.lexicon)
    attempts = _attempts(text, pieces, reader, context)
    clear = _by_its_name(next((a for a in attempts if a.clear), None), attempts)
    if clear is None and any(not piece.known for piece in pieces):
        return _corrected(question, lang, text, pieces, reader, context, attempts)
    return _outcome(question, lang, clear or _best(attempts), reader, context, attempts[0])


def attempt_reading(
    frame: Frame, reader: Reader, lang: str, question: str = "", context: Context | None = None
) -> Reading | None:
    """The reading of a frame, or None where it is not clear."""
    found = attempt(frame, reader)
    return _reading(question, lang, found, reader, context) if found.clear else None


def _attempts(text: Text, pieces: tuple[Piece, ...], reader: Reader, context: Context | None) -> list[Attempt]:
    """The ways a question may be taken: by itself, then laid over the one before."""
    alone = listen(text, pieces, reader.catalog)
    unasked = context is None or alone.new_topic
    itself = taken_alone(text, _listed(alone) if unasked else alone, reader)
    if context is None or alone.new_topic or _is_kept(alone, reader):
        return itself
    new = listen(text, pieces, reader.catalog, context.frame)
    over = [_following(frame, reader, context) for frame in overlaid(context, new, reader.catalog)]
    if alone.pronoun and not alone.places:
        return over
    return over[:1] if _same_again(over[0]) and not any(way.clear for way in itself) else [*itself, *over]


def _following(frame: Frame, reader: Reader, context: Context) -> Attempt:
    """A follow-up; one that repeats the question before meant to change what was not heard."""
    found = attempt(frame, reader, follows=True)
    if found.clear and (found.settled.slots, found.fitting[0].template_id) == (context.slots, context.template):
        found.troubles.append(Trouble("same_again"))
    return found


def _same_again(found: Attempt) -> bool:
    return any(trouble.kind == "same_again" for trouble in found.troubles)


def _is_kept(frame: Frame, reader: Reader) -> bool:
    """Whether a kept question is asked for: it stands by itself, whatever was asked before."""
    called = reader.own.get(frame.template or "")
    return called is not None and called.pinned is not None


def _by_its_name(clear: Attempt | None, attempts: Sequence[Attempt]) -> Attempt | None:
    """The same question as the kept one that goes by these words, where there is one."""
    for kept in attempts if clear and not clear.follows else ():
        same = clear is not None and kept.clear and kept.settled.slots == clear.settled.slots
        if same and clear is not None and kept.fitting[0].uses == clear.fitting[0].template_id:
            return kept
    return clear


def _listed(frame: Frame) -> Frame:
    """'Prefecture-level pilots in the northeast', asked out of nowhere, asks which they are."""
    said = set(filled(frame)) - EMPTY
    return frame.but(cues=(frozenset({"list"}),)) if said == {"scope"} and frame.scope != Scope() else frame


def _best(attempts: Sequence[Attempt]) -> Attempt:
    """Of ways that all fail, the one to talk about: with fewest troubles, then the latest (the follow-up)."""
    return min(reversed(attempts), key=lambda a: (len(a.troubles), not a.fitting))


def _outcome(
    question: str, lang: str, found: Attempt, reader: Reader, context: Context | None, alone: Attempt
) -> tuple[Reading | Unclear, Context | None]:
    if found.clear and found.follows and context and context.doubtful:
        way = _reading(question, lang, found, reader, context).sentence
        return explain(question, lang, [Trouble("doubtful")], (way,), found.frame.heard, reader.catalog), context
    if found.clear:
        reading = _reading(question, lang, found, reader, context)
        before = context.slots.places if context and context.slots and reading.changed == {"places"} else ()
        return reading, Context(found.frame, found.settled.slots, template=reading.template.template_id, before=before)
    troubles = found.troubles or [_missing(found, reader)]
    ways = _ways_out(found, loudest(troubles), reader, lang)
    unclear = explain(question, lang, troubles, ways, found.frame.heard, reader.catalog)
    if all(trouble.kind in OPEN_TROUBLES for trouble in troubles) and set(filled(found.frame)) - EMPTY:
        return unclear, Context(found.frame.but(troubles=()))
    return unclear, _kept(context, alone, troubles)


def _ways_out(found: Attempt, trouble: Trouble, reader: Reader, lang: str) -> tuple[str, ...]:
    """Questions near to an unclear one that are clear."""
    frames = variants(found.frame, found.settled.slots, trouble, reader.catalog)
    readings = (attempt_reading(frame, reader, lang) for frame in frames)
    asked = dict.fromkeys(reading.sentence for reading in readings if reading)
    return tuple(as_actual(way, lang) if trouble.kind == "no_target" else way for way in asked)


def _kept(context: Context | None, alone: Attempt, troubles: Sequence[Trouble]) -> Context | None:
    """What the question before leaves behind, unless a whole new one was asked: 'it' is then no longer the old one."""
    frame = alone.frame
    asked_anew = (frame.metric or frame.metrics) and frame.times and not alone.follows
    if asked_anew or context is None:
        return None
    return replace(context, doubtful=context.doubtful or any(trouble.kind in LOST for trouble in troubles))


def _missing(found: Attempt, reader: Reader) -> Trouble:
    if len(found.fitting) > 1:
        return Trouble("two_templates", options=tuple(t.template_id for t in found.fitting))
    near = lacking(reader.general, found.settled)
    if not near or near[0][1] & SELDOM:
        return Trouble("no_template")
    return Trouble("missing", options=tuple(sorted(near[0][1])))


def _reading(question: str, lang: str, found: Attempt, reader: Reader, context: Context | None) -> Reading:
    slots, template = found.settled.slots, found.fitting[0]
    anew = changed(context.slots, slots) if context and found.follows else frozenset()
    assumed = tuple(
        note(a, reader.catalog, lang) for a in (*found.settled.assumed, *namesakes(found.frame, slots, reader.catalog))
    )
    return Reading(
        question,
        lang,
        template,
        slots,
        sentence(template, slots, reader.catalog, lang),
        found.frame.heard,
        assumed,
        anew,
    )


def _corrected(
    question: str,
    lang: str,
    text: Text,
    pieces: tuple[Piece, ...],
    reader: Reader,
    context: Context | None,
    attempts: list[Attempt],
) -> tuple[Reading | Unclear, Context | None]:
    """Misspelt words tried as what they may mean; taken only where every way leads to the same reading."""
    if elsewhere := reader.speller.elsewhere(text, pieces):
        best = _best(attempts)
        trouble = Trouble("elsewhere", about="|".join(elsewhere))
        nowhere = Context(context.frame.but(places=(), options=())) if context else None
        ways = _ways_out(best, trouble, reader, lang)
        return explain(question, lang, [trouble], ways, best.frame.heard, reader.catalog), _kept(
            nowhere, attempts[0], ()
        )
    options = reader.speller.candidates(text, pieces)
    clear: dict[object, Attempt] = {}
    if all(options):
        for extra in itertools.islice(itertools.product(*options), MOST_CORRECTIONS):
            recut = segment(text, reader.lexicon, extra)
            tried = _attempts(text, recut, reader, context)
            if found := next((a for a in tried if a.clear), None):
                clear.setdefault((found.fitting[0].template_id, found.settled.slots), found)
    if len(clear) == 1:
        return _outcome(question, lang, next(iter(clear.values())), reader, context, attempts[0])
    best = _best(attempts)
    troubles = best.troubles or [_missing(best, reader)]
    sentences = tuple(sentence(a.fitting[0], a.settled.slots, reader.catalog, lang) for a in clear.values())
    sentences = sentences or _ways_out(best, loudest(troubles), reader, lang)
    unclear = explain(question, lang, troubles, sentences, best.frame.heard, reader.catalog)
    return unclear, _kept(context, attempts[0], troubles)
