"""The log of deeds as a file for spreadsheets. Reads no log itself."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from xinfo.answer.cells import guarded
from xinfo.audit.entry import Entry

COLUMNS = ("number", "at", "who", "did", "what", "store", "hash")


def to_csv(entries: Iterable[Entry]) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read Chinese; no cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in entries:
        form = {**vars(entry), "hash": entry.hash, "what": json.dumps(dict(entry.what), ensure_ascii=False)}
        writer.writerow([guarded(form[name]) for name in COLUMNS])
    return out.getvalue().encode("utf-8-sig")
