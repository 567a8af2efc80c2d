"""Time words put together: 'Q3' and '2014' to a quarter, two ends to a range, two periods side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from xinfo.store.periods import Period
from xinfo.understand.reading import When
from xinfo.understand.segment import Piece

RANGE, LIST, GLUE, BREAK = "range", "list", "glue", "break"
RANGE_WORDS = frozenset(["to", "through", "thru", "until", "till", "-", "至", "到", "upto"])
LIST_WORDS = frozenset(
    [
        "and",
        "和",
        "与",
        "、",
        ",",
        "，",
        "vs",
        "versus",
        "or",
        "及",
        "以及",
        "跟",
        "同",
        "/",
        "&",
        "+",
        "plus",
        "against",
        "比",
        "than",
        "较",
        "相比",
        "对比",
        "over",
    ]
)
GLUE_WORDS = frozenset(
    [
        "of",
        "the",
        "in",
        "at",
        "for",
        "during",
        "的",
        "年",
        "度",
        "on",
        "by",
        "as",
        "from",
        "between",
        "从",
        "在",
        "自",
        "(",
        ")",
        "（",
        "）",
        ":",
        "year",
        "years",
        "within",
        "both",
        "内",
        "里",
        "中",
        "份",
        "s",
    ]
)


@dataclass(frozen=True)
class Stretch:
    """A period under construction: a year, a part of a year, or both; or a ready range."""

    year: int | None = None
    part: tuple[int, int] | None = None
    ready: When | None = None
    end: bool = False
    until: bool = False
    group: int = 0
    """Stretches joined by 'and', 'vs', 'than' share a group."""

    def when(self) -> When | None:
        if self.ready or self.year is None:
            return self.ready
        return When.of(Period(self.year, *self.part)) if self.part else When.of(Period(self.year))


@dataclass(frozen=True)
class Times:
    """What a question says about time."""

    whens: tuple[When, ...] = ()
    ends: tuple[bool, ...] = ()
    """For each, whether its end was meant: 'at the end of', 'as of'."""
    untils: tuple[bool, ...] = ()
    """For each, whether everything up to it was meant: 'through September'."""
    linked: bool = True
    """Whether several were set side by side ('2014 vs 2015'), rather than contradicting each other."""
    part: tuple[int, int] | None = None
    """Months of a year that was not said."""
    relative: tuple[object, ...] | None = None
    relatives: tuple[tuple[object, ...], ...] = ()
    """Further ones: 'last year and the year before last'."""
    broken: bool = False
    """A period that cannot be, such as a fifth quarter."""
    pieces: tuple[Piece, ...] = field(default=())


def put_together(pieces: Sequence[Piece], words: Sequence[str]) -> Times:
    """The periods of a question; `words` are its tokens."""
    used = tuple(piece for piece in pieces if piece.atom)
    relatives = tuple(dict.fromkeys(p.atom.value for p in used if p.atom and p.atom.kind == "relative"))
    broken = any(p.atom and p.atom.kind == "broken" for p in used)
    items = _items(pieces, words)
    items = _joined_parts(items)
    items = _ends(items)
    items = _ranges(items)
    stretches = _grouped(items)
    stretches = _shared_years(stretches)
    loose = [s for s in stretches if s.when() is None and s.part]
    done = [s for s in stretches if s.when() is not None]
    unique: dict[str, Stretch] = {}
    for stretch in done:
        when = stretch.when()
        assert when is not None
        unique.setdefault(when.id, stretch)
    kept = list(unique.values())
    contradiction = bool(loose and done) or len(loose) > 1
    return Times(
        whens=tuple(w for s in kept if (w := s.when())),
        ends=tuple(s.end for s in kept),
        untils=tuple(s.until for s in kept),
        linked=not contradiction and len({s.group for s in kept}) <= 1,
        part=loose[0].part if loose and not done else None,
        relative=relatives[0] if relatives else None,
        relatives=relatives[1:],
        broken=broken or not _counted(used, kept),
        pieces=used,
    )


def _counted(used: Sequence[Piece], kept: Sequence[Stretch]) -> bool:
    """Whether a number of years that was said ('2013到2015三年') is that of the years that were named."""
    years = {part.year for s in kept if (w := s.when()) for part in w.parts}
    return all(piece.atom.value == (len(years),) for piece in used if piece.atom and piece.atom.kind == "count")


def _items(pieces: Sequence[Piece], words: Sequence[str]) -> list[Stretch | str]:
    """Time words and what stands between them; runs that mean nothing for time become one BREAK."""
    items: list[Stretch | str] = []
    compared = any(piece.has("cue", "compare") for piece in pieces)
    open_range = False
    for piece in pieces:
        said = words[piece.start : piece.end]
        if piece.atom:
            item = _item(piece, items)
            if item == "end" and said[0] in RANGE_WORDS and items and isinstance(items[-1], Stretch):
                items.append(RANGE)
            elif item == "end" and said[0] in ("until", "till", "through", "up"):
                items.append("until")
        elif open_range and said == ("and",) and items and isinstance(items[-1], Stretch):
            item, open_range = RANGE, False
        else:
            item = LIST if piece.has("than") or piece.has("cue", "compare") else _between(said)
            open_range = not compared and (said[-1] == "between" or (open_range and item == GLUE))
        if item is not None and not (item == BREAK and items and items[-1] == BREAK):
            items.append(item)
    return items


def _item(piece: Piece, items: list[Stretch | str]) -> Stretch | str | None:
    assert piece.atom
    kind, value = piece.atom.kind, piece.atom.value
    if kind == "year":
        return Stretch(year=int(str(value[0])))
    if kind == "part":
        return Stretch(part=(int(str(value[0])), int(str(value[1]))))
    if kind == "span":
        start, end = value
        assert isinstance(start, Period)
        assert isinstance(end, Period)
        return Stretch(ready=When(start, end))
    if kind == "before":
        return Stretch(year=2013)
    if kind == "until" and items and isinstance(items[-1], Stretch):
        return RANGE
    return kind if kind in ("end", "until") else None


def _between(words: Sequence[str]) -> str:
    if any(word in RANGE_WORDS for word in words) and len(words) == 1:
        return RANGE
    if len(words) == 1 and words[0] in LIST_WORDS:
        return LIST
    return GLUE if all(word in GLUE_WORDS for word in words) else BREAK


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
        return replace(a, part=b.part)
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
            ranged[-2:] = [_range(ranged[-2], item)]
        else:
            ranged.append(item)
    return ranged


def _range(a: Stretch, b: Stretch) -> Stretch:
    """From a to b; the one that lacks a year takes the other's."""
    if not (a.part or a.year or a.ready) or not (b.part or b.year or b.ready):
        return b
    if a.part and b.part and a.year is None and b.year is None:
        return Stretch(part=(a.part[0], b.part[1]))
    first = a if a.when() else replace(a, year=b.year)
    last = b if b.when() else replace(b, year=a.year)
    start, end = first.when(), last.when()
    if start is None or end is None or (end.end.year, end.end.last) < (start.start.year, start.start.first):
        return b
    whole = When(start.start, end.end)
    return Stretch(ready=When.of(whole.parts[0]) if len(whole.parts) == 1 else whole, end=b.end)


def _grouped(items: list[Stretch | str]) -> list[Stretch]:
    """Stretches with their group: a new one begins where something else than 'and' or 'than' stands between."""
    stretches: list[Stretch] = []
    group, linked = 0, False
    for item in items:
        if isinstance(item, Stretch):
            group += 0 if linked or not stretches else 1
            stretches.append(replace(item, group=group))
            linked = False
        else:
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
