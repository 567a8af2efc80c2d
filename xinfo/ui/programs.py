"""The service for programs on the workspaces that the app's own sessions ask. Draws nothing, knows no session."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from xinfo.access.person import Person
from xinfo.ask import Workspace
from xinfo.service.service import Service
from xinfo.store import versions
from xinfo.ui import opening


def service(store: Path, queries: Path, published_only: bool = False) -> Service:
    """Programs that ask the current version of a store, whichever that is when they do; reads nothing yet."""
    return Service(store, partial(_opened, store, queries, published_only), now)


def now() -> str:
    """The time here, as it is kept in a store."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _opened(store: Path, queries: Path, for_all: bool, person: Person, published_only: bool) -> Workspace:
    """What this person hears: his own drafts, too. Raises StoreError."""
    version = str(versions.current(store))
    return opening.hearing(version, queries, for_all or published_only, person.signature)
