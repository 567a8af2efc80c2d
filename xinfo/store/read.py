"""CSV files into DuckDB as text: encoding, header and the number of cells. What the cells mean is checked elsewhere."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from xinfo.errors import InputError, Problems, did_you_mean

MOST_PROBLEMS = 200  # a file with more is wrong as a whole, and nobody reads on


@dataclass(frozen=True)
class Columns:
    """The columns a file must have and those it may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return self.required + self.optional


def scan(connection: DuckDBPyConnection, path: Path, columns: Columns, view: str) -> None:
    """Makes `view` the file's rows: `line` (header is 1) and every column of `columns` as trimmed text, NULL for none.

    The view reads the file anew each time, so that a large one need not be held. Raises Problems for a header that is
    not as it should be and for every row with too few or too many cells, InputError where the file is no UTF-8 text.
    """
    header = _header(path, columns)
    types = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in header)
    source = (
        f"read_csv({_literal(str(path))}, columns = {{{types}}}, auto_detect = false, header = true, "
        "delim = ',', quote = '\"', escape = '\"'"
    )
    _check_rows(connection, path.name, source)
    cells = [f"nullif(trim({name}), '') AS {name}" if name in header else f"NULL AS {name}" for name in columns.all]
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT (row_number() OVER () + 1)::INTEGER AS line, {', '.join(cells)} "
        f"FROM {source})"
    )


def limited(problems: list[str]) -> Problems:
    """The problems as an error, cut with a count where there are too many to read."""
    more = len(problems) - MOST_PROBLEMS
    return Problems(problems if more <= 0 else [*problems[:MOST_PROBLEMS], f"… and {more} more problems"])


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _header(path: Path, columns: Columns) -> list[str]:
    """The file's column names, in its order and in lower case."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = [name.strip().lower() for name in next(csv.reader(file), [])]
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name}: not UTF-8 text (byte {error.start}); save it as 'CSV UTF-8'") from error
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read: {error.strerror}") from error
    problems = [
        f"{path.name}, header: no column '{name}'{did_you_mean(name, header)}"
        for name in columns.required
        if name not in header
    ]
    for name in header:
        if name not in columns.all:
            problems.append(
                f"{path.name}, header: unknown column '{name}'; expected {', '.join(columns.all)}"
                f"{did_you_mean(name, columns.all)}"
            )
    problems += [f"{path.name}, header: column '{name}' twice" for name in {n for n in header if header.count(n) > 1}]
    if problems:
        raise Problems(problems)
    return header


def _check_rows(connection: DuckDBPyConnection, name: str, source: str) -> None:
    """Reads the file once and raises Problems for its rows that do not fit the header."""
    for table in ("reject_rows", "reject_scans"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    options = "store_rejects = true, rejects_table = 'reject_rows', rejects_scan = 'reject_scans', rejects_limit = 1000"
    try:
        connection.execute(f"SELECT count(COLUMNS(*)) FROM {source}, {options})").fetchall()
    except duckdb.Error as error:
        raise InputError(f"{name}: cannot be read as CSV: {str(error).splitlines()[0]}") from error
    bad = connection.execute("SELECT DISTINCT line, error_message FROM reject_rows ORDER BY line").fetchall()
    if bad:
        raise limited([f"{name}, row {line}: {message}" for line, message in bad])
