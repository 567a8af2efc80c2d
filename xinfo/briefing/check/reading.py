"""A briefing's file read back: the seal in it, and all that it says now. Judges nothing.

Files come from outside: what cannot be read ends as an InputError, whatever a library makes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from xinfo.briefing.check.carried import enclosed
from xinfo.briefing.check.flow import Flow
from xinfo.briefing.check.package import Package
from xinfo.briefing.check.said import Said, Unit
from xinfo.briefing.check.seal import PASSPORT
from xinfo.errors import InputError

LARGEST = 60_000_000
"""Bytes of a file."""
FLOWS = frozenset(("text", "row", "note", "edge"))
"""Kinds of units that are found again in printed text."""


@dataclass(frozen=True)
class Returned:
    """A file that came back."""

    kind: str
    seal: str
    """The text of its seal; empty where it has none."""
    units: Said
    """All that it says; of a PDF only what stands beside its text."""
    pages: tuple[str, ...] = ()
    """The text of a PDF, which has no units of its own."""
    keywords: str = ""
    """Of a PDF: those of the file that it was printed from."""

    def said(self, known: Sequence[Unit], edges: Sequence[Unit] = ()) -> Said:
        """All that it says, where `known` is what it may say, and `edges` what every page may."""
        if not self.pages:
            return self.units
        found = Flow(self.pages).cut([*(one for one in known if one.kind in FLOWS), *(tuple(edges) * len(self.pages))])
        return (*found, *self.units)

    @property
    def text(self) -> str:
        """All its text."""
        return "\n".join(self.pages or [one.text for one in self.units])


def read_back(content: bytes, kind: str) -> Returned:
    """The file as it is. Raises InputError where it cannot be read."""
    if len(content) > LARGEST:
        raise InputError("the file is too large to be a briefing", f"at most {LARGEST // 1_000_000} MB")
    try:
        return READERS[kind](content)
    except InputError:
        raise
    # The libraries raise whatever comes up: zipfile, lxml, KeyError, ValueError.
    except Exception as error:
        raise InputError(
            f"this cannot be read as a {kind.upper()} file: it is damaged or of another kind ({type(error).__name__})"
        ) from error


def _docx(content: bytes) -> Returned:
    from xinfo.briefing.check.docx import units

    package = Package(content)
    return Returned("docx", enclosed(package.parts), units(package))


def _pptx(content: bytes) -> Returned:
    from xinfo.briefing.check.pptx import units

    package = Package(content)
    return Returned("pptx", enclosed(package.parts), units(package))


def _xlsx(content: bytes) -> Returned:
    from xinfo.briefing.check.xlsx import opened, units

    package = Package(content)
    book = opened(content)
    pieces = book[PASSPORT].iter_rows(max_col=1, values_only=True) if PASSPORT in book.sheetnames else ()
    seal = "".join(str(line[0]) for line in pieces if line[0] is not None)
    return Returned("xlsx", seal, units(book, package))


def _html(content: bytes) -> Returned:
    from xinfo.briefing.check.html import parsed, seal, units

    root = parsed(content)
    return Returned("html", seal(root), units(root))


def _pdf(content: bytes) -> Returned:
    from xinfo.briefing.check.pdf import beside, pages, parsed, seal

    reader = parsed(content)
    keywords = str(reader.metadata.get("/Keywords") or "") if reader.metadata else ""
    return Returned("pdf", seal(reader), tuple(beside(reader)), tuple(pages(reader)) or ("",), keywords)


READERS: Mapping[str, Callable[[bytes], Returned]] = {
    "docx": _docx,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "html": _html,
}
