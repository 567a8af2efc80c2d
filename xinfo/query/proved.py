"""Which rows of people's own SQL rest on published figures alone: those that come out alike where it reads no others.

Such SQL may leave out what its figures are. A row that differs, and does not say itself that it is internal or not
confirmed, is marked by the sources that it names, as weak as the weakest of their figures; where it names none, as the
weakest of all. Runs no SQL of people itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from xinfo.query.engine import Engine
from xinfo.query.result import Result
from xinfo.store.standing import COUNTED, MARKS, STANDINGS, standing_of, weakest

LEAST = "least_status"
"""The column that is added for it; empty for a row that is proved."""
GIVEN = " union all ".join(
    f"select source_id, mark from {table}" for table in ("published", "target", "rival_target", "project")
)
OF_SOURCES = f"select source_id, list(distinct mark order by mark) from ({GIVEN}) as given group by source_id"
MOST, DIGITS = 5_000_000, 12


class Marks:
    """By source, what its given figures are; looked up once. Raises EngineError and TookTooLong."""

    def __init__(self, engine: Engine):
        self._engine = engine

    @cached_property
    def _by_source(self) -> Mapping[str, tuple[str, ...]]:
        rows = self._engine.execute(OF_SOURCES, {}, row_cap=MOST, seconds=self._engine.patience).rows
        return {str(source): tuple(marks) for source, marks in rows}  # type: ignore[arg-type]

    @cached_property
    def all_count(self) -> bool:
        """Whether there are published figures alone."""
        return all(mark in COUNTED for marks in self._by_source.values() for mark in marks)

    def weakest(self, sources: Iterable[str]) -> str | None:
        """What is weakest among the figures of some sources, of all where none are named."""
        named = tuple(sources) or tuple(self._by_source)
        return weakest(mark for source in named for mark in self._by_source.get(source, ()))


def told_apart(result: Result, published: Result, marks: Marks) -> Result:
    """The result with a column that has the mark of each row which is not among those of the `published` one."""
    proved = Counter(map(_alike, published.rows))
    rows = []
    for row in result.rows:
        key = _alike(row)
        told = proved[key] or _owns_up(_cells(row, result.columns, "statuses"))
        rows.append((*row, None if told else marks.weakest(_cells(row, result.columns, "sources", "source_id"))))
        proved[key] -= proved[key] > 0
    return replace(result, columns=(*result.columns, LEAST), rows=tuple(rows))


def _alike(row: tuple[object, ...]) -> str:
    """What rows have in common that are the same but for what is lost when figures are added up in another order."""
    return repr([f"{cell:.{DIGITS}g}" if isinstance(cell, float) else cell for cell in row])


def _owns_up(said: Iterable[str]) -> bool:
    """Whether a row says more of its figures than a status, which their sources give."""
    return any(mark in MARKS and standing_of(mark) != STANDINGS[0] for mark in said)


def _cells(row: tuple[object, ...], columns: tuple[str, ...], *ends: str) -> list[str]:
    """The texts in bookkeeping columns, each of which holds one or a list of them."""
    told = [cell for name, cell in zip(columns, row, strict=True) if name.endswith(ends)]
    return [item for cell in told for item in (cell if isinstance(cell, list) else [cell]) if isinstance(item, str)]
