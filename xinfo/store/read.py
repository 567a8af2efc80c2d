"""CSV and Parquet files, or rows that were read elsewhere, into DuckDB as text: encoding, header, number of cells.

What the cells mean is checked elsewhere.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
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

    That is `number` (from 1), `line` (header is 1), `sheet` and `cell`. The file is read once, into a temporary table
    that the engine spills where it is large; `forget` drops it. With `rows`, text columns with a `line`, `sheet` and
    `cell` of their own, those are taken. Raises Problems for a header that is not as it should be and for every row
    with too few or too many cells, InputError where the file cannot be read.
    """
    forget(connection, view)
    if rows is not None:
        header = _fitting([name for name in rows.column_names if name not in PLACE], path.name, columns)
        connection.register(f"{view}_rows", rows)
        _keep(connection, view, header, f"{view}_rows", dict.fromkeys(header, "{}"), PLACE)
    elif is_parquet(path):
        header, texts = _parquet(connection, path, columns)
        _keep(connection, view, header, f"read_parquet({_literal(str(path))})", texts)
    else:
        header = _header(path, columns)
        _keep_csv(connection, path, view, header)
    place = ", ".join(PLACE) if rows is not None else "(rowid + 2)::INTEGER AS line, NULL AS sheet, NULL AS cell"
    cells = [name if name in header else f"NULL AS {name}" for name in columns.all]
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT rowid + 1 AS number, {place}, {', '.join(cells)} "
        f"FROM {view}_cells"
    )


def forget(connection: DuckDBPyConnection, view: str) -> None:
    """Drops what a scan left."""
    connection.execute(f"DROP VIEW IF EXISTS {view}")
    connection.execute(f"DROP TABLE IF EXISTS temp.{view}_cells")


def is_parquet(path: Path) -> bool:
    """Whether a file is Parquet, by its first bytes."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PAR1"
    except OSError:
        return False


def parquet_header(path: Path) -> list[str] | None:
    """The column names of a Parquet file, in lower case; None where a column is neither text nor number.

    Raises InputError where the file is damaged.
    """
    try:
        schema = pq.read_schema(path)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path.name}: the Parquet file is damaged: {str(error).splitlines()[0]}") from error
    plain = all(_is_text(field.type) or _is_number(field.type) for field in schema)
    return [name.strip().lower() for name in schema.names] if plain else None


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _parquet(connection: DuckDBPyConnection, path: Path, columns: Columns) -> tuple[list[str], dict[str, str]]:
    """A Parquet file's column names as they should be, and how each becomes text: 851.0 is 851."""
    header = _fitting(parquet_header(path) or [], path.name, columns)
    real = "CASE WHEN {0} = trunc({0}) AND abs({0}) < 1e15 THEN {0}::BIGINT::VARCHAR ELSE {0}::VARCHAR END"
    kinds = {field.name.strip().lower(): field.type for field in pq.read_schema(path)}
    return header, {name: real if pa.types.is_floating(kinds[name]) else "{0}::VARCHAR" for name in header}


def _keep_csv(connection: DuckDBPyConnection, path: Path, view: str, header: list[str]) -> None:
    """Reads a CSV file, and raises Problems for its rows that do not fit the header."""
    for table in ("reject_rows", "reject_scans"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    types = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in header)
    source = (
        f"read_csv({_literal(str(path))}, columns = {{{types}}}, auto_detect = false, header = true, "
        "delim = ',', quote = '\"', escape = '\"', store_rejects = true, rejects_table = 'reject_rows', "
        "rejects_scan = 'reject_scans', rejects_limit = 1000)"
    )
    try:
        _keep(connection, view, header, source, dict.fromkeys(header, "{}"))
    except duckdb.Error as error:
        raise InputError(f"{path.name}: cannot be read as CSV: {str(error).splitlines()[0]}") from error
    bad = connection.execute("SELECT DISTINCT line, error_message FROM reject_rows ORDER BY line").fetchall()
    if bad:
        raise limited(path.name, [Problem(message, path.name, line=line) for line, message in bad])


def _keep(
    connection: DuckDBPyConnection,
    view: str,
    header: Sequence[str],
    source: str,
    texts: Mapping[str, str],
    more: Sequence[str] = (),
) -> None:
    """Makes the temporary table `<view>_cells` of a source's columns, in its order; `texts` make text of them."""
    cells = [f"nullif(trim({texts[name].format(name)}), '') AS {name}" for name in header]
    connection.execute(f"CREATE TEMP TABLE {view}_cells AS SELECT {', '.join([*more, *cells])} FROM {source}")


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
