"""A figure of the place that ranks first by another one: 'growth of the pilot with the highest GDP'. Never answered.

What is asked for and what the places are ordered by are two things; a ranking has one, and would answer with the other.
"""

from __future__ import annotations

from collections.abc import Iterable

from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.frame import Frame
from xinfo.understand.hear.hearing import Hearing
from xinfo.understand.hear.sets import is_set
from xinfo.understand.text import HAN

FIGURE = ("metric=", "measure=", "per=", *(f"{dimension}=" for dimension in DIMENSIONS))
RATES = frozenset(["measure=growth", "measure=share", "measure=attainment", "measure=gap", "measure=target"])
ASKED = ("ask_one", "ask_many", "ask_period", "which_one", "which_ones")
OF = frozenset(["of", "in", "for", "at"])
ARTICLE = frozenset(["the", "its", "their", "each", "a"])
SORTED = frozenset("高低")
"""'从高到低列出各试点的增速': in that order, whatever is said of them."""
HAVING = frozenset(["with", "having", "has", "had", "that", "which", "where"])


def nested(h: Hearing, frame: Frame) -> None:
    """Tells `h` of a trouble where a figure is asked of what ranks first by another one."""
    if frame.metric and not frame.projects and _of_those_that_missed(h):
        h.trouble("nested")
        return
    at = next((i for i, p in enumerate(h.pieces) if p.has("order") and i in h.used), None)
    if at is None or frame.metric is None or frame.projects:
        return
    found = _behind(h, at) if HAN.search(h.written(at)) else _before(h, at) or _possessive(h, at) or _with(h, at)
    if found:
        h.trouble("nested")


def _of_those_that_missed(h: Hearing) -> bool:
    """'未完成目标的试点的信息消费', 'GDP of the pilots that missed their target': of places with an outcome."""
    for at in (i for i, p in enumerate(h.pieces) if p.has("outcome") and i in h.used):
        places = [i for i in range(len(h.pieces)) if is_set(h, i)]
        if HAN.search(h.written(at)):
            behind = next((i for i in places if i > at), None)
            if behind is not None and _metric(_said(h, range(behind + 1, len(h.pieces)))):
                return True
        else:
            before = next((i for i in reversed(places) if i < at), None)
            asked = before is not None and _metric(_said(h, range(before)))
            if asked and any(h.words(i)[-1] in OF for i in range(before or 0)):
                return True
    return False


def _said(h: Hearing, pieces: Iterable[int]) -> set[str]:
    """What these pieces say of a figure: its metric, part or measure; a word for growth beside an order, too."""
    found = {part for i in pieces for part in h.used.get(i, "").split() if part.startswith(FIGURE)}
    return found | {f"measure={v}" for i in pieces if i in h.used for v in h.pieces[i].get("measure")}


def _behind(h: Hearing, at: int) -> bool:
    """'GDP最高的试点的增速': after the places something is said that was not said before them."""
    ordered = _said(h, range(at + 1))
    if not ordered and set(h.words(at)) >= SORTED:
        return False
    ends = (i for i in range(at + 1, len(h.pieces)) if is_set(h, i) or any(h.pieces[i].has("cue", c) for c in ASKED))
    end = next(ends, None)
    if end is None:
        return False
    asked = _said(h, range(end + 1, len(h.pieces)))
    return bool(asked & RATES - ordered) if not _metric(ordered) and not ordered & RATES else bool(asked - ordered)


def _before(h: Hearing, at: int) -> bool:
    """'Growth in the largest pilot', 'GDP of the fastest growing one': the figure stands before 'of the'."""
    start = at
    while start and (set(h.words(start - 1)) <= ARTICLE or h.used.get(start - 1, "").startswith("n=")):
        start -= 1
    words = h.words(at)
    if not (start and h.words(start - 1)[-1] in OF) and words[0] not in OF:
        return False
    asked, ordered = _said(h, range(start)), _said(h, range(at, _end_of_order(h, at) + 1))
    if ordered & RATES:
        return _metric(asked) and not asked & ordered
    return bool(asked & RATES)


def _possessive(h: Hearing, at: int) -> bool:
    """'The largest pilot's growth', 'the fastest growing pilot's sales'."""
    end = _end_of_order(h, at)
    last = h.text.tokens[h.pieces[end].end - 1].end
    if not is_set(h, end) or not h.text.original[last : last + 2].replace("’", "'").startswith("'"):
        return False
    asked, ordered = _said(h, range(end + 1, len(h.pieces))), _said(h, range(at, end + 1))
    return _metric(asked) and not asked & ordered if ordered & RATES else bool(asked & RATES)


def _with(h: Hearing, at: int) -> bool:
    """'Share of services in the pilot with the highest information consumption'."""
    having = next((i for i in range(at - 1, -1, -1) if h.words(i)[-1] in HAVING), None)
    if having is None or not having or not h.touching(having, at) or not is_set(h, having - 1):
        return False
    place = having - 1
    while place and (is_set(h, place - 1) or set(h.words(place - 1)) <= ARTICLE):
        place -= 1
    asked, ordered = _said(h, range(place)), _said(h, range(having, len(h.pieces)))
    return bool(asked) and bool(ordered) and bool(asked ^ ordered)


def _end_of_order(h: Hearing, at: int) -> int:
    """The last piece of 'the three fastest growing western pilots', from the order on."""
    end = at
    while end + 1 < len(h.pieces):
        piece = h.pieces[end + 1]
        growing = "measure=growth" in h.used.get(end + 1, "") and not is_set(h, end)
        if not (is_set(h, end + 1) or growing or (piece.quantity and not piece.atom)):
            break
        end += 1
    return end


def _metric(said: set[str]) -> bool:
    return any(part.startswith("metric=") for part in said)
