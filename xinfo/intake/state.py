"""What one row says of its values, and how a cell of a period, year, quarter or month column is read for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from xinfo.intake.times import Time, is_date, normal
from xinfo.intake.words import Words


@dataclass(frozen=True)
class State:
    """What a row says of its values, its place aside."""

    metric: str | None = None
    year: int | None = None
    part: str | None = None
    unit: str | None = None
    parts: tuple[tuple[str, str], ...] = ()
    growth: bool = False
    reach: str | None = None
    status: str | None = None


@dataclass(frozen=True)
class Unclear:
    """A label that means nothing known, or too much."""

    axis: str
    text: str
    column: int
    candidates: tuple[str, ...] = ()
    """What it may mean, where it is open."""


def with_time(state: State, time: Time | None) -> State:
    """The state at a time: a year alone is the whole year, a part keeps the year that is known."""
    if time is None:
        return state
    return replace(state, year=time.year or state.year, part=time.part or (None if time.year else state.part))


def with_parts(known: Iterable[tuple[str, str]], more: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Parts by dimension with others added."""
    return tuple(sorted({**dict(known), **more}.items()))


def read_label(role: str, text: str, words: Words, dates: str | None) -> Time | None:
    """The time that a cell of a column of that role says; None where it says none, or what no such column can hold."""
    if is_date(text):
        return _of_date(text, dates)
    number = normal(text).removesuffix(".0")
    if role in ("quarter", "month") and number.isdecimal():
        most = 4 if role == "quarter" else 12
        part = f"Q{int(number)}" if role == "quarter" else f"M{int(number):02d}"
        return Time(None, part) if 0 < int(number) <= most else None
    said = words.read(text)
    if said.rest or said.metric or said.place or (role == "year" and said.time and said.time.year is None):
        return None
    return said.time


def _of_date(text: str, dates: str | None) -> Time | None:
    """The month, quarter or year that a day stands for, as the mapping says."""
    year, month = int(normal(text)[:4]), int(normal(text)[5:7].strip("-/.月"))
    parts = {"month": f"M{month:02d}", "quarter": f"Q{(month + 2) // 3}", "year": None}
    return Time(year, parts[dates]) if dates in parts else None
