"""The versions of a store behind its name: building beside, swapping at the end, finding the current one.

`<store>.versions/` holds the files 000001.duckdb, 000002.duckdb, … and CURRENT, the name of the one that counts; it is
replaced in one step, so that a reader sees the old store or the new one. `<store>` itself is the same file under the
user's name, for other DuckDB clients (where a build was killed in its last moment, the one before, until the next). No
version is removed but to the bin, and no number used again, whatever CURRENT names: only a file that is marked as one
that has never counted is what a killed build left. Knows nothing of what is inside a store.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from xinfo.errors import StoreError
from xinfo.shipped import INSTALLED, SHIPPED
from xinfo.store import bin
from xinfo.store.locks import locked, sync
from xinfo.store.numbering import BUILDING, VERSION, files, last_number, mark, uncounted
from xinfo.store.numbering import POINTER as POINTER
from xinfo.store.numbering import number as number


def default_store(project: Path, environment: Mapping[str, str]) -> Path:
    """The store where none is named: in the `var` of a checkout that can be written to, else in the user's folder."""
    place = project / "var"
    if project != INSTALLED and os.access(place if place.exists() else project, os.W_OK):
        return place / "demo.duckdb"
    data = environment.get("XDG_DATA_HOME") or Path(environment.get("HOME") or Path.home()) / ".local" / "share"
    return Path(data) / "xinfo" / "demo.duckdb"


DEFAULT_STORE = default_store(SHIPPED, os.environ)
"""The shipped figures with the demonstration ones."""
_NONE = "none"
"""What CURRENT holds until the first version is whole."""


def folder(store: Path) -> Path:
    """Where the versions of `store` are kept."""
    return store.with_name(store.name + ".versions")


def of_version(file: Path) -> Path:
    """The store that the file is a version of; any other file is a store itself."""
    held, suffix = file.parent, ".versions"
    return held.with_name(held.name.removesuffix(suffix)) if held.name.endswith(suffix) else file


def current(store: Path) -> Path:
    """The file to open for `store`. Raises StoreError, saying what to do, where there is none or it cannot be told."""
    try:
        if named := _pointed(store):
            return named
    except StoreError:
        _require_restored(store)
        raise
    if store.is_file():
        return store
    _require_restored(store)
    raise StoreError(f"no store at {store}; build one with: xinfo build --store {store}")


def restoring(store: Path) -> Path:
    """Where a restore unpacks; after its end it is gone."""
    return store.with_name(f"{store.name}.restoring")


def _require_restored(store: Path) -> None:
    if restoring(store).exists():
        moved = (path for path in store.parent.iterdir() if path.name.startswith(f"{store.name}.replaced-"))
        aside = ", ".join(map(str, sorted(moved)))
        kept = f"; what was there before is in {aside}" if aside else ""
        raise StoreError(f"{store}: a restore has not come to its end; xinfo restore --overwrite does it again{kept}")


def missing(store: Path) -> bool:
    """Whether there is no store at all. Raises StoreError where what there is cannot be told."""
    return not (_pointed(store) or store.is_file())


def listed(store: Path) -> list[Path]:
    """The versions at hand, oldest first, also later ones than counts; one that has never counted is none."""
    return [file for file in files(folder(store)) if not uncounted(file)]


def numbered(store: Path, wanted: int) -> Path:
    """The file of one version. Raises StoreError, naming those there are, where it is not at hand."""
    at_hand = {number(file): file for file in listed(store)}
    if wanted not in at_hand:
        there = ", ".join(map(str, at_hand)) or "none"
        raise StoreError(f"version {wanted} of {store} is not at hand; there are: {there}")
    return at_hand[wanted]


def earlier(store: Path, wanted: int) -> Path:
    """The file of a version that can be removed. Raises StoreError for the current, the latest and one not at hand."""
    version = numbered(store, wanted)
    if version == current(store):
        raise StoreError(f"version {wanted} is the current one of {store}; only earlier ones can be removed")
    if version == listed(store)[-1]:
        raise StoreError(
            f"version {wanted} is the latest one of {store}: it stays, so that its number is not used again"
        )
    return version


def forget(store: Path, wanted: int, *, at: str, who: str = "") -> bin.Binned:
    """Moves one version to the bin. Raises StoreError for the current one and for one that is not there."""
    with _at_work(store):
        return bin.put(store, "version", str(wanted), who=who, at=at, paths=[earlier(store, wanted)])


def bring_back(store: Path, binned: bin.Binned) -> None:
    """Puts a version back that was moved to the bin. Raises StoreError."""
    with _at_work(store):
        bin.put_back(store, binned)


@contextlib.contextmanager
def building(store: Path, after: int = 0) -> Iterator[Path]:
    """Yields the path to build a new version at, and makes it the current one when the block ends without an error.

    One builder at a time: raises StoreError where another is at work, and where the disk is full or not to be written
    on. What killed builds left is removed first. A plain DuckDB file at `store` is kept as version `after`.
    """
    with _at_work(store) as place:
        _adopt(store, place, max(after, 1))
        next_one = f"{last_number(place) + 1:06d}.duckdb"
        draft = place / f"{BUILDING}-{next_one}"
        yield draft
        _publish(draft, place / next_one, store)


@contextlib.contextmanager
def _at_work(store: Path) -> Iterator[Path]:
    """The folder of versions, held against other builders and cleared of what killed ones left."""
    place = folder(store)
    try:
        place.mkdir(parents=True, exist_ok=True)
        with locked(place / "LOCK", f"another build or load of {store} is at work; try again when it has ended"):
            if not (place / POINTER).exists() and not files(place):
                _point(place, _NONE)
            _clear(place)
            try:
                yield place
            finally:
                _clear(place)
    except OSError as error:
        raise StoreError(
            f"cannot write {error.filename or place}: {error.strerror}; the store is as it was. "
            "Make room or choose another place with --store"
        ) from error


def _pointed(store: Path) -> Path | None:
    """The version that CURRENT names; None where there has been none yet. Raises StoreError where it names nothing."""
    place = folder(store)
    hint = f"'xinfo versions --store {store}' lists what there is, 'xinfo versions restore N' brings one back"
    try:
        name = (place / POINTER).read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        if listed(store):
            raise StoreError(f"{place} has lost CURRENT, the file that names the version that counts; {hint}") from None
        return None
    except OSError as error:
        raise StoreError(f"{place / 'CURRENT'} cannot be read: {error.strerror}") from error
    if name == _NONE and not listed(store):
        return None
    if not re.fullmatch(VERSION, name):
        raise StoreError(f"{place / 'CURRENT'} names no version: it holds '{name[:40]}'; {hint}")
    if not (place / name).is_file():
        raise StoreError(f"version {number(place / name)} of {store} counts, but {place / name} is not there; {hint}")
    return place / name


def _clear(place: Path) -> None:
    """Removes what a killed build left: a version that it had no time to make count, then its drafts and marks."""
    for stray in (*filter(uncounted, files(place)), *place.glob(f"{BUILDING}*")):
        if stray.is_dir():
            shutil.rmtree(stray, ignore_errors=True)
        else:
            stray.unlink(missing_ok=True)


def _adopt(store: Path, place: Path, as_number: int) -> None:
    """A plain DuckDB file under the store's name becomes a version, so that it is kept like any other."""
    with contextlib.suppress(StoreError):
        if _pointed(store) or files(place) or not store.is_file():
            return
        version = place / f"{as_number:06d}.duckdb"
        _link(store, version)
        _point(place, version.name)


def _publish(draft: Path, version: Path, store: Path) -> None:
    """The finished draft becomes `version` and the current one; only the pointer's replacement decides."""
    sync(draft)
    mark(version).touch()
    sync(version.parent)
    os.replace(draft, version)
    link = version.with_name(f"{BUILDING}-link")
    _link(version, link)
    _point(version.parent, version.name)
    # From here on the new version counts. Where a reader holds the user's name (Windows) it stays the old one.
    with contextlib.suppress(OSError):
        os.replace(link, store)


def _point(place: Path, name: str) -> None:
    """Makes CURRENT hold `name`, in one step."""
    pointer = place / f"{BUILDING}-CURRENT"
    pointer.write_text(name, encoding="utf-8")
    sync(pointer)
    os.replace(pointer, place / POINTER)
    with contextlib.suppress(OSError):
        sync(place)


def _link(file: Path, name: Path) -> None:
    """The same file under a second name; a copy where the file system has no such thing."""
    try:
        os.link(file, name)
    except OSError:
        shutil.copyfile(file, name)
