"""A document as a file of each kind. `render` is the one way in; what is said is `layout`'s."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from xinfo.briefing.document import Document
from xinfo.briefing.files.look import Step
from xinfo.briefing.layout import Layout, laid_out
from xinfo.confined import confined
from xinfo.errors import InputError, nearest

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


def render(document: Document, kind: str, *, house: Path | None = None, step: Step | None = None) -> bytes:
    """The file's content. `house` is a PPTX whose masters are used; `step` is told how far it is."""
    layout, told = laid_out(document), step or _untold
    if kind == "pptx" and house:
        from xinfo.briefing.files.pptx import to_pptx

        # It comes from somebody's machine, and writing on its masters means to read all of it.
        return confined(to_pptx, layout, _untold, house)
    # Each takes long to import and only one is needed.
    write: Callable[[Layout, Step], bytes] = getattr(import_module(f"{__name__}.{kind}"), f"to_{kind}")
    return write(layout, told)


def _untold(what: str, part: float) -> None:
    """A step that nobody is told of."""
