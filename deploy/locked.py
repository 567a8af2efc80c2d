"""The locks: what each pins, by which hashes and for whose sake, and whether it fits the requirements it was made of.

Reads text alone: nothing is asked, installed or changed. `dev.py lock` makes the locks.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
EXACT = re.compile(r"==[^*=,]+")
_ENTRY = re.compile(r"^(?P<pin>[a-zA-Z0-9][^\\\n]*?)\s*\\?\n(?P<rest>(?:^ .*\n?)*)", re.MULTILINE)
_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})\b")
_FOR = re.compile(r"^ +#(?: via)? +(\S.*?)$", re.MULTILINE)


@dataclass(frozen=True)
class Locked:
    """One package of a lock. A package has a line for each version that some system or Python needs of it."""

    name: str
    version: str
    marker: Marker | None
    """Where it is needed; None for everywhere."""
    hashes: tuple[str, ...]
    wanted_by: frozenset[str]
    """The packages that need it, and `-r FILE` for each of the requirements that names it."""

    @property
    def direct(self) -> bool:
        return any(one.startswith("-r ") for one in self.wanted_by)


def locked(name: str) -> list[Locked]:
    """What the lock of `name`.txt pins."""
    text = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    return [_entry(found["pin"], found["rest"]) for found in _ENTRY.finditer(text)]


def _entry(pin: str, rest: str) -> Locked:
    requirement = Requirement(pin)
    wanted_by = (one for one in _FOR.findall(rest) if one != "via" and not one.startswith("-c "))
    version = str(requirement.specifier).removeprefix("==")
    hashes = tuple(sorted(_HASH.findall(rest)))
    return Locked(canonicalize_name(requirement.name), version, requirement.marker, hashes, frozenset(wanted_by))


def required(name: str) -> Iterator[Requirement]:
    """What `name`.txt names, and the files that it takes in."""
    for line in (ROOT / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        said = line.split("#")[0].strip()
        if said.startswith("-r "):
            yield from required(said.removeprefix("-r ").strip().removesuffix(".txt"))
        elif said and not said.startswith("-"):
            yield Requirement(said)


def unfit(name: str) -> list[str]:
    """What is wrong with the lock of `name`.txt, in words."""
    if not (ROOT / f"{name}.lock").exists():
        return [f"{name}.lock is missing"]
    pins, wanted = locked(name), list(required(name))
    have = {(one.name, one.version) for one in pins}
    want = {(str(canonicalize_name(one.name)), str(one.specifier).removeprefix("==")) for one in wanted}
    said = [f"{one.name} is not pinned to one version" for one in wanted if not EXACT.fullmatch(str(one.specifier))]
    said += [f"{package} {version} is not locked" for package, version in sorted(want - have)]
    said += [f"{one.name} {one.version} is required no more" for one in pins if _spare(one, want)]
    said += [f"{one.name} {one.version} is locked without hashes" for one in pins if not one.hashes]
    unknown = {by for one in pins for by in one.wanted_by if not by.startswith("-r ")} - {one.name for one in pins}
    return [
        f"{name}.lock: {one}" for one in (*said, *(f"{by}, which needs others, is missing" for by in sorted(unknown)))
    ]


def _spare(one: Locked, want: set[tuple[str, str]]) -> bool:
    return not one.wanted_by or (one.direct and (one.name, one.version) not in want)


def at_odds() -> list[str]:
    """Packages of which one lock pins other versions than another."""
    every = {(one.name, one.version): one.hashes for one in locked("requirements-dev")}
    parts = tuple(f"requirements{part}" for part in ("", "-build", "-mcp", "-sdmx", "-spark"))
    differ = [(part, one) for part in parts for one in locked(part) if every.get((one.name, one.version)) != one.hashes]
    return [f"{part}.lock: {one.name} {one.version} differs from requirements-dev.lock" for part, one in differ]


def main() -> int:
    """Says what does not fit; 1 if anything does not."""
    names = sorted(path.stem for path in ROOT.glob("requirements*.txt"))
    found = [one for name in names for one in unfit(name)] or at_odds()
    for one in found:
        print(one)
    if found:
        print("`python3 dev.py lock` makes the locks anew")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
