"""Known vulnerabilities out of a file: advisories in the OSV format, a JSON record, a list of them, or a ZIP of such.

Nothing is asked of anybody. Whether a version is affected is judged as the format says: it is listed, or lies within a
range; a fix in between ends the range.
"""

from __future__ import annotations

import contextlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from xinfo.errors import InputError

Record = Mapping[str, Any]


def read(path: Path) -> list[Record]:
    """The advisories of a file about Python packages. Raises InputError where there are none."""
    try:
        found = [one for text in _texts(path) for one in _records(json.loads(text))]
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise InputError(f"{path} cannot be read as advisories: {error}") from None
    about = [one for one in found if not one.get("withdrawn") and any(_packages(one))]
    if not about:
        raise InputError(f"{path} holds no advisory about a Python package")
    return about


def newest(records: Iterable[Record]) -> str:
    """The day of the last change to any of them; empty where none says."""
    return max((str(one.get("modified", "")) for one in records), default="")[:10]


def matching(records: Iterable[Record], packages: Iterable[tuple[str, str]]) -> list[str]:
    """Each package with a version that an advisory is about, in words."""
    by_name: dict[str, list[tuple[Record, Record]]] = {}
    for one in records:
        for name, affected in _packages(one):
            by_name.setdefault(name, []).append((one, affected))
    return [
        f"{name} {version}: {advisory_id}"
        for name, version in packages
        for advisory_id in dict.fromkeys(
            _called(one) for one, affected in by_name.get(name, ()) if affects(affected, version)
        )
    ]


def affects(affected: Record, version: str) -> bool:
    """Whether a version is listed or lies within a range."""
    mine = Version(version)
    listed = {_parsed(text) for text in affected.get("versions", ())}
    ranges = (one for one in affected.get("ranges", ()) if one.get("type") == "ECOSYSTEM")
    return mine in listed or any(_within(one, mine) for one in ranges)


def _within(versions: Record, mine: Version) -> bool:
    """Whether a version comes after something was introduced, and after nothing that ended it."""
    events = [(kind, _parsed(text)) for one in versions.get("events", ()) for kind, text in one.items()]
    known = sorted(((at, kind) for kind, at in events if at), key=lambda event: event[0])
    within = False
    for at, kind in known:
        if kind == "introduced" and mine >= at:
            within = True
        elif (kind == "fixed" and mine >= at) or (kind == "last_affected" and mine > at):
            within = False
    return within


def _parsed(text: object) -> Version | None:
    with contextlib.suppress(InvalidVersion):
        return Version(str(text))
    return None


def _called(one: Record) -> str:
    """An advisory by the name that it is known under."""
    names = [str(name) for name in one.get("aliases", ()) if str(name).startswith("CVE-")]
    return " ".join([str(one.get("id")), *names[:1]])


def _packages(one: Record) -> Iterator[tuple[str, Record]]:
    for affected in one.get("affected", ()):
        package = affected.get("package", {})
        if package.get("ecosystem") == "PyPI":
            yield canonicalize_name(str(package.get("name"))), affected


def _records(held: object) -> list[Record]:
    """The records of one JSON text."""
    if isinstance(held, dict):
        held = held.get("vulns", [held])
    if not isinstance(held, list) or not all(isinstance(one, dict) and "id" in one for one in held):
        raise ValueError("this is not the OSV format")
    return held


def _texts(path: Path) -> Iterator[bytes]:
    if not zipfile.is_zipfile(path):
        yield path.read_bytes()
        return
    with zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            if name.endswith(".json"):
                yield packed.read(name)
