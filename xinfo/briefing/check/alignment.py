"""Where the figures of a text went when it was edited: two texts laid side by side, character by character."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from xinfo.briefing.document import Run

ALIKE = 62.0
"""Of 100: a line less like any of the file's is not in it any more."""
NUMBER = re.compile(r"[\d.,%０-９]")


class Text:
    """All text of a file, its blanks left out, in which lines are looked for in order.

    `flowing` is text as a printed page has it, where a paragraph is broken into lines anywhere.
    """

    def __init__(self, texts: Sequence[str], flowing: bool = False):
        self._lines = [bare for text in texts for line in text.split("\n") if (bare := _bare(line))]
        self._whole = "".join(self._lines) if flowing else ""
        self._next = 0

    def standing(self, runs: Sequence[Run]) -> dict[int, str | None]:
        """What stands in the place of each figure of a line, by its place in it; None where the line is gone."""
        line = "".join(_bare(run.text) for run in runs)
        figures = [at for at, run in enumerate(runs) if run.figure]
        row = len(runs) > 1 and not runs[0].figure and runs[-1].figure and not self._whole
        found = self._same(line) or self._flown(line) or self._like(line, _bare(runs[0].text) if row else "")
        return _aligned(runs, line, found) if found else dict.fromkeys(figures)

    def _same(self, line: str) -> str:
        """The very line, the next one of several."""
        for at in (*range(self._next, len(self._lines)), *range(min(self._next, len(self._lines)))):
            if self._lines[at] == line:
                self._next = at + 1
                return line
        return ""

    def _flown(self, line: str) -> str:
        """The stretch of flowing text most like the line."""
        if not self._whole:
            return ""
        at = self._whole.find(line)
        if at >= 0 and not _goes_on(self._whole, at, at + len(line)):
            return line
        found = fuzz.partial_ratio_alignment(line, self._whole, score_cutoff=ALIKE)
        # A window of the line's own length would cut off what was written in addition.
        return self._whole[found.dest_start : found.dest_end + 8] if found else ""

    def _like(self, line: str, label: str) -> str:
        """The line most like it; of the rows of a table the one that begins alike."""
        if label:
            beginning = [one for one in self._lines if one.startswith(label) and len(one) < len(line) + 24]
            if first := process.extractOne(line, beginning, scorer=fuzz.ratio):
                return str(first[0])
        near = process.extractOne(line, self._lines, scorer=fuzz.ratio, score_cutoff=ALIKE)
        return str(near[0]) if near else ""


def _aligned(runs: Sequence[Run], line: str, now: str) -> dict[int, str | None]:
    """By the shortest edit from one to the other."""
    if line == now:
        return {at: run.text for at, run in enumerate(runs) if run.figure}
    first, where, kept = _map(line, now)
    standing: dict[int, str | None] = {}
    at = 0
    for number, run in enumerate(runs):
        bare = _bare(run.text)
        if run.figure:
            start, end = where[at], first[at + len(bare)]
            # What was written in right behind a figure, such as a footnote's mark, need not be a part of it.
            end = end if now[start:end] == bare else where[at + len(bare)]
            standing[number] = _there(now, start, end, kept, run.text)
        at += len(bare)
    return standing


def _map(line: str, now: str) -> tuple[list[int], list[int], set[int]]:
    """For each border between characters of the line, the border in the other text: before what was written in there,
    and after it; then what of the other text stood there before.
    """
    first, where, kept = [-1] * (len(line) + 1), [0] * (len(line) + 1), set[int]()
    for code in Indel.opcodes(line, now):
        start, end = code.dest_start, code.dest_end
        kept |= set(range(start, end)) if code.tag == "equal" else set()
        for at in range(code.src_start, code.src_end + 1):
            along = start + at - code.src_start
            where[at] = min(along, end) if code.tag == "equal" else end if at == code.src_end else start
            first[at] = where[at] if first[at] < 0 else first[at]
    return first, where, kept


def _there(now: str, start: int, end: int, kept: set[int], written: str) -> str | None:
    """The figure as it stands; digits that were written in beside it belong to it."""
    while start > 0 and start - 1 not in kept and NUMBER.match(now[start - 1]):
        start -= 1
    # Behind a unit or a percent sign a digit is the mark of a footnote.
    while end < len(now) and end not in kept and NUMBER.match(now[end]) and now[end - 1].isdigit():
        end += 1
    there = now[start:end]
    if there == _bare(written):
        return written
    return there or None


def _goes_on(whole: str, start: int, end: int) -> bool:
    """Whether a line that ends or begins with a number is part of a longer one."""
    before = start > 0 and whole[start].isdigit() and NUMBER.match(whole[start - 1])
    after = end < len(whole) and whole[end - 1].isdigit() and whole[end].isdigit()
    return bool(before or after)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
