"""Whether what xinfo runs on is safe to run: pins, licences, what goes together, and known vulnerabilities.

    python3 dev.py audit

Vulnerabilities are looked up by pip-audit, in an environment of its own. Where its service cannot be reached this is
said and is no failure: then nothing is known.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from sbom import closure, license_of, pinned

PIP_AUDIT = "pip-audit==2.10.1"
STRICT = re.compile(r"\b(A?GPL|SSPL|BUSL|Commons Clause)|GNU (Affero )?General Public", re.IGNORECASE)
"""Licences that would bind xinfo itself."""


def loose() -> list[str]:
    """Requirements that are not pinned to one version."""
    return [line for line in pinned() if not re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[^*=]+", line)]


def binding() -> list[str]:
    """Packages whose licence does not go with xinfo's."""
    said = {name: license_of(found) for name, (found, _) in closure().items()}
    return [f"{name}: {license_}" for name, license_ in said.items() if STRICT.search(license_)]


def at_odds() -> list[str]:
    """What pip says of packages that do not go together."""
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    return done.stdout.strip().splitlines() if done.returncode else []


def vulnerable() -> list[str] | None:
    """Known vulnerabilities of the installed versions; None where nothing can be known."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        [python] = [path for path in Path(folder).glob("*/python*") if path.stem == "python"]
        listed = Path(folder) / "installed.txt"
        listed.write_text("".join(f"{name}=={found.version}\n" for name, (found, _) in closure().items()))
        if subprocess.run([python, "-m", "pip", "install", "--quiet", PIP_AUDIT], check=False).returncode:
            return None
        command = [python, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--no-deps"]
        done = subprocess.run(
            [*command, "--disable-pip", "-r", str(listed)], capture_output=True, text=True, check=False
        )  # fmt: skip
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return None
    asked = [one for one in found if "skip_reason" not in one]
    told = [f"{one['name']} {one['version']}: {flaw['id']}" for one in asked for flaw in one["vulns"]]
    return told if asked else None


def main() -> int:
    """Says what was found; 1 if anything is wrong."""
    wrong = 0
    for what, found in (("not pinned", loose()), ("licence", binding()), ("at odds", at_odds())):
        for one in found:
            print(f"{what}: {one}")
        wrong += len(found)
    flaws = vulnerable()
    if flaws is None:
        print("known vulnerabilities: the service that tells of them cannot be reached; nothing is known")
    for flaw in flaws or ():
        print(f"vulnerable: {flaw}")
    wrong += len(flaws or ())
    print(f"{len(closure())} packages: {wrong or 'nothing'} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
