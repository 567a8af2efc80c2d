"""What is wrong in a file of figures, targets or projects, cell by cell, and what its words mean in ids.

One scan of the file collects the distinct words and counts the bad cells; only where there are bad ones is it read
again for their rows. Adds nothing to the store: see `load`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from xinfo.errors import InputError, did_you_mean
from xinfo.store.names import PlaceNames
from xinfo.store.read import SPOT, Columns
from xinfo.store.schema import COMPARISONS, CONFIDENCES, CONTENT_AREAS, DIMENSIONS, LEVELS, PROJECT_STATUSES, STATUSES
from xinfo.store.written import factor, parse_period

_FIGURE = ("place", "metric", "period", "value", "unit")
FILES: dict[str, Columns] = {
    "observation": Columns(_FIGURE, (*DIMENSIONS, "status", "method", "source", "confidence", "note")),
    "target": Columns(_FIGURE, ("comparison", "source", "status", "confidence", "note")),
    "project": Columns(
        ("project_id", "place", "name_en", "name_zh", "content_area", "level", "status"),
        ("budget", "spent", "start_date", "due_date", "source"),
    ),
}
_LISTS: dict[str, dict[str, tuple[str, ...]]] = {
    "observation": {**DIMENSIONS, "status": STATUSES, "confidence": CONFIDENCES},
    "target": {"comparison": COMPARISONS, "status": STATUSES, "confidence": CONFIDENCES},
    "project": {"content_area": CONTENT_AREAS, "level": LEVELS, "status": PROJECT_STATUSES},
}
_NUMBERS = {"observation": ("value",), "target": ("value",), "project": ("budget", "spent")}
_DATES = {"project": ("start_date", "due_date")}

Problem = tuple[int, str, str, str]  # line, where that is in words, column, what is wrong


@dataclass(frozen=True)
class _Test:
    """A condition in SQL that is true of a bad cell, and what to say of it (SQL for text)."""

    column: str
    bad: str
    message: str


def find_problems(connection: DuckDBPyConnection, table: str) -> list[Problem]:
    """What is wrong with the rows of the view `given`, by place and column; empty where all is well.

    Leaves the temporary tables `map_place`, `map_metric`, `map_period` (written, meant) and `map_unit` (metric,
    written, factor) behind, which say what the file's words mean.
    """
    tests, words = _tests(table), _finders(connection, table)
    lists = [f"list(DISTINCT {column}) FILTER ({column} IS NOT NULL)" for column in words]
    counts = [f"count(*) FILTER ({test.bad})" for test in tests]
    pair = "list(DISTINCT [metric, unit])" if table != "project" else "NULL"
    found = connection.execute(f"SELECT {', '.join([*lists, *counts, pair])} FROM given").fetchone()
    assert found is not None, "an aggregate gives a row"
    problems: list[Problem] = []
    for test, count in zip(tests, found[len(words) : -1], strict=True):
        if count:
            problems += _rows(connection, test)
    for (column, find), distinct in zip(words.items(), found, strict=False):
        problems += _map(connection, column, find, distinct or [])
    if table != "project":
        problems += _map_units(connection, [(metric, unit) for metric, unit in found[-1] or [] if metric and unit])
    return sorted(problems)


def _tests(table: str) -> list[_Test]:
    tests = [_Test(column, f"{column} IS NULL", "'is empty'") for column in FILES[table].required]
    for column in _NUMBERS[table]:
        bad = f"{column} IS NOT NULL AND NOT coalesce(isfinite(try_cast({column} AS DOUBLE)), false)"
        tests.append(_Test(column, bad, f"'''' || {column} || ''' is no number; expected digits such as 65.52'"))
    for column in _DATES.get(table, ()):
        bad = f"{column} IS NOT NULL AND try_cast({column} AS DATE) IS NULL"
        tests.append(_Test(column, bad, f"'''' || {column} || ''' is no date; expected one such as 2014-03-01'"))
    if table == "project":
        again = "project_id IN (SELECT project_id FROM given GROUP BY 1 HAVING count(*) > 1)"
        tests.append(_Test("project_id", again, "'''' || project_id || ''' is given twice'"))
    return tests


def _rows(connection: DuckDBPyConnection, test: _Test) -> list[Problem]:
    rows = connection.execute(f"SELECT line, {SPOT}, {test.message} FROM given WHERE {test.bad}").fetchall()
    return [(line, spot, test.column, what) for line, spot, what in rows]


def _finders(connection: DuckDBPyConnection, table: str) -> dict[str, Callable[[str], str]]:
    """Column -> what gives the id a word of it means, or raises InputError."""
    keys = ("place_id", "name_en", "name_zh", "admin_type")
    places = connection.execute(f"SELECT {', '.join(keys)} FROM place ORDER BY 1").fetchall()
    finders: dict[str, Callable[[str], str]] = {
        "place": PlaceNames(dict(zip(keys, row, strict=True)) for row in places).find
    }
    if table != "project":
        metrics = connection.execute("SELECT metric_id FROM metric ORDER BY 1").fetchall()
        finders |= {"metric": _member(tuple(metric for (metric,) in metrics)), "period": _period_id}
    return finders | {column: _member(values) for column, values in _LISTS[table].items()}


def _period_id(text: str) -> str:
    return parse_period(text).id


def _member(values: tuple[str, ...]) -> Callable[[str], str]:
    """What finds a word in a closed list, whatever its case."""

    def find(text: str) -> str:
        if text.lower() in values:
            return text.lower()
        shown = f"; expected one of {', '.join(values)}" if len(values) < 10 else ""
        raise InputError(f"'{text}' is not known{shown}{did_you_mean(text, values)}")

    return find


def _map(
    connection: DuckDBPyConnection, column: str, find: Callable[[str], str], distinct: list[str]
) -> Iterator[Problem]:
    """Keeps what a column's distinct words mean in map_<column>; yields the rows of words that mean nothing."""
    meant, wrong = [], {}
    for word in distinct:
        try:
            meant.append((word, find(word)))
        except InputError as error:
            wrong[word] = str(error)
    _keep(connection, f"map_{column}", "written VARCHAR, meant VARCHAR", meant)
    if wrong:
        sql = f"SELECT line, {SPOT}, {column} FROM given WHERE {column} IN ?"
        rows = connection.execute(sql, [list(wrong)]).fetchall()
        yield from ((line, spot, column, wrong[word]) for line, spot, word in rows)


def _map_units(connection: DuckDBPyConnection, used: list[tuple[str, str]]) -> Iterator[Problem]:
    """Keeps the factor of each metric's units in map_unit; yields the rows with a unit that measures something else."""
    bases = dict(
        connection.execute(
            "SELECT written, unit FROM map_metric JOIN metric ON metric.metric_id = map_metric.meant"
        ).fetchall()
    )
    factors = []
    for metric, unit in used:
        try:
            if metric in bases:
                factors.append((metric, unit, factor(unit, bases[metric])))
        except InputError as error:
            sql = f"SELECT line, {SPOT} FROM given WHERE metric = ? AND unit = ?"
            rows = connection.execute(sql, [metric, unit]).fetchall()
            yield from ((line, spot, "unit", str(error)) for line, spot in rows)
    _keep(connection, "map_unit", "metric VARCHAR, written VARCHAR, factor DOUBLE", factors)


def _keep(connection: DuckDBPyConnection, table: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({columns})")
    if rows:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
