"""The periods of a store: which spans of months its years have, and the contract's table of those that occur."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa
from duckdb import DuckDBPyConnection

from xinfo.store.periods import FIRST_YEAR, Period, parse_id
from xinfo.store.rows import insert
from xinfo.store.shapes import WANTED


def note_spans(connection: DuckDBPyConnection) -> None:
    """Makes the temporary table `span` (period_id, year, first, last): the published ones and what may follow."""
    used = connection.execute("SELECT DISTINCT period_id FROM published").fetchall()
    published = {parse_id(period_id) for (period_id,) in used}
    spans = published | {Period(year, *span) for year in {period.year for period in published} for span in WANTED}
    _note(connection, "span", {one.id: one for one in sorted(spans)})


def note_stretches(connection: DuckDBPyConnection) -> None:
    """Makes the temporary table `stretch`, with the same columns, for new rows and `old`'s figures alone."""
    tables = ("published", "old.published", "target")
    used = connection.execute(" UNION ".join(f"SELECT DISTINCT period_id FROM {table}" for table in tables)).fetchall()
    _note(connection, "stretch", {period_id: parse_id(period_id) for (period_id,) in used})


def _note(connection: DuckDBPyConnection, table: str, months: Mapping[str, Period]) -> None:
    rows = [{"period_id": name, "year": one.year, "first": one.first, "last": one.last} for name, one in months.items()]
    kinds = [("period_id", pa.string()), ("year", pa.int32()), ("first", pa.int32()), ("last", pa.int32())]
    connection.register("span_rows", pa.Table.from_pylist(rows, pa.schema(kinds)))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM span_rows")
    connection.unregister("span_rows")


def fill_periods(connection: DuckDBPyConnection) -> None:
    """Fills `period`: every period of a figure or target, and all spans of quarters from the first year to the last."""
    used = connection.execute(
        "SELECT period_id FROM observation UNION SELECT period_id FROM published UNION SELECT period_id FROM target"
    ).fetchall()
    periods = set(_with_quarters({parse_id(period_id) for (period_id,) in used}))
    rows = [
        (p.id, p.kind, p.year, p.quarter, p.start_date, p.end_date, p.years_on(-1).id if p.year > FIRST_YEAR else None)
        for p in sorted(periods)
    ]
    insert(connection, "period", rows)


def _with_quarters(used: Iterable[Period]) -> Iterator[Period]:
    yield from used
    years = [period.year for period in used]
    for year in range(min(years), max(years) + 1) if years else ():
        yield from (Period(year, 3 * a - 2, 3 * b) for a in range(1, 5) for b in range(a, 5))
