"""Proving a version of a store: its fingerprint, every block read, nothing in it against its rules, samples redone.

Reads and says what is wrong; mends nothing. `opening` says of a file whether it can be opened at all, which takes no
reading of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from xinfo.errors import InputError, StoreError
from xinfo.store import versions
from xinfo.store.opening import opened
from xinfo.store.provenance import origin
from xinfo.store.schema import DIMENSIONS, NOT_CONTENT, TABLES, columns_by_table, one_of
from xinfo.store.standing import MARKS, STATUSES

SAMPLES = 60
"""Figures of a version that are worked out anew."""
CLOSE = 1e-6
"""Of a figure: more than the rounding of a sum of floats, less than anything that is read."""
_KEYS = {
    "place": "place_id",
    "metric": "metric_id",
    "period": "period_id",
    "source": "source_id",
    "method": "method_id",
    "published": "published_id",
    "project": "project_id",
    "load": "load_id",
    "meta": "key",
    "observation": "place_id, metric_id, period_id, consumer, offering, sector",
}
"""What tells one row of a table from any other."""
_FIGURES = ("published", "observation", "target", "rival_target")
_REFERENCES = (
    *((table, name, of) for table in _FIGURES for name, of in (("place_id", "place"), ("metric_id", "metric"))),
    ("observation", "period_id", "period"),
    ("target", "period_id", "period"),
    ("rival_target", "period_id", "period"),
    ("project", "place_id", "place"),
    ("containment", "place_id", "place"),
    ("containment", "container_id", "place"),
    ("published", "source_id", "source"),
    ("published", "load_id", "load"),
    ("loaded_file", "load_id", "load"),
    ("revision", "load_id", "load"),
)
"""Columns that name a row of another table."""


def unreadable(version: Path) -> str:
    """Why not every block of a version can be read, or holds other figures than it was made with; empty if it can."""
    try:
        with opened(it=version) as connection:
            connection.execute("USE it")
            return _unreadable(connection)
    except StoreError as error:
        return str(error)


def damages(version: Path) -> Iterator[str]:
    """Everything that is wrong with a version. Whether its blocks can be read comes first, for all rests on that."""
    try:
        with opened(it=version) as connection:
            connection.execute("USE it")
            if why := _unreadable(connection):
                yield why
                return
            yield from _against_rules(connection)
            yield from _against_journal(connection, version)
            yield from _not_borne_out(connection)
    except StoreError as error:
        yield str(error)
    except duckdb.Error as error:
        yield str(error).splitlines()[0]


def _unreadable(connection: DuckDBPyConnection) -> str:
    table = "meta"
    try:
        for table, names in columns_by_table(connection).items():
            columns = ", ".join(f'"{name}"' for name in names)
            connection.execute(f'SELECT bit_xor(hash({columns})) FROM "{table}"').fetchone()
        [noted] = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone() or ("",)
        return "" if fingerprint(connection) == noted else "its figures are not those it was made with"
    except duckdb.Error as error:
        return f"the table '{table}' cannot be read: {str(error).splitlines()[0]}"


def _count(connection: DuckDBPyConnection, sql: str) -> int:
    [count] = connection.execute(sql).fetchone() or (0,)
    return int(count or 0)


def _against_rules(connection: DuckDBPyConnection) -> Iterator[str]:
    """Keys that stand twice, rows that name what is not there, values outside their lists."""
    for table, key in _KEYS.items():
        if twice := _count(
            connection, f"SELECT count(*) FROM (FROM {table} SELECT {key} GROUP BY ALL HAVING count(*) > 1)"
        ):
            yield f"{table}: {twice:,} of '{key}' stand more than once"
    for table, name, of in _REFERENCES:
        key = _KEYS[of]
        lost = f"SELECT count(*) FROM {table} WHERE {name} IS NOT NULL AND {name} NOT IN (SELECT {key} FROM {of})"
        if count := _count(connection, lost):
            yield f"{table}: {count:,} rows name a {of} that is not there"
    lists = {"status": STATUSES, "mark": tuple(MARKS), **DIMENSIONS}
    for table in ("published", "observation"):
        for name, known in lists.items():
            if count := _count(
                connection, f"SELECT count(*) FROM {table} WHERE NOT list_contains({one_of(known)}, {name})"
            ):
                yield f"{table}: {count:,} rows have a {name} that is none"
        if count := _count(connection, f"SELECT count(*) FROM {table} WHERE value IS NULL OR NOT isfinite(value)"):
            yield f"{table}: {count:,} rows have no number"


def _against_journal(connection: DuckDBPyConnection, version: Path) -> Iterator[str]:
    """Its own load comes last, and of all before it says what an earlier version says of itself."""
    store = versions.of_version(version)
    if store == version:
        return
    own = versions.number(version)
    last = _count(connection, "SELECT max(load_id) FROM load")
    if last != own:
        yield f"its journal ends with version {last}, and it is version {own}"
    known = {row[0]: row for row in connection.execute("FROM load").fetchall()}
    earlier = [path for path in versions.listed(store) if versions.number(path) < own]
    for path in earlier[-1:]:
        try:
            with opened(it=path) as other:
                before = other.execute("FROM it.load").fetchall()
        except (StoreError, duckdb.Error):
            return  # told of where it is looked at itself
        if changed := [row[0] for row in before if known.get(row[0]) != row]:
            yield f"its journal tells otherwise of version {changed[0]} than version {versions.number(path)} does"


def _not_borne_out(connection: DuckDBPyConnection) -> Iterator[str]:
    """Samples of what was worked out, found anew from the published rows by a way of its own."""
    key = _KEYS["observation"]
    sample = connection.execute(
        f"SELECT {key} FROM observation WHERE rule != 'published' ORDER BY hash({key}), {key} LIMIT {SAMPLES}"
    ).fetchall()
    for cells in sample:
        place, metric, period, *dims = cells
        try:
            found = origin(connection, place, metric, period, *dims)
        except InputError as error:
            yield str(error)
            continue
        if abs(found.value - found.worked_out) > CLOSE * max(abs(found.value), 1e-9):
            yield f"{metric} of {place} in {period} is {found.value:g}, its published rows give {found.worked_out:g}"


def fingerprint(connection: DuckDBPyConnection) -> str:
    """A sha256 over the tables of content, independent of the order and the files that rows are kept in.

    Each row is hashed by itself, and the hashes are joined both by exclusive or and by their sum, so that a large store
    takes one scan a table, no sorting and no text of its rows: a tenth of what their md5 takes. The engine's hash may
    change with its release, which is pinned; a test holds the fingerprint of a known store.
    """
    whole = hashlib.sha256()
    for table in TABLES:
        # A table's own columns: the engine's list of all columns binds every view first, five times all of this.
        columns = [column[0] for column in connection.execute(f"FROM {table} LIMIT 0").description or ()]
        content = [name for name in columns if name not in NOT_CONTENT.get(table, ())]
        row = connection.execute(
            f"SELECT count(*), bit_xor(mark), sum(mark) FROM (SELECT hash({', '.join(content)}) AS mark FROM {table})"
        ).fetchone()
        whole.update(f"{table} {row}\n".encode())
    return whole.hexdigest()
