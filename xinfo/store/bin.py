"""What was removed, kept for a while so that it can be put back: `<store>.bin/000001/` and on, beside the store.

`told.json` says what it was, who removed it and when; `kept/` has its files under the names that they have beside the
store. No number is ever used again, so that an undo which somebody still sees means what it meant. Knows nothing of
what they hold, and asks nobody whether they may go. Sweeps away, too, what killed programs left half written.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from glob import escape
from pathlib import Path, PurePosixPath

from xinfo.errors import InputError, StoreError
from xinfo.store.locks import sync
from xinfo.store.whole import write_whole

DAYS = 30
KINDS = ("briefing", "template", "phrase", "version")
_TOLD, _KEPT, _GOING, _LAST = "told.json", "kept", ".going-", ".last-"


@dataclass(frozen=True)
class Binned:
    """Something that was removed."""

    number: int
    kind: str
    """One of KINDS."""
    name: str
    who: str
    at: str
    files: tuple[str, ...] = ()
    """Their names beside the store, such as `.briefings/xining.yaml`."""
    more: Mapping[str, str] = field(default_factory=dict)
    """What putting it back takes beside its files."""

    def until(self, days: int = DAYS) -> datetime:
        """When it is gone for good."""
        return moment(self.at) + timedelta(days=days)


def folder(store: Path) -> Path:
    """Where what was removed from a store, or beside it, is kept."""
    return store.with_name(store.name + ".bin")


def put(
    store: Path, kind: str, name: str, *, who: str, at: str, paths: Iterable[Path] = (),
    more: Mapping[str, str] | None = None,
) -> Binned:  # fmt: skip
    """Moves files and folders of a store into the bin. Raises StoreError where nothing can be written there."""
    there = [path for path in paths if path.exists()]
    files = tuple(path.relative_to(store.parent).as_posix().removeprefix(store.name) for path in there)
    try:
        place = _new_place(store)
        binned = Binned(int(place.name), kind, name, who, at, files, dict(more or {}))
        # First what it is: whatever happens after that, it is known where each file belongs.
        write_whole(place / _TOLD, json.dumps(asdict(binned), ensure_ascii=False, indent=1))
        for path, file in zip(there, files, strict=True):
            _move(path, place / _KEPT / file)
    except (OSError, InputError) as error:
        raise StoreError(f"'{name}' cannot be moved to {folder(store)}: {error}") from error
    return binned


def listed(store: Path) -> tuple[Binned, ...]:
    """What is in the bin, the latest first."""
    found = (_read(path) for path in sorted(folder(store).glob(f"[0-9]*/{_TOLD}"), reverse=True))
    return tuple(binned for binned in found if binned)


def find(store: Path, number: int) -> Binned:
    """What has a number. Raises InputError where that is nothing, or nothing any more."""
    found = next((binned for binned in listed(store) if binned.number == number), None)
    if not found:
        there = ", ".join(str(binned.number) for binned in listed(store)) or "none"
        raise InputError(f"there is no number {number} in the bin of {store}; there are: {there}")
    return found


def put_back(store: Path, binned: Binned) -> None:
    """Moves its files back to where they were. Raises StoreError where something else is there by now."""
    place = _place(store, binned)
    kept = {place / _KEPT / file: _beside(store, file) for file in binned.files if (place / _KEPT / file).exists()}
    if taken := next((target for target in kept.values() if target.exists()), None):
        raise StoreError(f"'{binned.name}' cannot be put back: there is another one at {taken}")
    try:
        for source, target in kept.items():
            _move(source, target)
    except OSError as error:
        raise StoreError(f"'{binned.name}' cannot be put back: {error}") from error
    drop(store, binned)


def drop(store: Path, binned: Binned) -> None:
    """Forgets it, and what of it is still in the bin is gone for good."""
    _clear(_place(store, binned))


def sweep(store: Path, now: str, days: int = DAYS) -> tuple[Binned, ...]:
    """Drops what was removed longer ago than that; what it was."""
    old = tuple(binned for binned in listed(store) if binned.until(days) <= moment(now))
    for binned in old:
        drop(store, binned)
    known = {_place(store, binned) for binned in listed(store)}
    for place in set(folder(store).glob("[0-9]*")) - known:  # of which nobody knows what it was
        if moment(now) - datetime.fromtimestamp(place.stat().st_mtime, UTC) >= timedelta(days=days):
            _clear(place)
    for going in folder(store).glob(f"{_GOING}*"):  # what a killed sweep has left
        shutil.rmtree(going, ignore_errors=True)
    return old


def _clear(place: Path) -> None:
    """Takes a folder out of the bin in one step, then removes it."""
    going = place.with_name(f"{_GOING}{place.name}")
    shutil.rmtree(going, ignore_errors=True)  # what a killed one has left
    with suppress(FileNotFoundError):
        place.rename(going)
    shutil.rmtree(going, ignore_errors=True)


def _new_place(store: Path) -> Path:
    """The folder of the next number; two who remove at once get two.

    An empty file has the last number in its name once what had that is gone.
    """
    folder(store).mkdir(parents=True, exist_ok=True)
    while True:
        marks = {path: int(path.name.removeprefix(_LAST)) for path in folder(store).glob(f"{_LAST}[0-9]*")}
        last = max(*(int(path.name) for path in folder(store).glob("[0-9]*")), *marks.values(), 0, 0)
        with suppress(FileExistsError):
            place = folder(store) / f"{last + 1:06d}"
            place.mkdir()
            (folder(store) / f"{_LAST}{place.name}").touch()
            for mark in marks:
                mark.unlink(missing_ok=True)
            return place


def _place(store: Path, binned: Binned) -> Path:
    return folder(store) / f"{binned.number:06d}"


def _beside(store: Path, file: str) -> Path:
    root, *rest = PurePosixPath(file).parts
    return store.with_name(store.name + root).joinpath(*rest)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, target)
    sync(target.parent)
    sync(source.parent)


def _read(path: Path) -> Binned | None:
    try:
        found = Binned(**json.loads(path.read_text(encoding="utf-8")))
        return replace(found, files=tuple(found.files))
    except (OSError, ValueError, TypeError):
        return None


def moment(at: str) -> datetime:
    """A time as it is kept in a store; where it names no zone, that of this machine."""
    return datetime.fromisoformat(at).astimezone()


DRAFT, TAKING_OVER = ".part", ".taking-over-"
"""What the name of a draft ends in, and what follows the store's in that of a folder of templates."""
FRESH = timedelta(hours=1)
"""Nobody writes at one for so long."""


def sweep_drafts(store: Path, now: str) -> tuple[Path, ...]:
    """Removes drafts that never got their name, unless somebody is still at it; which these were."""
    gone = []
    for draft in _drafts(store):
        with suppress(OSError):  # another program sweeps too
            if moment(now) - datetime.fromtimestamp(draft.stat().st_mtime, UTC) > FRESH:
                shutil.rmtree(draft) if draft.is_dir() else draft.unlink()
                gone.append(draft)
    return tuple(gone)


def _drafts(store: Path) -> Iterator[Path]:
    yield from store.parent.glob(f"{escape(store.name)}{TAKING_OVER}*")
    # Of a name, a draft bears the first characters alone.
    yield from store.parent.glob(f".{escape(store.name[:40])}*{DRAFT}")
    for folder in store.parent.glob(f"{escape(store.name)}.*/"):
        yield from folder.rglob(f"*{DRAFT}")
