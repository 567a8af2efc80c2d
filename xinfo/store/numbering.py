"""The numbers of versions: which files of their folder bear one, which of those has never counted, which comes next.

A version bears a mark from just before it gets its name until it counts. So what a killed build left is told from a
version that counted once, whatever CURRENT names by now. Changes nothing.
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

POINTER = "CURRENT"
BUILDING = "building"
"""What the names of drafts and marks begin with."""
VERSION = r"(\d{6,})\.duckdb"


def number(version: Path) -> int:
    """The number of a version, or of the draft of one."""
    return int(version.stem.removeprefix(f"{BUILDING}-"))


def files(place: Path) -> list[Path]:
    """Every file that bears a number, oldest first."""
    return sorted(place.glob("[0-9]*.duckdb"))


def mark(version: Path) -> Path:
    """What stands beside a version until it counts."""
    return version.with_name(f"{BUILDING}-{version.stem}.uncounted")


def uncounted(version: Path) -> bool:
    """Whether a build is about to make it count, or was when it was killed."""
    return mark(version).exists() and _named(version.parent) != version.name


def last_number(place: Path) -> int:
    """The highest number that was ever given, as far as can be told; 0 for none."""
    named = re.fullmatch(VERSION, _named(place))
    return max([*map(number, files(place)), int(named[1]) if named else 0], default=0)


def _named(place: Path) -> str:
    """What CURRENT holds, whatever that is; empty where it cannot be read."""
    with contextlib.suppress(OSError):
        return (place / POINTER).read_text(encoding="utf-8", errors="replace").strip()
    return ""
