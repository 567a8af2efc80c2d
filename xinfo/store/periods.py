"""Periods of one calendar year in whole months: ids, kinds and arithmetic. Knows nothing of language or of a database.

Ids follow the contract: `2014`, `2014Q3`, `2014Q1-Q3` (year to date), `2014Q3-Q4` (second half), `2014-03` (a month);
spans of months that are no quarters are `2014M01-M05`. A span over a year's end is a list of periods: see `decompose`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from xinfo.errors import InputError, NoSuchPeriod

FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True, order=True)
class Period:
    """The months `first` to `last` (1 to 12) of `year`."""

    year: int
    first: int = 1
    last: int = 12

    def __post_init__(self) -> None:
        if not (1 <= self.first <= self.last <= 12 and FIRST_YEAR <= self.year <= LAST_YEAR):
            raise NoSuchPeriod(f"no such period: months {self.first} to {self.last} of {self.year}")

    @property
    def in_quarters(self) -> bool:
        return self.first % 3 == 1 and self.last % 3 == 0

    @property
    def id(self) -> str:
        if (self.first, self.last) == (1, 12):
            return str(self.year)
        if self.in_quarters:
            first, last = (self.first + 2) // 3, self.last // 3
            return f"{self.year}Q{first}" if first == last else f"{self.year}Q{first}-Q{last}"
        if self.first == self.last:
            return f"{self.year}-{self.first:02d}"
        return f"{self.year}M{self.first:02d}-M{self.last:02d}"

    @property
    def kind(self) -> str:
        """The contract's period_type; a span of several quarters or months counts as `ytd`."""
        months = self.last - self.first + 1
        if months == 12:
            return "year"
        if months == 1:
            return "month"
        return "quarter" if months == 3 and self.in_quarters else "ytd"

    @property
    def quarter(self) -> int | None:
        return self.last // 3 if self.kind == "quarter" else None

    @property
    def start_date(self) -> date:
        return date(self.year, self.first, 1)

    @property
    def end_date(self) -> date:
        return date(self.year, self.last, calendar.monthrange(self.year, self.last)[1])

    def years_on(self, years: int) -> Period:
        """The same months `years` later (earlier where negative)."""
        return Period(self.year + years, self.first, self.last)

    def quarters_on(self, quarters: int) -> Period:
        """The months of the quarter so many quarters after the one that it begins in (before it where negative)."""
        year, quarter = divmod(self.year * 4 + (self.first - 1) // 3 + quarters, 4)
        return Period(year, 3 * quarter + 1, 3 * quarter + 3)

    @property
    def following(self) -> Period:
        """The next of its kind: the year, quarter or month after it; of a span its months of the next year."""
        if self.kind not in ("quarter", "month"):
            return self.years_on(1)
        months = self.last - self.first + 1
        year, first = (self.year + 1, 1) if self.last == 12 else (self.year, self.first + months)
        return Period(year, first, first + months - 1)


_ID = re.compile(r"(\d{4})(?:Q([1-4])(?:-Q([1-4]))?|H([12])|-(\d\d)|M(\d\d)-M(\d\d))?")


def parse_id(text: str) -> Period:
    """The period of an id; `2014H1` is taken too. Raises InputError for anything else."""
    found = _ID.fullmatch(text.strip())
    if not found:
        raise InputError(f"'{text}' is no period", "2014, 2014Q3, 2014Q1-Q3, 2014H1 or 2014-03")
    year, first_quarter, last_quarter, half, month, first, last = found.groups()
    if first_quarter:
        return Period(int(year), 3 * int(first_quarter) - 2, 3 * int(last_quarter or first_quarter))
    if half:
        return Period(int(year), 6 * int(half) - 5, 6 * int(half))
    if month:
        return Period(int(year), int(month), int(month))
    return Period(int(year), int(first), int(last)) if first else Period(int(year))


def decompose(start: Period, end: Period) -> tuple[Period, ...]:
    """The periods, one a year, that together run from the start of `start` to the end of `end`."""
    if (end.year, end.last) < (start.year, start.first):
        raise InputError(f"a period that ends ({end.id}) before it begins ({start.id})")
    return tuple(
        Period(year, start.first if year == start.year else 1, end.last if year == end.year else 12)
        for year in range(start.year, end.year + 1)
    )


def quarters(start: Period, end: Period) -> tuple[Period, ...]:
    """Every single quarter from the one `start` begins in to the one `end` ends in."""
    first, last = (start.first + 2) // 3, (end.last + 2) // 3
    return tuple(
        Period(year, 3 * quarter - 2, 3 * quarter)
        for year in range(start.year, end.year + 1)
        for quarter in range(first if year == start.year else 1, (last if year == end.year else 4) + 1)
    )
