"""Stretches of time under construction and how they join: a part and its year, ends of a range, a shared year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xinfo.store.periods import Period
from xinfo.understand.reading import When

RANGE, LIST, GLUE, BREAK = "range", "list", "glue", "break"
"""What stands between two stretches."""


RANGE_WORDS = frozenset("to through thru until till - 至 到 upto".split())
"""What stands between the two ends of a range."""


@dataclass(frozen=True)
class Stretch:
    """A period under construction: a year, a part of a year, or both; or a ready range."""

    year: int | None = None
    part: tuple[int, int] | None = None
    ready: When | None = None
    end: bool = False
    until: bool = False
    sides: tuple[tuple[int, int], tuple[int, int]] | None = None
    """The months of its two ends, where it was said by them: 'from the first to the third quarter'."""
    ready_ends: tuple[When, When] | None = None
    group: int = 0
    """Stretches joined by 'and', 'vs', 'than' share a group."""

    def when(self) -> When | None:
        if self.ready or self.year is None:
            return self.ready
        return When.of(Period(self.year, *self.part)) if self.part else When.of(Period(self.year))

    def ends(self) -> tuple[When, When] | None:
        """Its first and its last period, where it was said by them."""
        if self.ready_ends or self.sides is None or self.year is None:
            return self.ready_ends
        first, last = (When.of(Period(self.year, *months)) for months in self.sides)
        return first, last


def joined(items: list[Stretch | str]) -> list[Stretch]:
    """The stretches that time words and what stands between them make together, in their order."""
    return _shared_years(_grouped(_ranges(_ends(_joined_parts(items)))))


def sides(said: Sequence[str], part: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The months of the first and last quarter of 'the first to the third quarter'; of 'March to June', too."""
    if not RANGE_WORDS & set(said):
        return None
    length = 3 if any(word[0] in "q季" for word in said) else 1
    return (part[0], part[0] + length - 1), (part[1] - length + 1, part[1])


def half_said(a: Stretch, b: Stretch) -> bool:
    beside = a.group == b.group and not a.ready and not b.ready and not a.end
    return beside and a.year != b.year and bool(a.year and not a.part and b.year and b.part and b.part != (1, 12))


def _without_glue(items: list[Stretch | str]) -> list[Stretch | str]:
    return [item for item in items if item != GLUE]


def _joined_parts(items: list[Stretch | str]) -> list[Stretch | str]:
    """'2014' 'Q3' or 'Q3' '2014' as one; a comma between them does not part them."""
    items = _without_glue(items)
    joined: list[Stretch | str] = []
    for item in items:
        reach = 1 if joined and isinstance(joined[-1], Stretch) else 2
        last = joined[-reach] if len(joined) >= reach else None
        between = joined[-1] if reach == 2 and len(joined) >= 2 else None
        beside = isinstance(item, Stretch) and isinstance(last, Stretch) and between in (None, "end")
        fused = _fused(last, item) if beside and isinstance(last, Stretch) and isinstance(item, Stretch) else None
        if fused is None:
            joined.append(item)
        else:
            joined[-reach:] = [fused if between is None else replace(fused, end=True)]
    return joined


def _fused(a: Stretch, b: Stretch) -> Stretch | None:
    if a.ready or b.ready:
        return None
    if a.year and not a.part and b.part and not b.year:
        return replace(a, part=b.part, sides=b.sides)
    if a.part and not a.year and b.year and not b.part:
        return replace(a, year=b.year)
    return None


def _ends(items: list[Stretch | str]) -> list[Stretch | str]:
    """'end' before or after a stretch, 'until' before one, become marks on it."""
    marked: list[Stretch | str] = []
    end = until = False
    for item in items:
        if item == "end" and marked and isinstance(marked[-1], Stretch) and not end:
            marked[-1] = replace(marked[-1], end=True)
            # 'at the end of 2014' as well as '2014年末': the mark may belong to what follows.
            end = True
        elif item in ("end", "until"):
            end, until = end or item == "end", until or item == "until"
        elif isinstance(item, Stretch):
            marked.append(replace(item, end=item.end or end, until=item.until or until))
            end = until = False
        else:
            marked.append(item)
            end = until = False
    return marked


def _ranges(items: list[Stretch | str]) -> list[Stretch | str]:
    ranged: list[Stretch | str] = []
    for item in items:
        if isinstance(item, Stretch) and len(ranged) >= 2 and ranged[-1] == RANGE and isinstance(ranged[-2], Stretch):
            whole = _range(ranged[-2], item)
            ranged[-2:] = [ranged[-2], BREAK, item] if whole is None else [whole]
        else:
            ranged.append(item)
    return ranged


def _range(a: Stretch, b: Stretch) -> Stretch | None:
    """From a to b; the one that lacks a year takes the other's. None where b ends before a begins: that is no range."""
    if not (a.part or a.year or a.ready) or not (b.part or b.year or b.ready):
        return b
    if a.part and b.part and a.year is None and b.year is None:
        return Stretch(part=(a.part[0], b.part[1]), sides=(a.part, b.part))
    first = a if a.when() else replace(a, year=b.year)
    last = b if b.when() else replace(b, year=a.year)
    start, end = first.when(), last.when()
    if start is None or end is None:
        return b
    if (end.end.year, end.end.last) < (start.start.year, start.start.first):
        return None
    whole = When(start.start, end.end)
    ready = When.of(whole.parts[0]) if len(whole.parts) == 1 else whole
    return Stretch(ready=ready, ready_ends=(start, end), end=b.end)


def _grouped(items: list[Stretch | str]) -> list[Stretch]:
    """Stretches with their group: a new one begins where something else than 'and' or 'than' stands between."""
    stretches: list[Stretch] = []
    group, linked, opened = 0, False, False
    for item in items:
        if isinstance(item, Stretch):
            group += 0 if linked or not stretches or (opened and len(stretches) == 1) else 1
            stretches.append(replace(item, group=group))
            linked = False
        else:
            # 'How much more than in 2014 … in 2015': the word that sets them side by side stands before both.
            opened = opened or (item == LIST and not stretches)
            linked = item == LIST or (linked and item != BREAK)
    return stretches


def _shared_years(stretches: list[Stretch]) -> list[Stretch]:
    """A part without a year takes the only year there is: 'Q3 and Q4 of 2014', '2014年…前三季度'."""
    years = [s for s in stretches if s.year and not s.ready]
    loose = [s for s in stretches if s.part and s.year is None]
    if not loose or len({s.year for s in years}) != 1:
        return stretches
    bare = [s for s in years if not s.part]
    if bare and len(loose) > 1 and len({s.group for s in loose}) > 1:
        return stretches
    if not bare and any(s.group != years[0].group for s in loose):
        return stretches
    filled = [replace(s, year=years[0].year) if s in loose else s for s in stretches]
    return [s for s in filled if s not in bare]
