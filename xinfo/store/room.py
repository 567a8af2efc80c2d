"""Room for files that are needed for a while only, outside of any store.

Each folder holds a lock for as long as its process lives, so that what a killed one has left is told from what is in
use: the next process that needs room sweeps it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path

from xinfo.errors import StoreError
from xinfo.store.locks import locked

_PREFIX, _LOCK = "xinfo-", "LOCK"
_FRESH = 60.0
"""Seconds in which a folder may still be without its lock."""


class Passing:
    """A folder that is gone with the object. Raises StoreError where this machine has no room for one."""

    def __init__(self) -> None:
        try:
            self._whole = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
            self._held = ExitStack()
            self._held.enter_context(locked(Path(self._whole.name) / _LOCK, "is held"))
            self.path = Path(self._whole.name) / "room"
            self.path.mkdir()
            _sweep_once()
        except OSError as error:
            why = error.strerror or error
            raise StoreError(
                f"there is no room for temporary files: {why}; TMPDIR names another place for them"
            ) from error

    def cleanup(self) -> None:
        self._held.close()
        self._whole.cleanup()


@contextmanager
def room() -> Iterator[Path]:
    """A folder that is gone afterwards. Raises StoreError where this machine has no room for one."""
    made = Passing()
    try:
        yield made.path
    finally:
        made.cleanup()


@cache
def _sweep_once() -> None:
    """Removes, once a process, the folders that killed ones have left."""
    every = [path for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*") if (path / _LOCK).is_file()]
    newest = max((_made(path) for path in every), default=0.0)
    for folder in every:
        # Another's, or one that is being made or removed, stays.
        with suppress(OSError, StoreError):
            if newest - _made(folder) > _FRESH:
                with locked(folder / _LOCK, "is held"):
                    shutil.rmtree(folder)


def _made(folder: Path) -> float:
    with suppress(OSError):
        return folder.stat().st_mtime
    return 0.0
