"""A question to a Reading or an Unclear: segment, hear, settle, choose; corrections and follow-ups tried in turn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from xinfo.errors import NoSuchPeriod
from xinfo.understand.attempt import Attempt, Reader, attempt
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.choices import Partial, offered
from xinfo.understand.choices.heard import ways
from xinfo.understand.choices.nearest import likely_metrics
from xinfo.understand.choose import lacking
from xinfo.understand.derived import two_readings
from xinfo.understand.dialogue import changed
from xinfo.understand.followed import Context
from xinfo.understand.frame import EMPTY, Frame, Trouble, filled
from xinfo.understand.noted import note
from xinfo.understand.reading import Reading, Subject, Unclear
from xinfo.understand.say import sentence
from xinfo.understand.segment import Piece, segment
from xinfo.understand.subject import subject_of
from xinfo.understand.taken import clear_spellings, fewest_troubles, guesses, likeliest, taken, timeless
from xinfo.understand.text import Text, key, language_of, read_text
from xinfo.understand.unclear import explain, refusal

__all__ = ["LONGEST", "Reader", "attempt_reading", "read"]

LONGEST = 500
"""Characters of a question that are read."""
OPEN_TROUBLES = frozenset(
    "which_metric which_place which_year missing how_many_rows total_or_each range_of_what province about_place "
    "about_metric".split()
)
"""Troubles that the next question may clear up."""
LOST = frozenset(
    "unknown_words unused_words negation no_template same_again which_two doubtful two_templates missing".split()
)
"""Troubles that leave open what a follow-up was to change."""
OTHER = [{name} for name in ("places", "scope", "periods", *DIMENSIONS)]
"""What a question can be the one before of, and nothing else: another place, set, time or part."""
NAMED = frozenset(["metric", "metrics", "scope", "projects"])
"""What a question about the programme may name as well as one about a figure."""
OF_FIGURES = frozenset(["metric", "metrics", "times"])
"""What is said of figures alone."""
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
        # By counting back or on from the first or the last year there is ('the year before 1900'), or 'Q3 to Q2'.
        return _without_its_time(question, lang, reader), context


def _read(
    question: str, lang: str, reader: Reader, context: Context | None
) -> tuple[Reading | Unclear, Context | None]:
    text = read_text(question)
    attempts = taken(text, reader, context)
    if two_readings(attempts[0]):
        return _which_reading(question, lang, attempts, reader, context)
    clear = _by_its_name(next((a for a in attempts if a.clear), None), attempts)
    best = clear or fewest_troubles(attempts)
    pieces = () if clear or subject_of(best) else segment(text, reader.lexicon)
    if any(not piece.known for piece in pieces):
        return _corrected(question, lang, text, pieces, reader, context, attempts)
    return _outcome(question, lang, best, reader, context, attempts[0])


def _which_reading(
    question: str, lang: str, ways: Sequence[Attempt], reader: Reader, context: Context | None
) -> tuple[Unclear, Context | None]:
    """Words that mean several things are asked back, each of them ready to be sent."""
    different = [way for way in ways if way.fitting]
    said = tuple(dict.fromkeys(_reading(question, lang, way, reader, context).sentence for way in different))
    trouble = [Trouble("two_templates")]
    return explain(question, lang, trouble, said, ways[0].frame.heard, reader.catalog), _kept(context, ways[0], trouble)


def _without_its_time(question: str, lang: str, reader: Reader) -> Unclear:
    """For a time that cannot be: the question for times that can."""
    trouble = Trouble("no_such_period", about=question[:60])
    found = fewest_troubles(taken(timeless(question, reader), reader, None))
    choices = _choices(question, found, reader, lang, None)
    return explain(question, lang, [trouble], choices, (), reader.catalog)


def attempt_reading(
    frame: Frame, reader: Reader, lang: str, question: str = "", context: Context | None = None
) -> Reading | None:
    """The reading of a frame, or None where it is not clear."""
    found = attempt(frame, reader)
    return _reading(question, lang, found, reader, context) if found.clear else None


def _by_its_name(clear: Attempt | None, attempts: Sequence[Attempt]) -> Attempt | None:
    """The same question as the kept one that goes by these words, where there is one."""
    for kept in attempts if clear and not clear.follows else ():
        same = clear is not None and kept.clear and kept.settled.slots == clear.settled.slots
        if same and clear is not None and kept.fitting[0].uses == clear.fitting[0].template_id:
            return kept
    return clear


def _outcome(
    question: str, lang: str, found: Attempt, reader: Reader, context: Context | None, alone: Attempt
) -> tuple[Reading | Unclear, Context | None]:
    if found.clear and found.follows and context and context.doubtful:
        way = _reading(question, lang, found, reader, context).sentence
        return explain(question, lang, [Trouble("doubtful")], (way,), found.frame.heard, reader.catalog), context
    if found.clear:
        reading = _reading(question, lang, found, reader, context)
        same = reading.changed in OTHER
        before = (*context.before, context.slots) if context and context.slots and same else ()
        return reading, Context(found.frame, found.settled.slots, template=reading.template.template_id, before=before)
    subject = subject_of(found)
    troubles = found.troubles or [_missing(found, reader, subject)]
    choices = _choices(question, found, reader, lang, context)
    unclear = explain(question, lang, troubles, choices, found.frame.heard, reader.catalog)
    unclear = replace(unclear, subject=subject)
    if all(trouble.kind in OPEN_TROUBLES for trouble in troubles) and set(filled(found.frame)) - EMPTY:
        return unclear, Context(found.frame.but(troubles=()))
    return unclear, _kept(context, alone, troubles)


def _choices(question: str, found: Attempt, reader: Reader, lang: str, context: Context | None) -> tuple[str, ...]:
    """Questions near to an unclear one; a conversation goes on with its metric, places and time."""
    if without := _without_unknown(question, found, reader, lang, context):
        return without
    before = context.slots if context and not found.frame.new_topic else None
    heard = ways(found, reader, before)
    said = set(filled(found.frame)) - EMPTY
    if (said <= NAMED or said.isdisjoint(OF_FIGURES)) and (facts := _facts(question, reader, lang)):
        rest = offered(question, heard, reader.general, reader.catalog, (), lang) if found.frame.projects else ()
        return (*rest[:2], *facts)
    known = all(way.slots.metric for way in heard)
    metrics = () if known else likely_metrics(question, reader.metric_names, reader.catalog)
    return offered(question, heard, reader.general, reader.catalog, metrics, lang)


def _without_unknown(
    question: str, found: Attempt, reader: Reader, lang: str, context: Context | None
) -> tuple[str, ...]:
    """What is understood without the words that nobody knows."""
    parser = reader.parsers.get(language_of(question))
    known = {word for phrase in reader.lexicon.programme.concepts for word in phrase}
    known |= parser.literals if parser else frozenset()
    words = [heard for heard in found.frame.heard if heard.kind == "unknown"]
    unknown = [one for one in words if not reader.lexicon.senses.get(key(one.text)) and one.text.lower() not in known]
    if not unknown or not any(trouble.kind == "unknown_words" for trouble in found.troubles):
        return ()
    kept = "".join(" " if any(h.start <= at < h.end for h in unknown) else c for at, c in enumerate(question))
    ways = taken(read_text(kept), reader, context)
    return tuple(_reading(kept, lang, way, reader, context).sentence for way in ways if way.clear)


def _facts(question: str, reader: Reader, lang: str) -> tuple[str, ...]:
    """Facts of the programme that words of the question are near to."""
    near = reader.lexicon.programme.near(read_text(question).words(), reader.lexicon)
    frames = (Frame(fact=fact) for fact in near if fact in reader.catalog.facts)
    return tuple(r.sentence for frame in frames if (r := attempt_reading(frame, reader, lang)))


def of_other_metrics(reading: Reading, reader: Reader) -> tuple[str, ...]:
    """Questions near to one that was understood, of metrics that there are figures of."""
    likely = likely_metrics(reading.question, reader.metric_names, reader.catalog)
    anew = [Partial(reading.slots.but(metric=None))]
    return offered(reading.question, anew, reader.general, reader.catalog, likely, reading.lang)


def _kept(context: Context | None, alone: Attempt, troubles: Sequence[Trouble]) -> Context | None:
    """What the question before leaves behind, unless a whole new one was asked: 'it' is then no longer the old one."""
    frame = alone.frame
    asked_anew = (frame.metric or frame.metrics) and frame.times and not alone.follows
    if asked_anew or context is None:
        return None
    return replace(context, doubtful=context.doubtful or any(trouble.kind in LOST for trouble in troubles))


def _missing(found: Attempt, reader: Reader, subject: Subject | None = None) -> Trouble:
    if subject:
        return Trouble(f"about_{subject.kind}", options=tuple(filter(None, [subject.id])))
    if len(found.fitting) == 1:
        return Trouble("doubtful")
    if len(found.fitting) > 1:
        return Trouble("two_templates", options=tuple(t.template_id for t in found.fitting))
    near = lacking(reader.general, found.settled)
    if not near or near[0][1] & SELDOM:
        return Trouble("no_template")
    return Trouble("missing", options=tuple(sorted(near[0][1])))


def _reading(question: str, lang: str, found: Attempt, reader: Reader, context: Context | None) -> Reading:
    slots, template = found.settled.slots, found.fitting[0]
    anew = changed(context.slots, slots) if context and found.follows else frozenset()
    assumed = tuple(note(a, reader.catalog, lang) for a in found.settled.assumed)
    said = sentence(template, slots, reader.catalog, lang)
    return Reading(question, lang, template, slots, said, found.frame.heard, assumed, anew)


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
        best = fewest_troubles(attempts)
        trouble = Trouble("elsewhere", about="|".join(elsewhere))
        nowhere = Context(context.frame.but(places=(), options=())) if context else None
        choices = _choices(question, best.but_for(trouble), reader, lang, context)
        return explain(question, lang, [trouble], choices, best.frame.heard, reader.catalog), _kept(
            nowhere, attempts[0], ()
        )
    clear = clear_spellings(text, pieces, reader, context)
    if len(clear) == 1:
        return _outcome(question, lang, clear[0], reader, context, attempts[0])
    best = fewest_troubles(attempts)
    sentences = tuple(sentence(a.fitting[0], a.settled.slots, reader.catalog, lang) for a in clear)
    if not sentences:
        guess = likeliest([best, *guesses(text, pieces, reader, context)])
        sentences = _choices(question, guess, reader, lang, context)
    troubles = best.troubles or [_missing(best, reader)]
    unclear = explain(question, lang, troubles, sentences, best.frame.heard, reader.catalog)
    return unclear, _kept(context, attempts[0], troubles)
