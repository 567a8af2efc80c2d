"""Time words put together: 'Q3' and '2014' to a quarter, two ends to a range, two periods side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from xinfo.store.periods import Period
from xinfo.understand.clock import Atom
from xinfo.understand.reading import When
from xinfo.understand.segment import Piece
from xinfo.understand.stretch import BREAK, GLUE, LIST, RANGE, RANGE_WORDS, Stretch, half_said, joined, sides
from xinfo.understand.text import HAN

FROM_END = frozenset("from between 从 由 自".split())
LIST_WORDS = frozenset(
    (
        "and 和 与 、 , ， vs versus or 及 以及 跟 同 / & + plus against 比 than 较 相比 对比 over minus less 减 加"
    ).split()
)
BARE = (("一",), ("二",), ("三",))
"""The first quarters of '二三季度'."""
PILOT_WORDS = frozenset(["pilot", "trial"])
GLUE_WORDS = frozenset(
    (
        "of the in at for during 的 年 度 on by as from between 从 在 自 ( ) （ ） : year years within both 内 里 "
        "中 份 起 止 开 始 结 束 s ' "
    ).split()
)


@dataclass(frozen=True)
class Times:
    """What a question says about time."""

    whens: tuple[When, ...] = ()
    ends: tuple[bool, ...] = ()
    """For each, whether its end was meant: 'at the end of', 'as of'."""
    untils: tuple[bool, ...] = ()
    """For each, whether everything up to it was meant: 'through September'."""
    two_ends: tuple[When, When] | None = None
    """The first and the last period of the only stretch, where it was said by them: 'from Q1 to Q3 2014'."""
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
    pieces = _same_part(_two_named(_since_until(pieces, words), words))
    used = tuple(piece for piece in pieces if piece.atom)
    relatives = tuple(dict.fromkeys(p.atom.value for p in used if p.atom and p.atom.kind == "relative"))
    broken = any(p.atom and p.atom.kind == "broken" for p in used) or _counted_twice(pieces, words)
    items = _items(pieces, words)
    broken = broken or items[-1:] == [RANGE]
    stretches = joined(items)
    loose = [s for s in stretches if s.when() is None and s.part]
    done = _said_once([s for s in stretches if s.when() is not None])
    unique: dict[str, Stretch] = {}
    for stretch in done:
        when = stretch.when()
        assert when is not None
        unique.setdefault(when.id, stretch)
    kept = list(unique.values())
    contradiction = bool(loose and done) or len(loose) > 1
    # 'the first half of 2014 and 2015' is two first halves, or one and a year; '2014年和2015年上半年', too.
    chinese = any(HAN.search(word) for word in words)
    side_by_side = chinese or _bare_years(used, words)
    open_part = side_by_side and any(half_said(*(pair if chinese else pair[::-1])) for pair in pairwise(stretches))
    return Times(
        whens=tuple(w for s in kept if (w := s.when())),
        ends=tuple(s.end for s in kept),
        untils=tuple(s.until for s in kept),
        two_ends=kept[0].ends() if len(kept) == 1 else None,
        linked=not contradiction and not open_part and len({s.group for s in kept}) <= 1,
        part=loose[0].part if loose and not done else None,
        relative=relatives[0] if relatives else None,
        relatives=relatives[1:],
        broken=broken or not _counted(used, kept),
        pieces=used,
    )


def _bare_years(used: Sequence[Piece], words: Sequence[str]) -> bool:
    """'2014 and 2015' with nothing else between; 'in 2014 and in 2015' are two times of their own."""
    pairs = [(a, b) for a, b in pairwise(used) if a.atom and b.atom and a.atom.kind == b.atom.kind == "year"]
    return any(tuple(words[a.end : b.start]) in ((), ("and",), (",",), (",", "and")) for a, b in pairs)


def _since_until(pieces: Sequence[Piece], words: Sequence[str]) -> Sequence[Piece]:
    """'Since 2013 until 2015' has an end of its own: the year it begins with, then, instead of 'since'."""
    for index, piece in enumerate(pieces):
        if piece.atom and piece.atom.kind == "relative" and piece.atom.value[0] == "since":
            later = [i for i in range(index + 1, len(pieces)) if (a := pieces[i].atom) and a.kind in ("year", "span")]
            between = pieces[index + 1 : later[0]] if later else ()
            if any((p.atom and p.atom.kind == "until") or words[p.start] in RANGE_WORDS for p in between):
                last = pieces[later[0]].atom
                if last and last.kind == "year" and not any(p.atom and p.atom.kind == "part" for p in pieces):
                    ends = (Period(int(str(piece.atom.value[1]))), Period(int(str(last.value[0]))))
                    whole = replace(piece, atom=Atom("span", ends))
                    return [*pieces[:index], whole, *between, *pieces[later[0] + 1 :]]
                year = replace(piece, atom=Atom("year", piece.atom.value[1:]))
                return [*pieces[:index], year, *pieces[index + 1 :]]
    return pieces


def _said_once(stretches: list[Stretch]) -> list[Stretch]:
    """'试点两年（2014、2015年）' says the same time twice: as a whole, and by all its parts."""
    whole = next((s for s in stretches if s.ready and len(s.ready.parts) > 1), None)
    if whole is None or whole.ready is None or len(stretches) < 3:
        return stretches
    parts = [part for s in stretches if s is not whole and (when := s.when()) for part in when.parts]
    return [whole] if sorted(map(str, parts)) == sorted(map(str, whole.ready.parts)) else stretches


def _two_named(pieces: Sequence[Piece], words: Sequence[str]) -> Sequence[Piece]:
    """'Over the two years 2014 and 2015' only counts the years; by themselves 'the two years' are the pilot's."""
    named = [p for p in pieces if p.atom and p.atom.kind in ("year", "span")]
    return [
        replace(p, atom=Atom("count", (2,)))
        if p in named
        and len(named) > 1
        and "two" in words[p.start : p.end]
        and not PILOT_WORDS & set(words[p.start : p.end])
        else p
        for p in pieces
    ]


def _same_part(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """'The first half of 2015 on the same period of 2014': the part that was said, or none where several were."""
    parts = {p.atom for p in pieces if p.atom and p.atom.kind == "part"}
    said = parts.pop() if len(parts) == 1 else Atom("broken" if parts else "none")
    return [replace(p, atom=said) if p.atom and p.atom.kind == "same" else p for p in pieces]


def _counted_twice(pieces: Sequence[Piece], words: Sequence[str]) -> bool:
    """'The year before the year before', '去年的去年': counted from a time that is itself counted from one."""
    relative = [i for i, piece in enumerate(pieces) if piece.atom and piece.atom.kind == "relative"]
    return any(
        all(_between(words[piece.start : piece.end]) == GLUE for piece in pieces[first + 1 : second])
        for first, second in pairwise(relative)
    )


def _counted(used: Sequence[Piece], kept: Sequence[Stretch]) -> bool:
    """Whether a number of years that was said ('2013到2015三年') is that of the years that were named."""
    whens = [w for s in kept if (w := s.when())]
    years = {part.year for when in whens for part in when.parts}
    months = {(part.year, month) for when in whens for part in when.parts for month in range(part.first, part.last + 1)}
    many = {(len(years),), (len(months) // 3, "quarters"), (len(months), "months")}
    return all(piece.atom.value in many for piece in used if piece.atom and piece.atom.kind == "count")


def _items(pieces: Sequence[Piece], words: Sequence[str]) -> list[Stretch | str]:
    """Time words and what stands between them; runs that mean nothing for time become one BREAK."""
    items: list[Stretch | str] = []
    compared = any(piece.has("cue", "compare") for piece in pieces)
    summed = any(piece.has("cue", "total") for piece in pieces)
    open_range = bare = False
    for piece in pieces:
        said = words[piece.start : piece.end]
        if piece.atom:
            item = _item(piece, items, said, _from(pieces, piece, words))
            if item == "end" and said[0] in RANGE_WORDS and items and isinstance(items[-1], Stretch):
                items.append(RANGE)
            elif item == "end" and said[0] in ("until", "till", "through", "up"):
                items.append("until")
        elif open_range and said == ("and",) and items and isinstance(items[-1], Stretch):
            item, open_range = RANGE, False
        else:
            beside = piece.has("than") or piece.has("cue", "compare") or said[-1] == "than"
            item = LIST if beside or (said == ("on",) and _dated(items)) else _between(said)
            open_range = not compared and (said[-1] == "between" or (open_range and item == GLUE))
        if (
            piece.atom
            and items
            and (_two_years(items[-1], item) or (summed and bare and _two_quarters(items[-1], item)))
        ):
            items.append(LIST)
        bare = said in BARE
        if item is not None and not (item == BREAK and items and items[-1] == BREAK):
            items.append(item)
    return items


def _dated(items: list[Stretch | str]) -> bool:
    """Whether a whole period stands before: 'H1 2015 on H1 2014'."""
    before = [item for item in items[-2:] if item != GLUE]
    return any(isinstance(item, Stretch) and item.part and item.year for item in before) or (
        len(before) == 2 and all(isinstance(item, Stretch) for item in before)
    )


def _two_years(before: Stretch | str, item: Stretch | str | None) -> bool:
    """'GDP Wuhan 2014 2015': two years one after the other are both asked about."""
    bare = [s for s in (before, item) if isinstance(s, Stretch) and s.year and not s.part and not s.ready]
    return len(bare) == 2 and before != item


def _two_quarters(before: Stretch | str, item: Stretch | str | None) -> bool:
    """'二三季度合计': both, where their sum is asked for."""
    return all(isinstance(s, Stretch) and s.part and s.part[1] - s.part[0] == 2 for s in (before, item))


def _item(piece: Piece, items: list[Stretch | str], said: Sequence[str], from_end: bool) -> Stretch | str | None:
    assert piece.atom
    kind, value = piece.atom.kind, piece.atom.value
    if kind == "year":
        return Stretch(year=int(str(value[0])))
    if kind == "part":
        part = (int(str(value[0])), int(str(value[1])))
        return Stretch(part=part, sides=sides(said, part) if from_end else None)
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


def _from(pieces: Sequence[Piece], piece: Piece, words: Sequence[str]) -> bool:
    """Whether 'from' stands before a time word, or before its year."""
    before = [p for p in pieces if p.end <= piece.start and not (p.atom and p.atom.kind == "year")]
    return bool(before) and words[before[-1].end - 1] in FROM_END


def _between(words: Sequence[str]) -> str:
    if any(word in RANGE_WORDS for word in words) and len(words) == 1:
        return RANGE
    if words[0] in LIST_WORDS and all(word in GLUE_WORDS for word in words[1:]):
        return LIST
    return GLUE if all(word in GLUE_WORDS for word in words) else BREAK
