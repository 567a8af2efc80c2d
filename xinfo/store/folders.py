"""New folders, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from xinfo.errors import InputError, StoreError


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
