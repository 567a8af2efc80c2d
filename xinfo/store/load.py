"""Figures, targets and projects from files in the import format into the store's tables, whole or not at all.

What the file's words mean and whether its cells are right is `checks`' matter; nothing is worked out here: see `complete`.
"""

from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection

from xinfo.store.checks import FILES, find_problems
from xinfo.store.read import limited, scan
from xinfo.store.schema import DIMENSIONS

# A double holds 15 digits: 65.52 times 10^8 is 6552000000, not 6551999999.999999
CLEAN = """CREATE OR REPLACE TEMP MACRO clean(x) AS
    CASE WHEN x = 0 THEN 0 ELSE round(x, 14 - floor(log10(abs(x)))::INTEGER) END"""

_JOINS = """
    FROM given
    JOIN map_place ON map_place.written = given.place
    JOIN map_metric ON map_metric.written = given.metric JOIN metric ON metric.metric_id = map_metric.meant
    JOIN map_period ON map_period.written = given.period
    JOIN map_unit ON map_unit.metric = given.metric AND map_unit.written = given.unit"""

_SAME = "place_id, metric_id, period_id, consumer, offering, sector, method"


def load_file(connection: DuckDBPyConnection, table: str, path: Path) -> int:
    """Adds one file of `table` (observation, target or project) to the store; returns how many rows were added.

    Observations go into `published`. Raises Problems that name file, row, column, what was expected and the nearest
    match of every cell that is not as it should be, and both rows where one figure has two values (rule 7 of 'How
    figures combine'); then nothing of the file stays once the caller rolls back.
    """
    connection.execute(CLEAN)
    scan(connection, path, FILES[table], "given")
    problems = find_problems(connection, table)
    if problems:
        raise limited([f"{path.name}, row {line}, column {column}: {what}" for line, column, what in problems])
    [before] = connection.execute(f"SELECT count(*) FROM {_INTO[table]}").fetchone() or (0,)
    connection.execute(_INSERTS[table], {"file": path.name, "before": before} if table == "observation" else [path.name])
    if table != "project":
        _settle_repeats(connection, table, path.name)
    [after] = connection.execute(f"SELECT count(*) FROM {_INTO[table]}").fetchone() or (0,)
    return after - before


_INTO = {"observation": "published", "target": "target", "project": "project"}
_INSERTS = {
    "observation": f"""
        INSERT INTO published SELECT $before + line - 1, map_place.meant, map_metric.meant, map_period.meant,
            {", ".join(f"coalesce(lower({dim}), 'all')" for dim in DIMENSIONS)},
            clean(value::DOUBLE * factor), metric.unit, value, given.unit, coalesce(lower(status), 'reported'),
            coalesce(method, ''), coalesce(given.source, $file), lower(confidence), note, $file, line {_JOINS}""",
    "target": f"""
        INSERT INTO target SELECT map_place.meant, map_metric.meant, map_period.meant, clean(value::DOUBLE * factor),
            metric.unit, coalesce(lower(comparison), 'at_least'), coalesce(given.source, $1),
            coalesce(lower(status), 'reported'), lower(confidence), note {_JOINS} ORDER BY line""",
    "project": """
        INSERT INTO project SELECT project_id, map_place.meant, name_en, name_zh, lower(content_area), lower(level),
            lower(status), budget::DOUBLE, spent::DOUBLE, start_date::DATE, due_date::DATE, coalesce(source, $1)
        FROM given JOIN map_place ON map_place.written = place ORDER BY line""",
}


def _settle_repeats(connection: DuckDBPyConnection, table: str, file: str) -> None:
    """Rule 7 for the rows of one file: a figure twice with two values is a Problem, an exact repeat counts once."""
