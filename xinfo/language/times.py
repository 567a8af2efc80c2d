"""How periods are written, in each language. Reads none: see `understand.clock`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xinfo.store.periods import Period

ORDINALS = ("first", "second", "third", "fourth")
HAN = "一二三四"
MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip


def name(period: Period, lang: str) -> str:
    """'the first three quarters of 2014', '2014年前三季度'."""
    return _english(period) if lang == "en" else _chinese(period)


def short(period: Period, lang: str) -> str:
    """For axes and tables: 2014 Q3, 2014年三季度."""
    if period.kind == "year":
        return str(period.year) if lang == "en" else f"{period.year}年"
    if lang == "zh":
        return _chinese(period)
    if period.kind == "quarter":
        return f"{period.year} Q{period.quarter}"
    return f"{MONTHS[period.first - 1][:3]}-{MONTHS[period.last - 1][:3]} {period.year}".replace(
        f"{MONTHS[period.last - 1][:3]}-{MONTHS[period.last - 1][:3]}", MONTHS[period.last - 1][:3]
    )


def span(start: Period, end: Period, lang: str) -> str:
    """'2014', 'the second quarter of 2014 to the first quarter of 2015', '2014年二季度至2015年一季度'."""
    if start == end:
        return name(start, lang)
    return f"{name(start, lang)}{' to ' if lang == 'en' else '至'}{name(end, lang)}"


def spans(periods: Iterable[Period], lang: str) -> list[str]:
    """Periods as what runs on, the longest kind first: '2013 to 2015', 'the first quarter of 2014 to …'."""
    runs: list[list[Period]] = []
    for one in sorted(periods, key=lambda one: (one.first - one.last, one)):
        if runs and runs[-1][-1].following == one:
            runs[-1].append(one)
        else:
            runs.append([one])
    return [span(run[0], run[-1], lang) for run in runs]


def day(on: date, lang: str) -> str:
    """'30 June 2015', '2015年6月30日'."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}" if lang == "en" else f"{on.year}年{on.month}月{on.day}日"


def _english(period: Period) -> str:
    year, kind = period.year, period.kind
    if kind == "year":
        return str(year)
    if kind == "month":
        return f"{MONTHS[period.first - 1]} {year}"
    if not period.in_quarters:
        return f"{MONTHS[period.first - 1]}-{MONTHS[period.last - 1]} {year}"
    first, last = (period.first + 2) // 3, period.last // 3
    if first == last:
        return f"the {ORDINALS[first - 1]} quarter of {year}"
    named = {(1, 2): "first half", (3, 4): "second half", (1, 3): "first three quarters"}.get((first, last))
    return f"the {named} of {year}" if named else f"Q{first}-Q{last} {year}"


def _chinese(period: Period) -> str:
    year, kind = period.year, period.kind
    if kind == "year":
        return f"{year}年"
    if kind == "month":
        return f"{year}年{period.first}月"
    if not period.in_quarters:
        return f"{year}年{period.first}—{period.last}月"
    first, last = (period.first + 2) // 3, period.last // 3
    if first == last:
        return f"{year}年{HAN[first - 1]}季度"
    named = {(1, 2): "上半年", (3, 4): "下半年", (1, 3): "前三季度"}.get((first, last))
    return f"{year}年{named}" if named else f"{year}年{HAN[first - 1]}至{HAN[last - 1]}季度"
