"""Where figures stand among the text of pages. Knows heights only, sets nothing.

A figure that has no room left on its page waits until the text behind it has filled that page, as in printed papers;
one right under a heading, which would stand there alone, does not. It waits for no other section where that leaves but
a part of the page empty.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from xinfo.briefing.document import Paragraph
from xinfo.briefing.layout import Chapter, Shown

Heights = Sequence[Sequence[float]]
"""For each section that of its heading and of each of its elements, in points."""
GAP = 0.4
"""How much of a page may be left empty before a figure so that it stays in its section."""
BELOW = 36.0
"""Two lines of text: with less room below it a heading goes to the next page."""


def floated(chapters: Sequence[Chapter], heights: Heights, room: float, used: float) -> tuple[Chapter, ...]:
    """The sections with their elements in the order in which pages of `room` points leave no gaps.

    `used` is what the title takes of the first.
    """
    pages = _Pages(room, used)
    for chapter, (heading, *high) in zip(chapters, heights, strict=True):
        pages.heading(heading)
        for element, takes in zip(chapter.elements, high, strict=True):
            if isinstance(element, Paragraph):
                pages.text(element, takes)
            else:
                pages.figure(element, takes)
    pages.rest()
    return tuple(
        replace(chapter, elements=tuple(elements)) for chapter, elements in zip(chapters, pages.made, strict=True)
    )


class _Pages:
    """What stands in each section so far, how full the page is, which figures wait."""

    def __init__(self, room: float, used: float):
        self.room, self.used = room, used
        self.made: list[list[Paragraph | Shown]] = []
        self._waiting = deque[tuple[Shown, float]]()

    def heading(self, takes: float) -> None:
        if self.room - self.used < GAP * self.room:
            self.rest()
        if self.used + takes + BELOW > self.room:
            self.used = 0.0
            self._flush()
        self.used += takes
        self.made.append([])

    def text(self, element: Paragraph, takes: float) -> None:
        self.made[-1].append(element)
        self.used += takes
        if self.used > self.room:
            self.used %= self.room
        self._flush()

    def figure(self, element: Shown, takes: float) -> None:
        self._waiting.append((element, takes))
        if self.made[-1]:
            self._flush()
        else:
            self.rest()

    def rest(self) -> None:
        """Lets no figure wait any longer."""
        while self._waiting:
            if self.used + self._waiting[0][1] > self.room:
                self.used = 0.0
            self._place()

    def _flush(self) -> None:
        while self._waiting and self.made and self.used + self._waiting[0][1] <= self.room:
            self._place()

    def _place(self) -> None:
        element, takes = self._waiting.popleft()
        self.made[-1].append(element)
        self.used += takes
