"""What is wrong in a file of figures, targets or projects, cell by cell, and what its words mean in ids.

One scan of its rows collects the distinct words and counts the bad cells; only where there are bad ones is it read
again for their rows. Adds nothing to the store: see `load`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from xinfo.errors import InputError, Problem, nearest
from xinfo.store.names import read_names
from xinfo.store.read import MOST_PROBLEMS, Columns
from xinfo.store.schema import COMPARISONS, CONFIDENCES, CONTENT_AREAS, DIMENSIONS, LEVELS, PROJECT_STATUSES, insert
from xinfo.store.standing import STATUSES
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


@dataclass(frozen=True)
class _Test:
    """A condition in SQL that is true of a bad cell, and what to say of it (`{}` is the cell's text)."""

    column: str
    bad: str
    what: str
    expected: str = ""

    def error(self, text: str) -> InputError:
        return InputError(self.what.format(text), self.expected)


Wrong = tuple[int, list[Problem]]  # how many, and the first of them


def find_problems(connection: DuckDBPyConnection, table: str, file: str) -> Wrong:
    """What is wrong with the rows of the view `given` of a file: how much, and the first of it by row and column.

    Leaves the temporary tables `map_place`, `map_metric`, `map_period` (written, meant) and `map_unit` (metric,
    written, factor) behind, which say what the file's words mean.
    """
    tests, words = _tests(table), _finders(connection, table)
    lists = [f"list(DISTINCT {column}) FILTER ({column} IS NOT NULL)" for column in words]
    counts = [f"count(*) FILTER ({test.bad})" for test in tests]
    found = connection.execute(f"SELECT {', '.join([*lists, *counts])} FROM given").fetchone()
    assert found is not None, "an aggregate gives a row"
    wrong: list[Wrong] = []
    for test, count in zip(tests, found[len(words) :], strict=True):
        if count:
            wrong.append(_named(connection, file, test.column, test.bad, [], test.error))
    for (column, find), distinct in zip(words.items(), found, strict=False):
        wrong += _map(connection, file, column, find, distinct or [])
    if table != "project":
        pairs = "SELECT DISTINCT metric, unit FROM given WHERE metric IS NOT NULL AND unit IS NOT NULL ORDER BY ALL"
        wrong += _map_units(connection, file, connection.execute(pairs).fetchall())
    every = sorted((one for _, some in wrong for one in some), key=lambda one: (one.line or 0, one.column or ""))
    return sum(count for count, _ in wrong), every[:MOST_PROBLEMS]


def _tests(table: str) -> list[_Test]:
    tests = [_Test(column, f"{column} IS NULL", "is empty") for column in FILES[table].required]
    for column in _NUMBERS[table]:
        bad = f"{column} IS NOT NULL AND NOT coalesce(isfinite(try_cast({column} AS DOUBLE)), false)"
        tests.append(_Test(column, bad, "'{}' is no number", "digits such as 65.52"))
    for column in _DATES.get(table, ()):
        bad = f"{column} IS NOT NULL AND try_cast({column} AS DATE) IS NULL"
        tests.append(_Test(column, bad, "'{}' is no date", "one such as 2014-03-01"))
    if table == "project":
        again = "project_id IN (SELECT project_id FROM given GROUP BY 1 HAVING count(*) > 1)"
        tests.append(_Test("project_id", again, "'{}' is given twice"))
    return tests


def _named(
    connection: DuckDBPyConnection,
    file: str,
    column: str,
    bad: str,
    values: Sequence[object],
    say: Callable[[str], InputError],
) -> Wrong:
    """How many rows are bad, and the first of them with what `say` says of the cell's text."""
    [count] = connection.execute(f"SELECT count(*) FROM given WHERE {bad}", values).fetchone() or (0,)
    sql = f"SELECT sheet, line, cell, coalesce({column}, '') FROM given WHERE {bad} ORDER BY line LIMIT {MOST_PROBLEMS}"
    named = []
    for sheet, line, cell, text in connection.execute(sql, values).fetchall():
        error = say(text)
        named.append(Problem(error.what, file, sheet, line, cell, column, error.expected, error.nearest))
    return int(count), named


def _finders(connection: DuckDBPyConnection, table: str) -> dict[str, Callable[[str], str]]:
    """Column -> what gives the id a word of it means, or raises InputError."""
    finders: dict[str, Callable[[str], str]] = {"place": read_names(connection).find}
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
        shown = f"one of {', '.join(values)}" if len(values) < 10 else ""
        raise InputError(f"'{text}' is not known", shown, nearest(text, values, 2))

    return find


def _map(
    connection: DuckDBPyConnection, file: str, column: str, find: Callable[[str], str], distinct: list[str]
) -> Iterator[Wrong]:
    """Keeps what a column's distinct words mean in map_<column>; yields the rows of words that mean nothing."""
    meant: list[tuple[object, ...]] = []
    wrong: dict[str, InputError] = {}
    for word in distinct:
        try:
            meant.append((word, find(word)))
        except InputError as error:
            wrong[word] = error
    _keep(connection, f"map_{column}", "written VARCHAR, meant VARCHAR", meant)
    if wrong:
        yield _named(connection, file, column, f"{column} IN ?", [list(wrong)], wrong.__getitem__)


def _map_units(connection: DuckDBPyConnection, file: str, used: list[tuple[str, str]]) -> Iterator[Wrong]:
    """Keeps the factor of each metric's units in map_unit; yields the rows with a unit that measures something else."""
    bases = dict(
        connection.execute(
            "SELECT written, unit FROM map_metric JOIN metric ON metric.metric_id = map_metric.meant"
        ).fetchall()
    )
    factors: list[tuple[object, ...]] = []
    for metric, unit in used:
        try:
            if metric in bases:
                factors.append((metric, unit, factor(unit, bases[metric])))
        except InputError as error:
            said = {unit: error}
            yield _named(connection, file, "unit", "metric = ? AND unit = ?", [metric, unit], said.__getitem__)
    _keep(connection, "map_unit", "metric VARCHAR, written VARCHAR, factor DOUBLE", factors)


def _keep(connection: DuckDBPyConnection, table: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({columns})")
    insert(connection, table, rows)
