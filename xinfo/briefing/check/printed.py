"""A PDF that was printed from a file of another kind: its text beside what that file said. Charts are words only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from xinfo.briefing.check.differences import Difference, differences
from xinfo.briefing.check.flow import SHORT, Flow
from xinfo.briefing.check.reading import Returned
from xinfo.briefing.check.said import NOTE, Said, Unit, plain
from xinfo.briefing.check.seal import Seal

ROW = "row"
WORDS = ("categories", "series", "title", "label")
"""Kinds whose words stand in a printed chart."""
UNPRINTED = {"pptx": ("note",), "xlsx": (), "docx": (), "html": ("note",), "pdf": ()}
WIDEST, LONGEST = 6, 40
"""Cells of a row, and characters of a cell, that stand in one line on paper."""
COUNTED = re.compile(r"(?:[\d.,%\s·/–—•▪◦\ue000-\uf8ff-]|page|of|第|页|，|共|\b[QH][1-4]\b|file://\S+ \d+/\d+|"
                     r"\d*/\d+/\d+, \d+:\d+(?: [AP]M)?)*", re.IGNORECASE)  # fmt: skip
"""Numbers of pages, of notes and along axes; the marks of lists; when and from where a browser has printed."""


def compared(
    returned: Returned, seal: Seal, places: Collection[str], truths: Sequence[float]
) -> tuple[Difference, ...]:
    """All that the printed text says otherwise than the file it was printed from."""
    known = list(_printable(seal, broken=False))
    rows = [one for one in known if one.name == ROW]
    now = _cut(returned, seal, known)
    if 4 * (len(rows) - sum(one.name == ROW for one in now)) > len(rows):
        # Some programs write a table column by column.
        known = list(_printable(seal, broken=True))
        now = _cut(returned, seal, known)
    left = tuple(one for one in now if not COUNTED.fullmatch(one.text))
    beside = tuple(one for one in returned.units if one.kind == "comment")
    found = differences(_once(known), (*_once(left), *beside), places, truths)
    # Notes stand at the foot of pages, and cells as each program writes them: the order is that of the paper.
    return tuple(one for one in found if one.verdict != "moved")


def _cut(returned: Returned, seal: Seal, known: Sequence[Unit]) -> Said:
    """The printed text by what is known of it; the words of charts and of edges may stand anywhere."""
    often = [piece.strip() for one in seal.said if one.kind == "edge" for piece in one.text.split(NOTE)]
    often += [cell for one in seal.said if one.kind in WORDS or _wide(one) for cell in one.cells if cell]
    often += [word for one in seal.said if one.kind == "title" for word in one.text.split()]
    # Small words, such as that between the numbers of pages, would cut sentences that were changed.
    often = [one for one in often if len(one) >= SHORT or COUNTED.fullmatch(one) is None]
    return Flow(_flowing(returned.pages, seal)).cut(known, sorted(often, key=len, reverse=True))


def _flowing(pages: Sequence[str], seal: Seal) -> list[str]:
    """The pages, and behind them what stands at their heads and feet: sentences go on from page to page."""
    edges = {_bare(piece) for one in seal.said if one.kind == "edge" for piece in one.text.split(NOTE)}
    feet = {"note"} - set(UNPRINTED[seal.kind])
    notes = {_bare(piece) for one in seal.said if one.kind in feet for piece in one.text.split(NOTE)} - {""}
    foot = (
        re.compile(rf"(?:\d*(?:{'|'.join(map(re.escape, sorted(notes, key=len, reverse=True)))}))+") if notes else None
    )
    bodies, around = list[str](), list[str]()
    for page in pages:
        lines = page.split("\n")
        first = next((at for at, line in enumerate(lines) if not _aside(line, edges)), len(lines))
        last = next((at for at in range(len(lines), first, -1) if not _aside(lines[at - 1], edges)), first)
        noted = (at for at in range(first, last) if foot and foot.fullmatch(_bare("".join(lines[at:last]))))
        end = next(noted, last)
        bodies.append("\n".join(lines[first:end]))
        around.append("\n".join((*lines[:first], *lines[end:])))
    return [*bodies, *around]


def _aside(line: str, edges: Collection[str]) -> bool:
    """Whether a line is no text: what every page says, or its number."""
    return _bare(line) in edges or COUNTED.fullmatch(plain(line)) is not None


def _bare(said: str) -> str:
    return re.sub(r"\s+", "", plain(said))


def _printable(seal: Seal, broken: bool) -> Iterator[Unit]:
    """What is seen on paper, cut where a note's number stands; rows broken into cells where they are written so."""
    kinds = {"text", "row", "note", "edge"} - set(UNPRINTED[seal.kind])
    for one in seal.said:
        if one.kind in kinds:
            kind, name = ("edge" if one.kind == "edge" else "text"), (ROW if one.kind == "row" else "")
            pieces = (piece.strip() for whole in _together(one, broken) for piece in whole.split(NOTE))
            least = SHORT if _wide(one) or one.kind == "edge" else 1
            yield from (Unit(kind, piece, "", name) for piece in pieces
                        if len(piece) >= least and not COUNTED.fullmatch(piece))  # fmt: skip


def _together(one: Unit, broken: bool) -> Sequence[str]:
    """The cells of a row side by side; those of a wide one, or of a head, each by itself as they are broken into lines.

    What stands beside the printed columns is no part of the paper.
    """
    if one.kind == "row" and not any(one.cells[:WIDEST]):
        return ()
    broken = broken or _wide(one) or not re.search(r"\d", one.text)
    return one.cells if broken else (" ".join(one.cells),)


def _wide(one: Unit) -> bool:
    return one.kind == "row" and (len(one.cells) > WIDEST or max(map(len, one.cells)) > LONGEST)


def _once(said: Sequence[Unit]) -> Said:
    """Only what is said counts, not where."""
    return tuple(replace(one, name="", where="") for one in said)
