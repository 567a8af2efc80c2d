"""Why a file is not read, in words that every language has."""

from __future__ import annotations

from xinfo.errors import Unread
from xinfo.language.texts import text


def unread(file: str, kind: str, **values: str) -> Unread:
    """The error for a file; `kind` is a text under `intake.unread`."""
    return Unread(f"{file}: {text(f'intake.unread.{kind}', 'en', **values)}", kind, values)
