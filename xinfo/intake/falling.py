"""Running totals that fall: a flow of money from January to June is never less than that from January to March.

Held against each other are figures of one place, metric, part, method and source. Within the new figures a fall is a
problem; against what the store has it is asked.
"""

from __future__ import annotations

from typing import Any

from duckdb import DuckDBPyConnection

from xinfo.errors import Problem
from xinfo.intake.report import Line, Question, Said
from xinfo.store.read import MOST_PROBLEMS
from xinfo.store.schema import DIMENSIONS

KEY = ("place_id", "metric_id", *DIMENSIONS, "method", "source_id")
_SPOT = "concat_ws(', ', 'sheet ' || {0}.sheet, coalesce({0}.cell, 'row ' || {0}.line))"
_RUNNING = """
    SELECT published.*, year, last FROM {table} JOIN stretch USING (period_id) JOIN metric USING (metric_id)
    WHERE first = 1 AND kind = 'flow' AND metric.unit = 'yuan' AND published.status <> 'illustrative'"""


def falling(connection: DuckDBPyConnection) -> tuple[Problem, ...]:
    """The falls within the new figures in `published`. Needs the temporary table `stretch`."""
    runs = (
        "SELECT year FROM stretch SEMI JOIN published USING (period_id) WHERE first = 1 GROUP BY 1 HAVING count(*) > 1"
    )
    if connection.execute(f"SELECT count(*) FROM ({runs})").fetchone() == (0,):
        return ()
    rows = connection.execute(f"""
        SELECT {", ".join(f"later.{name}" for name in ("file", "sheet", "line", "cell", "place_id", "metric_id"))},
            later.period_id, later.value_written, later.unit_written,
            earlier.period_id, earlier.value_written, earlier.unit_written, earlier.file, {_SPOT.format("earlier")}
        FROM ({_sequence("published")}) AS later JOIN published AS earlier ON earlier.published_id = later.before
        WHERE later.value < value_before ORDER BY 1, 2, 3, 4 LIMIT {MOST_PROBLEMS}""").fetchall()
    return tuple(_problem(*row) for row in rows)


def fallen(connection: DuckDBPyConnection) -> tuple[Question, ...]:
    """A question for each metric with new running totals that do not fit those of the year in `old`."""
    fresh, stored = (_RUNNING.format(table=table) for table in ("published", "old.published"))
    both = f"FROM (SELECT DISTINCT metric_id, year FROM ({stored})) SEMI JOIN ({fresh}) USING (metric_id, year)"
    if connection.execute(f"SELECT count(*) {both}").fetchone() == (0,):
        return ()
    same = " AND ".join(f"stored.{name} = fresh.{name}" for name in KEY)
    rows = connection.execute(f"""
        SELECT fresh.metric_id, fresh.file, fresh.sheet, fresh.line, fresh.cell, fresh.place_id, fresh.period_id,
            fresh.value_written, fresh.unit_written, stored.period_id, stored.value_written, stored.unit_written
        FROM ({fresh}) AS fresh
        JOIN ({stored}) AS stored
            ON {same} AND stored.year = fresh.year AND (stored.last < fresh.last AND stored.value > fresh.value
                OR stored.last > fresh.last AND stored.value < fresh.value)
        WHERE NOT EXISTS (FROM published AS again WHERE again.period_id = stored.period_id
            AND {same.replace("fresh.", "again.")})
        ORDER BY ALL LIMIT {MOST_PROBLEMS}""").fetchall()
    metrics = dict.fromkeys(row[0] for row in rows)
    return tuple(_question(metric, [row[1:] for row in rows if row[0] == metric]) for metric in metrics)


def _sequence(table: str) -> str:
    """The running totals of a table, each with the one before it in its year."""
    window = f"PARTITION BY {', '.join(KEY)}, year ORDER BY last, published_id"
    return f"""SELECT *, lag(published_id) OVER in_time AS before, lag(value) OVER in_time AS value_before
        FROM ({_RUNNING.format(table=table)}) WINDOW in_time AS ({window})"""


def _problem(*row: Any) -> Problem:
    file, sheet, line, cell, place, metric, period, value, unit, *earlier = row
    period_of, value_of, unit_of, file_of, spot = earlier
    other = spot if file_of == file else f"{file_of}, {spot}"
    said = (
        f"{metric} of {place} is {value} {unit} for {period} but {value_of} {unit_of} for {period_of} ({other}): "
        "a running total does not fall"
    )
    return Problem(said, file, sheet, line, cell, "value", "totals since January, or periods that are single ones")


def _question(metric: str, rows: list[tuple[Any, ...]]) -> Question:
    lines = [
        Line(
            kind="question",
            what=Said("doubt.fallen", {"figure": f"{value_of} {unit_of}", "period": period_of}),
            file=file, sheet=sheet, row=line, cell=cell, column="value", place=place, metric=metric, period=period,
            value=value, unit=unit, earlier=f"{value_of} {unit_of}",
        )
        for file, sheet, line, cell, place, period, value, unit, period_of, value_of, unit_of in rows
    ]  # fmt: skip
    said = Said("doubt.falling", {"metric": metric, "count": len(lines)})
    return Question(f"falling:{metric}", said, ("keep",), tuple(lines), len(lines))
