"""From published figures to one figure a key: rules 1 to 6 of 'How figures combine', applied when a store is built.

Which figures follow from which is worked out in `shapes` once for each way of publishing; the SQL beside this module
applies it to all series of some metrics at once. A figure belongs to a layer (published or made up for demonstration)
and a method, and neither is ever mixed, but that a ratio may divide a figure of one layer by one of the other: then it
is made up. Where several figures could stand for one key, the published layer comes first, then what stands better
(published, internal, unconfirmed), however it was come by; then what was given as such, then the stronger mark, no
method before one, and the newest source: by its publication, then by its load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

from xinfo.store.load import CLEAN
from xinfo.store.periods import FIRST_YEAR, Period, parse_id
from xinfo.store.schema import CONFIDENCES, DEMONSTRATION, DIMENSIONS, insert, one_of
from xinfo.store.shapes import WANTED, Recipe, decode, recipes
from xinfo.store.standing import MARKS, STATUSES


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


_AT_ONCE = 1_000_000
"""Published figures that are worked on together, unless one metric has more: what bounds the memory."""
_LEFT = ("series", "shape", "dated", "divided", "meeting", "part", "recipe", "source_order")
_RATIO = "metric.kind = 'ratio'"


def complete(connection: DuckDBPyConnection, progress: Callable[[str, float], None]) -> None:
    """Fills `observation` from `published`, `metric` and `source`; `progress` hears what is under way and 0 to 1."""
    parts = _parts()
    note_spans(connection)
    connection.execute(CLEAN)
    connection.execute(parts["sources"])
    batches = list(_batches(connection))
    connection.execute(parts["part"])
    for done, (metrics, ratios) in enumerate(batches):
        progress(f"figures: {metrics[0]}", done / len(batches))
        connection.execute("SET VARIABLE metrics = $metrics", {"metrics": metrics})
        connection.execute(parts["series"])
        _note_recipes(connection)
        connection.execute(parts["worked"])
        connection.execute(parts["kept"])
        if ratios:
            connection.execute(parts["ratios"])
        connection.execute(parts["observation"])
    for table in _LEFT:
        connection.execute(f"DROP TABLE IF EXISTS {table}")


def _batches(connection: DuckDBPyConnection) -> Iterator[tuple[list[str], bool]]:
    """The metrics, as many at a time as can be worked on together, and whether ratios of them are; those come last."""
    together: list[str] = []
    figures, ratios = 0, False
    for metric, ratio, count in connection.execute(f"""
        SELECT metric_id, {_RATIO}, count(published_id) FROM metric LEFT JOIN published USING (metric_id)
        GROUP BY ALL ORDER BY 2, 1""").fetchall():
        if together and figures + count > _AT_ONCE:
            yield together, ratios
            together, figures, ratios = [], 0, False
        together.append(metric)
        figures += count
        ratios = ratios or ratio
    if together:
        yield together, ratios


def _parts() -> dict[str, str]:
    """The parts of complete.sql by name, with our own closed lists written in."""
    text = Path(__file__).with_name("complete.sql").read_text(encoding="utf-8")
    lists = {f"${dim}s": one_of(values) for dim, values in DIMENSIONS.items()}
    lists |= {"$statuses": one_of(STATUSES), "$confidences": one_of(CONFIDENCES), "$marks": one_of(MARKS)}
    lists["$demonstration"] = f"'{DEMONSTRATION}'"
    for name, literal in lists.items():
        text = text.replace(name, literal)
    return dict(part.split("\n", 1) for part in text.split("-- part: ")[1:])


def _note_recipes(connection: DuckDBPyConnection) -> None:
    """Makes the temporary table `recipe`: for each way of publishing, how every figure that follows is made."""
    connection.execute("""CREATE OR REPLACE TEMP TABLE recipe (shape BIGINT, consumer VARCHAR,
        offering VARCHAR, sector VARCHAR, first INTEGER, last INTEGER,
        positions INTEGER[], signs DOUBLE[], rule VARCHAR)""")
    rows: list[tuple[object, ...]] = []
    for shape, kind, cells in connection.execute("FROM shape").fetchall():
        rows += [_row(shape, recipe) for recipe in recipes(tuple(cells), kind)]
        if len(rows) > 100_000:
            insert(connection, "recipe", rows)
            rows = []
    insert(connection, "recipe", rows)


def _row(shape: int, recipe: Recipe) -> tuple[object, ...]:
    dims, (first, last) = decode(recipe.cell)
    named = (values[at] for values, at in zip(DIMENSIONS.values(), dims, strict=True))
    positions, signs = [position + 1 for position in recipe.positions], [float(sign) for sign in recipe.signs]
    return shape, *named, first, last, positions, signs, recipe.rule
