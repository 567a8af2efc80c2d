"""The versions of a store as people know them: who made each, when and from what; one of then, one brought back.

Reads the journal that every version carries of all before it. Files and pointers are `versions`' matter.
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from xinfo.errors import StoreError
from xinfo.store import journal, versions
from xinfo.store.opening import opened
from xinfo.store.proof import fingerprint


@dataclass(frozen=True)
class File:
    """What one file of a load was and brought; `kind` is the table its rows went to."""

    file: str
    sha256: str
    bytes: int
    kind: str
    rows: int
    new: int
    revised: int


@dataclass(frozen=True)
class Version:
    """One build, load or restore, and the version of the store that it made."""

    number: int
    at: str
    who: str
    kind: str
    """`build`, `load`, `restore`; empty where the version is damaged."""
    restored: int | None
    """The version that a restore brought back."""
    files: tuple[File, ...]
    path: Path | None = None
    """None once the version is forgotten, and where only a copy of a later one is at hand."""
    bytes: int = 0
    current: bool = False

    @property
    def day(self) -> date | None:
        """When it was made, by the clock of whoever made it; None where that is not known."""
        with contextlib.suppress(ValueError):
            return date.fromisoformat(self.at[:10])
        return None


def history(store: Path) -> tuple[Version, ...]:
    """Every version there ever was, oldest first, also forgotten and damaged ones. Raises StoreError for no store."""
    files = {versions.number(path): path for path in versions.listed(store)}
    if not files:
        files = {max(1, journal.last_load(store)): versions.current(store)}
    known: dict[int, Version] = {}
    for path in reversed(files.values()):
        with contextlib.suppress(StoreError), opened(it=path) as connection:
            known = _journal(connection)
            break
    counts: Path | None = None
    with contextlib.suppress(StoreError):
        counts = versions.current(store)
    found = []
    for number in sorted({*known, *files}):
        version = known.get(number, Version(number, "", "", "", None, ()))
        if file := files.get(number):
            version = replace(version, path=file, bytes=file.stat().st_size, current=file == counts)
        found.append(version)
    return tuple(found)


def known_on(store: Path, day: date) -> Version:
    """The version that counted at the end of `day`.

    Raises StoreError where the store is younger, or where that version is forgotten or damaged.
    """
    every = history(store)
    then = [version for version in every if version.day and version.day <= day]
    if not then:
        began = next((version.at[:10] for version in every if version.day), "an unknown day")
        raise StoreError(f"nothing is known as on {day}: the first version of {store} is of {began}")
    found = then[-1]
    unknown = next((version for version in every if version.number > found.number and not version.day), None)
    if unknown:
        raise StoreError(f"what was known on {day} cannot be told: version {unknown.number} of {store} is damaged")
    if not found.path:
        raise StoreError(
            f"version {found.number}, which counted on {day}, is not at hand any more; see 'xinfo versions'"
        )
    return found


def restore(store: Path, number: int, *, at: str, who: str = "") -> str:
    """Makes the content of version `number` a new version, and that the current one; its fingerprint.

    Raises StoreError where there is no such version or it is damaged; then the store is as it was.
    """
    with versions.building(store) as draft:
        source = versions.numbered(store, number)
        with opened(it=source):
            shutil.copyfile(source, draft)
        try:
            with duckdb.connect(str(draft)) as connection:
                return _made_new(connection, store, versions.number(draft), at, who, number)
        except duckdb.Error as error:
            raise StoreError(f"version {number} of {store} cannot be restored: it is damaged") from error


def _made_new(connection: DuckDBPyConnection, store: Path, number: int, at: str, who: str, restored: int) -> str:
    """Gives a copy of an earlier version the journal of the newest one, once its figures are proved whole."""
    meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    mark = fingerprint(connection)
    if mark != meta.get("fingerprint"):
        raise StoreError(
            f"version {restored} of {store} cannot be restored: its figures are not those it was made with"
        )
    connection.execute("DELETE FROM load")
    connection.execute("DELETE FROM loaded_file")
    journal.begin(connection, store, number, at, who, "restore", restored)
    connection.execute("UPDATE meta SET value = ? WHERE key = 'built_at'", [at])
    connection.execute("CHECKPOINT")
    return mark


def _journal(connection: DuckDBPyConnection) -> dict[int, Version]:
    """The loads that the attached version `it` knows of, by number."""
    files: dict[int, list[File]] = {}
    for number, *row in connection.execute(
        "SELECT load_id, file, sha256, bytes, kind, rows, new, revised FROM it.loaded_file ORDER BY rowid"
    ).fetchall():
        files.setdefault(number, []).append(File(*row))
    loads = connection.execute("SELECT load_id, loaded_at, who, kind, restored FROM it.load ORDER BY 1").fetchall()
    return {
        number: Version(number, at, who, kind, restored, tuple(files.get(number, ())))
        for number, at, who, kind, restored in loads
    }
