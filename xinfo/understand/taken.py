"""The ways a question may be taken: by itself, laid over the one before, with other spellings. Decides on none."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xinfo.understand.attempt import Attempt, Reader, attempt, by_name, chunked, fact_asked
from xinfo.understand.derived import derived, fact_or_more
from xinfo.understand.dialogue import overlaid
from xinfo.understand.followed import Context
from xinfo.understand.segment import Piece, segment
from xinfo.understand.text import Text, as_on_the_mainland, language_of, read_text

MOST_CORRECTIONS, LOOSE = 24, 4
"""Spellings that are tried, and those that are only offered."""


def taken(text: Text, reader: Reader, context: Context | None, respelt: tuple[Piece, ...] = ()) -> list[Attempt]:
    """The ways a question may be taken: as the grammar derives it, else as what its chunks say, which is no answer.

    `respelt` are pieces taken for another spelling, which compete with what the vocabulary makes of their words.
    """
    if fact := fact_asked(text, reader, of_projects=bool(context and context.frame.projects)):
        told = attempt(fact, reader)
        return [told] if context is None else fact_or_more(told, text, reader, context)
    pieces = segment(text, reader.lexicon, respelt) if respelt else ()
    ways = [*derived(text, pieces, reader, context), *by_name(text, reader)]
    if ways:
        return ways
    frame = chunked(text, pieces or segment(text, reader.lexicon), reader)
    over = overlaid(context, frame, reader.catalog) if context and not frame.new_topic else ()
    found = [attempt(frame, reader), *(attempt(laid, reader, follows=True) for laid in over)]
    return [replace(way, derived=False) for way in found]


def fewest_troubles(attempts: Sequence[Attempt]) -> Attempt:
    """Of ways that all fail, the one to talk about: with fewest troubles, then that says most, then the follow-up."""
    return min(reversed(attempts), key=_failing)


def _failing(way: Attempt) -> tuple[int, bool, int]:
    """How far a way is from a question; a number without a unit is rather no bar; what was found is likely."""
    kinds = [trouble.kind for trouble in way.troubles]
    return (
        len(kinds) + kinds.count("unit_of_bar") - kinds.count("found_it"),
        not way.fitting,
        -len(way.settled.slots.filled()),
    )


def timeless(question: str, reader: Reader) -> Text:
    """A question whose time cannot be, with nothing in the place of what it says of it."""
    text = read_text(question)
    times = ((piece.start, piece.end) for piece in segment(text, reader.lexicon) if piece.atom)
    return read_text(text.without(times))


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
        yield fewest_troubles(taken(read_text(mainland), reader, context))


def _respelt(
    text: Text, pieces: tuple[Piece, ...], reader: Reader, context: Context | None, loose: bool
) -> Iterator[list[Attempt]]:
    """The ways a question may be taken with other spellings; where they must not be loose, of every unknown word."""
    unknown = tuple(piece for piece in pieces if not _of_the_grammar(text, piece, reader))
    parser = reader.parsers.get(language_of(text.original))
    options = reader.speller.candidates(text, unknown, loose, parser.literals if parser else frozenset())
    known = [found for found in options if found]
    if known and (loose or len(known) == len(options)):
        for extra in itertools.islice(itertools.product(*known), LOOSE if loose else MOST_CORRECTIONS):
            yield taken(text, reader, context, extra)


def _of_the_grammar(text: Text, piece: Piece, reader: Reader) -> bool:
    """Whether a word that the vocabulary does not know is one that rules ask for: none that could be misspelt."""
    parser = reader.parsers.get(language_of(text.original))
    word = text.words()[piece.start]
    # A Chinese character that rules ask for may be a wrong one of a longer word.
    return parser is not None and not piece.known and word.isascii() and word in parser.literals


def likeliest(attempts: Sequence[Attempt]) -> Attempt:
    """The one with the fewest words that nobody understood, then the fewest troubles."""
    return min(attempts, key=lambda a: (sum(h.kind == "unknown" for h in a.frame.heard), len(a.troubles)))
