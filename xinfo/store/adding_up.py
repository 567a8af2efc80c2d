"""Published flows that their own published parts do not add up to: a year beside its four quarters.

Rule 2 of 'How figures combine' never adds a total to its parts, so that the two may differ without anybody's notice.
Held against each other are figures of one place, metric, part and method; of several sources the strongest and newest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from xinfo.store.periods import Period, parse_id
from xinfo.store.schema import DIMENSIONS, insert, one_of
from xinfo.store.standing import MARKS, STATUSES

ROUNDING = 0.001
"""Beside what rounds off with the last digit as written: the part of a figure that nobody calls a contradiction."""
_KEY = ("place_id", "metric_id", *DIMENSIONS, "method")
WRITTEN_OFF = """CASE WHEN value = 0 THEN 0 ELSE abs(value / value_written::DOUBLE)
    * 0.5 * 10 ** -length(split_part(value_written, '.', 2)) END"""
"""SQL: what rounds off with the last digit of a published figure as it is written."""
_FIGURE = f"""
    SELECT figure.*, {WRITTEN_OFF} AS off FROM {{figures}} AS figure LEFT JOIN source USING (source_id)
    QUALIFY row_number() OVER (PARTITION BY {", ".join(_KEY)}, period_id
        ORDER BY list_position({one_of(MARKS)}, mark), source.published DESC NULLS LAST, load_id DESC, source_id) = 1"""
_ALIKE = " = ".join(
    f"(list_position({one_of(MARKS)}, {side}.mark) - 1) // {len(STATUSES)}" for side in ("whole", "part")
)
_COMPARED = f"""
    WITH figure AS ({_FIGURE})
    SELECT whole.place_id, whole.metric_id, {", ".join(f"whole.{dim}" for dim in DIMENSIONS)}, whole.period_id,
        max(whole.value) AS value, sum(part.value) AS added, list(part.period_id ORDER BY part.period_id) AS parts,
        any_value(whole.file) AS file, any_value(whole.line) AS line, any_value(whole.sheet) AS sheet,
        any_value(whole.cell) AS cell, any_value(whole.value_written) AS value_written,
        any_value(whole.unit_written) AS unit_written
    FROM made_of JOIN figure AS whole ON whole.metric_id = made_of.metric_id AND whole.period_id = made_of.whole
    JOIN figure AS part ON part.period_id = made_of.part AND {{alike}}
        AND {" AND ".join(f"part.{name} = whole.{name}" for name in _KEY)}
    GROUP BY {", ".join(f"whole.{name}" for name in _KEY)}, whole.period_id, made_of.count
    HAVING count(*) = made_of.count AND abs(max(whole.value) - sum(part.value))
        > max(whole.off) + sum(part.off) + {ROUNDING} * greatest(abs(max(whole.value)), abs(sum(part.value)))
    ORDER BY ALL"""


@dataclass(frozen=True)
class Unequal:
    """A figure that its parts do not add up to; the amounts are in base units but for what was written."""

    place: str
    metric: str
    consumer: str
    offering: str
    sector: str
    period: str
    value: float
    added: float
    parts: Sequence[str]
    file: str = ""
    line: int | None = None
    sheet: str | None = None
    cell: str | None = None
    value_written: str = ""
    unit_written: str = ""

    @property
    def added_written(self) -> str:
        """The sum in the unit that the whole was written in."""
        scale = self.value / float(self.value_written) if self.value else 1.0
        return f"{self.added / scale:.12g} {self.unit_written}"


def unequal(connection: DuckDBPyConnection, figures: str = "published") -> tuple[Unequal, ...]:
    """Every such figure in a relation with the columns of `published`, however it and its parts stand."""
    return _compared(connection, figures, "true")


def _compared(connection: DuckDBPyConnection, figures: str, alike: str) -> tuple[Unequal, ...]:
    periods: dict[str, list[Period]] = {}
    for metric, period in connection.execute(
        f"SELECT DISTINCT metric_id, period_id FROM {figures} JOIN metric USING (metric_id) WHERE kind = 'flow'"
    ).fetchall():
        periods.setdefault(metric, []).append(parse_id(period))
    made_of = [(metric, *one) for metric, held in sorted(periods.items()) for one in _wholes(held)]
    if not made_of:
        return ()
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE made_of (metric_id VARCHAR, whole VARCHAR, part VARCHAR, count INT)"
    )
    insert(connection, "made_of", made_of)
    rows = connection.execute(_COMPARED.format(figures=figures, alike=alike)).fetchall()
    connection.execute("DROP TABLE made_of")
    return tuple(Unequal(*row) for row in rows)


def note_unequal(connection: DuckDBPyConnection) -> tuple[Unequal, ...]:
    """Fills the table `unequal`, which answers tell of, with what comes back.

    Where a total and its parts stand unlike, none contradicts the other: the better ones count.
    """
    found = _compared(connection, "published", _ALIKE)
    rows = [
        (one.place, one.metric, one.consumer, one.offering, one.sector, one.period, one.value, one.added, one.parts)
        for one in found
    ]
    insert(connection, "unequal", rows)
    return found


def _wholes(periods: Iterable[Period]) -> Iterator[tuple[str, str, int]]:
    """Each period that others of one length make up, each of those, and how many they are: 2014, 2014Q1, 4."""
    held = frozenset(periods)
    for whole in sorted(held):
        length = whole.last - whole.first + 1
        for size in (size for size in (1, 3, 6) if size < length and length % size == 0):
            parts = [Period(whole.year, at, at + size - 1) for at in range(whole.first, whole.last, size)]
            if held.issuperset(parts):
                yield from ((whole.id, part.id, len(parts)) for part in parts)
