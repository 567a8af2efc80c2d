"""What belongs into a backup: all that stands beside a store under its name.

    beside/.versions/000003.duckdb   the store's versions and the pointer to the one that counts
    beside/.audit/000001.jsonl       the log; in the same way .access.yaml, .asked.sqlite, .briefings, .mappings,
                                     .templates, .vocabulary.yaml, …

Left out are locks, what can be made again, and what a killed program was in the middle of. Reads no content.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from xinfo.store.assets import EARLIER_TEMPLATES, EARLIER_WORDS
from xinfo.store.cache import SUFFIX

BESIDE = "beside"
EARLIER = {
    f"queries/{EARLIER_TEMPLATES}/": f"{BESIDE}/.templates/",
    f"queries/{EARLIER_WORDS}": f"{BESIDE}/.vocabulary.yaml",
}
"""What stands beside the store now, by the name that earlier backups have for it."""
PASSING = (".restoring", ".replaced", ".taking-over", ".vocabulary.lock", SUFFIX)
"""Beside a store: a restore under way, what an earlier one stands in the place of, templates that are being copied, the
lock of the phrases, and what is made again where it is missing."""
_SQLITE = ("-wal", "-shm", "-journal")


def parts(store: Path) -> Iterator[tuple[str, Path]]:
    """Each file of an installation, with its name in the archive."""
    for root in _beside(store):
        yield from _files(root, f"{BESIDE}/{root.name.removeprefix(store.name)}")


def place_of(name: str, store: Path) -> Path | None:
    """Where a file of the archive belongs; None for a name that no backup has."""
    name = next((now + name.removeprefix(before) for before, now in EARLIER.items() if name.startswith(before)), name)
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or str(path) != name:
        return None
    root, *rest = path.parts
    if root == BESIDE and rest and rest[0].startswith(".") and len(rest[0]) > 1:
        return store.with_name(store.name + rest[0]).joinpath(*rest[1:])
    return None


def roots(store: Path) -> list[Path]:
    """What is there of an installation: the files and folders that a restore would stand in the place of."""
    return [path for path in (store, *_beside(store)) if path.exists()]


def _beside(store: Path) -> list[Path]:
    if not store.parent.is_dir():
        return []
    every = sorted(path for path in store.parent.iterdir() if path.name.startswith(f"{store.name}."))
    return [path for path in every if not path.name.removeprefix(store.name).startswith(PASSING)]


def _files(root: Path, name: str) -> Iterator[tuple[str, Path]]:
    if root.is_file():
        yield name, root
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file() and not _passing(path.name):
            yield f"{name}/{path.relative_to(root).as_posix()}", path


def _passing(name: str) -> bool:
    return name == "LOCK" or name.startswith("building") or name.endswith(_SQLITE)
