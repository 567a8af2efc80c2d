"""Further files into a store: a new version of what it was built from and the new rows, whole or not at all.

What was worked out before is worked out anew. Reading and checking the files is `load`'s and `reference`'s matter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

from xinfo.errors import InputError, Problem, Problems, XinfoError
from xinfo.store import checks, journal, reference, versions
from xinfo.store.build import Progress, drafted, finish
from xinfo.store.claims import keep_marks, note_claims
from xinfo.store.journal import KEYS, VALUES, Loaded, given, replaced
from xinfo.store.load import Claim, load_file, refuse_two_files
from xinfo.store.opening import attach
from xinfo.store.programme import CALLED
from xinfo.store.programme import KEY as PROGRAMME
from xinfo.store.room import room
from xinfo.store.schema import PUBLISHED_ONLY
from xinfo.store.standing import KINDS


@dataclass(frozen=True)
class Batch:
    """A file and the table its rows belong to; `rows` where they were read elsewhere (see `read.scan`)."""

    file: Path
    table: str
    rows: pa.Table | None = None
    copy: Path | None = None
    """The same file as UTF-8 with commas, to be read in its place."""
    publisher: str = ""
    """Who is said to have published the figures."""
    kind: str = ""
    """What they are said to be, one of `standing.KINDS`; empty where nobody says."""

    @property
    def read_from(self) -> Path:
        return self.copy or self.file


Look = Callable[[DuckDBPyConnection, tuple[Loaded, ...]], None]
"""Is shown the new rows in `published`, `target` and `project` beside the store as `old`, and what each file brings.

What it raises stops the load."""
Prove = Callable[[Path], None]
"""Is shown the finished file of what would be the new version, before it counts. What it raises stops the load."""


@dataclass(frozen=True)
class AddReport:
    """What each file brought, in order of reading; the current version; its fingerprint (empty after a dry run)."""

    files: tuple[Loaded, ...]
    version: Path
    fingerprint: str


def add(
    store: Path,
    files: Sequence[Path | Batch],
    *,
    built_at: str,
    who: str = "",
    dry_run: bool = False,
    look: Look | None = None,
    prove: Prove | None = None,
    progress: Progress | None = None,
) -> AddReport:
    """Adds files in the import format to `store` as a new version; the earlier one is kept beside it.

    `built_at` and `who` loaded them are kept as given. With `dry_run` the files are read and checked against the store,
    and nothing is written. `look` may stop it once they are read, `prove` once all is worked out. Raises Problems with
    everything wrong in all files, InputError for a file that is no table of the import format, StoreError.
    """
    tell = progress or (lambda _, __: None)
    batches = _batches(files)
    if dry_run:
        return AddReport(_tried(store, batches, built_at, look, prove, tell), versions.current(store), "")
    versions.current(store)
    with versions.building(store, journal.last_load(store)) as draft:
        with drafted(draft) as connection:
            number = versions.number(draft)
            journal.begin(connection, store, number, built_at, who, "load")
            loaded, kept = _gather(connection, versions.current(store), batches, number, look, tell)
            for batch, brought in zip(batches, loaded, strict=True):
                journal.note_file(connection, number, batch.file, brought)
            mark, *_ = finish(connection, kept, built_at, tell)
        if prove:
            prove(draft)
    tell("done", 1.0)
    return AddReport(loaded, versions.current(store), mark)


def _tried(
    store: Path, batches: list[Batch], built_at: str, look: Look | None, prove: Prove | None, tell: Progress
) -> tuple[Loaded, ...]:
    """What the files would bring. All that follows from them is worked out only where that is to be proved."""
    with room() as folder:
        draft = folder / "draft.duckdb"
        with drafted(draft) as connection:
            loaded, kept = _gather(connection, versions.current(store), batches, 0, look, tell)
            if prove:
                finish(connection, kept, built_at, tell)
        if prove:
            prove(draft)
    return loaded


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


def _batches(files: Sequence[Path | Batch]) -> list[Batch]:
    """Each file with its table; lists of places, metrics and sources first, since the figures name them."""
    batches = [file if isinstance(file, Batch) else Batch(file, table_of(file)) for file in files]
    given = [(batch.file.name, batch.table) for batch in batches]
    paths = {batch.file for batch in batches}
    names = [path.name for path in paths]
    if twice := {name for name, table in given if given.count((name, table)) > 1 or names.count(name) > 1}:
        raise InputError(f"two files are called {min(twice)}; rename one, so that its rows can be told apart")
    return sorted(batches, key=lambda batch: batch.table not in reference.FILES)


def _gather(
    connection: DuckDBPyConnection,
    old: Path,
    batches: list[Batch],
    number: int,
    look: Look | None,
    tell: Progress,
) -> tuple[tuple[Loaded, ...], dict[str, str]]:
    """Fills the draft with the old version's given rows and the files'; what they brought, and what stays noted."""
    attach(connection, old, "old")
    take_reference(connection)
    problems: list[Problem] = []
    more: dict[str, int] = {}
    loaded: list[Loaded] = []
    for done, batch in enumerate(batches):
        tell(f"reading {batch.file.name}", 0.3 * done / len(batches))
        try:
            loaded.append(_load(connection, batch, number))
        except Problems as error:
            problems += error.each
            more |= error.more
        except XinfoError as error:
            problems.append(Problem(str(error).removeprefix(f"{batch.file.name}: "), batch.file.name))
    if problems:
        raise Problems(problems, more)
    if len(batches) > 1:
        refuse_two_files(connection)
    if look:
        look(connection, tuple(loaded))
    _keep(connection)
    return tuple(loaded), noted(connection)


def take_reference(connection: DuckDBPyConnection) -> None:
    """Fills the draft with the lists of `old`."""
    for table in reference.FILES:
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM old.{table}")


def noted(connection: DuckDBPyConnection) -> dict[str, str]:
    """What stays noted of the store from `old` to its next version; `old` is let go."""
    kept = f"""SELECT key, value FROM old.meta ANTI JOIN meta USING (key)
        WHERE key IN ('name', '{PUBLISHED_ONLY}', '{PROGRAMME}') OR starts_with(key, '{CALLED}')"""
    notes = {str(key): str(value) for key, value in connection.execute(kept).fetchall()}
    connection.execute("DETACH old")
    return notes


def _keep(connection: DuckDBPyConnection) -> None:
    """Takes over the rows of `old` that nothing new stands for, and what it kept of earlier values."""
    [last] = connection.execute("SELECT coalesce(max(published_id), 0) FROM published").fetchone() or (0,)
    for table in KEYS:
        numbered = f" REPLACE ({last} + row_number() OVER () AS published_id)" if table == "published" else ""
        connection.execute(f"""
            INSERT INTO {table} SELECT *{numbered} FROM {given(table, "old")} AS earlier
            ANTI JOIN {table} AS fresh ON {replaced(table)}""")
    connection.execute("INSERT INTO revision SELECT * FROM old.revision")


def _load(connection: DuckDBPyConnection, batch: Batch, number: int) -> Loaded:
    path, table = batch.read_from, batch.table
    if table in reference.FILES:
        before = _count(connection, f"FROM {table}")
        rows = reference.add_file(connection, table, path)
        new = _count(connection, f"FROM {table}") - before
        return Loaded(path.name, table, rows, new, rows - new)
    into = "published" if table == "observation" else table
    [last] = connection.execute(f"SELECT coalesce(max(rowid), -1) FROM {into}").fetchone() or (-1,)
    status = KINDS[batch.kind or "published"][1]
    read = load_file(connection, table, path, number, batch.rows, Claim("unconfirmed", status))
    same = VALUES[into] if into == "project" else ("value",)
    keep_marks(connection, into, (*KEYS[into], *same), last)
    note_claims(connection, into, last, batch.publisher, batch.kind)
    if into == "published":
        fresh = f"(SELECT * FROM published WHERE rowid > {last})"
        journal.note_revisions(connection, number, "old.published", fresh, replaced(into))
    other = " OR ".join(f"earlier.{name} IS DISTINCT FROM fresh.{name}" for name in VALUES[into])
    fresh = (
        f"JOIN (SELECT *, rowid AS number FROM {into} WHERE rowid > {last}) AS fresh USING ({', '.join(KEYS[into])})"
    )
    each = "count(DISTINCT fresh.number)"
    sql = f"SELECT {each}, {each} FILTER ({other}) FROM {given(into, 'old')} AS earlier {fresh}"
    there, revised = connection.execute(sql).fetchone() or (0, 0)
    return Loaded(path.name, table, read.rows, read.rows - there, revised, read.repeated)


def _count(connection: DuckDBPyConnection, rows: str) -> int:
    [count] = connection.execute(f"SELECT count(*) {rows}").fetchone() or (0,)
    return int(count)
