"""A question as one string for patterns, with the way back to its tokens. Holds no patterns of its own.

Tokens stand together as in Chinese; two Latin words or numbers are parted by one space. So 'Q3 2014' is 'q 3 2014' and
'2014 年 第３季度' is '2014年第3季度'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xinfo.understand.text import Text

NUMERALS = "一二三四五六七八九十百两"
"""'前五 2015' holds two numbers, and not one."""


@dataclass(frozen=True)
class Joined:
    text: str
    starts: dict[int, int]
    """Token that begins at a character."""
    ends: dict[int, int]
    """Number of tokens up to a character where one ends."""

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, re.Match[str]]]:
        """(first token, end token, match) wherever the pattern matches whole tokens, also where matches overlap."""
        at = 0
        while found := pattern.search(self.text, at):
            if found.start() in self.starts and found.end() in self.ends:
                yield self.starts[found.start()], self.ends[found.end()], found
            at = found.start() + 1


def join(text: Text) -> Joined:
    """The joined form of a text."""
    pieces: list[str] = []
    starts, ends, length = {}, {}, 0
    for index, token in enumerate(text.tokens):
        apart = index > 0 and text.tokens[index - 1].end < token.start
        if pieces and _is_word(token.text) and (_is_word(pieces[-1]) or (apart and pieces[-1] in NUMERALS)):
            pieces.append(" ")
            length += 1
        starts[length] = index
        pieces.append(token.text)
        length += len(token.text)
        ends[length] = index + 1
    return Joined("".join(pieces), starts, ends)


def _is_word(piece: str) -> bool:
    return piece[-1].isascii() and piece[-1].isalnum()
