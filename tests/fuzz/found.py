"""What a case did that it must not do, and how the memory of a case is measured."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Found:
    """One finding: its kind, and what was seen."""

    kind: str
    what: str


def crash(error: BaseException) -> Found:
    """An error that none of ours is, with the place it came from."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    at = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return Found("crash", f"{type(error).__name__}: {str(error)[:200]} ({at})")


def forget_peak() -> None:
    """Lets the system begin anew to measure the most memory that this process holds."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def memory(field: str, process: int | str = "self") -> int:
    """Bytes of memory of a process: `VmRSS` now, `VmHWM` at the most."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith(field):
            return int(line.split()[1]) << 10
    raise LookupError(field)
