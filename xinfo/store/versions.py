"""The versions of a store behind its name: building beside, swapping at the end, finding the current one.

`<store>.versions/` holds the files 000001.duckdb, 000002.duckdb, … and CURRENT, the name of the one that counts; it is
replaced in one step, so that a reader sees the old store or the new one. `<store>` itself is the same file under the
user's name, for other DuckDB clients. Knows nothing of what is inside a store.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from xinfo.errors import StoreError

DEFAULT_STORE = Path(__file__).resolve().parents[2] / "var" / "demo.duckdb"
"""The store where none is named: the shipped figures with the demonstration ones."""
KEPT = 5  # a reader that has just looked up a version still finds it after four more builds
_BUILDING = "building"

posix_locks: ModuleType | None
try:
    import fcntl as posix_locks
except ImportError:  # Windows
    posix_locks = None


def folder(store: Path) -> Path:
    """Where the versions of `store` are kept."""
    return store.with_name(store.name + ".versions")


def current(store: Path) -> Path:
    """The file to open for `store`. Raises StoreError, saying what to do, where there is none."""
    pointer = folder(store) / "CURRENT"
    with contextlib.suppress(FileNotFoundError):
        version = folder(store) / pointer.read_text(encoding="utf-8").strip()
        if version.is_file():
            return version
    if store.is_file():
        return store
    raise StoreError(f"no store at {store}; build one with: xinfo build --store {store}")


def listed(store: Path) -> list[Path]:
    """The versions at hand, oldest first."""
    return sorted(folder(store).glob("[0-9]*.duckdb"))


@contextlib.contextmanager
def building(store: Path) -> Iterator[Path]:
    """Yields the path to build a new version at, and makes it the current one when the block ends without an error.

    One builder at a time: raises StoreError where another is at work. What killed builds left is removed first.
    """
    place = folder(store)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot make {place}: {error.strerror}; choose another place with --store") from error
    with _locked(place / "LOCK", store):
        _clear(place)
        number = max((int(path.stem) for path in listed(store)), default=0) + 1
        draft = place / f"{_BUILDING}-{number:06d}.duckdb"
        try:
            yield draft
            _publish(draft, place / f"{number:06d}.duckdb", store)
        finally:
            _clear(place)


@contextlib.contextmanager
def _locked(path: Path, store: Path) -> Iterator[None]:
    """Holds the lock of a store's builders; the system lets go of it when a process dies."""
    with path.open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            raise StoreError(f"another build or load of {store} is at work; try again when it has ended") from error
        yield


def _lock(descriptor: int) -> None:
    if posix_locks:
        posix_locks.flock(descriptor, posix_locks.LOCK_EX | posix_locks.LOCK_NB)
    else:
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]


def _clear(place: Path) -> None:
    for stray in place.glob(f"{_BUILDING}*"):
        if stray.is_dir():
            shutil.rmtree(stray, ignore_errors=True)
        else:
            stray.unlink(missing_ok=True)


def _publish(draft: Path, version: Path, store: Path) -> None:
    """The finished draft becomes `version` and the current one; only the pointer's replacement decides."""
    _sync(draft)
    os.replace(draft, version)
    pointer = version.with_name(f"{_BUILDING}-CURRENT")
    pointer.write_text(version.name, encoding="utf-8")
    _sync(pointer)
    os.replace(pointer, version.with_name("CURRENT"))
    _sync(version.parent)
    _name(version, store)
    for old in listed(store)[:-KEPT]:
        with contextlib.suppress(
            PermissionError
        ):  # Windows does not remove what a reader has open; the next build does
            old.unlink(missing_ok=True)


def _name(version: Path, store: Path) -> None:
    """Puts the version under the user's name too; where a reader holds that name (Windows) it stays the old one."""
    link = version.with_name(f"{_BUILDING}-link")
    try:
        os.link(version, link)
    except OSError:
        shutil.copyfile(version, link)
    with contextlib.suppress(PermissionError):
        os.replace(link, store)


def _sync(path: Path) -> None:
    """Waits until a file, or on POSIX a folder, is on the disk."""
    if path.is_dir() and not posix_locks:
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() or posix_locks else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
