"""Text that flows over pages, cut into the units that are known of it; what is left over is a unit of its own.

A printed page has no paragraphs: each known sentence, row or caption is looked for, its blanks left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from xinfo.briefing.check.said import Said, Unit, plain

SURE = 6
"""Characters from which on a text that stands once in a file is taken for what it is."""
WORD = 12
"""A text of fewer characters may be a part of a word."""
FULL = 45
"""Letters of a line that may go on in the next."""
SHORT = 4
"""A shorter text counts only beside what was found, or as a word by itself."""


class Flow:
    """The text of pages without its blanks, and which of it is taken."""

    def __init__(self, pages: Sequence[str]):
        self._whole = "\f".join(map(str, pages))
        self._at = [at for at, char in enumerate(self._whole) if _shown(char)]
        self.bare = _bare(self._whole)
        # What has one spelling has as many characters as before: places stay.
        self._taken = bytearray(len(self.bare))
        self._breaks = [at for at, char in enumerate(self._whole) if char == "\f"]

    def cut(self, known: Sequence[Unit], often: Sequence[str] = ()) -> Said:
        """The units in the order they stand in; texts of `often` stand on every page, and count once."""
        said = [_bare(unit.text) for unit in known]
        placed = self._sure(said)
        for least, most in ((SHORT, 1 << 30), (1, SHORT - 1)):
            self._between(said, placed, least, most)
        self._anywhere(said, placed)
        for text in often:
            self._drop(_bare(text))
        found = [(start, Unit(known[at].kind, known[at].text, self._page(start), known[at].name))
                 for at, start in placed.items()]  # fmt: skip
        return tuple(unit for _, unit in sorted([*found, *self._left()], key=lambda one: one[0]))

    def _sure(self, said: Sequence[str]) -> dict[int, int]:
        """Texts that stand once, the longest first."""
        placed, count = dict[int, int](), Counter(said)
        for at in sorted(range(len(said)), key=lambda one: -len(said[one])):
            one = said[at]
            start = self.bare.find(one) if len(one) >= SURE and count[one] == 1 else -1
            if start >= 0 and self.bare.find(one, start + 1) < 0 and self._free(start, len(one)):
                self._take(placed, at, start, one)
        return placed

    def _between(self, said: Sequence[str], placed: dict[int, int], least: int, most: int) -> None:
        """The others in order, each behind the one before it."""
        after = 0
        bounds = self._bounds(said, placed)
        for at, one in enumerate(said):
            if at in placed:
                after = placed[at] + len(one)
            elif least <= len(one) <= most and (start := self._find(one, after, bounds[at])) >= 0:
                self._take(placed, at, start, one)
                after = start + len(one)

    def _bounds(self, said: Sequence[str], placed: dict[int, int]) -> list[int]:
        """For each text where the next one that was found begins."""
        bounds, next_ = [0] * len(said), len(self.bare)
        for at in range(len(said) - 1, -1, -1):
            bounds[at] = next_
            next_ = placed.get(at, next_)
        return bounds

    def _anywhere(self, said: Sequence[str], placed: dict[int, int]) -> None:
        for at, one in enumerate(said):
            if at not in placed and len(one) >= SHORT and (start := self._find(one, 0, len(self.bare))) >= 0:
                self._take(placed, at, start, one)

    def _find(self, one: str, start: int, end: int) -> int:
        while one and (start := self.bare.find(one, start, end)) >= 0:
            if self._free(start, len(one)) and (len(one) >= SHORT or self._beside(start, len(one))):
                return start
            start += 1
        return -1

    def _free(self, start: int, length: int) -> bool:
        return not any(self._taken[start : start + length]) and not self._goes_on(start, start + length)

    def _goes_on(self, start: int, end: int) -> bool:
        """Whether a text that begins or ends with digits is a part of a longer number."""
        bare, taken = self.bare, self._taken
        number = re.compile(r"[\d.,]")
        before = start > 0 and not taken[start - 1] and bare[start].isdigit() and number.match(bare[start - 1])
        after = end < len(bare) and not taken[end] and bare[end - 1].isdigit() and bare[end].isdigit()
        if end - start < WORD and (self._inside(start) or self._inside(end)):
            return True
        return bool((before and not self._gap(start)) or (after and not self._gap(end))) and end - start < SURE

    def _inside(self, at: int) -> bool:
        """Whether a place is within a Latin word that nothing took a part of."""
        if not 0 < at < len(self.bare) or self._gap(at) or self._taken[at - 1] or self._taken[at]:
            return False
        return self.bare[at - 1 : at + 1].isascii() and self.bare[at - 1 : at + 1].isalpha()

    def _beside(self, start: int, length: int) -> bool:
        end = start + length
        if self.bare[start:end].isdigit() and (self._joined(start) or self._joined(end)):
            return False
        if start == 0 or end == len(self.bare) or self._taken[start - 1] or self._taken[end]:
            return True
        # The number of a note is no word by itself.
        return bool(self._gap(start) and self._gap(end)) and not self.bare[start:end].isdigit()

    def _joined(self, at: int) -> bool:
        """Whether the character before a place and the one behind it are one word that nothing took."""
        if not 0 < at < len(self.bare) or self._gap(at) or (self._taken[at - 1] or self._taken[at]):
            return False
        return self.bare[at - 1].isalnum() and self.bare[at].isalnum()

    def _take(self, placed: dict[int, int], at: int, start: int, one: str) -> None:
        placed[at] = start
        self._taken[start : start + len(one)] = b"\1" * len(one)

    def _drop(self, one: str) -> None:
        """Takes every place of a text that nothing else takes."""
        start = -1
        while one and (start := self.bare.find(one, start + 1)) >= 0:
            if self._free(start, len(one)):
                self._taken[start : start + len(one)] = b"\1" * len(one)

    def _page(self, start: int) -> str:
        return str(bisect_right(self._breaks, self._at[start]) + 1) if self._at else ""

    def _left(self) -> Iterator[tuple[int, Unit]]:
        """What no known text took, paragraph by paragraph: a line that is not full is the last of one."""
        start = line = 0
        for at in range(len(self.bare) + 1):
            broken = at < len(self.bare) and not self._gap(at).isdisjoint("\n\f")
            ends = broken and ("\f" in self._gap(at) or _width(self.bare[line:at]) < FULL)
            line = at if broken else line
            if at == len(self.bare) or self._taken[at] or ends:
                if at > start and (said := plain(self._whole[self._at[start] : self._at[at - 1] + 1])):
                    yield start, Unit("text", said, self._page(start))
                start = at + 1 if at < len(self.bare) and self._taken[at] else at

    def _gap(self, at: int) -> frozenset[str]:
        """The blanks before a character."""
        return frozenset(self._whole[self._at[at - 1] + 1 : self._at[at]] if 0 < at < len(self._at) else "")


def _width(said: str) -> int:
    """In Latin letters; a Chinese character is as wide as two."""
    return sum(2 if ord(char) > 0x2E80 else 1 for char in said)


@cache
def _shown(char: str) -> str:
    """A character as it is spelled; nothing for one that is not seen."""
    return plain(char)[:1]


def _bare(said: str) -> str:
    """Without blanks, signs spelled one way; as many characters as there were besides blanks."""
    return "".join(map(_shown, said))
