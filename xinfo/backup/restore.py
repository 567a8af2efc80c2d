"""Reading a backup back: unpacked beside and proved whole, then moved to its place. Overwrites nothing unasked."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xinfo.access import keys, tokens
from xinfo.audit.verify import verify
from xinfo.backup.parts import BESIDE, place_of, roots
from xinfo.backup.save import FORMAT, MANIFEST
from xinfo.errors import StoreError
from xinfo.store import versions
from xinfo.store.locks import sync
from xinfo.store.opening import notes
from xinfo.store.proof import unreadable
from xinfo.store.versions import POINTER, restoring

_PIECE = 1 << 20
LARGEST_MANIFEST = 100_000_000
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, UnicodeError),
    *(RuntimeError, ValueError, LookupError, OverflowError, MemoryError),
)
"""What reading a ZIP archive raises where a byte of it is another one."""


@dataclass(frozen=True)
class Held:
    """What an archive says of itself, once every file in it is proved to be what it says."""

    made: str
    who: str
    store: str
    current: str
    fingerprint: str
    files: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    """What was wrong already when the backup was made, and what a restore brings back that may not be wanted."""
    aside: Path | None = None
    """Where what was there before has gone."""


def check(archive: Path, folder: Path) -> Held:
    """Unpacks an archive into an empty folder and proves it. Raises StoreError that says what is damaged."""
    return _proved(archive, folder / "store")


def put_back(archive: Path, store: Path, *, at: str, overwrite: bool = False) -> Held:
    """Puts an archive's content in its place. Raises StoreError, and then everything is as it was.

    What is there already is only replaced with `overwrite`, and moved aside, not removed. The app must not be running:
    it would go on with what it has open.
    """
    there = roots(store)
    if there and not overwrite:
        named = ", ".join(str(path) for path in there[:5])
        raise StoreError(f"{store} is not empty: {named}; --overwrite moves what is there aside and restores")
    staged = restoring(store)
    try:
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True)
        held = _proved(archive, staged / "store")
        counted, revoked = _tokens(store, at), _keys(store, revoked=True)
        aside = _aside(there, store, at) if there else None
        _move(held.files, staged, store)
        again = (*_of_tokens(_tokens(store, at) - counted, store), *_of_keys(revoked, store))
        warnings = (*held.warnings, *again)
    except OSError as error:
        raise StoreError(f"{error.filename or store} cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return replace(held, aside=aside, warnings=warnings)


def _proved(archive: Path, store: Path) -> Held:
    """Unpacks everything as the installation `store`, and holds it against the manifest."""
    with _archive(archive) as packed:
        told = _manifest(archive, packed)
        for name, one in told["files"].items():
            place = place_of(name, store)
            if not place:
                raise StoreError(f"{archive} holds '{name}', which belongs to no backup")
            _unpack(archive, packed, name, one, place)
    current = place_of(f"{BESIDE}/.versions/{told['current']}", store)
    if not current or not current.is_file():
        raise StoreError(f"{archive} lacks the version {told['current']}, which counts")
    pointer = current.with_name(POINTER)
    if not pointer.is_file() or pointer.read_text(encoding="utf-8", errors="replace").strip() != current.name:
        raise StoreError(f"{archive}: its {POINTER} does not name {current.name}, the version that counts")
    if why := unreadable(current):
        raise StoreError(f"{archive}: {told['current']}, which counts, was damaged when it was saved: {why}")
    if notes(current).get("fingerprint") != told["fingerprint"]:
        raise StoreError(f"{archive}: the figures of {told['current']} are not those of the backup")
    warnings = (*_of_log(store), *_of_earlier(store, current))
    made, who, name, counts, mark = (str(told[key]) for key in ("made", "who", "store", "current", "fingerprint"))
    return Held(made, who, name, counts, mark, tuple(told["files"]), warnings)


def _of_log(store: Path) -> Iterator[str]:
    yield from (f"the log was damaged when it was saved: {one}" for one in verify(store).complaints)


def _of_earlier(store: Path, current: Path) -> Iterator[str]:
    for path in versions.listed(store):
        if path != current and (why := unreadable(path)):
            yield f"version {versions.number(path)} was damaged when it was saved: {why}"


@contextlib.contextmanager
def _archive(archive: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(archive) as packed:
            yield packed
    except FileNotFoundError as error:
        raise StoreError(f"there is no backup {archive}") from error
    except _BROKEN as error:
        raise StoreError(f"{archive} is damaged or no backup: {error}") from error
    except OSError as error:
        raise StoreError(f"{archive} cannot be read: {error.strerror or error}") from error


def _manifest(archive: Path, packed: zipfile.ZipFile) -> dict[str, Any]:
    """What the archive says it holds; raises StoreError where it holds anything else."""
    names = packed.namelist()
    if MANIFEST not in names or packed.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise StoreError(f"{archive} is no backup of xinfo: it has no {MANIFEST}")
    try:
        told: dict[str, Any] = json.loads(packed.read(MANIFEST))
        form = told["format"]
        marks = {name: (str(one["sha256"]), int(one["bytes"])) for name, one in told["files"].items()}
        missing = {"made", "who", "store", "current", "fingerprint"} - set(told)
    except (*_BROKEN, TypeError, AttributeError) as error:
        raise StoreError(f"{archive}: {MANIFEST} is damaged") from error
    if missing:
        raise StoreError(f"{archive}: {MANIFEST} lacks {', '.join(sorted(missing))}")
    if form != FORMAT:
        raise StoreError(f"{archive} is of form {form}; this xinfo reads form {FORMAT}")
    if sorted(names) != sorted([*marks, MANIFEST]):
        raise StoreError(f"{archive} does not hold the files that its manifest names")
    return told


def _unpack(archive: Path, packed: zipfile.ZipFile, name: str, told: dict[str, Any], place: Path) -> None:
    """One file, which must be as long as it says and have its fingerprint; reads no further than that."""
    mark, left = hashlib.sha256(), int(told["bytes"])
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(name) as source, place.open("wb") as target:
            while piece := source.read(min(_PIECE, left + 1)):
                left -= len(piece)
                mark.update(piece)
                if left < 0:
                    break
                target.write(piece)
        sync(place)
    except _BROKEN as error:
        raise StoreError(f"{archive}: {name} is damaged: {error}") from error
    except OSError as error:
        raise StoreError(f"{name} of {archive} cannot be unpacked: {error.strerror or error}") from error
    if left or mark.hexdigest() != told["sha256"]:
        raise StoreError(f"{archive}: {name} is not what the manifest says; the archive is damaged")


def _tokens(store: Path, at: str) -> set[str]:
    """The numbers of the tokens that count now; none where they cannot be read."""
    with contextlib.suppress(StoreError):
        return {token.number for token in tokens.listed(store) if at[:10] <= token.until}
    return set()


def _of_tokens(again: set[str], store: Path) -> Iterator[str]:
    """Keeps the file of tokens to its owner, and warns of those that may have been revoked since the backup."""
    with contextlib.suppress(FileNotFoundError):
        tokens.beside(store).chmod(tokens.OWNERS)
    if again:
        named = ", ".join(sorted(again))
        yield f"tokens count now that did not before: {named}; 'xinfo access revoke NUMBER' takes one away"


def _keys(store: Path, revoked: bool) -> set[str]:
    """The keys that sign, or those that are revoked; none where they cannot be read."""
    with contextlib.suppress(StoreError):
        return {id_ for id_, key in keys.listed(store).items() if bool(key.revoked) == revoked}
    return set()


def _of_keys(revoked: set[str], store: Path) -> Iterator[str]:
    """Warns of keys that sign again though somebody has revoked them."""
    if again := revoked & _keys(store, revoked=False):
        named = ", ".join(sorted(again))
        yield f"keys that were revoked since the backup: {named}; 'xinfo brief keys revoke KEY' does it again"


def _aside(there: list[Path], store: Path, at: str) -> Path:
    """Moves what is there into a folder of its own; where it has gone."""
    stamp = "".join(character for character in at[:19] if character.isdigit())
    aside = store.with_name(f"{store.name}.replaced-{stamp}")
    again = 2
    while aside.exists():
        aside, again = store.with_name(f"{store.name}.replaced-{stamp}-{again}"), again + 1
    aside.mkdir()
    for path in there:
        shutil.move(path, aside / path.name)
    return aside


def _move(files: tuple[str, ...], staged: Path, store: Path) -> None:
    """Moves the unpacked files to their places; the pointer to the version that counts comes last."""
    for name in sorted(files, key=lambda name: name.endswith(f"/{POINTER}")):
        source, target = place_of(name, staged / "store"), place_of(name, store)
        assert source
        assert target
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(source, target)
    counts = versions.folder(store)
    with contextlib.suppress(OSError):
        os.link(counts / (counts / POINTER).read_text(encoding="utf-8").strip(), store)
    sync(store.parent)
