"""How the app is served: all that a process of it has to be told. Reads nothing and starts nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from xinfo.query.apart import WORKERS
from xinfo.ui.doors import Doors


@dataclass(frozen=True)
class Settings:
    """The store, and by which doors people come to it."""

    store: Path
    port: int
    doors: Doors = field(default_factory=Doors)
    json: bool = False
    """Whether the server's log is JSON lines."""
    query_processes: int = WORKERS
    """In how many processes people's own SQL runs."""
    cluster: tuple[str, str] | None = None
    """The cluster that questions are asked on, and its folder of tables."""
    published_only: bool = False
    """Whether all sessions ask the published figures alone."""

    @property
    def address(self) -> str:
        """What people type."""
        return self.doors.url or f"http://{self.doors.address}:{self.port}"
