"""Periods and units as people write them in files. Questions are read elsewhere; nothing here knows of places."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from xinfo.errors import InputError
from xinfo.store.periods import Period, parse_id

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NUMERALS = {"十二": "12", "十一": "11", "十": "10"} | dict(
    zip("〇零一二三四五六七八九两", "001234567892", strict=True)
)
_WORDS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "1st": "1", "2nd": "2", "3rd": "3", "4th": "4"}
_WORDS |= {"one": "1", "two": "2", "three": "3", "four": "4", "six": "6", "nine": "9"}

_FORMS: tuple[tuple[str, str], ...] = (
    # what follows or precedes the year, and what it means: y(ear), q(uarters), h(alf), m(onths), to (from month 1)
    (r"|全年|度|年度|年?末|年?底|full-?year|year|fy|end", "y"),
    (r"q([1-4])(?:-q?([1-4]))?", "q"),
    (r"第?([1-4])(?:季度?)?-(?:第)?([1-4])季度?", "q"),
    (r"第?([1-4])季度?末?", "q"),
    (r"([1-4])quarters?", "q"),
    (r"前([1-4])个?季度?", "qto"),
    (r"1([1-4])quarters?", "qto"),
    (r"h([12])", "h"),
    (r"([12])half", "h"),
    (r"(上|下)半年", "h"),
    (r"(\d{1,2})月?-(\d{1,2})月份?", "m"),
    (r"(\d{1,2})月份?末?", "m"),
    (rf"({_MONTH})(?:-({_MONTH}))?", "m"),
    (r"前(\d{1,2})个?月", "mto"),
    (r"1(\d{1,2})months?", "mto"),
)
_MEANINGS = tuple((re.compile(form), meaning) for form, meaning in _FORMS)


def parse_period(text: str) -> Period:
    """The period of an id or of a usual written form: `2014年前三季度`, `Q1-Q3 2014`, `Jan-Sep 2014`, `2014年3月`.

    Raises InputError where the text has no year, or is no period within one year.
    """
    try:
        return parse_id(text)
    except InputError:
        plain = _plain(text)
    if found := re.fullmatch(r"(\d{4})(?:[-/.](?=\d)|(?=\d\d))(\d{1,2})", plain):
        return Period(int(found[1]), int(found[2]), int(found[2]))
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:-|\.\.)\1[-/.](\d{1,2})", plain):
        return Period(int(found[1]), int(found[2]), int(found[3]))
    year = re.search(r"(?<!\d)(\d{4})(?!\d)年?", plain)
    if not year:
        raise InputError(f"'{text}' names no year", "a period such as 2014, 2014Q1-Q3 or 2014年前三季度")
    rest = re.sub(r"\s+", "", plain[: year.start()] + plain[year.end() :]).strip("-,")
    for form, meaning in _MEANINGS:
        if found := form.fullmatch(rest):
            return _span(int(year[1]), meaning, [part for part in found.groups() if part])
    return parse_id(text)


def _plain(text: str) -> str:
    """One spelling: half-width, lower case, one dash, digits for numerals."""
    plain = unicodedata.normalize("NFKC", text).lower().strip()
    plain = re.sub(r"\s*(?:[–—―−~～至到]|\bto\b|\bthrough\b)\s*", "-", plain)
    plain = re.sub(r"\b(?:of|the|in)\b", " ", plain)
    for word, digit in _WORDS.items():
        plain = re.sub(rf"\b{word}\b", digit, plain)
    for numeral, digit in _NUMERALS.items():
        plain = plain.replace(numeral, digit)
    return plain.strip()


def _span(year: int, meaning: str, parts: list[str]) -> Period:
    if meaning == "y":
        return Period(year)
    if meaning == "h":
        return Period(year, 7) if parts[0] in ("2", "下") else Period(year, 1, 6)
    numbers = [int(part) if part.isdigit() else _MONTHS.index(part[:3]) + 1 for part in parts]
    first, last = (1, numbers[0]) if meaning.endswith("to") else (numbers[0], numbers[-1])
    return Period(year, 3 * first - 2, 3 * last) if meaning.startswith("q") else Period(year, first, last)


@dataclass(frozen=True)
class Unit:
    """A written unit: the kind of thing it counts (`yuan`, `count`, `ratio`) and how many base units it is."""

    counts: str
    factor: float


UNITS: dict[str, Unit] = {
    **{name: Unit("yuan", 1) for name in ("yuan", "元")},
    **{name: Unit("yuan", factor) for name, factor in (("thousand yuan", 1e3), ("万元", 1e4), ("million yuan", 1e6))},
    **{name: Unit("yuan", factor) for name, factor in (("亿元", 1e8), ("billion yuan", 1e9))},
    **{name: Unit("count", 1) for name in ("units", "count", "户", "persons", "人")},
    **{name: Unit("count", 1e4) for name in ("万户", "万人")},
    "%": Unit("ratio", 0.01),
    "ratio": Unit("ratio", 1),
}

_MANY = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "mio": 1e6, "billion": 1e9, "trillion": 1e12}
_MANY |= {"万": 1e4, "亿": 1e8}
_SCALED = re.compile(rf"({'|'.join(_MANY)})[. ]?\s*(\D+)", re.IGNORECASE)


def base_unit(unit: str) -> Unit:
    """What a written unit counts; one of no list is a unit of its own, and may have a number word: million CHF."""
    written = _one_spelling(unit)
    if known := UNITS.get(written) or UNITS.get(written.lower()):
        return known
    scaled = _SCALED.fullmatch(written)
    return Unit(scaled[2], _MANY[scaled[1].lower()]) if scaled else Unit(written, 1)


def _one_spelling(unit: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", unit)).strip()


def factor(unit: str, base: str) -> float:
    """How many of a metric's `base` units one written `unit` is.

    A base unit `yuan/person` takes the units of money. Raises InputError where they do not measure the same thing.
    """
    known = base_unit(unit)
    listed = known in UNITS.values()
    if _one_spelling(unit) == base or known.counts == (base.partition("/")[0] if listed else base):
        return known.factor
    wanted = [name for name, one in UNITS.items() if one.counts == base.partition("/")[0]] or [base]
    raise InputError(f"unit '{unit}' does not measure {base}", f"one of {', '.join(wanted)}")
