"""Stores that many tests begin with, as that which is shipped: made once in a run, and copied for each that asks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from xinfo.ask import open_workspace
from xinfo.store.build import build

ROOT = Path(__file__).resolve().parents[1]
RUN = "XINFO_TEST_RUN"
"""Names the folder that all processes of a run share; conftest makes and removes it."""


def shipped_store(folder: Path) -> Path:
    """A store of one's own in this folder, with its vocabulary looked up already."""
    copied(folder, "shipped", _build)
    return folder / "demo.duckdb"


def copied(folder: Path, name: str, make: Callable[[Path], object]) -> None:
    """Puts into this folder what `make` puts into a new one; it is called once in a run for each `name`."""
    once = Path(os.environ[RUN]) / name
    if not once.exists():
        made = Path(mkdtemp(dir=once.parent))
        make(made)
        with suppress(OSError):  # another process was quicker
            made.rename(once)
    shutil.copytree(once, folder, dirs_exist_ok=True)


def _build(folder: Path) -> None:
    build(folder / "demo.duckdb", shipped=ROOT / "data", data=None, built_at="2016-02-01T08:00:00")
    open_workspace(folder / "demo.duckdb", ROOT / "queries")
