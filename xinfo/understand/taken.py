"""The ways a question may be taken: by itself, laid over the one before, with other spellings. Decides on none."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xinfo.understand.attempt import Attempt, Reader, frame_of, taken_alone
from xinfo.understand.called import asked_by_name
from xinfo.understand.correct import as_on_the_mainland
from xinfo.understand.derived import derived, following, two_readings
from xinfo.understand.dialogue import EMPTY, overlaid
from xinfo.understand.followed import Context
from xinfo.understand.frame import Frame, filled
from xinfo.understand.reading import Scope
from xinfo.understand.segment import FILLER, Piece, segment
from xinfo.understand.text import Text, read_text

MOST_CORRECTIONS, LOOSE = 24, 4
"""Spellings that are tried, and those that are only offered."""


def taken(text: Text, pieces: tuple[Piece, ...], reader: Reader, context: Context | None) -> list[Attempt]:
    """The ways a question may be taken: as the grammar derives it; else by itself, then laid over the one before."""
    ways = [] if _called(text, pieces, reader) else derived(text, pieces, reader, context)
    if ways and (ways[0].clear or two_readings(ways[0])):
        return ways
    alone = frame_of(text, pieces, reader)
    unasked = context is None or alone.new_topic
    itself = taken_alone(text, _listed(alone) if unasked else alone, reader)
    if context is None or alone.new_topic or _is_kept(alone, reader):
        return itself
    new = frame_of(text, pieces, reader, context.frame)
    over = [following(frame, reader, context) for frame in overlaid(context, new, reader.catalog)]
    if alone.pronoun and not alone.places:
        return over
    return over[:1] if _same_again(over[0]) and not any(way.clear for way in itself) else [*itself, *over]


def _called(text: Text, pieces: tuple[Piece, ...], reader: Reader) -> bool:
    """Whether a template or a fact of the programme is called for by words of its own."""
    named = any(piece.has("template") for piece in pieces) or bool(asked_by_name(text, reader.named))
    return named or reader.lexicon.programme.asked(text.words(), reader.lexicon) is not None


def _same_again(found: Attempt) -> bool:
    return any(trouble.kind == "same_again" for trouble in found.troubles)


def _is_kept(frame: Frame, reader: Reader) -> bool:
    """Whether a kept question is asked for: it stands by itself, whatever was asked before."""
    called = reader.own.get(frame.template or "")
    return called is not None and called.pinned is not None


def _listed(frame: Frame) -> Frame:
    """'Prefecture-level pilots in the northeast', asked out of nowhere, asks which they are."""
    said = set(filled(frame)) - EMPTY
    return frame.but(cues=(frozenset({"list"}),)) if said == {"scope"} and frame.scope != Scope() else frame


def fewest_troubles(attempts: Sequence[Attempt]) -> Attempt:
    """Of ways that all fail, the one to talk about: with fewest troubles, then the latest (the follow-up)."""
    return min(reversed(attempts), key=lambda a: (len(a.troubles), not a.fitting))


def timeless(question: str, reader: Reader) -> tuple[Text, tuple[Piece, ...]]:
    """A question whose time cannot be, cut as if it said nothing of it."""
    text = read_text(question)
    pieces = segment(text, reader.lexicon)
    return text, tuple(replace(piece, atom=None, senses=(FILLER,)) if piece.atom else piece for piece in pieces)


def clear_spellings(text: Text, pieces: tuple[Piece, ...], reader: Reader, context: Context | None) -> list[Attempt]:
    """The clear ways to take a question with all its misspelt words corrected, one for each meaning."""
    clear: dict[object, Attempt] = {}
    for tried in _respelt(text, pieces, reader, context, loose=False):
        if found := next((a for a in tried if a.clear), None):
            clear.setdefault((found.fitting[0].template_id, found.settled.slots), found)
    return list(clear.values())


def guesses(text: Text, pieces: tuple[Piece, ...], reader: Reader, context: Context | None) -> Iterator[Attempt]:
    """What is only offered: looser corrections, and the words of the mainland for those of other places."""
    for tried in _respelt(text, pieces, reader, context, loose=True):
        yield fewest_troubles(tried)
    mainland = as_on_the_mainland(text.original)
    if mainland != text.original:
        again = read_text(mainland)
        yield fewest_troubles(taken(again, segment(again, reader.lexicon), reader, context))


def _respelt(
    text: Text, pieces: tuple[Piece, ...], reader: Reader, context: Context | None, loose: bool
) -> Iterator[list[Attempt]]:
    """The ways a question may be taken with other spellings; where they must not be loose, of every unknown word."""
    options = reader.speller.candidates(text, pieces, loose)
    known = [found for found in options if found]
    if known and (loose or len(known) == len(options)):
        for extra in itertools.islice(itertools.product(*known), LOOSE if loose else MOST_CORRECTIONS):
            yield taken(text, segment(text, reader.lexicon, extra), reader, context)


def likeliest(attempts: Sequence[Attempt]) -> Attempt:
    """The one with the fewest words that nobody understood, then the fewest troubles."""
    return min(attempts, key=lambda a: (sum(h.kind == "unknown" for h in a.frame.heard), len(a.troubles)))
