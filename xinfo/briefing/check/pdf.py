"""What a PDF says: the text of its pages as it flows, what was drawn on them, what was stuck onto them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from xinfo.briefing.check.said import Unit, plain, texts
from xinfo.briefing.check.seal import PASSPORT

TEXT = re.compile(rb"\bBT\b.*?\bET\b", re.DOTALL)
PATHS = frozenset((b"m", b"l", b"c", b"v", b"y", b"h", b"re"))
PAINTS = frozenset((b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh", b"Do", b"EI"))
CLIPS = b"n"
COLORS = frozenset((b"scn", b"SCN", b"sc", b"SC", b"rg", b"RG", b"g", b"G", b"k", b"K"))
NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)")
LINKS = ("/Link", "/Popup")
DEEP = 6
"""Drawings within drawings."""


def parsed(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def seal(reader: PdfReader) -> str:
    """The text of the attachment that holds the seal; empty for none."""
    held = reader.attachments.get(f"{PASSPORT}.json")
    return held[0].decode("utf-8", "replace") if held else ""


def pages(reader: PdfReader) -> list[str]:
    """The text of each page, its lines as they were found."""
    return [page.extract_text() for page in reader.pages]


def beside(reader: PdfReader) -> Iterator[Unit]:
    """What is on the pages besides text: drawings as they are, notes, fields and stamps, what is cut off."""
    yield Unit("drawing", _drawn(reader))
    for number, page in enumerate(reader.pages, 1):
        where = f"{number}"
        for one in page.get("/Annots") or ():
            note = one.get_object()
            if note.get("/Subtype") not in LINKS:
                yield Unit("comment", plain(f"{note.get('/Subtype')} {note.get('/Contents') or ''}"), where)
        whole, cut = page.mediabox, page.cropbox
        if [round(float(side)) for side in whole] != [round(float(side)) for side in cut] or page.rotation:
            yield from texts("hiding", f"{cut} {page.rotation}", where)


def _drawn(reader: PdfReader) -> str:
    """The hash of all shapes and pictures, wherever they stand: text that grows moves what is below it."""
    found = set[bytes]()
    for page in reader.pages:
        contents = page.get_contents()
        found |= set(_shapes(contents.get_data() if contents is not None else b""))
        for inside in _inside(page.get("/Resources"), 0):
            found |= set(_shapes(inside)) | {sha256(inside).digest()}
    return sha256(b"\n".join(sorted(found))).hexdigest()[:24]


def _shapes(data: bytes) -> Iterator[bytes]:
    """Every shape that is painted, with its colour, in its own frame."""
    path, numbers, color = list[bytes](), list[bytes](), b""
    for token in TEXT.sub(b" ", data).replace(b"/", b" /").split():
        if token in PATHS:
            path += [*numbers, token]
        elif token in COLORS:
            color = b" ".join([*numbers, token])
        elif token in PAINTS:
            yield b" ".join([color, *path, *numbers, token])
            path = []
        elif token == CLIPS:  # What it leaves to be seen is cut in the frame of the page.
            yield b" ".join([*_from_its_corner(path), token])
            path = []
        elif token[:1] in b"+-.0123456789/":
            numbers.append(token)
            continue
        numbers = []


def _from_its_corner(path: Sequence[bytes]) -> Iterator[bytes]:
    """A path as if it began at the corner of the page."""
    corner, at = list[float](), 0
    for token in path:
        if not NUMBER.fullmatch(token):
            yield token
            continue
        value = float(token)
        corner += [value] if at < 2 else []
        yield f"{round(value - corner[at % 2], 1) + 0.0:.1f}".encode()
        at += 1


def _inside(resources: Any, deep: int) -> Iterator[bytes]:
    """The data of the pictures and drawings that a page uses."""
    held = resources.get_object() if resources is not None else None
    drawings = held["/XObject"].get_object() if isinstance(held, DictionaryObject) and "/XObject" in held else None
    for _, named in sorted(drawings.items()) if isinstance(drawings, DictionaryObject) else ():
        one = named.get_object()
        if isinstance(one, StreamObject):
            yield one.get_data()
            if deep < DEEP:
                yield from _inside(one.get("/Resources"), deep + 1)
