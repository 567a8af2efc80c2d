"""Anchors: the log's last entry in one signed line, to be kept where nobody who can write the log can write.

    xinfo-log store.duckdb 57 9f86d081… 2016-02-01T08:00:00+08:00 3c1e… 5a7b…

Name of the store, number and hash of the entry, when the line was made, signature, key.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xinfo.audit.seal import Head, head_file, key_of, read_head
from xinfo.audit.verify import verify
from xinfo.errors import InputError, StoreError

_KIND = "xinfo-log"


def anchor(store: Path, at: str) -> str:
    """The line of a log as it stands. Raises StoreError where it is not whole or not signed."""
    proof, head = verify(store), read_head(head_file(store))
    if not proof.proved or not head:
        why = "; ".join(proof.complaints) or proof.unproved or "nothing is in it"
        raise StoreError(f"the log of {store} cannot be anchored: {why}")
    return " ".join((_KIND, store.name.replace(" ", "_"), str(head.number), head.hash, at, head.mac, head.key))


def anchored(path: Path) -> Iterator[tuple[int, Head]]:
    """The heads that the lines of a file hold, with the lines' numbers. Raises InputError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the anchors {path} cannot be read: {error}") from error
    for at, line in enumerate(lines, start=1):
        # A log of the system puts a time and a name before it.
        if (begin := line.find(f"{_KIND} ")) >= 0:
            try:
                _, _, number, hash_, _, mac, key = line[begin:].split()
                yield at, Head(int(number), hash_, mac, key)
            except ValueError as error:
                raise InputError(f"{path}, line {at}: no whole anchor of a log") from error


def disproved(store: Path, path: Path) -> tuple[str, ...]:
    """What of a file of anchors the log does not bear out. Raises InputError, StoreError."""
    key, heads = key_of(store), list(anchored(path))
    if not heads:
        raise InputError(f"{path} holds no anchor of a log")
    wrong = [
        f"{path.name}, line {at}: its signature does not hold"
        for at, head in heads
        if key and head.key == key.name and not key.holds(head)
    ]
    missing = set(verify(store, *(head.hash for _, head in heads)).missing)
    wrong += [
        f"{path.name}, line {at}: entry {head.number} is not in the log as it was then"
        for at, head in heads
        if head.hash in missing
    ]
    return tuple(wrong)
