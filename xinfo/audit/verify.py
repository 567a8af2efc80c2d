"""Reading the log and proving that nothing in it was changed, taken out, put in or cut off. Writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xinfo.audit.entry import FIRST, TORN, Entry, read
from xinfo.audit.log import files, folder
from xinfo.errors import StoreError

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

    @property
    def whole(self) -> bool:
        return not self.complaints


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


def verify(store: Path, known: str = "") -> Proof:
    """Goes through the whole log; `known` is the hash of an entry that was noted elsewhere and has to be in it."""
    walk = _Walk(known)
    for line in lines(store):
        walk.step(line)
    walk.end(_head(store))
    more = len(walk.complaints) - MOST
    told = walk.complaints[:MOST] + ([f"… and {more:,} more"] if more > 0 else [])
    return Proof(walk.count, walk.torn, walk.last, tuple(told))


class _Walk:
    """Holds each line against the one before."""

    def __init__(self, known: str):
        self.known, self.found = known, not known
        self.count = self.torn = 0
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
        self.found = self.found or entry.hash == self.known

    def _chain(self, place: str, entry: Entry) -> None:
        if self.broken and _tells_of(entry, self.broken):
            self.torn += 1
        else:
            self._complain_of_broken()
        number, before = (self.last.number, self.last.hash) if self.last else (0, FIRST)
        if entry.number != number + 1 or entry.before != before:
            said = f"{place}: entry {entry.number} does not follow entry {number}"
            self.complaints.append(f"{said}: what stood between was changed or removed")

    def end(self, head: tuple[int, str] | None) -> None:
        """Whether the log reaches as far as was noted."""
        if self.broken and self.broken.ended:
            self._complain_of_broken()
        if self.last and not head:
            self.complaints.append("HEAD is missing or damaged: whether entries were cut off at the end is not known")
        elif head and (not self.last or self.last.number < head[0]):
            self.complaints.append(f"the log ends before entry {head[0]}, which HEAD names: its end was cut off")
        if not self.found:
            self.complaints.append(f"no entry has the hash {self.known}")

    def _complain_of_broken(self) -> None:
        if self.broken:
            self.complaints.append(f"{self.broken.place}: no whole entry, or one that was changed")


def _tells_of(entry: Entry, broken: Line) -> bool:
    told = {"bytes": len(broken.content), "sha256": hashlib.sha256(broken.content).hexdigest()}
    return entry.did == TORN and entry.what == told


def _head(store: Path) -> tuple[int, str] | None:
    """The number and the hash of the last entry that was noted."""
    try:
        number, hash_ = (folder(store) / "HEAD").read_text(encoding="ascii").split()
        return int(number), hash_
    except (OSError, ValueError):
        return None
