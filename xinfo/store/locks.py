"""What the operating system gives for files that several processes share: a lock, and waiting for the disk."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from xinfo.errors import InputError, StoreError

_LOOK = 0.005
"""Seconds between two tries to take a lock."""
posix_locks: ModuleType | None
try:
    import fcntl as posix_locks
except ImportError:  # Windows
    posix_locks = None


@contextlib.contextmanager
def locked(path: Path, taken: str, wait: float = 0) -> Iterator[None]:
    """Holds a lock, which the system lets go of when a process dies.

    Raises StoreError(taken) where another has it, and still has it after so many seconds.
    """
    with path.open("a+b") as file:
        _wait_for(file.fileno(), taken, wait)
        yield


@contextlib.contextmanager
def alone(path: Path, taken: str, wait: float) -> Iterator[None]:
    """Holds the lock, whose folder is made where there is none. Raises InputError where it cannot be written.

    Raises StoreError(taken) as `locked` does.
    """
    with contextlib.ExitStack() as held:
        try:
            path.parent.resolve().mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(path, taken, wait))
        except OSError as error:
            raise InputError(f"{path}: cannot be written: {error.strerror}") from error
        yield


@contextlib.contextmanager
def in_line(folder: Path, taken: str, wait: float) -> Iterator[None]:
    """Held while one waits for a lock in a folder, so that whoever has just had it does not get it again before others.

    Raises StoreError(taken) as `locked` does.
    """
    if not posix_locks:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _wait_for(descriptor, taken, wait)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, taken: str, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            return _lock(descriptor)
        except OSError as error:
            if time.monotonic() >= until:
                raise StoreError(taken) from error
            time.sleep(_LOOK)


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
