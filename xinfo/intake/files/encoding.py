"""Which encoding a text file is in, proven on the whole file and never guessed. Opens files, reads no cells."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from xinfo.errors import InputError

CHUNK = 1 << 20
_MARKS = (
    # byte order marks, longest first
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)


@dataclass(frozen=True)
class Encoding:
    codec: str
    name: str
    """For people: 'GBK (GB18030)'."""
    skip: int = 0
    """How many bytes of a byte order mark come before the text."""


_UTF8 = Encoding("utf-8", "UTF-8")
_GBK = Encoding("gb18030", "GBK (GB18030)")


def encoding_of(path: Path) -> Encoding:
    """The encoding in which every byte of the file makes sense.

    Raises InputError where there is none, or where the file is mostly UTF-8 with bytes that are not.
    """
    with path.open("rb") as file:
        start = file.read(1 << 16)
    for mark, codec, name in _MARKS:
        if start.startswith(mark):
            return _proven(path, Encoding(codec, name, len(mark)))
    if wide := _wide(start):
        return _proven(path, Encoding(wide, "UTF-16 (no BOM)"))
    problem = _first_wrong(path, "utf-8")
    if problem is None:
        return _GBK if _few_strange_letters(path) and _first_wrong(path, _GBK.codec) is None else _UTF8
    if _mostly_utf8(path, problem):
        raise InputError(f"{path.name}: byte {problem + 1:,} is not UTF-8, though most of the file is; save it anew")
    other = _first_wrong(path, _GBK.codec)
    if other is not None or not _common(path):
        raise InputError(
            f"{path.name}: neither UTF-8 nor GBK nor UTF-16 text (byte {(other or problem) + 1:,}); "
            "expected a table, saved for instance as 'CSV UTF-8'"
        )
    return _GBK


def opened(path: Path, encoding: Encoding) -> TextIOWrapper:
    """The file's text behind its byte order mark, line ends as they are."""
    file = path.open("rb")
    file.seek(encoding.skip)
    return TextIOWrapper(file, encoding.codec, newline="")


def _proven(path: Path, encoding: Encoding) -> Encoding:
    """The encoding, where the whole file is in it."""
    problem = _first_wrong(path, encoding.codec, encoding.skip)
    if problem is not None:
        raise InputError(f"{path.name}: byte {problem + 1:,} is not {encoding.name}, which the file begins as")
    return encoding


def _first_wrong(path: Path, codec: str, skip: int = 0) -> int | None:
    """The first byte that is not in the encoding. Raises InputError where the file ends within a character."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    with path.open("rb") as file:
        file.seek(skip)
        while piece := file.read(CHUNK):
            begin = file.tell() - len(piece) - len(decoder.getstate()[0])
            try:
                decoder.decode(piece)
            except UnicodeDecodeError as error:
                return begin + error.start
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name}: the file was cut: it ends in the middle of a character") from error
    return None


def _wide(start: bytes) -> str | None:
    """UTF-16 by its zero bytes: digits, delimiters and line ends have them all on one side."""
    units = len(start) // 2
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) < 3 or max(even, odd) * 10 < units or min(even, odd) * 10 > max(even, odd):
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    text = start[: units * 2].decode(codec, "replace")
    return codec if sum(map(text.count, ",;|\t\n\r0123456789")) * 20 > len(text) else None


def _mostly_utf8(path: Path, problem: int) -> bool:
    """Whether Chinese in UTF-8 stands around the first wrong byte: GBK text read as UTF-8 has next to none."""
    with path.open("rb") as file:
        file.seek(max(0, problem - CHUNK // 2))
        text = file.read(CHUNK).decode("utf-8", "replace")
    return len(re.findall("[㐀-鿿]", text)) > text.count("\ufffd")


def _few_strange_letters(path: Path) -> bool:
    """Whether the file is plain but for a few letters that no Chinese table has.

    A single 元 in GBK is a valid letter in UTF-8; by chance that happens to one character in eight, never to many.
    """
    with path.open("rb") as file:
        special = {letter for letter in file.read(CHUNK).decode("utf-8", "ignore") if not letter.isascii()}
    return 0 < len(special) <= 6 and max(special) < "\u0800" and any(letter > "\u024f" for letter in special)


def _common(path: Path) -> bool:
    """Whether the file's first Chinese, read as GBK, is mostly of characters in everyday use."""
    with path.open("rb") as file:
        text = file.read(CHUNK).decode("gb18030", "ignore")
    special = [character for character in text if not character.isascii()][:5000]
    everyday = sum(1 for character in special if character.encode("gb2312", "ignore"))
    return everyday * 2 >= len(special)
