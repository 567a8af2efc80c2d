"""From published figures to one figure a key: rules 1 to 6 of 'How figures combine', applied when a store is built.

Which figures follow from which is worked out in `shapes` once for each way of publishing; the SQL beside this module
applies it to all series at once. A figure belongs to a layer (published or made up for demonstration) and a method, and
neither is ever mixed. Where several figures could stand for one key, the published layer comes first, then what was
published as such, then the stronger status, no method before one, and the newest source.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

from xinfo.store.load import CLEAN
from xinfo.store.schema import CONFIDENCES, DIMENSIONS, STATUSES, one_of
from xinfo.store.shapes import Recipe, decode, recipes
from xinfo.store.timeline import note_spans

_NEWNESS = (
    "(SELECT source_id, row_number() OVER (ORDER BY published DESC NULLS LAST, source_id) AS newness FROM source)"
)
_SORTED_AT_ONCE = 2_000_000  # about 1 GB of rows
# one sortable row of what speaks for a figure, best first
_PREFERENCE = f"""CREATE OR REPLACE TEMP MACRO preference(made_up, rule, weakness, method, sources) AS
    (made_up, rule <> 'published', weakness, method <> '',
     (SELECT newness FROM {_NEWNESS} WHERE source_id = sources[1]), method)"""


def complete(connection: DuckDBPyConnection, progress: Callable[[str, float], None]) -> None:
    """Fills `observation` from `published`, `metric` and `source`; `progress` hears each part's name and 0 to 1."""
    parts = _parts()
    note_spans(connection)
    connection.execute(CLEAN)
    connection.execute(_PREFERENCE)
    for done, part in enumerate(parts):
        progress(f"figures: {part}", done / len(parts))
        if part == "worked":
            _note_recipes(connection)
        if part == "observation":
            _choose(connection, parts[part])
        else:
            connection.execute(parts[part])
    for table in ("series", "worked", "divided", "recipe"):
        connection.execute(f"DROP TABLE {table}")


def _choose(connection: DuckDBPyConnection, insert: str) -> None:
    """Runs the last part for the metrics that have figures, all together where they are few."""
    having = "SELECT metric_id FROM series UNION SELECT metric_id FROM divided ORDER BY 1"
    metrics = [metric for (metric,) in connection.execute(having).fetchall()]
    [figures] = connection.execute("SELECT count(*) FROM worked").fetchone() or (0,)
    for some in [[metric] for metric in metrics] if figures > _SORTED_AT_ONCE else [metrics]:
        connection.execute(insert, {"metrics": some})


def _parts() -> dict[str, str]:
    """The parts of complete.sql by name, with our own closed lists written in."""
    text = Path(__file__).with_name("complete.sql").read_text(encoding="utf-8")
    lists = {f"${dim}s": one_of(values) for dim, values in DIMENSIONS.items()}
    lists |= {"$statuses": one_of(STATUSES), "$confidences": one_of(CONFIDENCES)}
    for name, literal in lists.items():
        text = text.replace(name, literal)
    return dict(part.split("\n", 1) for part in text.split("-- part: ")[1:])


def _note_recipes(connection: DuckDBPyConnection) -> None:
    """Makes the temporary table `recipe`: for each way of publishing, how every figure that follows is made."""
    shapes = connection.execute("SELECT DISTINCT kind, cells FROM series").fetchall()
    connection.execute("""CREATE OR REPLACE TEMP TABLE recipe (kind VARCHAR, cells INTEGER[], consumer VARCHAR,
        offering VARCHAR, sector VARCHAR, first INTEGER, last INTEGER,
        positions INTEGER[], signs DOUBLE[], rule VARCHAR)""")
    rows: list[dict[str, object]] = []
    for kind, cells in shapes:
        rows += [_row(kind, cells, recipe) for recipe in recipes(tuple(cells), kind)]
        if len(rows) > 100_000:
            _append(connection, rows)
            rows = []
    _append(connection, rows)


def _row(kind: str, cells: list[int], recipe: Recipe) -> dict[str, object]:
    dims, (first, last) = decode(recipe.cell)
    named = {dim: values[at] for (dim, values), at in zip(DIMENSIONS.items(), dims, strict=True)}
    made = {"positions": [position + 1 for position in recipe.positions], "signs": [float(s) for s in recipe.signs]}
    return {"kind": kind, "cells": cells, **named, "first": first, "last": last, **made, "rule": recipe.rule}


def _append(connection: DuckDBPyConnection, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.register("recipe_rows", pa.Table.from_pylist(rows))
        connection.execute("INSERT INTO recipe SELECT * FROM recipe_rows")
        connection.unregister("recipe_rows")
