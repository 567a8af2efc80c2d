"""What an engine takes and gives back. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
