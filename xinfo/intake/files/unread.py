"""Why a file is not read, in words that every language has, and how large one may be that is held as a grid.

Larger ones go in the import format, which is streamed.
"""

from __future__ import annotations

from xinfo.errors import InputError, Unread
from xinfo.language.texts import text


def unread(file: str, kind: str, **values: str) -> Unread:
    """The error for a file; `kind` is a text under `intake.unread`."""
    return Unread(f"{file}: {text(f'intake.unread.{kind}', 'en', **values)}", kind, values)


MOST_CELLS = 12_000_000
"""A full sheet of a million rows and eleven columns; about 1.5 GB while it is read."""
MOST_BYTES = 1 << 30
"""Of a text file, or of a workbook's parts once unpacked."""


def check_cells(name: str, cells: int) -> None:
    """Raises InputError where a table has more cells than are held at once."""
    if cells > MOST_CELLS:
        raise InputError(
            f"{name}: {cells:,} cells are too many for one file of this kind (at most {MOST_CELLS:,}); "
            "split it, or give it as CSV in the import format"
        )


def check_bytes(name: str, size: int) -> None:
    """Raises InputError where a file, unpacked, is too large to be held."""
    if size > MOST_BYTES:
        raise InputError(
            f"{name}: the file is too large: {size / (1 << 20):,.0f} MB of content (at most {MOST_BYTES >> 20:,} MB)"
        )
