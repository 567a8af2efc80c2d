"""Small files that take a lot to read, made in a folder."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from pptx import Presentation

MEGABYTE = 1 << 20
EVERYWHERE = b"".join(
    b'<row r="%d"><c r="A%d"><f t="array" ref="A%d:CV%d">1</f><v>1</v></c></row>'
    % (row, row, row * 10_000, row * 10_000 + 9_999)
    for row in range(1, 100)
)
MEDIA = "ppt/media/image1.png"


def array_formulas(path: Path) -> Path:
    """A workbook of a few KB with array formulas over a hundred million cells."""
    Workbook().save(path)
    return _with(path, EVERYWHERE + b"</sheetData>")


def merged(path: Path, areas: Sequence[str]) -> Path:
    """A workbook of one figure with merged areas."""
    book = Workbook()
    book.active.append(["城市", "2014年GDP（亿元）"])
    book.active.append(["西宁市", 1065.8])
    book.save(path)
    each = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return _with(path, f"</sheetData><mergeCells>{each}</mergeCells>".encode())


def _with(path: Path, end: bytes) -> Path:
    """The workbook with something else at the end of its cells."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", end)
    assert end in parts[sheet]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def heavy_slides(path: Path, megabytes: int = 3_000) -> Path:
    """A presentation of a few MB with a part that unpacks to gigabytes of zeros, and says that it is one megabyte."""
    Presentation().save(str(path))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as package:
        with package.open(MEDIA, "w") as part:
            part.write(_zeros(megabytes))
        packed = package.getinfo(MEDIA)
        packed.compress_type, packed.file_size = zipfile.ZIP_DEFLATED, megabytes * MEGABYTE
    return path


def _zeros(megabytes: int) -> bytes:
    """So many megabytes of zeros, deflated: one that is repeated."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = deflate.compress(bytes(MEGABYTE)) + deflate.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + deflate.flush()
