"""Periods inside the texts of a file: a whole period, a year alone, or a part of a year whose year stands elsewhere.

A part is written as the ids of the store write it after the year: 'Q3', 'Q1-Q3', 'M03', 'M01-M05'.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from xinfo.errors import InputError
from xinfo.store.names import simplified
from xinfo.store.periods import Period, parse_id
from xinfo.store.written import parse_period


@dataclass(frozen=True)
class Time:
    """What a text says of time. A year without a part is the whole year, or that of a part said elsewhere."""

    year: int | None = None
    part: str | None = None

    @property
    def period(self) -> str | None:
        """The period's id where the year is known."""
        return None if self.year is None else period_of(self.year, self.part).id


_NUMBER = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九两])"
_QUARTER = r"[一二三四1-4]"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_TO = r"\s*(?:-|至|到|\bto\b)\s*"
_ORDINAL = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"
_QUARTERS = r"(?:quarter|qtr)s?"
_COUNT = r"(?:two|three|six|nine|[2-9]|1[01])"
_PARTS = (
    rf"第?{_QUARTER}(?:季度?)?{_TO}第?{_QUARTER}季度?",
    rf"第?{_QUARTER}季度?末?",
    rf"前{_NUMBER}个?(?:季度?|月)",
    r"[上下]半年",
    rf"(?<!\d){_NUMBER}月?{_TO}{_NUMBER}月份?",
    rf"(?<!\d){_NUMBER}月份?末?",
    rf"(?<![a-z])q[1-4](?:{_TO}q?[1-4])?(?![a-z\d])",
    r"\b[1-4]q(?![a-z])",
    r"(?<![a-z])h[12](?![a-z\d])",
    rf"\b{_ORDINAL}[ -](?:quarter|qtr|half(?:[ -]year)?)\b",
    rf"\b{_QUARTERS} (?:[1-4]|iv|i{{1,3}})\b",
    "首季度?",
    rf"\bfirst {_COUNT} (?:months|quarters)\b",
    rf"\b{_MONTH}(?:{_TO}{_MONTH})?(?![a-z])",
)
_PART = "(?:" + "|".join(_PARTS) + ")"
_APART = re.compile(
    rf"第?{_QUARTER}季度?(?:{_TO}第?{_QUARTER}季度?)?末?|前{_NUMBER}个?(?:季度?|月)|[上下]半年|首季度?"
    rf"|(?<!\d){_NUMBER}月?{_TO}{_NUMBER}月份?末?|(?<!\d){_NUMBER}月份?末?"
    + "".join(f"|{part}" for part in _PARTS[6:-1])
    + rf"|\b(?!may\b){_MONTH}(?:{_TO}{_MONTH})?(?![a-z])"
)
"""A part of a year that stands apart from it: nothing that may be a number of a table or a word."""
_WHOLE = r"(?:全年|年末|年底|full[- ]year|end[- ]of[- ]year)"
_YEAR = r"(?<![\d.])(?:fy ?)?(?:19|20)\d\d(?!\d|[.,]\d)(?:\s?年度?)?(?:[末底])?"
_HAN_YEAR = r"二[〇零][〇零一二三四五六七八九]{2}年(?:度|末|底)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?<!\d)(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])(?:-|\.\.)(?:(?:19|20)\d\d[-/.])?(?:0?[1-9]|1[0-2])月?(?![\d.])",
        r"(?<!\d)(?:19|20)\d\d[-/.年]?\s?m?(?:0[1-9]|1[0-2]|[1-9])(?:月份?)?(?![\d.%])",
        rf"(?:{_YEAR}|{_HAN_YEAR})[\s,/-]*(?:的|of )?{_PART}",
        rf"{_PART}[\s,/-]*(?:of |in )?{_YEAR}",
        rf"(?:{_YEAR}|{_HAN_YEAR})\s*{_WHOLE}?",
        _PART,
        _WHOLE,
    )
)
_DATE = re.compile(
    r"(?:19|20)\d\d(?:([-/.])\d{1,2}\1\d{1,2}(?!\d)|年\s*\d{1,2}月\s*\d{1,2}日)(?:[ t]\d\d:\d\d(?::\d\d)?)?"
)
_YEARS = re.compile(rf"(?:19|20)\d\d年?{_TO}(?:19|20)\d\d年?(?!\d)|(?<!\d)(?:19|20)\d\d/\d\d(?!\d)")


def normal(text: str) -> str:
    """Half-width, lower case, simplified characters, one kind of dash and blank."""
    plain = simplified(unicodedata.normalize("NFKC", text).casefold())
    return re.sub(r"\s+", " ", re.sub(r"[‐‑‒–—―−~～〜一](?=\d)|[‐‑‒–—―−~～〜]", "-", plain)).strip()


@lru_cache(maxsize=100_000)
def read_time(text: str) -> tuple[Time | None, str]:
    """What `text` (in normal form) says of time and what is left of it. A date or a run of years is no period."""
    text = _ENDED.sub(_ending, _DATE.sub(" ", _YEARS.sub(" ", text)))
    for form in _FORMS:
        for found in form.finditer(text):
            if time := _meant(found[0].strip()):
                rest = text[: found.start()] + " " + text[found.end() :]
                alone = time.year is not None and time.part is None and not re.search(_WHOLE, found[0])
                return _with_part(time, rest) if alone else (time, rest)
    return None, text


def _with_part(year: Time, rest: str) -> tuple[Time, str]:
    """A year with the one part of it that stands elsewhere in its text: 'first quarter GDP of 2016'."""
    found = [(one, time) for one in _APART.finditer(rest) if (time := _meant(one[0].strip()))]
    if len({time.part for _, time in found}) != 1 or found[0][1].part is None:
        return year, rest
    one, time = found[0]
    return Time(year.year, time.part), rest[: one.start()] + " " + rest[one.end() :]


_ENDED = re.compile(
    rf"\b(?:(?P<months>three|six|nine|\d\d?)[ -]months?|(?P<year>year|twelve months)|{_QUARTERS})(?: period)?"
    rf" (?:ended|ending|to|until|up to)(?: the end of)?(?: \d\d?)? (?P<last>{_MONTH})(?: \d\d?(?!\d))?,?"
    r"(?P<of> ?(?:19|20)\d\d)?"
)
"""'the three months to March': a span told by its last month."""
_COUNTS = {"three": 3, "six": 6, "nine": 9}


def _ending(found: re.Match[str]) -> str:
    """The span by its first and last month; a span that is none within a year is no period, nor is its year."""
    last = parse_period(f"2000 {found['last']}").last
    count = 12 if found["year"] else _COUNTS.get(found["months"] or "three") or int(found["months"])
    if count > last:
        return " over two years "
    return f"{_NAMES[last - count]}-{_NAMES[last - 1]}{found['of'] or ''}"


_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def is_date(text: str) -> bool:
    """Whether the whole text is a day."""
    return bool(_DATE.fullmatch(normal(text)))


def period_of(year: int, part: str | None) -> Period:
    """The part of a year, or the year."""
    if part and re.fullmatch(r"M\d\d", part):
        return parse_id(f"{year}-{part[1:]}")
    return parse_id(f"{year}{part or ''}")


def part_of(period: Period) -> str | None:
    """A period without its year; None for a whole year."""
    if period.kind == "year":
        return None
    if period.kind == "month":
        return f"M{period.first:02d}"
    return period.id[4:]


_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def _meant(text: str) -> Time | None:
    if found := re.fullmatch(r"(\d{4})[-/.](\d\d?)(?:-|\.\.)(?:\1[-/.])?(\d\d?)月?", text):
        text = f"{found[1]}年{found[2]}-{found[3]}月"
    text = re.sub(r"(?<=\d)年?\s?m(?=\d)", "-", text).replace(".", "-" if re.search(r"\d\.\d", text) else "")
    text = re.sub(r"\b([1-4])q(?![a-z])", r"q\1 ", text)
    text = re.sub(rf"\b{_QUARTERS} ([1-4]|iv|i{{1,3}})\b", lambda found: f"q{_ROMAN.get(found[1], found[1])}", text)
    text = (
        re.sub(r"(?<=\d)\s年", "年", re.sub(r"\bqtr\b", "quarter", text)).replace("首季", "一季").replace("年度", "年")
    )
    text = re.sub(rf"\b({_ORDINAL})-(?=q|half)", r"\1 ", re.sub(r"\bhalf[ -]year\b", "half", text))
    text = re.sub(r"(?<=\d\d\d\d)(?=[第前上下一二三四五六七八九十])", "年", text)
    if re.fullmatch(_WHOLE, text):
        return Time(None, None)
    said = re.search(r"(?:19|20)\d\d|二[〇零]", text)
    try:
        period = parse_period(text if said else f"2000 {text}" if text.isascii() else f"2000年{text}")
    except InputError:
        return None
    return Time(period.year if said else None, part_of(period))
