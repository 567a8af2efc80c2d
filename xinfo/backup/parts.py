"""What belongs into a backup: all that stands beside a store under its name, and what people added to the templates.

    beside/.versions/000003.duckdb   the store's versions and the pointer to the one that counts
    beside/.audit/000001.jsonl       the log; in the same way .access.yaml, .asked.sqlite, .briefings, .mappings, …
    queries/own/best.yaml            templates of one's own
    queries/vocabulary/own.yaml      phrases that were taught

Left out are locks and what a killed program was in the middle of. Reads no content.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

BESIDE, QUERIES = "beside", "queries"
OWN = ("own", "vocabulary/own.yaml")
"""What of a folder of templates is people's own."""
PASSING = (".restoring", ".replaced")
"""Beside a store: a restore under way, and what an earlier one stands in the place of."""
_SQLITE = ("-wal", "-shm", "-journal")


def parts(store: Path, queries: Path) -> Iterator[tuple[str, Path]]:
    """Each file of an installation, with its name in the archive."""
    for root in _beside(store):
        yield from _files(root, f"{BESIDE}/{root.name.removeprefix(store.name)}")
    for own in OWN:
        yield from _files(_led_to(queries / own), f"{QUERIES}/{own}")


def place_of(name: str, store: Path, queries: Path) -> Path | None:
    """Where a file of the archive belongs; None for a name that no backup has."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or str(path) != name:
        return None
    root, *rest = path.parts
    if root == BESIDE and rest and rest[0].startswith(".") and len(rest[0]) > 1:
        return store.with_name(store.name + rest[0]).joinpath(*rest[1:])
    inside = "/".join(rest)
    for own in OWN:
        if root == QUERIES and (inside == own or inside.startswith(f"{own}/")):
            return _led_to(queries / own).joinpath(*inside.removeprefix(own).split("/"))
    return None


def roots(store: Path, queries: Path) -> list[Path]:
    """What is there of an installation: the files and folders that a restore would stand in the place of."""
    there = [store, *_beside(store), *(_led_to(queries / own) for own in OWN)]
    return [path for path in there if path.exists()]


def _beside(store: Path) -> list[Path]:
    every = sorted(store.parent.glob(f"{store.name}.*"))
    return [path for path in every if not path.name.removeprefix(store.name).startswith(PASSING)]


def _files(root: Path, name: str) -> Iterator[tuple[str, Path]]:
    if root.is_file():
        yield name, root
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file() and not _passing(path.name):
            yield f"{name}/{path.relative_to(root).as_posix()}", path


def _led_to(path: Path) -> Path:
    """Where a link leads; it stays where it is."""
    return path.resolve() if path.is_symlink() else path


def _passing(name: str) -> bool:
    return name == "LOCK" or name.startswith("building") or name.endswith(_SQLITE)
