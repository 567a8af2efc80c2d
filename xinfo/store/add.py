"""Further files into a store: a new version of what it was built from and the new rows, whole or not at all.

What was worked out before is worked out anew. Reading and checking the files is `load`'s and `reference`'s matter.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from xinfo.errors import InputError, Problems, XinfoError
from xinfo.store import checks, reference, versions
from xinfo.store.build import Progress, drafted, finish
from xinfo.store.load import load_file
from xinfo.store.schema import DIMENSIONS

KEYS = {
    "published": ("place_id", "metric_id", "period_id", *DIMENSIONS, "method", "source_id"),
    "target": ("place_id", "metric_id", "period_id", "comparison", "source_id"),
    "project": ("project_id",),
}
"""What makes two rows the same figure from the same source: the row that is loaded later counts."""
VALUES = {"published": ("value",), "target": ("value",), "project": ("status", "budget", "spent")}
"""What has changed where a figure is revised."""


@dataclass(frozen=True)
class Loaded:
    """What one file brought: all its rows, those that were not there before, and those with another value."""

    file: str
    table: str
    rows: int
    new: int
    revised: int


@dataclass(frozen=True)
class AddReport:
    """The files in order of reading, the current version, and its fingerprint (empty after a dry run)."""

    files: tuple[Loaded, ...]
    version: Path
    fingerprint: str


def add(
    store: Path, files: Sequence[Path], *, built_at: str, dry_run: bool = False, progress: Progress | None = None
) -> AddReport:
    """Adds files in the import format to `store` as a new version; the earlier one is kept beside it.

    With `dry_run` the files are read and checked against the store, and nothing is written. Raises Problems with
    everything wrong in all files, InputError for a file that is no table of the import format, StoreError.
    """
    tell = progress or (lambda _, __: None)
    tables = _tables_of(files)
    if dry_run:
        with tempfile.TemporaryDirectory() as folder, drafted(Path(folder) / "draft.duckdb") as connection:
            loaded, _ = _gather(connection, versions.current(store), tables, tell)
        return AddReport(loaded, versions.current(store), "")
    with versions.building(store) as draft, drafted(draft) as connection:
        loaded, name = _gather(connection, versions.current(store), tables, tell)
        mark, _ = finish(connection, name, built_at, tell)
    tell("done", 1.0)
    return AddReport(loaded, versions.current(store), mark)


def table_of(path: Path) -> str:
    """The table that a file holds rows of, by its name or else by its header. Raises InputError."""
    known = (*checks.FILES, *reference.FILES)
    if path.suffix.lower() != ".csv":
        raise InputError(f"{path.name}: is no CSV file; save it as 'CSV UTF-8' in the import format")
    named = [table for table in known if table in path.stem.lower()]
    if len(named) == 1:
        return named[0]
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            header = {name.strip().strip('"').lower() for name in file.readline().split(",")}
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read: {error.strerror}") from error
    return "project" if "project_id" in header else "target" if "comparison" in header else "observation"


def _tables_of(files: Sequence[Path]) -> list[tuple[Path, str]]:
    """Each file with its table; lists of places, metrics and sources first, since the figures name them."""
    names = [path.name for path in files]
    if twice := {name for name in names if names.count(name) > 1}:
        raise InputError(f"two files are called {min(twice)}; rename one, so that its rows can be told apart")
    return sorted(((path, table_of(path)) for path in files), key=lambda pair: pair[1] not in reference.FILES)


def _gather(
    connection: DuckDBPyConnection, old: Path, files: list[tuple[Path, str]], tell: Progress
) -> tuple[tuple[Loaded, ...], str]:
    """Fills the draft with the old version's given rows and the files'; what they brought, and the store's name."""
    connection.execute(f"ATTACH '{str(old).replace(chr(39), chr(39) * 2)}' AS old (READ_ONLY)")
    for table in reference.FILES:
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM old.{table}")
    problems: list[str] = []
    loaded: list[Loaded] = []
    for done, (path, table) in enumerate(files):
        tell(f"reading {path.name}", 0.3 * done / len(files))
        try:
            loaded.append(_load(connection, path, table))
        except Problems as error:
            problems += error.problems
        except XinfoError as error:
            problems.append(str(error))
    if problems:
        raise Problems(problems)
    for table, key in KEYS.items():
        connection.execute(f"INSERT INTO {table} SELECT * FROM old.{table} ANTI JOIN {table} USING ({', '.join(key)})")
    connection.execute("UPDATE published SET published_id = rowid")
    [name] = connection.execute("SELECT value FROM old.meta WHERE key = 'name'").fetchone() or ("",)
    connection.execute("DETACH old")
    return tuple(loaded), name


def _load(connection: DuckDBPyConnection, path: Path, table: str) -> Loaded:
    if table in reference.FILES:
        before = _count(connection, f"FROM {table}")
        rows = reference.add_file(connection, table, path)
        new = _count(connection, f"FROM {table}") - before
        return Loaded(path.name, table, rows, new, rows - new)
    into = "published" if table == "observation" else table
    [last] = connection.execute(f"SELECT coalesce(max(rowid), -1) FROM {into}").fetchone() or (-1,)
    rows = load_file(connection, table, path)
    fresh = f"FROM (SELECT * FROM {into} WHERE rowid > {last}) AS fresh"
    same = " AND ".join(f"earlier.{name} IS NOT DISTINCT FROM fresh.{name}" for name in KEYS[into])
    other = " OR ".join(f"earlier.{name} IS DISTINCT FROM fresh.{name}" for name in VALUES[into])
    new = _count(connection, f"{fresh} WHERE NOT EXISTS (FROM old.{into} AS earlier WHERE {same})")
    revised = _count(connection, f"{fresh} WHERE EXISTS (FROM old.{into} AS earlier WHERE {same} AND ({other}))")
    return Loaded(path.name, table, rows, new, revised)


def _count(connection: DuckDBPyConnection, rows: str) -> int:
    [count] = connection.execute(f"SELECT count(*) {rows}").fetchone() or (0,)
    return int(count)
