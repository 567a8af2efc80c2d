"""Whether what xinfo runs on is safe to run: locks, licences, what goes together, and known vulnerabilities.

    python3 dev.py audit                       vulnerabilities are asked of the service that pip-audit knows
    python3 dev.py audit --advisories FILE     they are looked up in FILE: the OSV format, JSON or a ZIP of it

Ends with 0 where nothing is wrong, 1 where something is, and 3 where nothing else is wrong but vulnerabilities are not
known, since the service did not answer or did not answer for every package.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import advisories
import locked
from sbom import licence, run_on
from tools import tools

from xinfo.errors import InputError

NOT_KNOWN = 3
STRICT = re.compile(r"\b(A?GPL|SSPL|BUSL|Commons Clause)|GNU (Affero )?General Public", re.IGNORECASE)
"""Licences that would bind xinfo itself."""


@dataclass(frozen=True)
class Looked:
    """What is known of vulnerabilities: those there are, the packages of which nothing is known, and by whom."""

    flaws: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    by: str = ""


def binding() -> list[str]:
    """Packages whose licence does not go with xinfo's."""
    said = [(one.name, licence(one)) for one in run_on()]
    return [f"{name}: {found}" for name, found in said if STRICT.search(found)]


def at_odds() -> list[str]:
    """What pip says of packages that do not go together."""
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    return done.stdout.strip().splitlines() if done.returncode else []


def unlocked() -> list[str]:
    """What the locks lack."""
    names = sorted(path.stem for path in locked.ROOT.glob("requirements*.txt"))
    return [one for name in names for one in locked.unfit(name)] or locked.at_odds()


def pins() -> list[tuple[str, str]]:
    """Every package and version that xinfo runs on."""
    return [(one.name, one.version) for one in run_on()]


def looked_up(file: Path) -> Looked:
    """Vulnerabilities by a file of advisories."""
    held = advisories.read(file)
    said = f"{file.name}, {len(held):,} advisories, the newest of {advisories.newest(held) or 'no day that it tells'}"
    return Looked(tuple(advisories.matching(held, pins())), by=said)


def asked() -> Looked:
    """Vulnerabilities by the service."""
    with tools() as python, tempfile.TemporaryDirectory() as folder:
        told = [one for part in _once_each() for one in _asked(python, part, Path(folder))] if python else []
    known = {(one["name"], one["version"]): one["vulns"] for one in told if "skip_reason" not in one}
    flaws = [f"{name} {version}: {flaw['id']}" for (name, version), each in known.items() for flaw in each]
    missing = [f"{name} {version}" for name, version in pins() if (name, version) not in known]
    return Looked(tuple(flaws), tuple(missing), "the service")


def _once_each() -> list[list[tuple[str, str]]]:
    """The packages in lists that name each once: pip-audit takes one version of a package at a time."""
    versions = [list(some) for _, some in groupby(pins(), key=lambda pin: pin[0])]
    return [[some[at] for some in versions if len(some) > at] for at in range(max(map(len, versions)))]


def _asked(python: Path, part: list[tuple[str, str]], folder: Path) -> list[dict[str, Any]]:
    """What pip-audit says of each; nothing where it says nothing."""
    listed = folder / "listed.txt"
    listed.write_text("".join(f"{name}=={version}\n" for name, version in part), encoding="utf-8")
    command = [str(python), "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--no-deps"]
    done = subprocess.run([*command, "--disable-pip", "-r", str(listed)], capture_output=True, text=True, check=False)
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return []
    return found


def main(arguments: list[str]) -> int:
    """Says what was found, and what is not known."""
    read = argparse.ArgumentParser(prog="dev.py audit", description=__doc__.splitlines()[0] if __doc__ else None)
    read.add_argument("--advisories", type=Path, metavar="FILE", help="advisories in the OSV format, instead of asking")
    file = read.parse_args(arguments).advisories
    try:
        looked = looked_up(file) if file else asked()
    except InputError as error:
        read.error(str(error))
    wrong = [("lock", unlocked()), ("licence", binding()), ("at odds", at_odds()), ("vulnerable", looked.flaws)]
    for what, found in wrong:
        for one in found:
            print(f"{what}: {one}")
    return closing(sum(len(found) for _, found in wrong), looked)


def closing(wrong: int, looked: Looked) -> int:
    """The last line, and what the exit code says."""
    every = len(pins())
    if looked.unknown:
        of_whom = ", ".join(looked.unknown) if len(looked.unknown) < every else "any of them"
        print(f"NOT KNOWN: {looked.by} that knows of vulnerabilities did not answer for {of_whom}")
    else:
        print(f"vulnerabilities: {len(looked.flaws) or 'none'} by {looked.by}")
    print(f"{every} packages: {wrong or 'nothing'} wrong" + ", vulnerabilities not known" * bool(looked.unknown))
    return 1 if wrong else NOT_KNOWN if looked.unknown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
