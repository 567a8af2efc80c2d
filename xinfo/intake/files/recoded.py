"""A text file of any size into UTF-8 with commas, a piece at a time. Rows are passed on as they stand."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path
from typing import TextIO

from xinfo.errors import InputError
from xinfo.intake.files.delimited import delimiter_of
from xinfo.intake.files.encoding import CHUNK, Encoding, encoding_of, opened


def as_utf8(path: Path, folder: Path) -> Path:
    """The file itself where it is UTF-8 with commas already, else a copy of the same name in `folder` that is.

    Lines that end in several ways end in one way there: see `mixed_ends`.
    Raises InputError where the file is in no encoding, was cut, or has a cell without end.
    """
    encoding = encoding_of(path)
    with opened(path, encoding) as text:
        delimiter, start = delimiter_of(text.read(CHUNK))
    mixed = len(_ends(path, encoding)) > 1
    if encoding.codec == "utf-8" and delimiter == "," and not (start or mixed):
        return path
    copy = folder / path.name
    with opened(path, encoding) as text, copy.open("w", encoding="utf-8", newline="") as target:
        text.read(start)
        if delimiter == "," and not mixed:
            shutil.copyfileobj(text, target, CHUNK)
        else:
            _parted_by_commas(path.name, text, delimiter, target)
    return copy


def mixed_ends(path: Path) -> bool:
    """Whether a text's lines end in several ways, as where two files were put together. Raises InputError."""
    return len(_ends(path, encoding_of(path))) > 1


def _ends(path: Path, encoding: Encoding) -> set[str]:
    """The ways in which lines end, outside quotes: CR and LF together, or one of them alone."""
    found: Counter[str] = Counter()
    with opened(path, encoding) as text:
        left, quoted = "", 0
        while piece := text.read(CHUNK):
            piece = left + piece
            left = "\r" if piece.endswith("\r") else ""
            parts = piece.removesuffix(left).split('"')
            piece, quoted = "\0".join(parts[quoted::2]), (quoted + len(parts) - 1) % 2
            both = piece.count("\r\n")
            found += Counter({"both": both, "\n": piece.count("\n") - both, "\r": piece.count("\r") - both})
        return set(found + Counter({"\r": len(left)}))


def _parted_by_commas(name: str, text: TextIO, delimiter: str, target: TextIO) -> None:
    reader = csv.reader(text, delimiter=delimiter)
    try:
        csv.writer(target, lineterminator="\n").writerows(reader)
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num}: {error}; is a quote missing?") from error
