"""What stands around a table and holds for all of it: titles, unit line, the sheet's and the file's name.

The nearer word counts: a title over the sheet's name, that over the file's. Nearer words that leave something open
leave it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from xinfo.intake.grid import Grid
from xinfo.intake.headers import Block, is_note
from xinfo.intake.said import Said
from xinfo.intake.times import Time
from xinfo.intake.units import unit_line
from xinfo.intake.words import Words

_PLAIN_SHEET = re.compile(r"(?:sheet|工作表|table)\s*\d*", re.IGNORECASE)


@dataclass(frozen=True)
class Context:
    places: tuple[str, ...] = ()
    """The place; several where it is open."""
    metrics: tuple[str, ...] = ()
    sure: bool = False
    """Whether the words around the metric are all understood."""
    times: tuple[Time, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)
    unit: str | None = None
    """The unit line's units as they are written."""
    flags: frozenset[str] = frozenset()
    left: str | None = None


def around(grid: Grid, block: Block, words: Words) -> Context:
    """What the texts around a table say."""
    titles = [text for text in block.titles if not is_note(text)]
    sheet = grid.sheet if grid.sheet and not _PLAIN_SHEET.fullmatch(grid.sheet.strip()) else None
    stem = re.sub(r"\.[A-Za-z]{2,7}$", "", grid.file).replace("_", " ")
    units = [text for text in (*block.notes, *titles) if _unit(text)]
    said = [words.read(text) for text in titles if text not in units]
    said += [words.read(name) for name in (sheet, stem) if name]
    unit = next((_written(text) for text in reversed(units)), None)
    inner = next((s.units for s in said if s.units), ())
    named = next((s for s in said if s.metric or s.metrics), Said())
    return Context(
        places=_first(([s.place] if s.place else s.places) for s in said),
        metrics=(named.metric,) if named.metric else named.metrics,
        sure=not named.rest,
        times=_times(said),
        parts=dict(named.parts),
        unit=unit or (inner[0].written if inner else None),
        flags=frozenset().union(*(s.flags for s in said if s.flags)),
        left=None if named.left == "share" else named.left,
    )


def _unit(text: str) -> bool:
    return bool(unit_line(text))


def _written(text: str) -> str:
    return "、".join(unit.written for unit in unit_line(text))


def _first(found: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """The first that says anything."""
    return next((tuple(one) for one in found if one), ())


def _times(said: Iterable[Said]) -> tuple[Time, ...]:
    """The nearest time; others beside it where they contradict it: a title of 2014 in a file of 2015."""
    times = [s.time for s in said if s.time]
    if not times:
        return ()
    first = times[0]
    for other in times[1:]:
        if first.year is None and other.year is not None:
            first = Time(other.year, first.part or other.part)
        elif first.part is None and first.year == other.year and other.part is not None:
            first = other
    others = [t for t in times if t.year not in (None, first.year) or (t.part and first.part and t.part != first.part)]
    return tuple(dict.fromkeys((first, *others)))
