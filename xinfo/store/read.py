"""CSV files, or rows that were read elsewhere, into DuckDB as text: encoding, header and the number of cells.

What the cells mean is checked elsewhere.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection

from xinfo.errors import InputError, Problem, Problems, nearest

MOST_PROBLEMS = 200  # a file with more is wrong as a whole, and nobody reads on
PLACE = ("line", "sheet", "cell")
"""Where in its file a row stands; `sheet` and `cell` only of what is no plain CSV."""
SPOT = "concat_ws(', ', 'sheet ' || sheet, coalesce(cell, 'row ' || line))"
"""The same in words: 'row 5', 'sheet 2014, C7'."""


@dataclass(frozen=True)
class Columns:
    """The columns a file must have and those it may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return self.required + self.optional


def scan(connection: DuckDBPyConnection, path: Path, columns: Columns, view: str, rows: pa.Table | None = None) -> None:
    """Makes `view` the file's rows: every column of `columns` as trimmed text, NULL for none, and where the row stands.

    That is `number` (from 1), `line` (header is 1), `sheet` and `cell`. The view reads the file anew each time, so that
    a large one need not be held; with `rows`, text columns with a `line`, `sheet` and `cell` of their own, it reads
    those. Raises Problems for a header that is not as it should be and for every row with too few or too many cells,
    InputError where the file is no UTF-8 text.
    """
    if rows is None:
        header = _header(path, columns)
        source = _csv(connection, path, header)
        place = "(row_number() OVER () + 1)::INTEGER AS line, NULL::VARCHAR AS sheet, NULL::VARCHAR AS cell"
    else:
        header = _fitting([name for name in rows.column_names if name not in PLACE], path.name, columns)
        connection.register(f"{view}_rows", rows)
        source, place = f"{view}_rows", ", ".join(PLACE)
    cells = [f"nullif(trim({name}), '') AS {name}" if name in header else f"NULL AS {name}" for name in columns.all]
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {view} AS "
        f"SELECT row_number() OVER () AS number, {place}, {', '.join(cells)} FROM {source}"
    )


def _csv(connection: DuckDBPyConnection, path: Path, header: list[str]) -> str:
    """The call that reads a CSV file, once its rows are known to fit the header."""
    types = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in header)
    source = (
        f"read_csv({_literal(str(path))}, columns = {{{types}}}, auto_detect = false, header = true, "
        "delim = ',', quote = '\"', escape = '\"'"
    )
    _check_rows(connection, path.name, source)
    return f"{source})"


def limited(file: str, problems: Sequence[str | Problem], count: int | None = None) -> Problems:
    """The problems of a file, of which there are `count`, as an error, cut where there are too many to read."""
    told = problems[:MOST_PROBLEMS]
    return Problems(told, {file: (count or len(problems)) - len(told)})


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
    return _fitting(header, path.name, columns)


def _fitting(header: list[str], file: str, columns: Columns) -> list[str]:
    """The column names as they are. Raises Problems where they are not those that the file should have."""
    problems = [
        Problem(f"header: no column '{name}'", file, nearest=tuple(nearest(name, header, 2)))
        for name in columns.required
        if name not in header
    ]
    for name in header:
        if name not in columns.all:
            close = tuple(nearest(name, columns.all, 2))
            problems.append(
                Problem(f"header: unknown column '{name}'", file, None, None, None, name, ", ".join(columns.all), close)
            )
    twice = dict.fromkeys(name for name in header if header.count(name) > 1)
    problems += [Problem(f"header: column '{name}' twice", file) for name in twice]
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
        raise limited(name, [Problem(message, name, line=line) for line, message in bad])
