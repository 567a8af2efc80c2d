"""The whole exception tree and the one 'did you mean'. No other module defines an exception.

XinfoError                 anything xinfo refuses or fails at, with words a user can act on
├── InputError             a file, row, argument or template is not as it should be
│   └── Problems           several of them, reported together
├── StoreError             a store is missing, broken, locked or of another version
├── Refused                SQL that the guard does not let through
└── EngineError            a checked statement did not finish
    └── TookTooLong        it passed its time, its rows or its memory, or was cancelled

Not being understood is no error: see `understand.reading.Unclear`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import process


class XinfoError(Exception):
    """Base of all errors that xinfo raises on purpose; its text is fit to be shown to a user."""


class InputError(XinfoError):
    """Something given from outside is not as it should be: what, where, what was expected."""


class Problems(InputError):
    """Several input errors at once, so that a user mends a file in one go."""

    def __init__(self, problems: Sequence[str]):
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class StoreError(XinfoError):
    """A store cannot be opened, built or swapped in."""


class Refused(XinfoError):
    """SQL that the guard does not let through, with the place it objects to (1-based) where known."""

    def __init__(self, reason: str, line: int | None = None, column: int | None = None):
        self.reason, self.line, self.column = reason, line, column
        super().__init__(reason if line is None else f"{reason} (line {line}, column {column})")


class EngineError(XinfoError):
    """A checked statement failed while it ran."""


class TookTooLong(EngineError):
    """A statement passed its limit of time or memory, or was cancelled."""


def nearest(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known words most like `word`, best first; empty where nothing is close."""
    return [match for match, score, _ in process.extract(word, list(known), limit=limit) if score >= 70]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """'; did you mean A or B?' for the end of a message, or nothing."""
    close = nearest(word, known, 2)
    return f"; did you mean {' or '.join(close)}?" if close else ""
