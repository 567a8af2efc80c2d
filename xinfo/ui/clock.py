"""The time here. The one module that programs, pages and commands read it from; imports nothing of theirs."""

from __future__ import annotations

from datetime import datetime


def now() -> str:
    """As it is kept in a store: 2016-02-01T08:00:00+08:00."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
