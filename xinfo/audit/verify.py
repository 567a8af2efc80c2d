"""Reading the log and proving that nothing in it was changed, taken out, put in or cut off. Writes nothing.

The chain proves that the entries belong together, HEAD and the signed head beside the log that they reach as far as
they did and are those that were written here; a log that is missing altogether is missed. A load is written
there before it counts, and marked when it does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from xinfo.audit.entry import BROKEN, FIRST, TORN, UNSIGNED, Entry, read
from xinfo.audit.log import files, folder
from xinfo.audit.seal import Head, Key, head_file, key_of, read_head
from xinfo.errors import StoreError
from xinfo.store.history import history
from xinfo.store.opening import notes

MOST = 20
"""Complaints that are told one by one."""


@dataclass(frozen=True)
class Line:
    """A line of the log; `entry` is None where it is no whole entry."""

    path: Path
    number: int
    content: bytes
    entry: Entry | None
    ended: bool

    @property
    def place(self) -> str:
        return f"{self.path.name}, line {self.number}"


@dataclass(frozen=True)
class Proof:
    """What was found of a log."""

    entries: int
    torn: int
    """Lines that a crash left unfinished, each told of by the entry behind it."""
    last: Entry | None
    complaints: tuple[str, ...]
    unsigned: int = 0
    """Entries that a killed writer, or nobody here, has left unsigned; told of by the entry behind them."""
    missing: tuple[str, ...] = ()
    """Hashes that were noted elsewhere and that no entry has."""
    unproved: str = ""
    """Why it cannot be told whether this is the log that was written here; empty where it is."""

    @property
    def whole(self) -> bool:
        return not self.complaints

    @property
    def proved(self) -> bool:
        return self.whole and not self.unproved


def lines(store: Path) -> Iterator[Line]:
    """Every line of the log, oldest first. Raises StoreError where it cannot be read."""
    for path in files(store):
        try:
            with path.open("rb") as file:
                for number, line in enumerate(file, start=1):
                    content = line.removesuffix(b"\n")
                    yield Line(path, number, content, read(content), line.endswith(b"\n"))
        except OSError as error:
            raise StoreError(f"the log {path} cannot be read: {error.strerror}") from error


def entries(store: Path) -> Iterator[Entry]:
    """Every whole entry, oldest first."""
    return (line.entry for line in lines(store) if line.entry)


def verify(store: Path, *known: str) -> Proof:
    """Goes through the whole log; `known` are hashes of entries that were noted elsewhere and have to be in it.

    Raises StoreError where it or the key cannot be read.
    """
    heads = [("HEAD", read_head(folder(store) / "HEAD")), (head_file(store).name, read_head(head_file(store)))]
    walk = _Walk({hash_ for hash_ in known if hash_}, {head.number for _, head in heads if head})
    for line in lines(store):
        walk.step(line)
    key = key_of(store)
    walk.end(heads[0][1])
    for name, head in heads:
        if head:
            walk.complaints += _amiss(name, head, walk, key)
    if not walk.count and heads[1][1]:
        walk.complaints.append(f"there is no log in {folder(store)}, though entry {heads[1][1].number} was signed")
    more = len(walk.complaints) - MOST
    told = walk.complaints[:MOST] + ([f"… and {more:,} more"] if more > 0 else [])
    unproved = _unproved(heads[0][1], heads[1][1], key) if walk.count else ""
    return Proof(walk.count, walk.torn, walk.last, tuple(told), walk.unsigned, tuple(walk.known), unproved)


def _amiss(name: str, head: Head, walk: _Walk, key: Key | None) -> Iterator[str]:
    """What is wrong between the log and a head."""
    number = walk.last.number if walk.last else 0
    if number < head.number:
        yield f"the log ends before entry {head.number}, which {name} names: its end was cut off"
    elif walk.named.get(head.number) not in (None, head.hash):
        yield f"entry {head.number} is not the one that {name} names: the log was written anew from there or before"
    if key and head.key == key.name and not key.holds(head):
        yield f"the signature of {name} does not hold: it was changed"


def _unproved(head: Head | None, signed: Head | None, key: Key | None) -> str:
    """Why the log's end is not proved by a signature."""
    if not key:
        return "the key that signs its end is not here: it is not proved that this is the log that was written"
    if not (head and signed and head.key == signed.key == key.name):
        return "its end is not signed with the key of this store: it is not proved that this is what was written"
    return ""


class _Walk:
    """Holds each line against the one before."""

    def __init__(self, known: set[str], heads: set[int]):
        self.known = known
        """Hashes that were not found yet."""
        self.named: dict[int, str | None] = dict.fromkeys(heads)
        """The hashes of the entries that heads name."""
        self.count = self.torn = self.unsigned = 0
        self.last: Entry | None = None
        self.broken: Line | None = None
        """A line that is no whole entry, until the next one tells of it."""
        self.complaints: list[str] = []

    def step(self, line: Line) -> None:
        entry = line.entry
        if not entry:
            self._complain_of_broken()
            self.broken = line
            return
        self._chain(line.place, entry)
        self.broken = None
        self.count, self.last = self.count + 1, entry
        self.known.discard(entry.hash)
        if entry.number in self.named:
            self.named[entry.number] = entry.hash

    def _chain(self, place: str, entry: Entry) -> None:
        if self.broken and _tells_of(entry, self.broken):
            self.torn += 1
        else:
            self._complain_of_broken()
        if entry.did == UNSIGNED:
            self.unsigned += int(entry.what["to"]) - int(entry.what["from"]) + 1
        if entry.did == BROKEN:
            told = f"entry {entry.what['signed']} was signed last, and entry {entry.what['found']} stood there"
            self.complaints.append(f"{place}: the log before it is not what was signed: {told}")
        number, before = (self.last.number, self.last.hash) if self.last else (0, FIRST)
        if entry.number != number + 1 or entry.before != before:
            said = f"{place}: entry {entry.number} does not follow entry {number}"
            self.complaints.append(f"{said}: what stood between was changed or removed")

    def end(self, head: Head | None) -> None:
        """What is to be said once all lines are read."""
        if self.broken and self.broken.ended:
            self._complain_of_broken()
        if self.last and not head:
            self.complaints.append("HEAD is missing or damaged: whether entries were cut off at the end is not known")
        self.complaints += [f"no entry has the hash {hash_}" for hash_ in sorted(self.known)]

    def _complain_of_broken(self) -> None:
        if self.broken:
            self.complaints.append(f"{self.broken.place}: no whole entry, or one that was changed")


def _tells_of(entry: Entry, broken: Line) -> bool:
    told = {"bytes": len(broken.content), "sha256": hashlib.sha256(broken.content).hexdigest()}
    return entry.did == TORN and entry.what == told


LOAD, BEGUN = "load", "begin_load"
"""The deeds of a load that came to its end, and of one that was to count next."""


def all_complaints(store: Path, proof: Proof) -> tuple[str, ...]:
    """Everything that speaks against a log: what was found of it, and the loads that it does not know."""
    return (*proof.complaints, *filter(None, (proof.unproved,)), *unlogged(store))


def unlogged(store: Path) -> tuple[str, ...]:
    """What is to be said of versions by loads that the log does not know, or knows with other figures.

    Nothing of a store that cannot be read, or that no log was ever kept of.
    """
    known: dict[int, set[str]] = {}
    for entry in entries(store):
        if entry.did in (LOAD, BEGUN) and isinstance(number := entry.what.get("version"), int):
            known.setdefault(number, set()).add(entry.store)
    if not known:
        return ()
    told = []
    with suppress(StoreError):
        for version in history(store):
            if version.kind == "load" and version.path:
                if version.number not in known:
                    told.append(
                        f"version {version.number} was loaded by {version.who or '?'}, and the log has no entry"
                    )
                elif figures_of(version.path) not in known[version.number]:
                    told.append(f"version {version.number} has other figures than the log says that were loaded")
    return tuple(told)


def figures_of(version: Path) -> str:
    """The fingerprint of a version; empty for one that is damaged."""
    with suppress(StoreError):
        return notes(version).get("fingerprint", "")
    return ""
