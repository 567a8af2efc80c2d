"""Files written whole or not at all: a reader sees the old one or the new one, also after a crash."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from xinfo.errors import InputError
from xinfo.store.locks import sync


def write_whole(path: Path, content: str, mode: int = 0o644) -> None:
    """The whole file anew beside the old one, on the disk, then in its place. Raises InputError where it cannot be.

    A link stays one: what it leads to is written, also where that is not there yet.
    """
    draft = ""
    try:
        path = path.resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem[:40]}-", suffix=".part")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft, mode)
        os.replace(draft, path)
        sync(path.parent)
    except (OSError, UnicodeEncodeError) as error:
        if draft:
            Path(draft).unlink(missing_ok=True)
        raise InputError(f"{path}: cannot be written: {getattr(error, 'strerror', None) or error}") from error
