"""An environment that is thrown away, with the tools that look after requirements. Standard library only."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextlib.contextmanager
def tools() -> Iterator[Path | None]:
    """The interpreter that has them, for as long as they are used; None where they cannot be installed."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder, "Scripts/python.exe" if os.name == "nt" else "bin/python")
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
        exact = ["--require-hashes", "--only-binary", ":all:", "--requirement", str(ROOT / "requirements-tools.lock")]
        yield None if subprocess.run([*pip, *exact], check=False).returncode else python
