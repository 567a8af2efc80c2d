"""A workbook's zip and the XML in it, opened so that no bomb, entity, lock or tear in them does harm."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from xinfo.errors import InputError
from xinfo.intake.files.unread import check_bytes, unread

Attributes = dict[str, str]
_BLOCK = 1 << 16
_OTHERS = (
    # a part that tells what a zip without a workbook is
    ("xl/workbook.bin", "this is a binary workbook (.xlsb)"),
    ("content.xml", "this is an OpenDocument file (.ods)"),
    ("word/document.xml", "this is a Word document"),
    ("ppt/presentation.xml", "this is a presentation"),
)


@dataclass(frozen=True)
class Sheet:
    name: str
    part: str
    """Where its XML is in the zip."""
    hidden: bool


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The workbook's zip. Raises InputError where it is broken, locked, too large unpacked, or holds no workbook."""
    try:
        with zipfile.ZipFile(path) as package:
            _check(path.name, package)
            yield package
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError) as error:
        raise InputError(
            f"{path.name}: the file is damaged or was cut ({error}); open it in Excel and save it anew"
        ) from error


def _check(name: str, package: zipfile.ZipFile) -> None:
    parts = {part.filename: part for part in package.infolist()}
    if twice := _twice(posixpath.normpath(f"/{part.filename}").lower() for part in package.infolist()):
        raise unread(name, "part_twice", part=twice.lstrip("/"))
    if any(part.flag_bits & 1 for part in parts.values()):
        raise InputError(f"{name}: the file is protected with a password; unlock it first")
    check_bytes(name, sum(part.file_size for part in parts.values()))
    if "xl/workbook.xml" not in parts:
        what = next((words for part, words in _OTHERS if part in parts), "this is a zip without a workbook in it")
        raise InputError(f"{name}: {what}; open it in Excel and save it as .xlsx")
    for part in parts:
        if part.startswith("xl/") and "media/" not in part and not part.startswith("xl/worksheets/"):
            with package.open(part) as file:
                while file.read(1 << 20):  # to the end, where its checksum is compared
                    pass


def _twice(names: Iterable[str]) -> str | None:
    """The first name that comes again."""
    seen: set[str] = set()
    for one in names:
        if one in seen:
            return one
        seen.add(one)
    return None


def feed(package: zipfile.ZipFile, part: str, parser: expat.XMLParserType) -> None:
    """Runs a whole part through the parser. Raises InputError where it is no XML, or defines entities."""
    name = Path(package.filename or "").name

    def refuse(*_: object) -> None:
        raise InputError(f"{name}: the workbook defines XML entities, which no spreadsheet program writes")

    parser.StartDoctypeDeclHandler = refuse
    try:
        with package.open(part) as file:
            while block := file.read(_BLOCK):
                parser.Parse(block, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, KeyError) as error:
        raise InputError(f"{name}: the workbook is damaged: {part}: {error}") from error


def each_element(package: zipfile.ZipFile, part: str, start: Callable[[str, Attributes], object]) -> None:
    """Calls `start` with the local name and the attributes of each element of a part, in their order."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    feed(package, part, parser)


def local(name: str) -> str:
    """A name without its namespace's prefix."""
    return name.rpartition(":")[2]


def sheets(package: zipfile.ZipFile) -> tuple[Sheet, ...]:
    """The workbook's sheets of cells in its order; chart sheets are left out."""
    listed: list[tuple[str, str, bool]] = []
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if local(key) == "id"), "")
            listed.append((attributes.get("name", ""), relation, attributes.get("state", "visible") != "visible"))

    def relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", attributes["Target"]))[1:]

    each_element(package, "xl/workbook.xml", sheet)
    each_element(package, "xl/_rels/workbook.xml.rels", relation)
    if twice := _twice(name.lower() for name, *_ in listed):
        raise unread(Path(package.filename or "").name, "sheet_twice", sheet=twice)
    parts = {part.lower(): part for part in package.namelist()}
    return tuple(
        Sheet(name, parts.get(targets[key].lower(), targets[key]), hidden)
        for name, key, hidden in listed
        if key in targets
    )
