"""What makes a document an official paper: who sends it to whom, its number and day, how its sections are counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xinfo.briefing.document import Document, Paragraph
from xinfo.language import times
from xinfo.language.texts import text

DIGITS = "一二三四五六七八九"
TENS = ("", "十", *(f"{one}十" for one in DIGITS[1:]))
NUMBERS = [f"{ten}{one}" for ten in TENS for one in ("", *DIGITS)][1:]
LEVELS = ((re.compile(r"（[一二三四五六七八九十]+）"), 2), (re.compile(r"\d+[.．]"), 3), (re.compile(r"（\d+）"), 4))
"""How parts of sections are counted, with the levels of their headings."""
LONGEST = 40
"""Characters of a heading; a longer paragraph is text."""


@dataclass(frozen=True)
class Letter:
    """What an official paper says around its text, in words; all empty where it is none."""

    issuer: str = ""
    number: str = ""
    signatory: str = ""
    recipient: str = ""
    day: str = ""

    @property
    def above(self) -> tuple[str, ...]:
        """Above the title."""
        return tuple(filter(None, (self.issuer, self.number, self.signatory)))

    @property
    def closing(self) -> tuple[str, ...]:
        """Below the text: who signs, and the day."""
        return (self.issuer, self.day) if self.issuer else ()


def numbered(titles: Sequence[str], lang: str) -> list[str]:
    """The titles of sections, which are counted in Chinese: 一、二、三、"""
    numbers = iter(NUMBERS)
    return [f"{next(numbers, '')}、{one}" if one and lang == "zh" else one for one in titles]


def letter(document: Document) -> Letter:
    """The words of a document's letterhead."""
    lang, given = document.lang, document.letterhead

    def told(name: str) -> str:
        who = getattr(given, name)
        return text(f"brief.letter.{name}", lang, who=who) if who else ""

    on = day(given.date or document.made, lang) if given.issuer else ""
    return Letter(given.issuer, given.number, told("signatory"), told("recipient"), on)


def day(at: str, lang: str) -> str:
    """The day of an ISO time in words."""
    try:
        return times.day(date.fromisoformat(at[:10]), lang)
    except ValueError:
        return at


def level(line: Paragraph) -> int:
    """Of which level a heading is that an author has written; 0 for text."""
    said = line.text.strip()
    if line.kind != "body" or len(said) > LONGEST or said.endswith(("。", "；", "：")):
        return 0
    return next((level for counted, level in LEVELS if counted.match(said)), 0)
