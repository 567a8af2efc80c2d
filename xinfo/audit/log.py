"""Writing the log: append-only files beside a store, `<store>.audit/000001.jsonl` and on, shared by several processes.

Each entry is on the disk when `record` returns. A line that a crash left unfinished is kept and told of in the next
entry. A file that has grown large is followed by a new one, which goes on with the same chain. HEAD names the last
entry, so that entries cut off at the end are missed. Nothing here changes or removes what was written.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from xinfo.audit.entry import FIRST, TORN, Entry, bounded, read
from xinfo.errors import StoreError
from xinfo.store.locks import locked, sync

LARGE = 16_000_000
"""Bytes after which a new file is begun."""
WAIT = 10.0
"""Seconds for other writers, each of whom needs milliseconds."""
_PIECE = 65536


def folder(store: Path) -> Path:
    """Where the log of a store is kept."""
    return store.with_name(store.name + ".audit")


def files(store: Path) -> list[Path]:
    """The log's files, oldest first."""
    return sorted(folder(store).glob("[0-9]*.jsonl"))


def record(
    store: Path, did: str, *, who: str, at: str, what: Mapping[str, Any] | None = None, fingerprint: str = ""
) -> Entry:
    """Adds an entry, which is on the disk when this returns. Raises StoreError where it cannot be written."""
    place = folder(store)
    try:
        place.mkdir(parents=True, exist_ok=True)
        with locked(place / "LOCK", f"the log {place} is held by another process; try again", WAIT):
            return _appended(place, Entry(0, at, who, did, bounded(what or {}), fingerprint))
    except OSError as error:
        raise StoreError(f"the log {error.filename or place} cannot be written: {error.strerror}") from error


def _appended(place: Path, new: Entry) -> Entry:
    """Writes the entry behind the last one. Whoever calls this holds the lock."""
    every = sorted(place.glob("[0-9]*.jsonl"))
    path = every[-1] if every else place / "000001.jsonl"
    last, torn, ended = _end(every)
    lines = [] if ended else [b""]
    if torn:
        told = {"bytes": len(torn), "sha256": hashlib.sha256(torn).hexdigest()}
        last = _next(last, Entry(0, new.at, "xinfo", TORN, told))
        lines.append(last.line())
    entry = _next(last, new)
    lines.append(entry.line())
    if ended and path.exists() and path.stat().st_size >= LARGE:
        path = place / f"{int(path.stem) + 1:06d}.jsonl"
    _write(path, b"".join(line + b"\n" for line in lines))
    _note_head(place, entry)
    return entry


def _next(last: Entry | None, entry: Entry) -> Entry:
    return replace(entry, number=last.number + 1 if last else 1, before=last.hash if last else FIRST)


def _write(path: Path, content: bytes) -> None:
    fresh = not path.exists()
    with path.open("ab") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if fresh:
        sync(path.parent)


def _end(every: list[Path]) -> tuple[Entry | None, bytes, bool]:
    """The last whole entry, what a crash left of one behind it, and whether the last line has its end."""
    torn, ended = b"", True
    for path in reversed(every):
        entry, rest = _last_of(path)
        if path == every[-1]:
            ended, torn = not rest, rest if rest and not read(rest) else b""
        if entry:
            return entry, torn, ended
    return None, torn, ended


def _last_of(path: Path) -> tuple[Entry | None, bytes]:
    """The last whole entry of a file, read from its end, and what stands behind its last line end."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        length = min(_PIECE, size)
        while True:
            file.seek(size - length)
            lines = file.read(length).split(b"\n")
            # The first piece may be the rest of a longer line, which then is no entry.
            if found := next(filter(None, map(read, reversed(lines))), None):
                return found, lines[-1]
            if length == size:
                return None, lines[-1]
            length = min(length * 4, size)


def _note_head(place: Path, entry: Entry) -> None:
    """Notes the last entry. It may lag behind after a crash, and is never ahead."""
    draft, head = place / "HEAD.new", place / "HEAD"
    fresh = not head.exists()
    draft.write_text(f"{entry.number} {entry.hash}\n", encoding="ascii")
    sync(draft)
    os.replace(draft, head)
    if fresh:
        sync(place)
