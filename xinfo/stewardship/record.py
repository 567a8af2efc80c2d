"""The record of one template: a line for everything that was done with it. Only ever grows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from xinfo.store.whole import write_whole

DEEDS = ("saved", "submitted", "returned", "published", "retired")
"""A version was written, offered for review, given back, made what questions hear, taken away from them."""


@dataclass(frozen=True)
class Deed:
    """What somebody did with a version."""

    did: str
    version: int
    who: str
    at: str
    note: str = ""


def read_record(path: Path) -> tuple[Deed, ...]:
    """The deeds, oldest first; a line that is none is passed over."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    return tuple(deed for line in lines if (deed := _deed(line)))


def write_record(path: Path, deeds: Iterable[Deed]) -> None:
    """Raises InputError where it cannot be written."""
    write_whole(path, "".join(json.dumps(asdict(deed), ensure_ascii=False) + "\n" for deed in deeds))


def _deed(line: str) -> Deed | None:
    try:
        entry = json.loads(line)
        did, who, at, note = (str(entry[name]) for name in ("did", "who", "at", "note"))
        deed = Deed(did, int(entry["version"]), who, at, note)
    except (ValueError, KeyError, TypeError):
        return None
    return deed if deed.did in DEEDS else None
