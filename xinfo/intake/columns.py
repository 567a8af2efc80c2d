"""What each column of a table is, by its header and by what stands below it. What the table lacks: `questions`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xinfo.intake.amounts import read_amount
from xinfo.intake.context import Context
from xinfo.intake.grid import Grid
from xinfo.intake.headers import Block
from xinfo.intake.mapping import CARRIED, LABELS, OPEN, Column, keys
from xinfo.intake.said import Said
from xinfo.intake.times import is_date, normal
from xinfo.intake.units import read_unit, read_units
from xinfo.intake.words import Words
from xinfo.understand.catalog import DIMENSIONS

SAMPLE = 400
_MOST = 0.6
_YEAR = re.compile(r"(?:19[5-9]|20[0-9])\d(?:\.0)?")
_MONTH = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Profile:
    """How much of a column's sample reads as what, as shares of its cells that are not blank."""

    filled: int
    number: float = 0
    year: float = 0
    small: float = 0
    """Whole numbers from 1 to 12."""
    place: float = 0
    metric: float = 0
    part: float = 0
    period: float = 0
    unit: float = 0
    dimension: str = ""


def profile(grid: Grid, block: Block, n: int, words: Words, about: str | None) -> Profile:
    """The profile of column `n`."""
    first, last = block.body
    step = max(1, (last - first + 1) // SAMPLE)
    cells = [text for row in range(first, last + 1, step) if (text := grid.filled(row, n).strip())]
    if not cells:
        return Profile(0)
    count = len(cells)
    numbers = [cell for cell in cells if _is_value(cell)]
    texts = list(dict.fromkeys(cell for cell in cells if cell not in set(numbers)))
    said = {text: words.read(text, about=about) for text in texts}

    def share(kept: set[str]) -> float:
        return sum(cell in kept for cell in cells) / count

    parts = {text: tuple(s.parts) for text, s in said.items() if s.parts and not s.metric}
    return Profile(
        filled=count,
        number=len(numbers) / count,
        year=sum(bool(_YEAR.fullmatch(cell)) for cell in cells) / count,
        small=sum(cell.removesuffix(".0") in _SMALL for cell in cells) / count,
        place=share({t for t, s in said.items() if words.place(t) or (s.place and not s.metric)}),
        metric=share({t for t, s in said.items() if (s.metric or s.metrics or s.left) and not s.place}),
        part=share(set(parts)),
        period=share({t for t, s in said.items() if (s.time and not (s.metric or s.place)) or is_date(t)}),
        unit=share({t for t in texts if read_units(t)}),
        dimension=next(iter(parts.values()))[0] if len(set(parts.values())) == 1 else "",
    )


_SMALL = {str(number) for number in range(1, 13)}


def _is_value(cell: str) -> bool:
    return read_amount(cell) is not None and not read_unit(cell) and not _MONTH.fullmatch(cell) and not is_date(cell)


def decide(grid: Grid, block: Block, words: Words, context: Context) -> list[Column]:
    """A column for each of the table's; those that are blank through and through are not there."""
    about = context.metrics[0] if len(context.metrics) == 1 else None
    names = keys(block.columns)
    columns: list[Column] = []
    for n, texts in enumerate(block.columns):
        found = profile(grid, block, n, words, about)
        if not texts and not found.filled:
            continue
        columns.append(_column(names[n], texts, found, words, about))
    return columns


def _column(name: str, texts: Sequence[str], found: Profile, words: Words, about: str | None) -> Column:
    role = words.role(texts[-1]) if texts else None
    if role in ("ignore", *CARRIED):
        return Column(name, role or "")
    said = words.read(*texts, about=about) if texts else Said()
    if (label := _label(role, found, said)) is not None:
        return Column(name, label)
    if found.number < 0.5 and found.filled and not _says(said):
        return Column(name, _of_text(role, found))
    return _values(name, texts, said, words)


def _label(role: str | None, found: Profile, said: Said) -> str | None:
    """The role of a column of years, quarters, places, …; None for values and for what is not sure."""
    if role in ("year", "period", None) and found.year >= 0.9 and (role or not _says(said)):
        return "year" if role != "period" else "period"
    if role in ("quarter", "month", "period", "year") and found.number >= _MOST:
        return role if role != "period" and found.small > 0.9 else None
    if found.number >= _MOST:
        return None
    shares = {"place": found.place, "metric": found.metric + found.part, "period": found.period, "unit": found.unit}
    best = max(shares, key=lambda kind: shares[kind])
    if role in DIMENSIONS:
        return role
    if found.part > found.metric and best == "metric" and shares[best] >= _MOST:
        return found.dimension if found.metric == 0 and found.dimension else "metric"
    if shares[best] >= _MOST:
        return role if best == "period" and role in ("year", "quarter", "month", "period") else best
    return role if role in LABELS else best if shares[best] >= 0.3 and not _says(said) else None


def _of_text(role: str | None, found: Profile) -> str:
    """A column of texts that are neither places nor metrics nor periods."""
    return role if role in LABELS else OPEN if role else "ignore"


def _says(said: Said) -> bool:
    """Whether a header says what its values are of."""
    return bool(
        said.metric or said.metrics or said.time or said.place or said.left or said.flags & {"running", "single"}
    )


def _values(name: str, texts: Sequence[str], said: Said, words: Words) -> Column:
    """A column of values with what its header fixes, or one that is open, or one that is left out."""
    if said.rest or said.metrics or said.places or not texts:
        return Column(name, OPEN, {key: value for key, value in _fixes(texts, said, words).items() if key != "metric"})
    if said.left == "growth" and said.metric is None:
        return Column(name, "value", {"measure": "growth", **_fixes(texts, said, words)})
    if said.left:
        return Column(name, "ignore")
    known = _says(said) or said.parts or said.role == "value" or said.units or said.flags & {"total", "target"}
    return Column(name, "value", _fixes(texts, said, words)) if known else Column(name, OPEN)


def _fixes(texts: Sequence[str], said: Said, words: Words) -> dict[str, str]:
    """What a header fixes, as a mapping says it."""
    fixes: dict[str, str] = {}
    if said.metric:
        fixes["metric"] = said.metric
    if said.place:
        fixes["place"] = said.place
    if said.time and said.time.year and said.time.part:
        fixes["period"] = said.time.period or ""
    elif said.time and said.time.year:
        fixes["year"] = str(said.time.year)
    elif said.time and said.time.part:
        fixes["span"] = said.time.part
    if reach := reach_of(texts, said.flags):
        fixes["reach"] = reach
    fixes |= said.parts
    if said.status:
        fixes["status"] = said.status
    base = words.catalog.metrics[said.metric].unit if said.metric else None
    fitting = [unit for unit in said.units if base is None or unit.measures(base)] or list(said.units)
    if len(fitting) == 1 or (fitting and base):
        fixes["unit"] = fitting[0].written
    return fixes


def reach_of(texts: Sequence[str], flags: frozenset[str]) -> str | None:
    """How far back figures reach that are called cumulative, this month's or this quarter's."""
    if "running" in flags:
        return "ytd"
    if "single" not in flags:
        return None
    joined = normal(" ".join(texts))
    return (
        "month" if "月" in joined or "month" in joined else "quarter" if "季" in joined or "quarter" in joined else None
    )


def wide(columns: Sequence[Column], axis: str) -> bool:
    """Whether the table's value columns say an axis: metric, place or time."""
    return any(axis_of(column, axis) for column in columns)


def axis_of(column: Column, axis: str) -> bool:
    """Whether a value column says that axis."""
    said = {"time": ("period", "year", "span", "reach")}.get(axis, (axis,))
    return any(key in column.says for key in said)
