"""Amounts that no city has: below zero, or none at all after some. Asked, never changed. Writes nothing.

(1131.6) and -1131.6 are the same, and a 0 often stands where nobody knew the figure. Below zero is not asked where the
store has such amounts of the metric already, and rates of growth may fall or stand still.
"""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from xinfo.intake.doubts import KEEP, MOST_SHOWN
from xinfo.intake.report import Line, Question, Said
from xinfo.store.schema import DIMENSIONS

_SERIES = " AND ".join(f"earlier.{name} = published.{name}" for name in ("place_id", "metric_id", *DIMENSIONS))
KINDS = {
    "negative": "value < 0 AND metric_id NOT IN (SELECT metric_id FROM old.published WHERE value < 0)",
    "zero": f"""value = 0 AND EXISTS (
        FROM old.published AS earlier JOIN stretch AS before ON before.period_id = earlier.period_id
        WHERE {_SERIES} AND earlier.value > 0 AND earlier.status <> 'illustrative'
            AND 12 * before.year + before.last <= 12 * stretch.year + stretch.last)""",
}
"""By the question's key: which new amounts it is about."""
_ROWS = """FROM published JOIN metric USING (metric_id) JOIN stretch ON stretch.period_id = published.period_id
    WHERE metric.unit <> 'ratio' AND growth_of IS NULL AND published.status <> 'illustrative' AND """


def amiss(connection: DuckDBPyConnection) -> tuple[Question, ...]:
    """A question for each metric with such amounts; `published` has new rows, `old` is the store.

    Needs the temporary table `stretch`: see `complete.note_stretches`.
    """
    found = []
    for kind, which in KINDS.items():
        counts = connection.execute(f"SELECT metric_id, count(*) {_ROWS} {which} GROUP BY 1 ORDER BY 1").fetchall()
        found += [_question(connection, kind, metric, count) for metric, count in counts]
    return tuple(found)


def _question(connection: DuckDBPyConnection, kind: str, metric: str, count: int) -> Question:
    rows = connection.execute(
        f"""SELECT file, sheet, line, cell, place_id, published.period_id, value_written, unit_written
        {_ROWS} {KINDS[kind]} AND metric_id = ? ORDER BY published_id LIMIT {MOST_SHOWN}""",
        [metric],
    ).fetchall()
    said = Said(f"doubt.{kind}", {"metric": metric, "count": count})
    lines = tuple(
        Line("question", said, file, sheet, line, cell, "value",
             place=place, metric=metric, period=period, value=value, unit=unit)
        for file, sheet, line, cell, place, period, value, unit in rows
    )  # fmt: skip
    return Question(f"{kind}:{metric}", said, (KEEP,), lines, count)
