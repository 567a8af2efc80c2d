"""What a file says of its figures as a whole: who published them, and what they are. Believes and confirms nothing.

A name such as '2016年一季度快报.xlsx', a title, the name of a sheet or a note below a table says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from xinfo.intake.times import normal
from xinfo.understand.phrases import expand
from xinfo.understand.template import read_yaml
from xinfo.understand.text import key

LONGEST = 120
"""Characters of a publisher's name; what is longer is a sentence."""
_FLAGS = {"internal": "internal", "preliminary": "preliminary", "estimated": "estimate"}
"""Flag of words.yaml -> one of `standing.KINDS`; the first that is said counts."""
_PUBLISHER = re.compile(
    r"(?<![a-z])"
    r"(?:(?:资料|数据)?来源|发布(?:单位|机构|部门|方)|publisher|(?:data )?sources?|(?:published|issued|released) by)"
    r"\s*(?:[:：]\s*|(?<=by)\s+)(?P<name>[^;；。\n]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Claimed:
    """Empty where nobody says it."""

    publisher: str = ""
    kind: str = ""
    """One of `standing.KINDS`."""

    def over(self, other: Claimed) -> Claimed:
        """What this says, else what the other does."""
        return Claimed(self.publisher or other.publisher, self.kind or other.kind)


def claimed(titles: Iterable[str], notes: Iterable[str] = ()) -> Claimed:
    """What titles and names say of the figures, and they or the notes of who published them, where that is one."""
    titles = [*titles]
    named = {found["name"].strip(" .。") for text in (*titles, *notes) for found in _PUBLISHER.finditer(text)}
    publishers = [name for name in named if 1 < len(name) <= LONGEST and not name.lower().startswith("http")]
    flags = {flag for text in titles for flag in _said(text)}
    kind = next((kind for flag, kind in _FLAGS.items() if flag in flags), "")
    return Claimed(publishers[0] if len(publishers) == 1 else "", kind)


def of_name(path: Path) -> Claimed:
    """What the name of a file says."""
    return Claimed("", claimed([path.stem.replace("_", " ")]).kind)


def together(each: Iterable[Claimed]) -> Claimed:
    """What the tables of one file all say."""
    every = [*each]
    publishers, kinds = {one.publisher for one in every}, {one.kind for one in every}
    return Claimed(publishers.pop() if len(publishers) == 1 else "", kinds.pop() if len(kinds) == 1 else "")


def _said(text: str) -> Iterable[str]:
    words = key(normal(text))
    if words[-2:] == ("内", "部") or words[-1:] == ("internal",):
        yield "internal"
    if words[-1:] == ("flash",) and (len(words) == 1 or any(sign.isdigit() for sign in words[-2])):
        yield "preliminary"  # '2016Q1 flash', no kind of memory
    for phrase, flag in _phrases():
        if any(words[at : at + len(phrase)] == phrase for at in range(len(words) - len(phrase) + 1)):
            yield flag


@cache
def _phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    flags = read_yaml(Path(__file__).with_name("words.yaml"))["flags"]
    return tuple((key(said), flag) for flag in _FLAGS for one in flags[flag] for said in expand(str(one)))
