"""The store as it is shipped, for tests that need one: built once in a run, and copied for each that asks for it."""

from __future__ import annotations

import os
import shutil
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
    shutil.copytree(_built(Path(os.environ[RUN])), folder, dirs_exist_ok=True)
    return folder / "demo.duckdb"


def _built(shared: Path) -> Path:
    once = shared / "shipped"
    if not once.exists():
        made = Path(mkdtemp(dir=shared))
        build(made / "demo.duckdb", shipped=ROOT / "data", data=None, built_at="2016-02-01T08:00:00")
        open_workspace(made / "demo.duckdb", ROOT / "queries")
        with suppress(OSError):  # another process was quicker
            made.rename(once)
    return once
