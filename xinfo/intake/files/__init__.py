"""A file of any kind into grids. The first bytes say what a file is, never its name. What cells mean is not asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xinfo.errors import InputError
from xinfo.intake.files.columnar import read_parquet
from xinfo.intake.files.delimited import read_delimited
from xinfo.intake.files.recoded import as_utf8, mixed_ends
from xinfo.intake.files.workbook import read_workbook
from xinfo.intake.grid import Grid

__all__ = ["as_utf8", "mixed_ends", "read"]

_EXCEL = "open it in Excel and save it as .xlsx"
_NO_TABLE = (
    # first bytes of files that hold no table xinfo reads, and what to say
    (b"\x89PNG", "this is a picture, not a table"),
    (b"\xff\xd8\xff", "this is a picture, not a table"),
    (b"GIF8", "this is a picture, not a table"),
    (b"%PDF", "this is a PDF, not a table; copy its table into Excel and save that as .xlsx"),
    (b"{\\rtf", "this is a text document, not a table"),
    (b"PARE", "this is a Parquet file locked with a key"),
    (b"\x1f\x8b", "this is a packed file; unpack it first"),
    (b"7z\xbc\xaf", "this is a packed file; unpack it first"),
    (b"Rar!", "this is a packed file; unpack it first"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<div", b"<meta")


def read(path: Path) -> tuple[Grid, ...]:
    """Every sheet of a file that holds any cell, in the file's order.

    Raises InputError where the file is none of the kinds xinfo reads, or damaged, empty, locked or too large.
    """
    try:
        with path.open("rb") as file:
            start = file.read(1024)
        if not start.strip(b"\0"):
            raise InputError(f"{path.name}: the file is empty" + " but for zero bytes" * bool(start))
        return _reader(path, start)(path)
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read: {error.strerror or error}") from error


def _reader(path: Path, start: bytes) -> Callable[[Path], tuple[Grid, ...]]:
    """What reads a file that begins like this; InputError where nothing does."""
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return read_workbook
    if start.startswith(b"PAR1"):
        return read_parquet
    if start.startswith(_OLE):
        raise InputError(f"{path.name}: {_old_or_locked(path)}")
    for signature, words in _NO_TABLE:
        if start.startswith(signature):
            raise InputError(f"{path.name}: {words}")
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        raise InputError(f"{path.name}: this is a web page or XML, whatever its name; {_EXCEL}")
    return read_delimited


def _old_or_locked(path: Path) -> str:
    """What an OLE file is: Excel keeps protected workbooks in one, and old workbooks are one."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "the workbook is protected with a password; open it, save it without one, and load that"
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return f"this is a workbook of Excel 97 to 2003 (.xls); {_EXCEL}"
    return f"this is an old Office document, not a table; {_EXCEL}"
