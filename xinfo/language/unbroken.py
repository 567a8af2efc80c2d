"""Figures and units on one line: blanks that do not break, joiners where Chinese has no blank. Changes no word."""

from __future__ import annotations

import re

BLANK, JOINER = "\u00a0", "\u2060"
_LATIN = re.compile(r"(?<=\d) (?=(?:trillion|billion|million|thousand|yuan|percentage|percent|points?)\b)|"
                    r"(?<=illion) (?=yuan\b)|(?<=percentage) (?=points?\b)")  # fmt: skip
_HAN = re.compile(r"(?<=\d)(?=[\u4e00-\u9fff])|(?<=\d[万亿个])(?=[亿元户人家项吨台百份])|(?<=\d[年月])(?=[份季])|"
                  r"(?<=\d万亿)(?=[元户])|(?<=\d个百)(?=分点)|(?<=\d个百分)(?=点)")  # fmt: skip
_UNIT = re.compile(r"（[^（）]+）$")


def unbroken(said: str, figure: bool = False) -> str:
    """The text with nothing to break at between a number and its unit; a figure by itself has no place to break at."""
    said = said.replace(" ", BLANK) if figure else _LATIN.sub(BLANK, said)
    return _HAN.sub(JOINER, said)


def headed(said: str) -> str:
    """The head of a column, the unit behind it in one piece."""
    return _UNIT.sub(lambda found: JOINER.join(found[0]), said)
