"""Figures of several places (or parts) over time as a table of place × period. Draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xinfo.answer.answer import Answer
from xinfo.answer.shown import Shown, shown
from xinfo.language.numbers import written

SIGNS = "*†‡§¶"
"""What stands behind figures that are no published ones, a sign for each kind."""
GIVEN = "reported"


@dataclass(frozen=True)
class Crossed:
    """The longer of the two goes down, so that the table stays narrow."""

    title: str
    """What the figures are, with their unit."""
    down: tuple[str, ...]
    across: tuple[str, ...]
    cells: tuple[tuple[tuple[str, str], ...], ...]
    """By row, each figure as it is read with the sign behind it; both are empty where there is none."""
    signs: tuple[tuple[str, str], ...]
    """What each sign means."""


def crossed(answer: Answer) -> Crossed | None:
    """The table; None where the rows are not told apart by their period and one thing more."""
    columns = {column.name: column for column in shown(answer)}
    differing = [one for one in columns.values() if not one.unit and len({*one.cells}) > 1 and one.name != "status"]
    figures = [column for column in columns.values() if column.unit]
    others = [column for column in differing if column.name != "period"]
    if len(differing) != 2 or len(others) != 1 or [column.name for column in figures] != ["value"]:
        return None
    down, across = sorted((others[0], columns["period"]), key=lambda one: -len({*one.cells}))
    return _made(down, across, figures[0], columns.get("status"), answer)


def _made(down: Shown, across: Shown, figures: Shown, status: Shown | None, answer: Answer) -> Crossed | None:
    kinds = [str(row.get("status") or GIVEN) for row in answer.rows]
    signs = dict(zip((kind for kind in dict.fromkeys(kinds) if kind != GIVEN), SIGNS, strict=False))
    if len({*kinds}) < 2 or status is None:
        signs = {}
    held: dict[tuple[str, str], tuple[str, str]] = {}
    for at, value in enumerate(figures.cells):
        place = str(down.cells[at]), str(across.cells[at])
        if place in held:
            return None
        if isinstance(value, int | float):
            held[place] = written(value, figures.unit), signs.get(kinds[at], "")
    names = _in_order(down, answer), _in_order(across, answer)
    cells = tuple(tuple(held.get((one, two), ("", "")) for two in names[1]) for one in names[0])
    told = {
        signs[kind]: str(said)
        for kind, said in zip(kinds, status.cells if status else (), strict=False)
        if kind in signs
    }
    return Crossed(figures.title, *names, cells, tuple(told.items()))


def _in_order(column: Shown, answer: Answer) -> tuple[str, ...]:
    """Periods in the order of time, all else in that of the rows."""
    if column.name != "period":
        return tuple(dict.fromkeys(map(str, column.cells)))
    ids: Sequence[str] = [str(row.get("period")) for row in answer.rows]
    return tuple(dict.fromkeys(str(column.cells[at]) for at in sorted(range(len(ids)), key=lambda at: ids[at])))
