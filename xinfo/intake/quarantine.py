"""Refused files, kept beside the store with their reports until they are mended or removed. Reads nothing in them.

`<store>.quarantine/` has a folder for each: the file under its own name, report.csv, and kept.json with who tried to
load it and when. None is removed unless it is asked for; the same file is kept once.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from xinfo.errors import InputError, StoreError
from xinfo.store.locks import sync
from xinfo.store.whole import write_whole

_ABOUT, _REPORT, _CONTENT = "kept.json", "report.csv", "file"


@dataclass(frozen=True)
class Kept:
    """A file in the quarantine."""

    number: int
    file: str
    sha256: str
    bytes: int
    at: str
    who: str
    """When it was last refused, and who tried to load it."""
    problems: int
    path: Path
    """The file itself."""
    report: Path


def folder(store: Path) -> Path:
    """Where the refused files of `store` are kept."""
    return store.with_name(store.name + ".quarantine")


def keep(store: Path, file: Path, report: bytes, *, at: str, who: str, problems: int) -> Kept:
    """Keeps a refused file with its report, in place of an earlier report of the same file. Raises StoreError."""
    try:
        with file.open("rb") as opened:
            mark = hashlib.file_digest(opened, "sha256").hexdigest()
        known = [one for one in listed(store) if (one.sha256, one.file) == (mark, file.name)]
        number = known[0].number if known else max((one.number for one in listed(store)), default=0) + 1
        place = folder(store) / f"{number:06d}"
        if not known:
            _copy(file, place)
        write_whole(place / _REPORT, report.decode("utf-8"))
        about = {"file": file.name, "sha256": mark, "bytes": file.stat().st_size}
        about |= {"at": at, "who": who, "problems": problems}
        write_whole(place / _ABOUT, json.dumps(about, ensure_ascii=False))
    except (OSError, InputError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise StoreError(f"{file.name} could not be kept in {folder(store)}: {why}") from error
    return fetch(store, number)


def listed(store: Path) -> tuple[Kept, ...]:
    """Every refused file, oldest first."""
    found = []
    for about in sorted(folder(store).glob(f"[0-9]*/{_ABOUT}")):
        place = about.parent
        told = _told(about)
        path = place / _CONTENT / str(told["file"])
        found.append(Kept(number=int(place.name), path=path, report=place / _REPORT, **told))
    return tuple(found)


def _told(about: Path) -> dict[str, Any]:
    """What is noted of a refused file; where the note is damaged, what can be told from the file itself."""
    try:
        told = json.loads(about.read_text(encoding="utf-8"))
        return {name: told[name] for name in ("file", "sha256", "bytes", "at", "who", "problems")}
    except (OSError, ValueError, KeyError, TypeError):
        file = next((about.parent / _CONTENT).glob("*"), about)
        return {"file": file.name, "sha256": "", "bytes": file.stat().st_size, "at": "", "who": "", "problems": 0}


def fetch(store: Path, number: int) -> Kept:
    """One refused file. Raises StoreError, naming those there are, where it is not there."""
    every = {one.number: one for one in listed(store)}
    if number not in every:
        there = ", ".join(map(str, every)) or "none"
        raise StoreError(f"no refused file {number} is kept for {store}; there are: {there}")
    return every[number]


def remove(store: Path, number: int) -> Kept:
    """Removes a refused file and its report for good; what it was. Raises StoreError."""
    kept = fetch(store, number)
    shutil.rmtree(kept.report.parent)
    return kept


def as_json(kept: Kept) -> dict[str, object]:
    """What there is to say of a refused file."""
    return {**asdict(kept), "path": str(kept.path), "report": str(kept.report)}


def _copy(file: Path, place: Path) -> None:
    """Puts the file into a folder of its own; what a killed attempt left there goes first."""
    shutil.rmtree(place, ignore_errors=True)
    (place / _CONTENT).mkdir(parents=True)
    shutil.copyfile(file, place / _CONTENT / file.name)
    sync(place / _CONTENT / file.name)
