"""What of a document stands on which slide: a figure with its points beside it, points by themselves. Writes none.

A point is a paragraph. Sizes are the same on all slides of a deck.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from xinfo.answer.marks import text_width
from xinfo.briefing.document import Paragraph, Run
from xinfo.briefing.layout import Chapter, Shown
from xinfo.language.texts import text

MOST = 3
"""Points on a slide."""
LINE, POINTS = 1050, 12
"""Pixels of text in a line as wide as a slide, at the size of so many points."""
HIGH = 355
"""Points of a slide's height that hold its text."""
TITLES = {24: 820, 22: 900, 20: 1000, 18: 1150, 16: 1400, 13: 1800}
"""The sizes of titles, with the width at 12 points that has room on two lines."""
SIZES, BESIDE = (20, 18, 16), (16, 14, 13)
"""Of text that has a slide for itself, and of text beside a figure."""
SHARE, FILLED = 0.4, 0.7
"""Of a slide's width that text beside a figure has, and how much of that its lines fill."""
SENTENCE = re.compile(r"(?<=。)|(?<=[.!?])(?= [A-Z])")
SHORT = 1000
"""Pixels of a text at 12 points that is no point by itself."""
GAP, SPACING, WIDEST = 0.5, 1.2, 30
"""Behind a point, in lines; how far lines stand apart, of their size; how much more is behind one of few points."""
SMALL = {"caution": 12, "plain": 12, "item": 14, "note": 12, "head": 14}
"""Of notes, lists and what heads them."""


@dataclass
class Sheet:
    """A slide: its title, its text, the figure beside or below it, and of which section it is."""

    title: str
    section: str
    lines: list[Paragraph] = field(default_factory=list)
    shown: Shown | None = None
    first: bool = True
    """Whether it is the first of its section."""

    @property
    def beside(self) -> bool:
        """Whether its text stands beside the figure; a table needs the width."""
        return bool(self.shown and self.shown.exhibit.chart and not self.shown.exhibit.table)


def sheets(chapters: Sequence[Chapter]) -> list[Sheet]:
    """The slides of the text."""
    made = list[Sheet]()
    for chapter in chapters:
        _add(chapter, made)
    return made


def _add(chapter: Chapter, made: list[Sheet]) -> None:
    """A section's slides: the text that begins it, each figure with what is said of it, the rest."""
    shown = [one for one in chapter.elements if isinstance(one, Shown)]
    beside = {one.exhibit.id: _own(chapter, one, len(shown) == 1) for one in shown}
    told = {id(line) for lines in beside.values() for line in lines}
    begins = [*takewhile(lambda one: isinstance(one, Paragraph) and id(one) not in told, chapter.elements)]
    left = [one for one in chapter.elements if isinstance(one, Paragraph) and id(one) not in told]
    _text(chapter, left[: len(begins)], made, True)
    for at, one in enumerate(shown):
        title = chapter.title if len(shown) == 1 else one.exhibit.message
        sheet = Sheet(title, chapter.title, beside[one.exhibit.id], one, not at and not begins)
        if not sheet.lines and made and _left_over(made[-1]) and _fits(made[-1].lines, sheet.beside):
            sheet.lines = made.pop().lines
        made.append(sheet)
    _text(chapter, left[len(begins) :], made, not shown)


def _own(chapter: Chapter, shown: Shown, alone: bool) -> list[Paragraph]:
    """What stands beside a figure: its own sentence; where it is alone in its section all that has room."""
    lines = [one for one in chapter.elements if isinstance(one, Paragraph)]
    own, of = [one for one in lines if one.id == shown.exhibit.id], Sheet("", "", shown=shown)
    for line in lines if alone else ():
        if line in own:
            continue
        if not _fits([*own, line], of.beside):
            break
        own.append(line)
    return sorted(own, key=lines.index)


def _left_over(sheet: Sheet) -> bool:
    """Whether a slide has only the last points of a section that has other slides."""
    return not sheet.shown and not sheet.first


def _text(chapter: Chapter, lines: Sequence[Paragraph], made: list[Sheet], first: bool) -> None:
    """Slides of text; the first ones stand below the text before, where that leaves room."""
    short = sum(text_width(one.text) for one in lines) <= SHORT
    if lines and made and not made[-1].shown and (short or len(made) > 1):
        joined = [*made[-1].lines, Paragraph("", (Run(chapter.title),), "head"), *lines]
        if _fits(joined):
            made[-1].lines = joined
            return
    for page in in_pages(lines):
        made.append(Sheet(chapter.title, chapter.title, page, first=first))
        first = False


def _fits(lines: Sequence[Paragraph], beside: bool = False) -> bool:
    return _holds(lines, min(BESIDE if beside else SIZES), SHARE if beside else 1)


def titled(made: Sequence[Sheet], lang: str) -> list[str]:
    """The title of each slide; the later ones of several with one title say that they go on."""
    seen, titles = set[str](), list[str]()
    for one in made:
        titles.append(text("brief.continued", lang, title=one.title) if one.title in seen else one.title)
        seen.add(one.title)
    return titles


def in_pages(lines: Iterable[Paragraph], size: int = min(SIZES)) -> list[list[Paragraph]]:
    """The lines on slides of at most so many points; what heads some stands with the first of them."""
    pages = list[list[Paragraph]]()
    for line in lines:
        if not pages or not _holds([*pages[-1], line], size):
            # What heads nothing goes along.
            head = [pages[-1].pop()] if pages and pages[-1][-1].kind == "head" else []
            pages = [one for one in pages if one]
            pages.append(head)
        pages[-1].append(line)
    return pages


def _holds(lines: Sequence[Paragraph], size: int, share: float = 1) -> bool:
    points = sum(one.kind == "body" and text_width(one.text) > SHORT for one in lines)
    return points <= MOST and height(lines, size, share) <= HIGH


def height(lines: Iterable[Paragraph], size: int, share: float = 1) -> float:
    """In points, with the gaps."""
    return sum(_height(line, size_of(line, size), share) for line in lines)


def _height(line: Paragraph, size: int, share: float) -> float:
    return (
        (math.ceil(text_width(line.text) * size / POINTS / LINE / (share * FILLED if share < 1 else 1)) + GAP)
        * size
        * SPACING
    )


def more_behind(lines: Sequence[Paragraph], size: int) -> int:
    """How much farther apart few points stand on a slide of their own, so that they fill it."""
    return int(max(min((HIGH - height(lines, size)) / max(len(lines), 1), WIDEST), 0))


def size_of(line: Paragraph, size: int) -> int:
    """Of a line, where text is of a size."""
    return min(SMALL.get(line.kind, size), size)


def title_size(titles: Sequence[str]) -> int:
    """One size for all titles, the largest at which each has room on two lines."""
    longest = max(map(text_width, titles), default=0)
    return next((size for size, room in TITLES.items() if longest <= room), min(TITLES))


def pointed(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines; a paragraph that is the only one in as many points as a slide has, made of its sentences."""
    if sum(one.kind == "body" for one in lines) != 1:
        return list(lines)
    return [piece for line in lines for piece in (_pieces(line) if line.kind == "body" else (line,))]


def _pieces(line: Paragraph) -> list[Paragraph]:
    said = SENTENCE.split(line.text)
    begin = max(len(said) - MOST + 1, 1)
    texts = ["".join(said[:begin]), *said[begin:]]
    marks = tuple(replace(run, text="", figure="") for run in line.runs if run.notes)
    # What is noted of any of them stands with the last.
    return [replace(line, runs=(Run(one.strip()), *(marks if at == len(texts) - 1 else ())))
            for at, one in enumerate(texts)]  # fmt: skip


def body_sizes(made: Sequence[Sheet]) -> tuple[int, int]:
    """The size of text on slides of text and of text beside figures: the largest at which all of it has room."""
    text = [one.lines for one in made if not one.shown]
    beside = [one.lines for one in made if one.beside]
    return _largest(SIZES, text, 1), _largest(BESIDE, beside, SHARE)


def _largest(sizes: Sequence[int], pages: Sequence[Sequence[Paragraph]], share: float) -> int:
    return next((one for one in sizes if all(height(page, one, share) <= HIGH for page in pages)), min(sizes))
