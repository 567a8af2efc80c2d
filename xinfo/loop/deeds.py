"""The log of deeds as a file for spreadsheets. Reads no log itself."""

from __future__ import annotations

import json
from collections.abc import Iterable

from xinfo.answer.cells import csv_of
from xinfo.audit.entry import Entry

COLUMNS = ("number", "at", "who", "did", "what", "store", "hash")


def to_csv(entries: Iterable[Entry]) -> bytes:
    """A deed a row."""
    forms = (
        {**vars(entry), "hash": entry.hash, "what": json.dumps(dict(entry.what), ensure_ascii=False)}
        for entry in entries
    )
    return csv_of([COLUMNS, *([form[name] for name in COLUMNS] for form in forms)])
