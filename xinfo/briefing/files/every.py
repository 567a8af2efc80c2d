"""Every format of documents at once, as one ZIP of files that are named as a clerk would name them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from xinfo.briefing.document import Document
from xinfo.briefing.files import KINDS, render
from xinfo.briefing.files.look import Step
from xinfo.briefing.names import file_name

Keep = Callable[[bytes, str], object]
"""Is told each file and its kind."""


def every(
    documents: Sequence[Document], place: Callable[[str], str], step: Step, house: Path | None = None
) -> Iterator[tuple[str, str, bytes]]:
    """The name, kind and content of each file; `place` names the place of a document in a language."""
    wanted = [(document, kind) for document in documents for kind in KINDS]
    for at, (document, kind) in enumerate(wanted):
        name = file_name(document, kind, place(document.lang))

        def told(what: str, part: float, at: int = at, name: str = name) -> None:
            step(name, (at + part) / len(wanted))

        told(name, 0.0)
        yield name, kind, render(document, kind, house=house if kind == "pptx" else None, step=told)


def zipped(files: Iterator[tuple[str, str, bytes]], keep: Keep) -> bytes:
    """The files in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, kind, content in files:
            keep(content, kind)
            archive.writestr(name, content)
    return out.getvalue()
