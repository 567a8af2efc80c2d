"""What files said when they were written, kept beside the store: `<store>.briefings/.written/`. Never overwritten.

`place` is the folder of the store's briefings everywhere here.

A file whose seal is gone is found again by the fingerprint that it prints, or else by what it says.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from xinfo.briefing.check.reading import Returned, read_back
from xinfo.briefing.check.seal import Seal, opened
from xinfo.briefing.form import fingerprint
from xinfo.errors import InputError, StoreError

WRITTEN = ".written"
MARK = re.compile(r"[0-9a-f]{16}")
MOST = 60
"""Of the last files, so many are looked through for one that bears no fingerprint."""
TOLD = 8
"""Characters from which on a sentence tells one file from another."""
ENOUGH = 0.3
"""Of a file's sentences: with fewer it is another file."""
LARGEST = 60_000_000


def keep(place: Path, content: bytes, kind: str) -> None:
    """Keeps what a file says that was just written. Raises StoreError where nothing can be written there."""
    said = read_back(content, kind).seal
    seal = opened(said)
    path = place / WRITTEN / f"{fingerprint(seal.document)[:16]}-{kind}-{seal.hash}"
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(".part")
            draft.write_bytes(zlib.compress(said.encode("utf-8"), 6))
            draft.replace(path)
    except OSError as error:
        raise StoreError(f"what the file says could not be kept in {path.parent}: {error.strerror}") from error


def find(place: Path, hash_: str) -> Seal | None:
    """What was kept under a hash."""
    return next(filter(None, map(_opened, (place / WRITTEN).glob(f"*-{hash_}"))), None)


def like(place: Path, returned: Returned) -> list[Seal]:
    """What was kept that a file may be, the likest first."""
    said = re.sub(r"\s+", "", returned.text)
    candidates = _candidates(place, f"{returned.keywords} {said}")
    scored = [(score, seal.kind == returned.kind, at, seal) for at, seal in enumerate(candidates)
              if (score := _share(seal, said)) >= ENOUGH]  # fmt: skip
    return [seal for *_, seal in sorted(scored, key=lambda one: one[:3], reverse=True)]


def _candidates(place: Path, said: str) -> Iterator[Seal]:
    """Of the same content where the file bears its fingerprint; else of the last files."""
    every = sorted((one for one in (place / WRITTEN).glob("*-*-*") if not one.suffix), key=_written)
    marks = set(MARK.findall(said))
    named = [path for path in every if path.name[:16] in marks]
    yield from filter(None, map(_opened, named or every[-MOST:]))


def _share(seal: Seal, said: str) -> float:
    """How much of what was said then is said still."""
    # Rows are broken into cells on paper; sentences tell a file as well as they do.
    told = {re.sub(r"\s+", "", one.text) for one in seal.said if one.kind == "text"}
    told = {one for one in told if len(one) >= TOLD}
    return sum(one in said for one in told) / len(told) if told else 0.0


def _opened(path: Path) -> Seal | None:
    try:
        return opened(zlib.decompressobj().decompress(path.read_bytes(), LARGEST).decode("utf-8"))
    except (OSError, zlib.error, UnicodeDecodeError, InputError):
        # One that is damaged proves nothing; the others still may.
        return None


def _written(path: Path) -> float:
    return path.stat().st_mtime
