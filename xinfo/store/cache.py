"""What takes long to make and can always be made again, kept beside the store: vocabulary and grammar.

Plain values alone, never a figure. What was made from something else, by another xinfo, or cannot be read is made anew;
where nothing can be written, nothing is kept. What a process has made last it keeps in memory, too, for other stores.
"""

from __future__ import annotations

import gc
import marshal
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
PACKAGE = Path(__file__).resolve().parents[1]
SUFFIX = ".cache"
REMEMBERED = 4
_LAST: dict[bytes, bytes] = {}
"""What was made last, by what it was made from."""


def beside(store: Path) -> Path:
    """The folder that a store's things are kept in."""
    return store.with_name(store.name + SUFFIX)


def kept(folder: Path | None, name: str, made_from: Iterable[bytes], make: Callable[[], T]) -> T:
    """What `make` makes, read from the folder where that was made from the same; only values that marshal takes."""
    if folder is None:
        return make()
    file, mark = folder / name, _mark(made_from)
    found = _read(file, mark)
    if found is not None:
        return found  # type: ignore[return-value]
    content = _LAST.get(mark) or marshal.dumps(make())  # type: ignore[arg-type]
    _remember(mark, content)
    with suppress(OSError):
        _write(file, mark, content)
    with uncollected():
        return marshal.loads(content)  # type: ignore[no-any-return]


def _remember(mark: bytes, content: bytes) -> None:
    _LAST[mark] = content
    for oldest in list(_LAST)[:-REMEMBERED]:
        _LAST.pop(oldest, None)


def _read(file: Path, mark: bytes) -> object:
    """The value of a file with this mark; None where there is none or it is damaged."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    head = len(mark)
    if content[:head] != mark or content[head : 2 * head] != sha256(content[2 * head :]).digest():
        return None
    try:
        with uncollected():
            return marshal.loads(memoryview(content)[2 * head :])
    except (ValueError, EOFError, TypeError):
        return None


@contextmanager
def uncollected() -> Iterator[None]:
    """While some hundred thousand small values are made, none of which is garbage, none is looked for."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _write(file: Path, mark: bytes, content: bytes) -> None:
    """Whole or not at all, whoever else writes it."""
    file.parent.mkdir(exist_ok=True)
    handle, part = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(mark + sha256(content).digest() + content)
        os.replace(part, file)
    except OSError:
        Path(part).unlink(missing_ok=True)
        raise


def _mark(made_from: Iterable[bytes]) -> bytes:
    found = sha256(f"{sys.version}\n{marshal.version}\n{_edition()}".encode())
    for part in made_from:
        found.update(sha256(part).digest())
    return found.digest()


@cache
def _edition() -> str:
    """The state of xinfo's own code and texts: what another one made may mean something else."""
    files = sorted(path for path in PACKAGE.rglob("*.*") if path.suffix in (".py", ".yaml"))
    states = ((str(path), path.stat()) for path in files)
    return "\n".join(f"{name} {state.st_size} {state.st_mtime_ns}" for name, state in states)
