"""Questions for more than one answer holds: two in one, and a sum of some places beside another. Takes nothing up.

What would be answered is one of the two figures, or figures without the sum, as if that were all that was asked.
"""

from __future__ import annotations

from itertools import pairwise

from xinfo.understand.frame import Frame
from xinfo.understand.hear.hearing import Hearing

HOW = frozenset(["much", "many", "high", "fast", "big", "large", "far"])
ASKING = ("多少", "多大", "多高", "多快", "几")
APART = frozenset([(",",), ("，",), (";",), ("；",), ("?",), ("？",)])
AND = frozenset([("and",), ("&",)])
MEASURE = ("measure=", "per=")


def twofold(h: Hearing, frame: Frame) -> None:
    """Tells `h` of a trouble where one answer would be only half of what is asked."""
    if frame.metric and not frame.projects:
        if frame.measure != "gap":  # which is of a figure and its target
            _two_questions(h)
        _sum_of_some(h, frame)


def _two_questions(h: Hearing) -> None:
    """'What was GDP, and how much did it grow', 'GDP及其增速': the second part asks for another measure."""
    for at in range(1, len(h.pieces)):
        before, after = range(at), range(at + 1, len(h.pieces))
        both = any(_asks(h, i) for i in before) and any(_asks(h, i) for i in after)
        told = after if both and h.words(at) in APART | AND else _beside(h, at) if _joins(h, at) else after[:0]
        if _measures(h, told) - _measures(h, before) and _figures(h, before):
            h.trouble("two_questions")
            return


def _joins(h: Hearing, at: int) -> bool:
    return h.words(at) in AND or h.pieces[at].has("cue", "conj")


def _beside(h: Hearing, at: int) -> range:
    """What is named right behind an 'and': a measure, also one 'of it' or of the same metric again."""
    for later in range(at + 1, len(h.pieces)):
        meaning = h.used.get(later, "")
        if meaning.startswith(MEASURE):
            return range(later, later + 1)
        again = meaning.startswith("metric=") and meaning in (h.used.get(i) for i in range(at))
        if not (again or h.pieces[later].has("cue", "pronoun") or h.touching(later - 1, later + 1)):
            break
    return range(0)


def _asks(h: Hearing, index: int) -> bool:
    words, written = h.words(index), h.written(index)
    how = any(first == "how" and second in HOW for first, second in pairwise(words))
    return "what" in words or how or any(word in written for word in ASKING)


def _measures(h: Hearing, pieces: range) -> set[str]:
    return {part for i in pieces for part in h.used.get(i, "").split() if part.startswith(MEASURE)}


def _figures(h: Hearing, pieces: range) -> bool:
    return any(h.used.get(i, "").startswith(("metric=", *MEASURE)) for i in pieces)


def _sum_of_some(h: Hearing, frame: Frame) -> None:
    """'Beijing against the total of Xining and Wuhu', '北京与西宁芜湖合计相比': the sum is no place to compare with."""
    if len(frame.places) < 3 or not frame.has_cue("compare", "difference"):
        return
    places = [i for i in sorted(h.used) if h.pieces[i].has("place")]
    for at in (i for i in h.used if h.pieces[i].has("cue", "total")):
        behind = [i for i in places if i > at] if h.next_of(at, "place") is not None else []
        run = _run(h, [i for i in places if i < at], at)
        for summed in (behind, run):
            if 1 < len(summed) < len(places) and summed[0] != places[0]:
                h.trouble("unused_words", h.written(at))
                return


def _run(h: Hearing, places: list[int], at: int) -> list[int]:
    """The places that stand together right before a piece."""
    run: list[int] = []
    for place in reversed(places):
        if not h.touching(place, run[0] if run else at):
            break
        run.insert(0, place)
    return run
