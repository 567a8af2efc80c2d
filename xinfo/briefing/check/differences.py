"""What a file says now beside all that it said when it was written: two rows of units laid side by side.

What is changed is told with both texts, what is gone and what is new with one. Knows no format.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from xinfo.briefing.check.columns import rescaled
from xinfo.briefing.check.naming import Change, change
from xinfo.briefing.check.said import CELL, LOST, Said, Unit

ALIKE = 55.0
"""Of 100: texts less like each other are not one text that was changed."""
UNORDERED = frozenset(("edge", "hiding", "script", "object", "comment", "alt"))
"""Kinds whose order is only layout."""
AS_THEY_COME = frozenset(("axis", "series", "categories", "title", "picture", "drawing", "hiding", "script", "label"))
"""Kinds that are told apart by where they stand, not by their text."""
TEXTS = frozenset(("text", "note", "edge"))
LAST = 99
VERDICTS = ("changed", "dropped", "added", "moved", "otherwise")


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was."""

    verdict: str
    kind: str
    """The kind of the unit, or `part`: a whole slide, sheet or page."""
    old: str = ""
    new: str = ""
    where: str = ""
    change: Change | None = None

    @property
    def grave(self) -> bool:
        """Whether it says something else; the same value written otherwise does not."""
        return self.verdict != "otherwise"

    @property
    def rank(self) -> tuple[int, int]:
        """Of the changes the gravest first, then what is gone, then what is new."""
        return VERDICTS.index(self.verdict), self.change.rank if self.change else LAST


def differences(
    old: Said, new: Said, places: Collection[str] = (), truths: Sequence[float] = ()
) -> tuple[Difference, ...]:
    """All that is not as it was, the gravest first. `places` are names; `truths` are the values of figures in full."""
    if old == new:
        return ()
    lost, found = _apart(old, new)
    lost, found, moved = _moved(lost, found, _shapes(old), _shapes(new))
    pairs, lost, found = _paired(lost, found)
    same = rescaled(pairs, old)
    told = [_changed(one, two, places, truths, one in same) for one, two in pairs if two.key != ("alt", LOST)]
    told += [*_whole(lost, old, "dropped"), *_whole(found, new, "added"), *moved]
    return tuple(sorted(told, key=lambda one: one.rank))


def _apart(old: Said, new: Said) -> tuple[list[Unit], list[Unit]]:
    """The units that stand on one side alone; sentences that are only parted otherwise stand on both."""
    lost, found = list[Unit](), list[Unit]()
    matcher = SequenceMatcher(None, [one.key for one in old], [one.key for one in new], autojunk=False)
    for code, *(start, end, first, last) in matcher.get_opcodes():
        if code != "equal" and not _parted(old[start:end], new[first:last]):
            lost += old[start:end]
            found += new[first:last]
    return lost, found


def _parted(one: Sequence[Unit], two: Sequence[Unit]) -> bool:
    """Whether both are the same text."""
    if not {unit.kind for unit in (*one, *two)} <= {"text"}:
        return False
    sides = ["".join("".join(unit.text.split()) for unit in side) for side in (one, two)]
    return sides[0] == sides[1]


Shapes = dict[tuple[str, str], list[tuple[str, str]]]
"""What stands in each shape, in order."""


def _shapes(said: Said) -> Shapes:
    held: Shapes = defaultdict(list)
    for unit in said:
        held[unit.where, unit.name].append(unit.key)
    return held


def _moved(
    lost: list[Unit], found: list[Unit], then: Shapes, today: Shapes
) -> tuple[list[Unit], list[Unit], list[Difference]]:
    """What stands in both at other places; where a shape as a whole stands before another is nothing."""
    held: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in found:
        held[unit.key].append(unit)
    left, moved = [], []
    for unit in lost:
        if not held[unit.key]:
            left.append(unit)
            continue
        now = held[unit.key].pop(0)
        same = then[unit.where, unit.name] == today[now.where, now.name]
        if unit.kind not in UNORDERED and not (unit.name and unit.name == now.name and same):
            moved.append(Difference("moved", unit.kind, unit.text, unit.text, unit.where))
    rest = Counter({key: len(units) for key, units in held.items()})
    still = []
    for unit in reversed(found):
        if rest[unit.key]:
            rest[unit.key] -= 1
            still.append(unit)
    return left, still[::-1], moved


Pairs = list[tuple[Unit, Unit]]


def _paired(lost: list[Unit], found: list[Unit]) -> tuple[Pairs, list[Unit], list[Unit]]:
    """Each unit with what it became, the likest first."""
    scored = [(score, at, to) for at, one in enumerate(lost) for to, two in enumerate(found)
              if (score := _alike(one, two, at, to)) >= ALIKE]  # fmt: skip
    gone, taken, pairs = set[int](), set[int](), list[tuple[int, int]]()
    for _, at, to in sorted(scored, key=lambda one: (-one[0], abs(one[1] - one[2]))):
        if at not in gone and to not in taken:
            gone.add(at)
            taken.add(to)
            pairs.append((at, to))
    left = [one for at, one in enumerate(lost) if at not in gone]
    right = [one for to, one in enumerate(found) if to not in taken]
    return [(lost[at], found[to]) for at, to in sorted(pairs)], left, right


def _alike(one: Unit, two: Unit, at: int, to: int) -> float:
    """How like two units are, of 100."""
    if one.kind != two.kind and not {one.kind, two.kind} <= TEXTS | {"row"}:
        return 0.0
    if two.key == ("alt", LOST):
        return 99.0 if (one.where, one.name) == (two.where, two.name) else 0.0
    if one.kind in AS_THEY_COME:
        near = 20.0 if (one.where, one.name) == (two.where, two.name) else 0.0
        return 60.0 + near + fuzz.ratio(one.text, two.text) / 10 - min(abs(at - to), 9)
    if one.kind == "row" and two.kind == "row" and one.cells[0] == two.cells[0] and one.cells[0]:
        return 90.0 + fuzz.ratio(one.text, two.text) / 10
    likeness = fuzz.ratio(_letters(one.text), _letters(two.text))
    # What stands in the same shape, or at the edge of every page, is that, however little it is like.
    same = bool(one.name) and (one.where, one.name) == (two.where, two.name)
    return max(likeness, ALIKE) if same or one.kind == two.kind == "edge" else likeness


def _letters(said: str) -> str:
    return re.sub(r"\s+", "", said)


def _changed(one: Unit, two: Unit, places: Collection[str], truths: Sequence[float], same: bool) -> Difference:
    if same:
        return Difference(
            "otherwise", one.kind, one.text, two.text, one.where, Change(("otherwise",), one.text, two.text)
        )
    if one.kind in ("text", "row", "note", "edge", "alt", "title", "label", "comment", "categories"):
        made = change(one.text, two.text, places, truths)
        verdict = "otherwise" if made.kinds == ("otherwise",) else "changed"
        return Difference(verdict, one.kind, one.text, two.text, one.where, made)
    stretch = change(one.text, two.text, places, ()) if one.kind in ("series", "axis") else None
    return Difference("changed", one.kind, one.text, two.text, one.where, stretch)


def _whole(units: Sequence[Unit], all_: Said, verdict: str) -> Iterator[Difference]:
    """One line for a slide, a sheet or a page of which nothing is left."""
    count, whole = Counter(one.where for one in units), Counter(one.where for one in all_)
    for where in dict.fromkeys(one.where for one in units):
        inside = [one for one in units if one.where == where]
        if where and len(whole) > 1 and count[where] == whole[where] > 1:
            yield _part(inside, where, verdict)
        else:
            yield from (_single(one, verdict) for one in inside)


def _part(inside: Sequence[Unit], where: str, verdict: str) -> Difference:
    said = next((one.text for one in inside if one.kind in ("sheet", "text", "row")), where).replace(CELL, " ")
    return _told(verdict, "part", said, where)


def _single(one: Unit, verdict: str) -> Difference:
    said = one.text.replace(CELL, " | ")
    return _told(verdict, one.kind, said, one.where)


def _told(verdict: str, kind: str, said: str, where: str) -> Difference:
    """What is gone is old, what was added is new."""
    old, new = (said, "") if verdict == "dropped" else ("", said)
    return Difference(verdict, kind, old, new, where)
