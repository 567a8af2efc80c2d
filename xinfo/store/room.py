"""Room for files that are needed for a while only, outside of any store."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xinfo.errors import StoreError


@contextmanager
def room() -> Iterator[Path]:
    """A folder that is gone afterwards. Raises StoreError where this machine has no room for one."""
    with passing() as folder:
        yield Path(folder)


def passing() -> tempfile.TemporaryDirectory[str]:
    """The same for whoever keeps it longer than a block: gone with the object."""
    try:
        return tempfile.TemporaryDirectory(prefix="xinfo-")
    except OSError as error:
        why = error.strerror or error
        raise StoreError(f"there is no room for temporary files: {why}; TMPDIR names another place for them") from error
