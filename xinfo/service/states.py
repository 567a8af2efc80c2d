"""States of the figures and templates that are asked: a mark of each, and what was read of it once. Asks nothing."""

from __future__ import annotations

import secrets
import threading
from collections import deque
from dataclasses import dataclass, field
from functools import cached_property

from xinfo.ask import Workspace
from xinfo.query.coverage import read_coverage
from xinfo.understand.suggest import Coverage

MOST = 32
"""States that are remembered: people hear drafts of their own, with and without made-up figures."""


@dataclass
class State:
    """One of them."""

    workspace: Workspace
    salt: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def mark(self) -> str:
        """The store's version by its fingerprint; other templates make another mark."""
        return f"{self.workspace.meta.get('fingerprint', '')[:16]}-{self.salt}"

    @cached_property
    def coverage(self) -> Coverage:
        """From when to when there are figures. Raises StoreError."""
        return read_coverage(self.workspace.engine, self.workspace.published_only)


class States:
    """The last ones; safe to share between threads."""

    def __init__(self) -> None:
        self._known: deque[State] = deque(maxlen=MOST)
        self._lock = threading.Lock()

    def of(self, workspace: Workspace) -> State:
        with self._lock:
            found = next((state for state in self._known if state.workspace == workspace), None)
            if not found:
                found = State(workspace)
                self._known.append(found)
            return found
