"""A text file of any size into UTF-8 with commas, a piece at a time. Rows are passed on as they stand."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import TextIO

from xinfo.errors import InputError
from xinfo.intake.files.delimited import delimiter_of
from xinfo.intake.files.encoding import CHUNK, encoding_of, opened


def as_utf8(path: Path, folder: Path) -> Path:
    """The file itself where it is UTF-8 with commas already, else a copy of the same name in `folder` that is.

    Raises InputError where the file is in no encoding, was cut, or has a cell without end.
    """
    encoding = encoding_of(path)
    with opened(path, encoding) as text:
        delimiter, start = delimiter_of(text.read(CHUNK))
    if encoding.codec == "utf-8" and delimiter == "," and not start:
        return path
    copy = folder / path.name
    with opened(path, encoding) as text, copy.open("w", encoding="utf-8", newline="") as target:
        text.read(start)
        if delimiter == ",":
            shutil.copyfileobj(text, target, CHUNK)
        else:
            _parted_by_commas(path.name, text, delimiter, target)
    return copy


def _parted_by_commas(name: str, text: TextIO, delimiter: str, target: TextIO) -> None:
    reader = csv.reader(text, delimiter=delimiter)
    try:
        csv.writer(target, lineterminator="\n").writerows(reader)
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num}: {error}; is a quote missing?") from error
