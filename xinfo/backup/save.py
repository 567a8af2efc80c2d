"""Writing a backup: one ZIP archive with a manifest that has the fingerprint of each file. Changes nothing it reads."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xinfo import __version__
from xinfo.audit import log
from xinfo.backup.parts import parts
from xinfo.errors import StoreError
from xinfo.store import versions
from xinfo.store.locks import sync
from xinfo.store.opening import notes
from xinfo.store.proof import unreadable
from xinfo.store.room import room

FORMAT = 1
MANIFEST = "manifest.json"
_PIECE = 1 << 20
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True)
class Saved:
    """What an archive holds."""

    files: int
    bytes: int
    current: str
    """The version that counts."""
    fingerprint: str
    damaged: tuple[str, ...] = ()
    """Which other versions in it are damaged, and how: they are kept as they are."""


def save(store: Path, archive: Path, *, at: str, who: str) -> Saved:
    """Writes an archive of everything; it is there whole or not at all. Raises StoreError.

    The app may go on: what is written meanwhile is in the archive or not, each file as it was at one moment. The
    version that counts is the one that did so at first, and those made since are left out. Every block of each is read
    before: with the one that counts damaged there is no backup, of others it is told.
    """
    current, every = versions.current(store), versions.listed(store)
    if current == store:
        raise StoreError(f"{store} is a single file without versions, log or rules; copy the file itself")
    if archive.exists():
        raise StoreError(f"{archive} is there already; a backup replaces none, choose another name")
    draft = archive.with_name(f"{archive.name}.part")
    if why := unreadable(current):
        raise StoreError(f"version {versions.number(current)}, which counts, is damaged: {why}")
    others = [path for path in every if path != current]
    damaged = [f"version {versions.number(path)} is damaged: {why}" for path in others if (why := unreadable(path))]
    mark = notes(current).get("fingerprint", "")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            files = _pack(store, current, every, packed)
            told = {"format": FORMAT, "xinfo": __version__, "made": at, "who": who, "store": store.name}
            told |= {"current": current.name, "fingerprint": mark, "files": files}
            packed.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
        sync(draft)
        os.replace(draft, archive)
        sync(archive.parent)
    except OSError as error:
        raise StoreError(f"the backup {archive} cannot be written: {error.strerror or error}") from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
    return Saved(len(files), sum(one["bytes"] for one in files.values()), current.name, mark, tuple(damaged))


def _pack(store: Path, current: Path, known: list[Path], packed: zipfile.ZipFile) -> dict[str, dict[str, Any]]:
    """Every file, of versions the known ones, into the archive, with what the manifest says; the log stands still."""
    place = log.folder(store)
    held = log.held(place) if place.is_dir() else contextlib.nullcontext()
    every = [(name, path) for name, path in parts(store) if path in known or not _is_version(path, current)]
    if current not in (path for _, path in every):
        raise StoreError(f"{current}, which counts, is not there any more; try again")
    logged = [(name, path) for name, path in every if place in path.parents]
    with held:
        files = {name: _add(packed, name, path) for name, path in logged}
    pointer = current.with_name(versions.POINTER)
    with room() as folder:
        counts = folder / versions.POINTER
        counts.write_text(current.name, encoding="utf-8")
        read = {path: counts if path == pointer else path for _, path in every}
        return files | {name: _add(packed, name, read[path]) for name, path in every if name not in files}


def _is_version(path: Path, current: Path) -> bool:
    return path.parent == current.parent and path.suffix == current.suffix


def _add(packed: zipfile.ZipFile, name: str, path: Path) -> dict[str, Any]:
    mark, size = hashlib.sha256(), 0
    with _still(path) as source, source.open("rb") as file, packed.open(name, "w", force_zip64=True) as target:
        while piece := file.read(_PIECE):
            mark.update(piece)
            size += len(piece)
            target.write(piece)
    return {"sha256": mark.hexdigest(), "bytes": size}


@contextlib.contextmanager
def _still(path: Path) -> Iterator[Path]:
    """A file that does not change while it is read: of a SQLite file a copy that is whole."""
    with path.open("rb") as file:
        is_sqlite = file.read(len(_SQLITE)) == _SQLITE
    if not is_sqlite:
        yield path
        return
    with room() as folder:
        copy = folder / "copy"
        try:
            with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
        except sqlite3.Error as error:
            raise StoreError(f"{path} cannot be copied: {error}") from error
        yield copy
