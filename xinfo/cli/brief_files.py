"""Files of a document, by `xinfo brief`: which ones a place to write to asks for, and writing them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xinfo.cli.console import say
from xinfo.cli.stores import named, record
from xinfo.errors import InputError

if TYPE_CHECKING:
    from xinfo.ask import Workspace
    from xinfo.briefing.document import Document

KINDS_OF_OUT = ".pdf, .docx, .pptx, .html or .xlsx, or a folder for all of them"


def at(path: Path, document: Document, workspace: Workspace) -> list[Path]:
    """The file; of a folder every format in it, named by what it says."""
    from xinfo.briefing.files import KINDS
    from xinfo.briefing.names import file_name

    if not path.is_dir():
        return [path]
    place = workspace.catalog.places.get(document.place)
    return [path / file_name(document, kind, place.name(document.lang) if place else "") for kind in KINDS]


def write(
    document: Document, paths: list[Path], arguments: argparse.Namespace, tell: Callable[[str, float], None]
) -> None:
    """The files, in the log too."""
    for at, path in enumerate(paths):
        _write(document, path, arguments, partial(_step, tell, at, len(paths)))
    about = {"briefing": document.briefing, "number": document.number, "lang": document.lang}
    record(arguments, "export", document.store, **about, files=[path.name for path in paths])
    for path in paths:
        say(f"{path}: {document.title}, {len(document.figures)} figures")


def _step(tell: Callable[[str, float], None], at: int, files: int, what: str, part: float) -> None:
    tell(what, (at + part) / files)


def _write(document: Document, path: Path, arguments: argparse.Namespace, step: Callable[[str, float], None]) -> None:
    """The file; what it says is kept beside the store."""
    from xinfo.briefing.check.kept import keep
    from xinfo.briefing.files import kind_of, render
    from xinfo.briefing.saved import folder

    content = render(document, kind_of(path), house=arguments.house, step=step)
    keep(folder(named(arguments)), content, kind_of(path))
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"{path} could not be written: {error.strerror}") from error
