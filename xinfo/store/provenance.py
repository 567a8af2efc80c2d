"""Where a figure comes from: the published rows it was worked out from, found anew by a search of its own.

Shares no code with `shapes` and `complete`, so that showing a figure's origin also checks it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from duckdb import DuckDBPyConnection

from xinfo.errors import InputError
from xinfo.store.periods import parse_id
from xinfo.store.schema import DIMENSIONS

Cell = tuple[str, str, str, int, int]  # consumer, offering, sector, month before the first, last month
Sum = Mapping[int, int]  # published_id -> sign
_RULES = {
    "published": "published as such",
    "sum": "the sum of the periods it is made of",
    "difference": "the difference of running totals",
    "parts": "the sum of a complete set of parts",
    "end": "the value at the end of the period",
    "ratio": "one worked-out figure divided by another",
}
_SEARCHES = 12  # rounds; a year has twelve months, so no chain is longer


@dataclass(frozen=True)
class Row:
    """A published row with the sign it goes in with: +1 or -1. `value` is in base units."""

    sign: int
    published_id: int
    metric: str
    period: str
    consumer: str
    offering: str
    sector: str
    value: float
    value_written: str
    unit_written: str
    source_id: str
    file: str
    line: int | None


@dataclass(frozen=True)
class Origin:
    """How a figure came to be: its value, the rule in words, the rows; for a ratio those of both its parts."""

    value: float
    rule: str
    words: str
    rows: tuple[Row, ...]
    divisor: tuple[Row, ...] = ()

    @property
    def worked_out(self) -> float:
        """The figure as the rows give it; equals `value` up to rounding."""
        top = sum(row.sign * row.value for row in self.rows)
        return top / sum(row.sign * row.value for row in self.divisor) if self.divisor else top


def origin(
    connection: DuckDBPyConnection,
    place: str,
    metric: str,
    period: str,
    consumer: str = "all",
    offering: str = "all",
    sector: str = "all",
) -> Origin:
    """The published rows behind one figure of `observation`, all given by id. Raises InputError where there is none."""
    found = connection.execute(
        """SELECT value, rule, status = 'illustrative', o.method, kind, m.numerator, m.denominator
        FROM observation o JOIN metric m USING (metric_id) WHERE place_id = ? AND metric_id = ? AND period_id = ?
        AND consumer = ? AND offering = ? AND sector = ?""",
        [place, metric, period, consumer, offering, sector],
    ).fetchone()
    if not found:
        raise InputError(f"no figure for {place}, {metric}, {period} ({consumer}, {offering}, {sector})")
    value, rule, made_up, method, kind, top, bottom = found
    dims = (consumer, offering, sector)
    if rule == "ratio":
        rows = _rows(connection, place, top, period, dims, made_up, method)
        return Origin(value, rule, _RULES[rule], rows, _rows(connection, place, bottom, period, None, made_up, None))
    return Origin(value, rule, _RULES[rule], _rows(connection, place, metric, period, dims, made_up, method))
