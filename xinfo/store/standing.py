"""What a figure is told to be: its status, as its source gives it, and its standing, which xinfo knows of the source.

The two make its mark, the one word that a figure carries into every answer. Nothing here knows where a figure is from.
"""

from __future__ import annotations

from collections.abc import Iterable

STATUSES = ("reported", "preliminary", "estimated", "illustrative")
"""What a source gives a figure as, strongest first: the statuses that other programs may rely on."""
STANDINGS = ("published", "internal", "unconfirmed")
"""Strongest first: published by an authority; made for its own use; loaded by somebody, and nobody has said yet that it
is what the file claims."""
KINDS = {
    "published": ("published", "reported"),
    "preliminary": ("published", "preliminary"),
    "estimate": ("published", "estimated"),
    "internal": ("internal", "reported"),
}
"""What the figures of a source can be said to be, each with its standing and status."""
MADE_UP = "illustrative"


def mark_of(standing: str, status: str) -> str:
    """'reported', 'preliminary', 'internal', 'unconfirmed_estimated'; what is made up is that, whoever says so."""
    if standing == "published" or status == MADE_UP:
        return status
    return standing if status == "reported" else f"{standing}_{status}"


MARKS = tuple(mark_of(standing, status) for standing in STANDINGS for status in STATUSES)
"""By standing, then by status: a mark's place tells both. What is made up has a place in each row."""
COUNTED = ("reported", "preliminary")
"""The marks of what counts as a published figure: no estimate, nothing internal, unconfirmed or made up."""
FAINT = tuple(dict.fromkeys(mark for mark in MARKS if mark != "reported"))
"""The marks that have to be told, strongest first."""


def standing_of(mark: str) -> str:
    return STANDINGS[MARKS.index(mark) // len(STATUSES)]


def status_of(mark: str) -> str:
    """The status alone, one of the four that other programs may rely on."""
    return STATUSES[MARKS.index(mark) % len(STATUSES)]


def weakest(marks: Iterable[str]) -> str | None:
    """The mark of a figure that is made of figures with these: the weakest standing and the weakest status."""
    found = [mark for mark in marks if mark in MARKS]
    if not found:
        return None
    standing = max(map(standing_of, found), key=STANDINGS.index)
    return mark_of(standing, max(map(status_of, found), key=STATUSES.index))
