"""How often each template was asked for: a line a time in a file beside the store. Says nothing of who asked."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from functools import lru_cache
from pathlib import Path


def beside(store: Path) -> Path:
    """Where the uses on a store are kept."""
    return store.with_name(f"{store.name}.uses")


def note_use(store: Path, template_id: str, day: str) -> None:
    """One more, on a day such as 2016-03-01; where nothing can be written it goes uncounted."""
    with suppress(OSError), beside(store).open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"{day[:10]} {template_id}\n")


def uses(store: Path) -> Counter[str]:
    """How often, by id."""
    return _counted(store, 2)


def by_day(store: Path) -> Counter[str]:
    """How often any of them was, by day such as 2016-03-01."""
    return _counted(store, 0)


def _counted(store: Path, part: int) -> Counter[str]:
    path = beside(store)
    try:
        return _read(path, path.stat().st_size, part)
    except OSError:
        return Counter()


@lru_cache(maxsize=4)
def _read(path: Path, size: int, part: int) -> Counter[str]:
    """Of each line what stands before the blank (0) or behind it (2)."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return Counter(line.partition(" ")[part] for line in lines)
