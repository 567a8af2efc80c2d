"""Makes the locks anew: each requirements*.txt with all that it needs in turn, one version each, by their hashes.

    python3 dev.py lock [ARG...]    arguments go to uv: `--upgrade`, `--upgrade-package NAME`

One lock holds for every system and for Python 3.11 and later. What is locked already stays where it fits. Standard
library only: it works where the locks are missing or do not.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tools import ROOT, tools

ALL = "requirements-dev"
PARTS = ("requirements-build", "requirements", "requirements-spark", "requirements-mcp", "requirements-sdmx")
"""What stands in ALL, too; its versions count for each of them."""
APART = "requirements-tools"


def compile_(python: Path, name: str, *more: str) -> int:
    """Makes one lock."""
    command = [str(python), *"-m uv pip compile --no-config --quiet --universal --python-version 3.11".split()]
    command += ["--generate-hashes", "--emit-build-options", "--custom-compile-command", "python3 dev.py lock", *more]
    return subprocess.call([*command, f"{name}.txt", "--output-file", f"{name}.lock"], cwd=ROOT)


def main(arguments: list[str]) -> int:
    """Makes them all; 1 if one could not be made."""
    with tools() as python:
        if python is None or compile_(python, ALL, *arguments) or compile_(python, APART, *arguments):
            return 1
        for name in PARTS:
            shutil.copyfile(ROOT / f"{ALL}.lock", ROOT / f"{name}.lock")  # uv keeps to the versions that it finds
            if compile_(python, name, "--constraints", "requirements.txt"):
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
