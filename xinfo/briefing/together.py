"""Several people at one briefing: whoever saves says what he began with, and nothing that anybody wrote is lost.

Changes to different items are put together; where both changed the same, the second becomes a briefing of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from xinfo.briefing import saved
from xinfo.briefing.model import Briefing, Item, Section, Words
from xinfo.store.locks import alone

WAIT = 5.0
"""Seconds that another who saves is waited for."""
T = TypeVar("T")


@dataclass(frozen=True)
class Kept:
    """What was saved; `how` is saved, merged (with what somebody else changed), apart (as another briefing), or there
    where a new one is the same as one that is saved already."""

    briefing: Briefing
    how: str = "saved"


class _Clash(Exception):
    """Both changed the same; never leaves this module."""


def keep(store: Path, mine: Briefing, began: Briefing | None) -> Kept:
    """Saves a briefing that was made from `began`, None for a new one. Raises InputError, StoreError."""
    with alone(saved.folder(store) / "LOCK", "somebody else is saving a briefing; try again", WAIT):
        kept = _with_theirs(store, mine, began)
        saved.save(store, kept.briefing)
    return kept


def _with_theirs(store: Path, mine: Briefing, began: Briefing | None) -> Kept:
    theirs = saved.find(store, mine.id) if mine.id in saved.listed(store) else None
    if theirs is None or theirs in (began, mine):
        return Kept(mine, "there" if theirs and began is None else "saved")
    if began is None:
        return Kept(_apart(store, mine), "apart")
    try:
        return Kept(merged(began, mine, theirs), "merged")
    except _Clash:
        return Kept(_apart(store, mine), "apart")


def merged(began: Briefing, mine: Briefing, theirs: Briefing) -> Briefing:
    """Both people's changes; raises where they are of the same thing."""
    mine = _with_ids_of_its_own(began, mine, theirs)
    items = _items(began, mine, theirs)
    shapes = [_shape(one) for one in (began, mine, theirs)]
    order = _order(*shapes)
    titles = _titles(began, mine, theirs, len(order))
    sections = (
        Section(title, tuple(items[name] for name in names if name in items))
        for title, names in zip(titles, order, strict=True)
    )
    heads = (replace(one, sections=()) for one in (began, mine, theirs))
    return replace(_either(*heads), sections=tuple(sections))


def _with_ids_of_its_own(began: Briefing, mine: Briefing, theirs: Briefing) -> Briefing:
    """Two who add an item give it the same id: mine gets another."""
    known = {item.id for item in began.items()}
    for item in mine.items():
        if item.id not in known and item.id in {one.id for one in theirs.items()}:
            both = replace(theirs, sections=(*theirs.sections, *mine.sections))
            name = both.free_id(item.id.rstrip("0123456789"))
            mine = _renamed(mine, item.id, name)
    return mine


def _renamed(briefing: Briefing, old: str, new: str) -> Briefing:
    sections = (
        replace(one, items=tuple(replace(item, id=new) if item.id == old else item for item in one.items))
        for one in briefing.sections
    )
    return replace(briefing, sections=tuple(sections))


def _items(began: Briefing, mine: Briefing, theirs: Briefing) -> Mapping[str, Item]:
    """Every item that is left, as whoever changed it left it."""
    known = [{item.id: item for item in one.items()} for one in (began, mine, theirs)]
    names = dict.fromkeys(name for one in known for name in one)
    taken = {name: _either(*(one.get(name) for one in known)) for name in names}
    return {name: item for name, item in taken.items() if item is not None}


Shape = tuple[tuple[str, ...], ...]


def _order(began: Shape, mine: Shape, theirs: Shape) -> Shape:
    """Which items stand where: as the one left it who moved any; what I added goes where I put it."""
    if began in (mine, theirs):
        return _either(began, mine, theirs)
    old, left = ({name for names in one for name in names} for one in (began, mine))
    if len({len(began), len(mine), len(theirs)}) > 1 or any(
        [name for name in now if name in old] != [name for name in then if name in left]
        for now, then in zip(mine, began, strict=True)
    ):
        raise _Clash
    made = []
    for now, there in zip(mine, theirs, strict=True):
        names = list(there)
        for at, name in enumerate(now):
            if name not in old:
                before = now[at - 1] if at else ""
                names.insert(names.index(before) + 1 if before in names else 0 if not at else len(names), name)
        made.append(tuple(names))
    return tuple(made)


def _titles(began: Briefing, mine: Briefing, theirs: Briefing, count: int) -> list[Words]:
    every = [[section.title for section in one.sections] for one in (began, mine, theirs)]
    if {len(one) for one in every} == {count}:
        return [_either(*three) for three in zip(*every, strict=True)]
    return _either(*every)


def _either(began: T, mine: T, theirs: T) -> T:
    """What one of the two changed; a clash where both did, and not alike."""
    if mine == theirs or theirs == began:
        return mine
    if mine == began:
        return theirs
    raise _Clash


def _shape(briefing: Briefing) -> Shape:
    return tuple(tuple(item.id for item in section.items) for section in briefing.sections)


def _apart(store: Path, mine: Briefing) -> Briefing:
    """The same under an id that is free."""
    taken = saved.listed(store)
    names = (f"{mine.id[:60]}-{at}" for at in range(2, len(taken) + 3))
    return replace(mine, id=next(name for name in names if name not in taken))
