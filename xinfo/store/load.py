"""Figures, targets and projects from files in the import format into the store's tables, whole or not at all.

What the file's words mean and whether its cells are right is `checks`' matter, working figures out `complete`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

from xinfo.errors import Problem
from xinfo.store.checks import FILES, find_problems
from xinfo.store.read import SPOT, forget, limited, scan
from xinfo.store.schema import DIMENSIONS

# A double holds 15 digits: 65.52 times 10^8 is 6552000000, not 6551999999.999999
CLEAN = """CREATE OR REPLACE TEMP MACRO clean(x) AS
    CASE WHEN x = 0 THEN 0 ELSE round(x, 14 - floor(log10(abs(x)))::INTEGER) END"""


@dataclass(frozen=True)
class Read:
    """What a file brought: how many rows, and how many more that repeat a figure word for word."""

    rows: int
    repeated: int


@dataclass(frozen=True)
class Claim:
    """What is said of all figures of a file: how they stand, and the status of those of which the file says none."""

    standing: str = "published"
    status: str = "reported"


MARK = """CREATE OR REPLACE TEMP MACRO mark_of(standing, status) AS CASE
    WHEN standing = 'published' OR status = 'illustrative' THEN status
    WHEN status = 'reported' THEN standing ELSE standing || '_' || status END"""
"""As `standing.mark_of` has it."""

_JOINS = """
    FROM given
    JOIN map_place ON map_place.written = given.place
    JOIN map_metric ON map_metric.written = given.metric JOIN metric ON metric.metric_id = map_metric.meant
    JOIN map_period ON map_period.written = given.period
    JOIN map_unit ON map_unit.metric = given.metric AND map_unit.written = given.unit"""

_FIGURES = {
    # what makes two rows of one file the same figure, where its rows are once they are read, and the words to name it
    "observation": (
        "place_id, metric_id, period_id, consumer, offering, sector, method",
        "(FROM published WHERE file = $file)",
    ),
    "target": (
        "place_id, metric_id, period_id, comparison, source",
        f"""(SELECT $file AS file, line, sheet, cell, map_place.meant AS place_id, map_metric.meant AS metric_id,
            map_period.meant AS period_id, coalesce(comparison, '') AS comparison, coalesce(given.source, '') AS source,
            value::DOUBLE * factor AS value, value AS value_written, given.unit AS unit_written {_JOINS})""",
    ),
}


def load_file(
    connection: DuckDBPyConnection,
    table: str,
    path: Path,
    load_id: int,
    rows: pa.Table | None = None,
    claim: Claim | None = None,
) -> Read:
    """Adds one file of `table` (observation, target or project) to the store, marked as `claim` says.

    `rows` are taken in place of the file's own where it was read elsewhere: see `read.scan`. Observations go into
    `published`; all are of the load `load_id`. Raises Problems that name file, row, column, what was expected and the
    nearest match of every cell that is not as it should be, and both rows where one figure has two values (rule 7 of
    'How figures combine'); then nothing of the file stays once the caller rolls back.
    """
    claim = claim or Claim()
    connection.execute(CLEAN)
    connection.execute(MARK)
    scan(connection, path, FILES[table], "given", rows)
    count, problems = find_problems(connection, table, path.name)
    if count:
        raise limited(path.name, problems, count)
    before = _count(connection, table)
    # Published rows carry their order as a number, so that they need not be written in it: twice as quick.
    connection.execute(f"SET preserve_insertion_order = {table != 'observation'}")
    values = {"file": path.name, "load": load_id, "standing": claim.standing, "status": claim.status}
    connection.execute(_INSERTS[table], values)
    connection.execute("SET preserve_insertion_order = true")
    if table in _FIGURES:
        _refuse_two_values(connection, table, path.name)
    rows = _count(connection, table) - before
    [given] = connection.execute("SELECT count(*) FROM given").fetchone() or (0,)
    forget(connection, "given")
    return Read(rows, given - rows)


def _count(connection: DuckDBPyConnection, table: str) -> int:
    [count] = connection.execute(f"SELECT count(*) FROM {_INTO[table]}").fetchone() or (0,)
    return int(count)


_INTO = {"observation": "published", "target": "target", "project": "project"}
_INSERTS = {
    "observation": f"""
        INSERT INTO published SELECT (SELECT coalesce(max(published_id), 0) FROM published) + number,
            map_place.meant, map_metric.meant, map_period.meant,
            {", ".join(f"coalesce(lower({dim}), 'all')" for dim in DIMENSIONS)},
            CASE WHEN factor = 1 THEN value::DOUBLE ELSE clean(value::DOUBLE * factor) END, metric.unit, value,
            given.unit, coalesce(lower(status), $status),
            coalesce(method, ''), coalesce(given.source, $file), lower(confidence), note, $file, line,
            $load, sheet, cell, mark_of($standing, coalesce(lower(status), $status)) {_JOINS}""",
    "target": f"""
        INSERT INTO target SELECT DISTINCT map_place.meant, map_metric.meant, map_period.meant,
            clean(value::DOUBLE * factor), metric.unit, coalesce(lower(comparison), 'at_least'),
            coalesce(given.source, $file),
            coalesce(lower(status), $status), lower(confidence), note,
            mark_of($standing, coalesce(lower(status), $status)), $load::INTEGER {_JOINS} ORDER BY ALL""",
    "project": """
        INSERT INTO project SELECT project_id, map_place.meant, name_en, name_zh, lower(content_area), lower(level),
            lower(status), budget::DOUBLE, spent::DOUBLE, start_date::DATE, due_date::DATE, coalesce(source, $file),
            mark_of($standing, $status), $load
        FROM given JOIN map_place ON map_place.written = place ORDER BY line""",
}


def _refuse_two_values(connection: DuckDBPyConnection, table: str, file: str) -> None:
    """Rule 7 for the rows of one file: raises Problems where a figure has two values; an exact repeat counts once."""
    same, rows = _FIGURES[table]
    if _conflicting(connection, same, rows, {"file": file}) and table == "observation":
        _keep_first(connection, f"{same}, source_id", "WHERE file = $file", {"file": file})


def refuse_two_files(connection: DuckDBPyConnection) -> None:
    """The same for the observations of all files of a load, where they name the same source."""
    same = f"{_FIGURES['observation'][0]}, source_id"
    if _conflicting(connection, same, "published", {}):
        _keep_first(connection, same, "", {})


def _conflicting(connection: DuckDBPyConnection, same: str, rows: str, values: dict[str, str]) -> bool:
    """Whether rows repeat a figure. Raises Problems, naming the rows, where it is with different values."""
    # Hashes first: grouping millions of rows by one number is many times quicker than by seven texts
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE repeated AS
        SELECT hash({same}) AS same FROM {rows} GROUP BY 1 HAVING count(*) > 1""",
        values,
    )
    repeats = connection.execute(
        f"""SELECT list({{'file': file, 'spot': {SPOT}, 'value': value_written, 'unit': unit_written}}
        ORDER BY file, line), max(value) - min(value), {same} FROM {rows}
        SEMI JOIN repeated ON repeated.same = hash({same})
        GROUP BY {same} HAVING count(*) > 1 ORDER BY min(line)""",
        values,
    ).fetchall()
    problems = [_two_values(given, figure) for given, apart, *figure in repeats if apart]
    if problems:
        raise limited(problems[0].file, problems)
    return bool(repeats)


def _two_values(given: list[dict[str, str]], figure: list[str]) -> Problem:
    first = given[0]["file"]
    named = [
        f"{'' if one['file'] == first else one['file'] + ', '}{one['spot']} ({one['value']} {one['unit']})"
        for one in given
    ]
    said = f"{' and '.join(named)} give different values for {' '.join(filter(None, figure))}"
    return Problem(said, first, kind="conflict")


def _keep_first(connection: DuckDBPyConnection, same: str, where: str, values: dict[str, str]) -> None:
    """Of the rows that repeat a figure exactly, only the first stays."""
    keep = f"SELECT min(published_id) FROM published {where} GROUP BY {same}"
    among = f"{where} AND" if where else "WHERE"
    connection.execute(f"DELETE FROM published {among} published_id NOT IN ({keep})", values)
