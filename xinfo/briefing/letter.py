"""What makes a document an official paper: who sends it to whom, its number and day, how its sections are counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from xinfo.briefing.document import Document, Letterhead, Paragraph
from xinfo.language import times
from xinfo.language.texts import text

DIGITS = "一二三四五六七八九"
TENS = ("", "十", *(f"{one}十" for one in DIGITS[1:]))
NUMBERS = [f"{ten}{one}" for ten in TENS for one in ("", *DIGITS)][1:]
COUNTED = re.compile(r"^[一二三四五六七八九十]+、")
LEVELS = ((re.compile(r"（[一二三四五六七八九十]+）"), 2), (re.compile(r"\d+[.．]"), 3), (re.compile(r"（\d+）"), 4))
"""How parts of sections are counted, with the levels of their headings."""
LONGEST = 40
"""Characters of a heading; a longer paragraph is text."""


def numbered(titles: Sequence[str], lang: str) -> list[str]:
    """The titles of sections, which are counted in Chinese: 一、二、三、"""
    numbers = iter(NUMBERS)
    return [f"{next(numbers, '')}、{one}" if one and lang == "zh" else one for one in titles]


def uncounted(title: str) -> str:
    """The title of a section without its number."""
    return COUNTED.sub("", title)


def letter(document: Document) -> Letterhead:
    """A document's letterhead in words; dated as the document is where it names no day."""
    lang, given = document.lang, document.letterhead

    def told(name: str) -> str:
        who = getattr(given, name)
        return text(f"brief.letter.{name}", lang, who=who) if who else ""

    on = day(given.date or document.made, lang) if given.issuer or given.signatory else ""
    return replace(given, signatory=told("signatory"), recipient=told("recipient"), date=on)


@dataclass(frozen=True)
class Paper:
    """To whom a paper goes, who issues it when, who has copies and who prints it."""

    recipient: str
    closing: tuple[str, ...]
    imprint: tuple[str, ...] = ()


def paper(document: Document, given: Letterhead, official: bool) -> Paper:
    """With blanks in the draft of an official paper for what nobody has given yet; `given` is its head in words."""
    lang, on = document.lang, day(document.letterhead.date or document.made, document.lang)
    if not official:
        return Paper(given.recipient, given.closing)
    blanks = ("recipient", "issuer", "printer", "copies") if not document.number else ()
    blank = {name: text(f"brief.blank.{name}", lang) for name in blanks}
    printer = given.issuer or blank.get("printer", "")
    printed = text("brief.printed", lang, who=printer, day=on) if printer else ""
    return Paper(
        given.recipient or blank.get("recipient", ""),
        given.closing or ((blank["issuer"], on) if blank else ()),
        tuple(filter(None, (blank.get("copies"), printed))),
    )


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
