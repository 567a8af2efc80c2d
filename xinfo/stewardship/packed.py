"""Templates of one's own packed into one file and taken out of it again: to hand them on, many at once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from xinfo.errors import InputError

LARGEST = 10_000_000
"""Bytes of everything that is taken out."""
MOST = 5000
LONGEST = 500_000
"""Bytes of one file."""
MADE = (1980, 1, 1, 0, 0, 0)
"""One and the same time for every file: the same templates make the same archive."""


def packed(texts: Mapping[str, str]) -> bytes:
    """A ZIP archive with `ID.yaml` for each."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for template_id, text in sorted(texts.items()):
            archive.writestr(zipfile.ZipInfo(f"{template_id}.yaml", MADE), text.encode("utf-8"))
    return out.getvalue()


def unpacked(content: bytes, name: str) -> dict[str, str]:
    """Texts by the name of their file: of an archive, or the one that it is. Raises InputError where it is neither."""
    if not content.startswith(b"PK"):
        return {name: _text(content, name)}
    found: dict[str, str] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [one for one in archive.infolist() if one.filename.endswith((".yaml", ".yml"))]
            if len(inside) > MOST or sum(one.file_size for one in inside) > LARGEST:
                raise InputError(f"{name} holds too much", f"at most {MOST} templates of {LARGEST:,} bytes together")
            for one in inside:
                with archive.open(one) as file:
                    # What an archive says of its sizes need not be so.
                    found[f"{name}/{one.filename}"] = _text(file.read(LONGEST + 1), one.filename)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise InputError(f"{name}: the archive cannot be read: {error}") from error
    if not found:
        raise InputError(f"{name} holds no .yaml files")
    return found


def _text(content: bytes, name: str) -> str:
    if len(content) > LONGEST:
        raise InputError(f"{name} is too long for a template", f"at most {LONGEST:,} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not in UTF-8: {error.reason}") from error
