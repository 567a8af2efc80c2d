"""What killed programs left half written beside a store: drafts that never got their name. Touches nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from glob import escape
from pathlib import Path

from xinfo.store.bin import moment

DRAFT, TAKING_OVER = ".part", ".taking-over-"
"""What the name of a draft ends in, and what follows the store's in that of a folder of templates."""
FRESH = timedelta(hours=1)
"""Nobody writes at one for so long."""


def sweep(store: Path, now: str) -> tuple[Path, ...]:
    """Removes those that are not of somebody who is still at it; which these were."""
    gone = []
    for draft in _drafts(store):
        with suppress(OSError):  # another program sweeps too
            if moment(now) - datetime.fromtimestamp(draft.stat().st_mtime, UTC) > FRESH:
                shutil.rmtree(draft) if draft.is_dir() else draft.unlink()
                gone.append(draft)
    return tuple(gone)


def _drafts(store: Path) -> Iterator[Path]:
    yield from store.parent.glob(f"{escape(store.name)}{TAKING_OVER}*")
    # Of a name, a draft bears the first characters alone.
    yield from store.parent.glob(f".{escape(store.name[:40])}*{DRAFT}")
    for folder in store.parent.glob(f"{escape(store.name)}.*/"):
        yield from folder.rglob(f"*{DRAFT}")
