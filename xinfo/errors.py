"""The whole exception tree and the one 'did you mean'. No other module defines an exception.

XinfoError                 anything xinfo refuses or fails at, with words a user can act on
├── InputError             a file, row, argument or template is not as it should be
│   ├── Problems           several of them, reported together
│   ├── Unread             a file cannot be read, or holds nothing to load
│   │   └── TooMuch        reading it took more memory or time than it may
│   └── NoSuchPeriod       a period that cannot be, or lies beyond the years that are counted
├── StoreError             a store is missing, broken, locked or of another version
├── Refused                SQL that the guard does not let through
├── NotAllowed             someone may not do what he tried
├── TooOften               a program asked more often than it may
└── EngineError            a checked statement did not finish
    └── TookTooLong        it passed its time, its rows or its memory, or was cancelled
        └── ShareTaken     whoever wants it has as much under way as one may have

Not being understood is no error: see `understand.reading.Unclear`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA


class XinfoError(Exception):
    """Base of all errors that xinfo raises on purpose; its text is fit to be shown to a user."""


class InputError(XinfoError):
    """Something given from outside is not as it should be: what, where, what was expected, what comes nearest."""

    def __init__(self, what: str, expected: str = "", close: Sequence[str] = ()):
        self.what, self.expected, self.nearest = what, expected, tuple(close)
        super().__init__(f"{what}{f'; expected {expected}' if expected else ''}{_or(close)}")


class Unread(InputError):
    """A file that cannot be read as it is; `kind` names its words in every language, and `values` fill them."""

    def __init__(self, words: str, kind: str = "", values: Mapping[str, str] | None = None):
        self.kind, self.values = kind, dict(values or {})
        super().__init__(words)


class TooMuch(Unread):
    """Work in a process of its own passed its limit or was called off."""


class NoSuchPeriod(InputError):
    """Months that no year has, or a year too far from ours."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a file, with its place there as far as it has one."""

    what: str
    file: str = ""
    sheet: str | None = None
    line: int | None = None
    cell: str | None = None
    column: str | None = None
    expected: str = ""
    nearest: tuple[str, ...] = ()
    kind: str = "refused"
    """`refused`, or `conflict` where one figure is given two values."""

    def __str__(self) -> str:
        row = self.cell or (f"row {self.line}" if self.line else "")
        at = (
            self.file,
            f"sheet {self.sheet}" if self.sheet else "",
            row,
            f"column {self.column}" if self.column else "",
        )
        where = ", ".join(filter(None, at))
        said = InputError(self.what, self.expected, self.nearest)
        return f"{where}: {said}" if where else str(said)


class Problems(InputError):
    """Several input errors at once, so that a user mends a file in one go."""

    def __init__(self, problems: Sequence[str | Problem], more: Mapping[str, int] | None = None):
        """`more` is, by file, how many problems there are beside those that are told one by one."""
        self.each = tuple(Problem(one) if isinstance(one, str) else one for one in problems)
        self.more = {file: count for file, count in (more or {}).items() if count}
        self.problems = (*map(str, self.each), *(f"{file}: … and {n:,} more problems" for file, n in self.more.items()))
        super().__init__("\n".join(self.problems))

    @property
    def count(self) -> int:
        return len(self.each) + sum(self.more.values())

    def count_of(self, file: str) -> int:
        """How many of them are in one file."""
        return sum(one.file == file for one in self.each) + self.more.get(file, 0)


class StoreError(XinfoError):
    """A store cannot be opened, built or swapped in."""


class Refused(XinfoError):
    """SQL that the guard does not let through, with the place it objects to (1-based) where known."""

    def __init__(self, reason: str, line: int | None = None, column: int | None = None):
        self.reason, self.line, self.column = reason, line, column
        super().__init__(reason if line is None else f"{reason} (line {line}, column {column})")


class NotAllowed(XinfoError):
    """Someone tried what none of his roles allows; the text says which would."""


class TooOften(XinfoError):
    """A program asked more often than it may; after so many seconds it may ask again."""

    def __init__(self, words: str, seconds: float):
        self.seconds = seconds
        super().__init__(words)


class EngineError(XinfoError):
    """A checked statement failed while it ran; `kind` names its words in every language, `about` is what they tell."""

    def __init__(self, words: str, kind: str = "", about: Mapping[str, object] | None = None):
        self.kind, self.about = kind, dict(about or {})
        super().__init__(words)


class TookTooLong(EngineError):
    """A statement passed its limit of time or memory, or was cancelled."""


class ShareTaken(TookTooLong):
    """Somebody's own share of the machine stayed taken by what he has under way already; nothing was done."""


def nearest(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known words most like `word`, best first; empty where nothing is close."""
    found = process.extract(word, list(known), limit=limit)
    return [match for match, score, _ in found if score >= 70 or _one_letter_off(word, match)]


def _one_letter_off(word: str, match: str) -> bool:
    """西宁巿 for 西宁市: in a short word one wrong letter is a large part of it."""
    return 3 <= len(word) <= 6 and OSA.distance(word, match, score_cutoff=1) <= 1


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """'; did you mean A or B?' for the end of a message, or nothing."""
    return _or(nearest(word, known, 2))


def _or(close: Sequence[str]) -> str:
    return f"; did you mean {' or '.join(close[:2])}?" if close else ""
