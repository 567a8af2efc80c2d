"""Quarters and months of a flow that come out as none or less where they are worked out: asked, never changed.

A year less its first three quarters, or two totals since January: where nothing is left of an amount that cannot be
below zero, one of the figures is of another period than its name says. What follows from which is worked out by
`store.complete` alone, in a database of its own, for the years that new figures are of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from duckdb import DuckDBPyConnection

from xinfo.intake.doubts import KEEP, MOST_SHOWN
from xinfo.intake.report import Line, Question, Said
from xinfo.store import schema
from xinfo.store.complete import complete
from xinfo.store.journal import replaced
from xinfo.store.schema import DIMENSIONS

_YEAR = "published.place_id, published.metric_id, stretch.year"
_SPAN = "stretch.last - stretch.first"
_FLOWS = """JOIN stretch USING (period_id) JOIN metric USING (metric_id)
    WHERE kind = 'flow' AND metric.unit <> 'ratio' AND published.status <> 'illustrative'"""
_BOTH = f"""CREATE OR REPLACE TEMP VIEW given AS
    SELECT * FROM published UNION ALL
    SELECT * FROM old.published AS earlier ANTI JOIN published AS fresh ON {replaced("published")}"""
_TOUCHED = f"""CREATE OR REPLACE TEMP TABLE year_at_hand AS
    SELECT place_id, metric_id, year FROM (
        SELECT {_YEAR}, {_SPAN} AS length FROM given AS published {_FLOWS})
    SEMI JOIN (SELECT {_YEAR} FROM published {_FLOWS}) USING (place_id, metric_id, year)
    WHERE metric_id NOT IN (SELECT metric_id FROM old.published WHERE value < 0)
    GROUP BY ALL HAVING min(length) < max(length)"""
_KEY = ("place_id", "metric_id", "period_id", *DIMENSIONS)
_FOUND = f"""SELECT metric_id, place_id, period_id, {", ".join(DIMENSIONS)}, value, unit
    FROM scratch.observation ANTI JOIN (SELECT * FROM old.observation WHERE value <= 0) USING ({", ".join(_KEY)})
    JOIN span USING (period_id)
    JOIN (SELECT place_id, metric_id, year, max(abs(value)) AS most FROM scratch.published JOIN span USING (period_id)
        GROUP BY ALL) USING (place_id, metric_id, year)
    WHERE rule = 'difference' AND value <= 0 AND most > 0 ORDER BY metric_id, place_id, year, first, last"""
_SAID = f"""SELECT string_agg(period_id || ': ' || value_written || ' ' || unit_written, ', ' ORDER BY last, first)
    FROM scratch.published JOIN span USING (period_id)
    WHERE place_id = ? AND metric_id = ? AND year = ? AND {" AND ".join(f"{dim} = ?" for dim in DIMENSIONS)}"""
_AT = f"""SELECT file, sheet, line, cell FROM published JOIN stretch USING (period_id)
    WHERE place_id = ? AND metric_id = ? AND year = ? ORDER BY {" + ".join(f"({dim} <> ?)::INT" for dim in DIMENSIONS)},
        published_id DESC LIMIT 1"""


def remains(connection: DuckDBPyConnection, asked: Iterable[Question]) -> tuple[Question, ...]:
    """A question for each metric with such periods of the years of new figures in `published`; `old` is the store.

    What follows from figures that are `asked` about already is not asked as well. Needs the temporary table `stretch`:
    see `complete.note_stretches`.
    """
    connection.execute(_BOTH)
    connection.execute(_TOUCHED)
    if connection.execute("SELECT count(*) FROM year_at_hand").fetchone() == (0,):
        return ()
    with _worked_out(connection):
        known = {(line.metric, line.place, (line.period or "")[:4]) for one in asked for line in one.lines}
        found = [row for row in connection.execute(_FOUND).fetchall() if (row[0], row[1], row[2][:4]) not in known]
        metrics = dict.fromkeys(row[0] for row in found)
        return tuple(_question(connection, metric, [row for row in found if row[0] == metric]) for metric in metrics)


@contextmanager
def _worked_out(connection: DuckDBPyConnection) -> Iterator[None]:
    """Makes `scratch`, with what follows from all figures of the years at hand, and drops it at the end."""
    [name] = connection.execute("SELECT current_database()").fetchone() or ("",)
    connection.execute("ATTACH ':memory:' AS scratch")
    try:
        connection.execute("USE scratch")
        schema.create(connection)
        connection.execute(f'INSERT INTO metric SELECT * FROM "{name}".metric SEMI JOIN year_at_hand USING (metric_id)')
        connection.execute(f'INSERT INTO source SELECT * FROM "{name}".source')
        connection.execute(f'USE "{name}"')
        connection.execute("""INSERT INTO scratch.published SELECT given.* FROM given JOIN stretch USING (period_id)
            SEMI JOIN year_at_hand USING (place_id, metric_id, year) WHERE status <> 'illustrative'""")
        connection.execute("USE scratch")
        complete(connection, lambda _, __: None)
        connection.execute(f'USE "{name}"')
        yield
    finally:
        connection.execute(f'USE "{name}"')
        connection.execute("DETACH scratch")


def _question(connection: DuckDBPyConnection, metric: str, rows: list[tuple[Any, ...]]) -> Question:
    lines = tuple(_line(connection, row) for row in rows[:MOST_SHOWN])
    said = Said("doubt.difference", {"metric": metric, "count": len(rows)})
    return Question(f"difference:{metric}", said, (KEEP,), lines, len(rows))


def _line(connection: DuckDBPyConnection, row: tuple[Any, ...]) -> Line:
    metric, place, period, *parts, value, unit = row
    about = [place, metric, int(period[:4]), *parts]
    [given] = connection.execute(_SAID, about).fetchone() or ("",)
    file, sheet, line, cell = connection.execute(_AT, about).fetchone() or ("", None, None, None)
    said = Said("doubt.remains", {"period": period, "value": f"{value:,.12g} {unit}", "figures": given})
    return Line(
        "question", said, file, sheet, line, cell, "value", place=place, metric=metric, period=period,
        parts=" ".join(part for part in parts if part != "all"),
    )  # fmt: skip
