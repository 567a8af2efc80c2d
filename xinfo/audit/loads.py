"""Whether each load that is in a store is in its log: written there before it counted, and marked when it did."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from xinfo.audit.verify import Proof, entries
from xinfo.errors import StoreError
from xinfo.store.history import history
from xinfo.store.opening import notes

LOAD, BEGUN = "load", "begin_load"
"""The deeds of a load that came to its end, and of one that was to count next."""


def complaints(store: Path, proof: Proof) -> tuple[str, ...]:
    """Everything that speaks against a log: what was found of it, and the loads that it does not know."""
    return (*proof.complaints, *filter(None, (proof.unproved,)), *unlogged(store))


def unlogged(store: Path) -> tuple[str, ...]:
    """What is to be said of versions by loads that the log does not know, or knows with other figures.

    Nothing of a store that cannot be read, or that no log was ever kept of.
    """
    known: dict[int, set[str]] = {}
    for entry in entries(store):
        if entry.did in (LOAD, BEGUN) and isinstance(number := entry.what.get("version"), int):
            known.setdefault(number, set()).add(entry.store)
    if not known:
        return ()
    told = []
    with suppress(StoreError):
        for version in history(store):
            if version.kind == "load" and version.path:
                if version.number not in known:
                    told.append(
                        f"version {version.number} was loaded by {version.who or '?'}, and the log has no entry"
                    )
                elif figures_of(version.path) not in known[version.number]:
                    told.append(f"version {version.number} has other figures than the log says that were loaded")
    return tuple(told)


def figures_of(version: Path) -> str:
    """The fingerprint of a version; empty for one that is damaged."""
    with suppress(StoreError):
        return notes(version).get("fingerprint", "")
    return ""
