"""A PDF that was printed from a file of another kind: its text beside what that file said. Charts are words only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from xinfo.briefing.check.differences import Difference, differences
from xinfo.briefing.check.flow import Flow
from xinfo.briefing.check.reading import Returned
from xinfo.briefing.check.said import CELL, NOTE, Said, Unit
from xinfo.briefing.check.seal import Seal

WORDS = ("categories", "series", "title", "label")
"""Kinds whose words stand in a printed chart."""
UNPRINTED = {"pptx": ("note",), "xlsx": (), "docx": (), "html": ("note",), "pdf": ()}
COUNTED = re.compile(r"(?:[\d.,%\s·/–-]|page|of|第|页|，|共|\b[QH][1-4]\b)*", re.IGNORECASE)
"""Numbers of pages, of notes and along axes."""


def compared(
    returned: Returned, seal: Seal, places: Collection[str], truths: Sequence[float]
) -> tuple[Difference, ...]:
    """All that the printed text says otherwise than the file it was printed from."""
    known = list(_printable(seal))
    often = [one.text for one in known if one.kind == "edge"]
    words = [cell for one in seal.said if one.kind in WORDS for cell in one.text.split(CELL) if cell]
    now = Flow(returned.pages).cut(known, sorted({*often, *words}, key=len, reverse=True))
    left = tuple(one for one in now if not COUNTED.fullmatch(one.text))
    beside = tuple(one for one in returned.units if one.kind == "comment")
    return differences(tuple(known), (*_once(left), *beside), places, truths)


def _printable(seal: Seal) -> Iterator[Unit]:
    """What is seen on paper, cut where a note's number stands."""
    kinds = {"text", "row", "note", "edge"} - set(UNPRINTED[seal.kind])
    for one in seal.said:
        if one.kind in kinds:
            yield from (replace(one, kind="edge" if one.kind == "edge" else "text", text=piece.strip(), name="page")
                        for piece in one.text.replace(CELL, " ").split(NOTE)
                        if not COUNTED.fullmatch(piece))  # fmt: skip


def _once(said: Said) -> Said:
    """What stands in the order of the page need not be that of the file: only what is said counts."""
    return tuple(replace(one, name="page", where="") for one in said)
