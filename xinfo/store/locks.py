"""What the operating system gives for files that several processes share: a lock, and waiting for the disk."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from xinfo.errors import StoreError

posix_locks: ModuleType | None
try:
    import fcntl as posix_locks
except ImportError:  # Windows
    posix_locks = None


@contextlib.contextmanager
def locked(path: Path, taken: str) -> Iterator[None]:
    """Holds a lock, which the system lets go of when a process dies. Raises StoreError(taken) where another has it."""
    with path.open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            raise StoreError(taken) from error
        yield


def sync(path: Path) -> None:
    """Waits until a file, or on POSIX a folder, is on the disk."""
    if path.is_dir() and not posix_locks:
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() or posix_locks else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    if posix_locks:
        posix_locks.flock(descriptor, posix_locks.LOCK_EX | posix_locks.LOCK_NB)
    else:
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
