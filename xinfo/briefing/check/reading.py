"""A briefing's file read back: the document it was made from, and the text that stands in it now. Judges nothing.

Files come from outside: what is no file of a briefing ends as an InputError, whatever a library makes of it.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from xinfo.briefing.document import Document
from xinfo.briefing.files.carried import passport
from xinfo.briefing.files.look import GOES_ON, NAMESPACE, PASSPORT
from xinfo.briefing.form import from_form
from xinfo.errors import InputError

LARGEST = 60_000_000
"""Bytes of a file, and of what is packed into it."""


@dataclass(frozen=True)
class Returned:
    """A file that came back."""

    document: Document
    """What it was made from, by the passport inside."""
    texts: tuple[str, ...]
    """Its paragraphs, rows of tables and cells, in order."""
    keyed: Mapping[int, str] = field(default_factory=dict)
    """What stands now under the marks of figures, by their number in the order of the document."""
    drawn: Mapping[str, tuple[tuple[float | None, ...], ...]] = field(default_factory=dict)
    """The values of native charts, by exhibit."""
    flowing: bool = False
    """Whether paragraphs are broken into lines anywhere, as on a printed page."""


def read_back(content: bytes, kind: str) -> Returned:
    """The file's document and its text. Raises InputError where it is none, or carries no passports."""
    if len(content) > LARGEST:
        raise InputError("the file is too large to be a briefing", f"at most {LARGEST // 1_000_000} MB")
    if kind in ("docx", "pptx", "xlsx"):
        _require_small(content)
    try:
        return READERS[kind](content)
    except InputError:
        raise
    # The libraries raise whatever comes up: zipfile, lxml, KeyError, ValueError.
    except Exception as error:
        raise InputError(f"this cannot be read as a {kind.upper()} file: {type(error).__name__}") from error


def _require_small(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            size = sum(part.file_size for part in package.infolist())
    except zipfile.BadZipFile as error:
        raise InputError("this is no file of an office program") from error
    if size > LARGEST * 3:
        raise InputError("the file unpacks to more than a briefing can be")


def _document(said: str) -> Document:
    try:
        return from_form(json.loads(said))
    except (ValueError, RecursionError) as error:
        raise InputError("the passports inside the file are damaged") from error


def _passport(parts: Iterable[bytes], carried: str = "") -> Document:
    """The document in the part that holds it, else in what custom properties carry."""
    mark = NAMESPACE.encode()
    for blob in parts:
        if mark in blob[:400]:
            return _document(_unescaped(blob.decode("utf-8")))
    if carried:
        return _document(carried)
    raise InputError("the file carries no passports", "a file that xinfo has written, saved in the same format")


def _unescaped(xml: str) -> str:
    said = re.sub(r"^.*?<passport[^>]*>|</passport>\s*$", "", xml, flags=re.DOTALL)
    return said.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def _docx(content: bytes) -> Returned:
    from docx import Document as open_word

    word = open_word(io.BytesIO(content))
    document = _passport(part.blob for part in word.part.package.iter_parts() if "customXml" in str(part.partname))
    texts: list[str] = []
    keyed: dict[int, str] = {}
    for element in word.element.body.iterchildren():
        if element.tag.endswith("}tbl"):
            for row in element.iter(f"{W}tr"):
                cells = ["".join(_word_text(p, keyed) for p in cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc")]
                texts.append(" ".join(cells))
        else:
            texts += [_word_text(p, keyed) for p in element.iter(f"{W}p")]
    return Returned(document, tuple(texts), keyed)


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _word_text(paragraph: Any, keyed: dict[int, str]) -> str:
    """A paragraph's text with what was inserted and without what was struck out; figures by their bookmarks."""
    said, opened = "", dict[str, tuple[int, int]]()
    for element in paragraph.iter():
        if element.tag == f"{W}t":
            said += element.text or ""
        elif element.tag == f"{W}bookmarkStart" and re.fullmatch(r"xf\d+", element.get(f"{W}name") or ""):
            opened[element.get(f"{W}id")] = (int(element.get(f"{W}name")[2:]), len(said))
        elif element.tag == f"{W}bookmarkEnd" and element.get(f"{W}id") in opened:
            number, start = opened.pop(element.get(f"{W}id"))
            keyed[number] = said[start:]
    return said


def _pptx(content: bytes) -> Returned:
    from pptx import Presentation

    deck = Presentation(io.BytesIO(content))
    parts = list(deck.part.package.iter_parts())
    carried = next((passport(part.blob) for part in parts if part.partname == "/docProps/custom.xml"), "")
    document = _passport((part.blob for part in parts if "customXml" in str(part.partname)), carried)
    texts: list[str] = []
    drawn = {}
    for slide, shape in ((one, shape) for one in deck.slides for shape in one.shapes):
        if shape.has_text_frame:
            if shape.name.startswith(GOES_ON) and slide.shapes.title:
                texts.append(f"{slide.shapes.title.text} {shape.text_frame.paragraphs[0].text}")
            texts += [paragraph.text for paragraph in shape.text_frame.paragraphs]
        elif getattr(shape, "has_table", False) and shape.has_table:
            texts += [" ".join(cell.text for cell in row.cells) for row in shape.table.rows]
        elif getattr(shape, "has_chart", False) and shape.has_chart and shape.name.startswith("chart:"):
            series = [tuple(one.values) for plot in shape.chart.plots for one in plot.series]
            drawn[shape.name.removeprefix("chart:")] = tuple(series)
    return Returned(document, tuple(texts), drawn=drawn)


def _xlsx(content: bytes) -> Returned:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    if PASSPORT not in book.sheetnames:
        raise InputError("the file carries no passports", "a file that xinfo has written, saved in the same format")
    pieces = [str(row[0]) for row in book[PASSPORT].iter_rows(max_col=1, values_only=True) if row[0] is not None]
    document = _document("".join(pieces))
    keyed = {}
    for name, defined in book.defined_names.items():
        if found := re.fullmatch(r"xf_(\d+)", name):
            for sheet, where in defined.destinations:
                value = book[sheet][where.replace("$", "")].value
                keyed[int(found[1])] = "" if value is None else str(value)
    first = book.worksheets[0]
    texts = [str(row[0]) for row in first.iter_rows(max_col=1, values_only=True) if row[0] is not None]
    return Returned(document, tuple(texts), keyed)


def _pdf(content: bytes) -> Returned:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    attached = reader.attachments.get(f"{PASSPORT}.json")
    if not attached:
        raise InputError("the file carries no passports", "a PDF that xinfo has written")
    document = _document(attached[0].decode("utf-8"))
    return Returned(document, tuple(page.extract_text() for page in reader.pages), flowing=True)


def _html(content: bytes) -> Returned:
    page = _Page()
    page.feed(content.decode("utf-8", "replace"))
    if not page.passport:
        raise InputError("the file carries no passports", "a page that xinfo has written")
    return Returned(_document(page.passport), tuple(page.texts), dict(enumerate(page.figures, 1)))


class _Page(HTMLParser):
    """The text of a page by its blocks, what stands in figures, and the passport."""

    def __init__(self) -> None:
        super().__init__()
        self.passport = ""
        self.texts: list[str] = []
        self.figures: list[str] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "style", "svg", "sup"):
            self._open = PASSPORT if given.get("id") == PASSPORT else tag
        elif tag == "data" and given.get("data-figure"):
            self.figures.append("")
            self._open = "data"
        elif tag in ("p", "h1", "h2", "li", "tr", "figcaption"):
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "svg", "sup", "data"):
            self._open = ""
        elif tag in ("td", "th") and self.texts:
            self.texts[-1] += " "

    def handle_data(self, data: str) -> None:
        if self._open == PASSPORT:
            self.passport += data
        elif self._open in ("", "data") and self.texts:
            self.texts[-1] += data
            if self._open == "data":
                self.figures[-1] += data


READERS: Mapping[str, Callable[[bytes], Returned]] = {
    "docx": _docx,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "html": _html,
}
