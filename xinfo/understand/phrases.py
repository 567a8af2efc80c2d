"""Phrase patterns of the vocabulary: '(a|b)' is one of several, '[a|b]' the same or nothing. Knows no meanings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xinfo.errors import InputError

LONGEST = 2000
"""Characters of a pattern."""
MOST = 4000
"""Phrases of a pattern: each costs memory and time at every start."""
PIECE = re.compile(r"[\[\]()|]|[^\[\]()|]+")
CLOSING = {"(": ")", "[": "]"}


def expand(pattern: str) -> list[str]:
    """Every phrase of a pattern: '[fixed] (a|b) users' → 'fixed a users', 'fixed b users', 'a users', 'b users'.

    Groups may hold groups. Raises InputError where a bracket has no partner, or for a pattern too long or too rich.
    """
    if len(pattern) > LONGEST:
        raise InputError(f"the phrase pattern '{pattern[:60]}…' is too long")
    pieces = PIECE.findall(pattern)
    phrases = _sequence(iter(pieces), "", pattern)[0] if len(pieces) > 1 else [pattern]
    if pattern.isascii():
        phrases = [" ".join(phrase.split()) for phrase in phrases]
    return list(dict.fromkeys(phrases))


def _sequence(pieces: Iterator[str], closing: str, pattern: str) -> tuple[list[str], str]:
    """The phrases up to the end of an alternative, and the sign that ended it: '|', `closing`, or '' at the end."""
    phrases = [""]
    for piece in pieces:
        if closing and piece in ("|", closing):
            return phrases, piece
        if piece in (")", "]"):
            raise InputError(f"the phrase pattern '{pattern}' closes with '{piece}' what is not open")
        choices = _group(pieces, piece, pattern) if piece in CLOSING else [piece]
        if len(phrases) * len(choices) > MOST:
            raise InputError(f"the phrase pattern '{pattern[:60]}…' stands for more than {MOST:,} phrases; part it")
        phrases = [phrase + choice for phrase in phrases for choice in choices]
    if closing:
        raise InputError(f"the phrase pattern '{pattern}' lacks a '{closing}'")
    return phrases, ""


def _group(pieces: Iterator[str], opening: str, pattern: str) -> list[str]:
    choices: list[str] = []
    ended = "|"
    while ended == "|":
        found, ended = _sequence(pieces, CLOSING[opening], pattern)
        choices += found
    return [*choices, ""] if opening == "[" else choices
