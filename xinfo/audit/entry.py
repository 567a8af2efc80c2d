"""One entry of the log: its form as a line, and the hash that binds it to the one before. Reads and writes no file."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FIRST = "0" * 64
"""What stands in the place of the hash before the first entry."""
TORN = "torn"
"""The deed of an entry that tells of a line before it which a crash has left unfinished."""
UNSIGNED = "unsigned"
"""The deed of an entry that tells of entries before it which nobody had signed."""
BROKEN = "broken"
"""The deed of an entry that tells that the log before it is not what was signed last."""
RESTORED = "restore_backup"
"""The deed with which a log may go on from an earlier state; it tells of what was signed last itself."""
LONGEST, MOST = 2000, 200
"""Characters of a text and parts of a list or mapping that an entry keeps; so no line passes 2 MB."""
DEEP = 3


@dataclass(frozen=True)
class Entry:
    """Who did what, when, on which figures."""

    number: int
    at: str
    """ISO time with its zone, as it was handed in."""
    who: str
    did: str
    """A verb such as ask, load, restore, teach, export, sign."""
    what: Mapping[str, Any] = field(default_factory=dict)
    store: str = ""
    """The fingerprint of the figures that were at hand."""
    before: str = FIRST
    """The hash of the entry before."""

    @property
    def hash(self) -> str:
        """Binds every field, and through `before` every entry there was."""
        return hashlib.sha256(_written(vars(self))).hexdigest()

    def line(self) -> bytes:
        """As it stands in the file, without a line end."""
        return _written({**vars(self), "hash": self.hash})


def read(line: bytes) -> Entry | None:
    """The entry of a line; None where it is none, or not what its hash was made of."""
    try:
        found = json.loads(line)
        hash_ = found.pop("hash")
        entry = Entry(**found)
        return entry if entry.hash == hash_ and entry.line() == line else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def bounded(value: Any, depth: int = 0) -> Any:
    """A value as an entry keeps it: JSON of a bounded size, whatever was handed in."""
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, Mapping) and depth < DEEP:
        return {str(key)[:LONGEST]: bounded(one, depth + 1) for key, one in list(value.items())[:MOST]}
    if isinstance(value, list | tuple | set | frozenset) and depth < DEEP:
        return [bounded(one, depth + 1) for one in list(value)[:MOST]]
    return str(value)[:LONGEST]


def _written(value: Mapping[str, Any]) -> bytes:
    """One spelling for one value, in ASCII, so that no reader can take a part of it for a line end."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")
