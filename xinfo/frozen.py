"""Results that somebody vouched for, held against what the same questions give now. Changes nothing.

A frozen result is a question, its rows (what each is about, the value last) and the store they came from.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.answer.rows import ABOUT
from xinfo.ask import Workspace, answer_reading
from xinfo.errors import InputError, XinfoError
from xinfo.understand.read import read
from xinfo.understand.reading import Reading
from xinfo.understand.template_parts import Frozen, Template

MOST_ROWS = 100
"""Of a result that is frozen: people look at it, and it stands in a file that they read."""
SAME = 1e-9
"""Relative difference up to which two figures are the same."""

Rows = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Changed:
    """A frozen result that comes out differently now."""

    frozen: Frozen
    rows: Rows
    """As they are now."""
    reason: str = ""
    """Why there are none, where the question is not answered any more."""

    @property
    def lost(self) -> Rows:
        return tuple(row for row in self.frozen.rows if not any(_same(row, other) for other in self.rows))

    @property
    def new(self) -> Rows:
        return tuple(row for row in self.rows if not any(_same(row, other) for other in self.frozen.rows))

    def __str__(self) -> str:
        said = self.reason or f"{_listed(self.lost)} became {_listed(self.new)}"
        return f"the frozen result of “{self.frozen.question}” has changed: {said}"


def freeze(question: str, lang: str, workspace: Workspace, by: str, on: str) -> Frozen:
    """The result of a question as it is now. Raises InputError where it is not answered or too long."""
    rows, reason = result_of(question, lang, workspace)
    if reason:
        raise InputError(f"“{question}” is not answered: {reason}")
    if len(rows) > MOST_ROWS:
        raise InputError(f"“{question}” has {len(rows)} rows; at most {MOST_ROWS} are frozen")
    return Frozen(question, lang, rows, workspace.meta.get("fingerprint", ""), by, on)


def changes(template: Template, workspace: Workspace) -> Iterator[Changed]:
    """Each frozen result of a template that comes out differently."""
    for frozen in template.tests.frozen:
        rows, reason = result_of(frozen.question, frozen.lang, workspace)
        same = len(rows) == len(frozen.rows) and all(map(_same, rows, frozen.rows))
        if reason or not same:
            yield Changed(frozen, rows, reason)


def result_of(question: str, lang: str, workspace: Workspace) -> tuple[Rows, str]:
    """The rows of a question's answer, or why there is none."""
    understood, _ = read(question, workspace.reader, lang)
    if not isinstance(understood, Reading):
        return (), understood.reason
    try:
        reply = answer_reading(understood, workspace)
    except XinfoError as error:
        return (), str(error)
    return ((), reply.unclear.reason) if isinstance(reply, NotAnswered) else (rows_of(reply), "")


def rows_of(answer: Answer) -> Rows:
    """What each row is about, the value last; the metric, which all share, is left out."""
    named = [name for name in ABOUT if name != "metric"]
    return tuple((*(row[name] for name in named if name in row), row.get("value")) for row in answer.rows)


def _same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return len(one) == len(other) and all(map(_alike, one, other))


def _alike(a: Any, b: Any) -> bool:
    if isinstance(a, int | float) and isinstance(b, int | float):
        return math.isclose(a, b, rel_tol=SAME)
    return bool(a == b or str(a) == str(b))


def _listed(rows: Rows) -> str:
    said = "; ".join(" ".join(str(part) for part in row) for row in rows[:2])
    return f"{said}{' …' if len(rows) > 2 else ''}" or "nothing"
