"""Amounts below zero: (1131.6) and -1131.6 are the same, and no city's sales or subscribers are less than none.

Asked, unless the store has amounts below zero of that metric already; rates of growth may fall. Writes nothing.
"""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from xinfo.intake.doubts import KEEP, MOST_SHOWN
from xinfo.intake.report import Line, Question, Said

_BELOW = """FROM published JOIN metric USING (metric_id)
    WHERE value < 0 AND metric.unit <> 'ratio' AND growth_of IS NULL
    AND metric_id NOT IN (SELECT metric_id FROM old.published WHERE value < 0)"""


def negative(connection: DuckDBPyConnection) -> tuple[Question, ...]:
    """A question for each metric with new amounts below zero; `published` has new rows, `old` is the store."""
    counts = connection.execute(f"SELECT metric_id, count(*) {_BELOW} GROUP BY 1 ORDER BY 1").fetchall()
    return tuple(_question(connection, metric, count) for metric, count in counts)


def _question(connection: DuckDBPyConnection, metric: str, count: int) -> Question:
    rows = connection.execute(
        f"""SELECT file, sheet, line, cell, place_id, period_id, value_written, unit_written {_BELOW}
        AND metric_id = ? ORDER BY published_id LIMIT {MOST_SHOWN}""",
        [metric],
    ).fetchall()
    said = Said("doubt.negative", {"metric": metric, "count": count})
    lines = tuple(
        Line("question", said, file, sheet, line, cell, "value",
             place=place, metric=metric, period=period, value=value, unit=unit)
        for file, sheet, line, cell, place, period, value, unit in rows
    )  # fmt: skip
    return Question(f"negative:{metric}", said, (KEEP,), lines, count)
