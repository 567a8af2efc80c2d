"""Writing the log: append-only files beside a store, `<store>.audit/000001.jsonl` and on, shared by several processes.

Each entry is on the disk when `record` returns; those that a process writes at once go there together. A line that a
crash left unfinished is kept and told of in the next entry. A file that has grown large is followed by a new one, which
goes on with the same chain. HEAD names the last entry and is signed, and so is its copy outside of the log (`seal`):
where the log is not what was signed last, the next entry is preceded by one that says so. Nothing here changes or
removes what was written.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any

from xinfo.audit.entry import BROKEN, FIRST, RESTORED, TORN, UNSIGNED, Entry, bounded, read
from xinfo.audit.seal import Head, head_file, key_for, read_head, write_head
from xinfo.errors import StoreError
from xinfo.store.locks import in_line, locked, sync

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
    coming, every = _Coming(Entry(0, at, who, did, bounded(what or {}), fingerprint)), _of(folder(store))
    every.waiting.put(coming)
    with every.writing:
        if not coming.ended:
            _write_all(store, [every.waiting.get() for _ in range(every.waiting.qsize())])
    if not coming.written:
        raise StoreError(str(coming.trouble)) from coming.trouble
    return coming.written


@contextmanager
def held(place: Path) -> Iterator[None]:
    """The log stands still; processes get hold of it in turn. Raises StoreError where none comes."""
    taken = f"the log {place} is held by another process; try again"
    with ExitStack() as lock:
        with in_line(place, taken, WAIT):
            lock.enter_context(locked(place / "LOCK", taken, WAIT))
        yield


@dataclass(eq=False)
class _Coming:
    """An entry on its way into the log, and what came of it."""

    entry: Entry
    written: Entry | None = None
    trouble: Exception | None = None
    ended: bool = False


class _Process:
    """What this process has for one log: whoever may write first writes for all who wait."""

    def __init__(self, _: Path):
        self.writing, self.waiting = Lock(), SimpleQueue[_Coming]()


_of = cache(_Process)


def _write_all(store: Path, coming: list[_Coming]) -> None:
    """Writes them, or tells each why not."""
    try:
        for one, entry in zip(coming, _together(store, [one.entry for one in coming]), strict=True):
            one.written = entry
    except Exception as error:
        for one in coming:
            one.trouble = error
    finally:
        for one in coming:
            one.ended = True


def _together(store: Path, entries: Sequence[Entry]) -> list[Entry]:
    place = folder(store)
    try:
        place.mkdir(parents=True, exist_ok=True)
        with held(place):
            return _appended(store, entries)
    except OSError as error:
        raise StoreError(f"the log {error.filename or place} cannot be written: {error.strerror}") from error


def _appended(store: Path, entries: Sequence[Entry]) -> list[Entry]:
    """Writes entries behind the last one. Whoever calls this holds the lock."""
    new, *others = entries
    place, every, key = folder(store), files(store), key_for(store)
    path = every[-1] if every else place / "000001.jsonl"
    last, torn, ended = _end(every)
    lines = [] if ended else [b""]
    found = _differs(read_head(head_file(store)), last, bool(torn), every)
    if torn:
        told = {"bytes": len(torn), "sha256": hashlib.sha256(torn).hexdigest()}
        last = _next(last, Entry(0, new.at, "xinfo", TORN, told))
        lines.append(last.line())
    if found and new.did == RESTORED:
        new = replace(new, what={**new.what, "left": found.what})
    elif found:
        last = _next(last, replace(found, at=new.at))
        lines.append(last.line())
    written = [_next(last, new)]
    for entry in others:
        written.append(_next(written[-1], entry))
    lines += [entry.line() for entry in written]
    if ended and path.exists() and path.stat().st_size >= LARGE:
        path = place / f"{int(path.stem) + 1:06d}.jsonl"
    _write(path, b"".join(line + b"\n" for line in lines))
    signed = key.signed(written[-1].number, written[-1].hash)
    write_head(place / "HEAD", signed, wait=True)
    # A machine that fails now has the one of before, or none until the next entry: no reason to wait twice.
    write_head(head_file(store), signed, wait=False)
    return written


def _differs(signed: Head | None, last: Entry | None, torn: bool, every: list[Path]) -> Entry | None:
    """What is to be told where the log's end is not the entry that was signed last."""
    if not signed or (last and (last.number, last.hash) == (signed.number, signed.hash)):
        return None
    number = last.number if last else 0
    if torn and signed.number == number + 1:  # the line is told of as torn
        return None
    # A writer that was killed before it could sign leaves some, and so does whoever adds entries by hand.
    if number > signed.number and _holds(signed, every):
        return Entry(0, "", "xinfo", UNSIGNED, {"from": signed.number + 1, "to": number})
    return Entry(0, "", "xinfo", BROKEN, {"signed": signed.number, "hash": signed.hash, "found": number})


def _holds(head: Head, every: list[Path]) -> bool:
    """Whether the log has the entry; looked for from its end."""
    for path in reversed(every):
        for entry in filter(None, map(read, reversed(path.read_bytes().split(b"\n")))):
            if entry.number <= head.number:
                return entry.hash == head.hash
    return False


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
