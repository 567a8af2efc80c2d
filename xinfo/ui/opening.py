"""Workspaces, one for all sessions on the same figures, opened by whoever asks first. Draws nothing, knows no session.

Files of templates are watched apart from the vocabulary: one that was saved is heard from the next question on, and
takes no new opening of the store.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from xinfo.ask import Workspace, open_workspace
from xinfo.errors import StoreError
from xinfo.query.apart import WORKERS
from xinfo.query.spark.beside import Beside
from xinfo.query.spark.engine import SparkEngine
from xinfo.review import with_statements, with_templates
from xinfo.stewardship.desk import Desk
from xinfo.store.assets import Assets

WORDS = ("vocabulary", "measures")
"""Folders of files that are no templates."""
Changes = tuple[int, int]

_opening = threading.RLock()
_as_opened: dict[str, tuple[int, ...]] = {}
"""What the system told of each version's file when it was opened."""


def opened(version: str, assets: Assets, published: bool) -> Workspace:
    """What everybody hears: the templates that are published. Raises StoreError, InputError."""
    _require_as_opened(version)
    with _opening:
        return _asking(_listed(version, assets, *edition(assets)), published)


def hearing(version: str, assets: Assets, published: bool, person: str) -> Workspace:
    """What one person hears: his own drafts, too. Raises StoreError, InputError."""
    _require_as_opened(version)
    with _opening:
        return _asking(_heard(version, assets, *edition(assets))(person), published)


def _asking(workspace: Workspace, published: bool) -> Workspace:
    """The workspace on the published figures alone, where that is wanted or the store is set so for all."""
    return replace(workspace, published_only=published or workspace.published_only)


def on_cluster(workspace: Workspace) -> Workspace:
    """The workspace with the cluster that the app was started with, if it was, for its questions."""
    if not (engine := cluster()):
        return workspace
    return replace(workspace, cluster=Beside(engine, workspace.engine, workspace.meta.get("fingerprint", "")))


def cluster() -> SparkEngine | None:
    """The cluster that the app was started with."""
    address = os.environ.get("XINFO_ENGINE")
    return _cluster(address, os.environ["XINFO_TABLES"]) if address else None


def edition(assets: Assets) -> tuple[Changes, Changes]:
    """Changes with any file of vocabulary, and with any of templates."""
    folders = [Path(entry) for entry in os.scandir(assets.shipped) if entry.is_dir()]
    words = [file for folder in folders if folder.name in WORDS for file in _files(folder)]
    shipped = (folder for folder in folders if folder.name not in WORDS)
    every = (*shipped, assets.templates, assets.templates / "history")
    return _changes([*words, assets.words]), _changes(file for folder in every for file in _files(folder))


def forget() -> None:
    """Opens everything anew when it is next asked for."""
    for cached in (_open, _listed, _heard, _cluster):
        cached.cache_clear()
    _as_opened.clear()


def _changes(files: Iterable[Path | os.DirEntry[str]]) -> Changes:
    """How many of some files are there, and when the last one changed."""
    written = []
    for file in files:
        with suppress(FileNotFoundError):
            written.append(file.stat().st_mtime_ns)
    return len(written), max(written, default=0)


def _files(folder: Path) -> list[os.DirEntry[str]]:
    """Those of a folder that something is made of."""
    if not folder.exists():
        return []
    return [entry for entry in os.scandir(folder) if entry.name.endswith((".yaml", ".mark")) and entry.is_file()]


def _require_as_opened(version: str) -> None:
    """Versions never change. Raises StoreError where another program wrote over one: old and new figures would mix.

    The engine holds a file as long as anybody does, so that only another process can read the new one.
    """
    if (now := _state(version)) and now != _as_opened.get(version, now):
        raise StoreError(
            f"{version} was written over by another program while xinfo had it open; start xinfo again. "
            "Figures come into a running xinfo by its own commands: load, build, versions restore"
        )


def _state(version: str) -> tuple[int, ...]:
    """Which file it is, and when it was written; empty for one that was forgotten, which is read on."""
    with suppress(OSError):
        told = os.stat(version)
        return told.st_ino, told.st_size, told.st_mtime_ns
    return ()


@lru_cache(maxsize=1)
def _cluster(address: str, tables: str) -> SparkEngine:
    return SparkEngine(address, tables)


@lru_cache(maxsize=4)
def _open(version: str, assets: Assets, words: Changes) -> tuple[Workspace, Changes]:
    """With the templates as they were then, and how those were."""
    then = edition(assets)[1]
    _as_opened.setdefault(version, _state(version))
    processes = int(os.environ.get("XINFO_QUERY_PROCESSES") or WORKERS)
    return open_workspace(Path(version), assets.shipped, processes=processes), then


@lru_cache(maxsize=4)
def _listed(version: str, assets: Assets, words: Changes, templates: Changes) -> Workspace:
    workspace, then = _open(version, assets, words)
    return workspace if templates == then else with_statements(workspace)


@lru_cache(maxsize=4)
def _heard(version: str, assets: Assets, words: Changes, templates: Changes) -> Callable[[str], Workspace]:
    """What each person hears of the same figures: let go with them, not when as many others have asked."""
    return lru_cache(maxsize=32)(partial(_with_drafts, _listed(version, assets, words, templates)))


def _with_drafts(shared: Workspace, person: str) -> Workspace:
    drafts = Desk(shared, person, "").drafts()
    return with_templates(shared, drafts) if drafts else shared
