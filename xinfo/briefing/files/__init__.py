"""A document as a file of each kind, sealed. `render` is the one way in; what is said is `layout`'s."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from xinfo.briefing.check.known import edges, units
from xinfo.briefing.check.reading import read_back
from xinfo.briefing.check.seal import sealed
from xinfo.briefing.document import Document
from xinfo.briefing.files.look import Step
from xinfo.briefing.layout import laid_out
from xinfo.confined import confined
from xinfo.errors import InputError, nearest
from xinfo.shares import DRAWINGS

KINDS: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Every kind of file, with its media type; `files/<kind>.py` writes it."""


def kind_of(path: Path) -> str:
    """The kind of file that a name asks for. Raises InputError."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise InputError(f"{path.name} is no kind of briefing", ", ".join(f".{one}" for one in KINDS),
                         nearest(kind, KINDS))  # fmt: skip
    return kind


@DRAWINGS.shared
def render(document: Document, kind: str, *, house: Path | None = None, step: Step | None = None) -> bytes:
    """The file's content, with the seal of all that it says. `house` is a PPTX whose masters are used.

    It is written, read back the way `check` reads it, and written once more with what was read: whatever program saves
    it later, the same reader finds the same. `step` is told how far it is.
    """
    layout = laid_out(document)
    # Each takes long to import and only one is needed.
    write: Callable[..., bytes] = getattr(import_module(f"{__name__}.{kind}"), f"to_{kind}")

    def written(told: Step, seal: str) -> bytes:
        if kind == "pptx" and house:
            # It comes from somebody's machine, and writing on its masters means to read all of it.
            return confined(write, layout, _untold, seal, house)
        return write(layout, told, seal)

    bare = written(step or _untold, "")
    returned = confined(read_back, bare, kind) if house else read_back(bare, kind)
    return written(_untold, sealed(document, kind, returned.said(units(layout), edges(layout))))


def _untold(what: str, part: float) -> None:
    """Nobody waits for the second time."""
