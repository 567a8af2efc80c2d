"""What an engine takes and gives back. Values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

Bound = Mapping[str, object]
"""Values by the names that a statement has for them: they are bound to it, never written into it."""
SIDE, AT = "side", "at_side"
"""Columns of a statement that answers two questions: whose a row is, and the how-manieth of those it is."""


@dataclass(frozen=True)
class Result:
    """Rows of a statement, in its order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool
    """Whether the statement had more rows than the cap."""
    elapsed_ms: float

    def column(self, name: str) -> list[object]:
        """Its values, row by row; none where there is no such column."""
        at = dict(zip(self.columns, range(len(self.columns)), strict=True)).get(name)
        return [] if at is None else [row[at] for row in self.rows]

    @property
    def sides(self) -> tuple[Result, ...]:
        """The rows of each of the two questions that one statement answers, with the columns of its own."""
        if SIDE not in self.columns:
            return (self,)
        at = self.columns.index(SIDE)
        return tuple(self._of(tuple(row for row in self.rows if row[at] == side)) for side in (1, 2))

    def _of(self, rows: tuple[tuple[object, ...], ...]) -> Result:
        """Some of the rows, without columns that tell nothing of them."""
        told = [any(row[at] is not None for row in rows) for at in range(len(self.columns))]
        kept = [at for at, name in enumerate(self.columns) if name == "value" or (told[at] and name not in (SIDE, AT))]
        columns = tuple(self.columns[at] for at in kept)
        return Result(columns, tuple(tuple(row[at] for at in kept) for row in rows), self.truncated, self.elapsed_ms)


def kinds_in(values: Sequence[object]) -> set[type]:
    """The types of a column's values; of lists, those of what is in them."""
    kinds = set(map(type, values))
    if list in kinds:
        kinds.remove(list)
        kinds.update(map(type, chain.from_iterable(value for value in values if isinstance(value, list))))
    return kinds
