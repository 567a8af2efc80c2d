"""What of a section stands on which slide: over a chart, on slides of text, below the text before. Writes none."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xinfo.answer.marks import text_width
from xinfo.briefing.document import Paragraph, Run
from xinfo.briefing.layout import Chapter, Shown

SMALL = 12
SIZES = {"caution": SMALL, "plain": SMALL, "item": SMALL, "head": 13}
"""Of notes, lists and what heads them; other text is larger."""
ROOM = 20
"""Lines of a slide's text at that size."""
LINE = 1050
"""Pixels of text of that size in a line."""
BESIDE = {13: 4400, 11: 5200}
"""Over an exhibit: the sizes of text, with the pixels of it that have room there, which is five lines."""
TEXT_AT, CHART_AT, LINE_HIGH = 0.18, 0.28, 0.0025
"""Where text over an exhibit begins and where the exhibit does, of the slide's height; that of a line, by its size."""
SHORT = 4
"""Lines of a section's text that stand below the text of the section before rather than on a slide of their own."""


def exhibits(chapter: Chapter) -> list[Shown]:
    return [one for one in chapter.elements if isinstance(one, Shown)]


def beside_exhibits(chapter: Chapter) -> dict[str, list[Paragraph]]:
    """For each exhibit what stands over it: its own sentence, and in a section of one all that has room."""
    shown, lines = exhibits(chapter), [one for one in chapter.elements if isinstance(one, Paragraph)]
    beside = {one.exhibit.id: [line for line in lines if line.id == one.exhibit.id] for one in shown}
    if len(shown) == 1:
        more = sum(text_width(line.text) for line in lines if line.id != shown[0].exhibit.id)
        # A line of a slide is no slide: for that the text over the exhibit may be small.
        room = BESIDE[min(BESIDE) if more <= LINE else max(BESIDE)]
        if sum(text_width(line.text) for line in lines) <= room:
            beside[shown[0].exhibit.id] = lines
    return beside


def over(beside: Sequence[Paragraph]) -> tuple[int, float]:
    """The size of the text over an exhibit, and where below it the exhibit begins."""
    wide = sum(text_width(line.text) for line in beside)
    size = next((size for size, room in BESIDE.items() if wide <= room), min(BESIDE))
    lines = sum(math.ceil(text_width(line.text) * size / SMALL / LINE) for line in beside)
    return size, max(CHART_AT, TEXT_AT + 0.02 + lines * size * LINE_HIGH)


def left(chapter: Chapter) -> list[Paragraph]:
    """The text that stands on slides of its own."""
    told = {id(line) for some in beside_exhibits(chapter).values() for line in some}
    return [one for one in chapter.elements if isinstance(one, Paragraph) and id(one) not in told]


def with_short(chapters: Sequence[Chapter]) -> list[tuple[Chapter, list[Paragraph]]]:
    """Each section with the short ones that follow it, where it has a slide of text they can stand on."""
    made = list[tuple[Chapter, list[Paragraph]]]()
    for chapter in chapters:
        lines = left(chapter)
        short = not exhibits(chapter) and sum(map(height, lines)) <= SHORT
        if short and made and left(made[-1][0]):
            made[-1][1].extend((Paragraph("", (Run(chapter.title),), "head"), *lines))
        else:
            made.append((chapter, []))
    return made


def in_pages(lines: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """The lines on as few slides as hold them, about as many on each."""
    pages = _filled(lines, ROOM)
    even = _filled(lines, min(ROOM, sum(map(height, lines)) / max(len(pages), 1) + SHORT / 2))
    return even if len(even) == len(pages) else pages


def _filled(lines: Sequence[Paragraph], room: float) -> list[list[Paragraph]]:
    """What heads some stands with the first of them."""
    pages, used = list[list[Paragraph]](), 0.0
    for line in lines:
        takes = height(line)
        if not pages or used + takes + (2 if line.kind == "head" else 0) > room:
            pages.append([])
            used = 0.0
        pages[-1].append(line)
        used += takes
    return pages


def height(line: Paragraph) -> float:
    """Lines of a slide, with the gap behind."""
    size = SIZES.get(line.kind, 15)
    return (math.ceil(text_width(line.text) * size / SMALL / LINE) + 0.4) * size / SMALL
