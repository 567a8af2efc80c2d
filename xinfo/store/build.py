"""A store from files: reference data, figures and what follows from them, in a new version swapped in at the end."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from xinfo import __version__
from xinfo.errors import Problems, StoreError, XinfoError
from xinfo.store import journal, schema, versions
from xinfo.store.adding_up import Unequal, note_unequal
from xinfo.store.claims import note_uploads
from xinfo.store.complete import complete, fill_periods
from xinfo.store.demonstration import add_demonstration, give_way
from xinfo.store.disputed import choose_targets, note_disputed
from xinfo.store.journal import Loaded
from xinfo.store.load import load_file
from xinfo.store.opening import literal
from xinfo.store.programme import KEY as PROGRAMME
from xinfo.store.programme import as_note, named, read_programme
from xinfo.store.proof import fingerprint
from xinfo.store.reference import add_unlisted, load_reference
from xinfo.store.within import add_containment

MEMORY_LIMIT = "3GB"  # what does not fit is spilled beside the draft
OWN_NAME = "xinfo"
"""Of a store of the shipped figures; any other is named after its folder."""
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class BuildReport:
    """What a build made: the current file, the store's fingerprint, the number of rows of each table, and what in it
    contradicts itself."""

    version: Path
    fingerprint: str
    rows: dict[str, int]
    unequal: tuple[Unequal, ...]


def build(
    store: Path,
    *,
    shipped: Path,
    data: Path | None,
    built_at: str,
    who: str = "",
    demonstration: bool = True,
    published_only: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Builds a store and swaps it in; where that fails or is killed, the old store stays as it was.

    `shipped` is the project's own data folder. Without `data` everything in it is taken, with demonstration figures
    unless `demonstration` is false. With `data`, a folder of files in the import format, none of the shipped figures
    are; with a `programme.yaml` in it nothing shipped is read at all. With `published_only` no question ever meets a
    demonstration row. `built_at` and `who` built it are kept as given; `progress` hears what is done and how much of
    it (0 to 1).
    Raises Problems (everything wrong in the files), InputError for a missing folder, StoreError.
    """
    tell = progress or (lambda _, __: None)
    if data and not data.is_dir():
        raise StoreError(f"no folder {data}; --data takes a folder with observation.csv, target.csv, …")
    programme = read_programme(data)
    with versions.building(store, journal.last_load(store)) as draft, drafted(draft) as connection:
        number = versions.number(draft)
        journal.begin(connection, store, number, built_at, who, "build")
        _read(connection, shipped, data, number, demonstration and data is None, tell)
        name = named(programme) or (data.resolve().name if data else OWN_NAME)
        notes = {} if programme is None else as_note(programme)
        report = finish(connection, {"name": name} | notes | _answering(published_only), built_at, tell)
    tell("done", 1.0)
    return BuildReport(versions.current(store), *report)


@contextlib.contextmanager
def drafted(draft: Path) -> Iterator[DuckDBPyConnection]:
    """A new store's file with its empty tables, open for filling; what the engine fails at is a StoreError."""
    try:
        with duckdb.connect(str(draft)) as connection:
            connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
            connection.execute(f"SET temp_directory = {literal(draft.with_suffix('.tmp'))}")
            connection.execute("SET enable_progress_bar = false")
            schema.create(connection)
            yield connection
    except duckdb.Error as error:
        said = str(error).splitlines()[0]
        raise StoreError(f"the new version could not be made: {said}; the store is as it was") from error


def _answering(published_only: bool) -> dict[str, str]:
    return {schema.PUBLISHED_ONLY: "yes"} if published_only else {}


def finish(
    connection: DuckDBPyConnection, kept: dict[str, str], built_at: str, tell: Progress
) -> tuple[str, dict[str, int], tuple[Unequal, ...]]:
    """Works out all that follows from what was read and closes the store.

    `kept` is what is noted of the store from one version to the next: its name, and how it answers. Gives its
    fingerprint, the rows by table, and the totals that their parts do not add up to.
    """
    add_unlisted(connection)
    note_uploads(connection)
    give_way(connection)
    complete(connection, lambda what, done: tell(what, 0.3 + 0.5 * done))
    tell("checks", 0.85)
    contradicted = note_unequal(connection)
    note_disputed(connection)
    choose_targets(connection)
    fill_periods(connection)
    add_containment(connection, own=PROGRAMME in kept)
    return *_close(connection, kept, built_at), contradicted


def _read(
    connection: DuckDBPyConnection, shipped: Path, data: Path | None, number: int, demonstration: bool, tell: Progress
) -> None:
    """All files, with the problems of all of them together."""
    read = load_reference(connection, shipped, data)
    problems: list[str] = []
    for done, table in enumerate(("observation", "target", "project")):
        path = (data or shipped) / f"{table}.csv"
        tell(f"reading {path.name}", 0.1 * done)
        try:
            if path.exists():
                read.append((path, table, load_file(connection, table, path, number).rows))
        except Problems as error:
            problems += error.problems
        except XinfoError as error:
            problems.append(str(error))
    if problems:
        raise Problems(problems)
    if demonstration:
        tell("demonstration figures", 0.28)
        plan = shipped / "demonstration.yaml"
        read.append((plan, "observation", add_demonstration(connection, plan, number)))
    for path, table, rows in read:
        journal.note_file(connection, number, path, Loaded(path.name, table, rows, rows, 0))


def _close(connection: DuckDBPyConnection, kept: dict[str, str], built_at: str) -> tuple[str, dict[str, int]]:
    """Notes what the store is, and writes all of it to the file."""
    mark = fingerprint(connection)
    span = connection.execute("""
        SELECT min_by(period_id, (start_date, end_date)), max_by(period_id, (end_date, -epoch(start_date)))
        FROM period SEMI JOIN observation USING (period_id)""").fetchone() or (None, None)
    meta = {"fingerprint": mark, "built_at": built_at, **kept}
    meta |= {"data_from": span[0], "data_to": span[1], "xinfo_version": __version__, "schema": schema.SCHEMA}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", list(meta.items()))
    connection.execute("CHECKPOINT")
    counts = {
        table: (connection.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,))[0] for table in schema.TABLES
    }
    return mark, counts
