"""What an engine takes and gives back. Values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

Bound = Mapping[str, object]
"""Values by the names that a statement has for them: they are bound to it, never written into it."""


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


def kinds_in(values: Sequence[object]) -> set[type]:
    """The types of a column's values; of lists, those of what is in them."""
    kinds = set(map(type, values))
    if list in kinds:
        kinds.remove(list)
        kinds.update(map(type, chain.from_iterable(value for value in values if isinstance(value, list))))
    return kinds
