"""Files and new folders, written whole or not at all: a reader sees the old one or the new one, also after a crash."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from xinfo.errors import InputError, StoreError
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


@contextlib.contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A draft beside `folder` to write to, which takes its place at the end; what fails leaves nothing behind.

    Raises InputError where the folder holds something, StoreError for what the disk or the engine fails at meanwhile.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} is not empty", "a new folder: each version has its own")
    draft = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        draft.mkdir(parents=True)
        yield draft
        if folder.exists():
            folder.rmdir()
        os.replace(draft, folder)
    except (OSError, duckdb.Error) as error:
        raise StoreError(f"{folder} cannot be written: {str(error).splitlines()[0]}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
