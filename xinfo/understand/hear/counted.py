"""Questions that count or look for places: 'how many pilots grew', 'which western pilots …'. No total answers them."""

from __future__ import annotations

from xinfo.understand.frame import Frame
from xinfo.understand.hear.hearing import Hearing
from xinfo.understand.hear.sets import SET_KINDS, is_set
from xinfo.understand.quantities import Quantity
from xinfo.understand.text import HAN

SOME = "几"
"""'几个直辖市' are the few that there are; only '有几个' asks for their number."""
VERBS = frozenset("grew grow increased rose expanded climbed 增长 增长了 同比增长 增加 上升 上涨".split())
ASKING = frozenset("哪谁")
WHICH = (("which",), ("what",), ("who",), ("which", "of"))
AMONG = (("of",), ("the",), ("among",), ("all",))
GROWN = Quantity(0.0, "ratio", False)


def counted(h: Hearing, frame: Frame) -> Frame:
    """'How many pilots grew', 'which grew': those with growth; 'how many pilots' of anything else needs a bar."""
    counts = any(_counts_places(h, index) for index in range(len(h.pieces)))
    if frame.metric is None or frame.projects or frame.fact or frame.template or frame.places:
        return frame
    if any(_which_of(h, index) for index in range(len(h.pieces))):
        frame = frame.but(cues=(*frame.cues, frozenset({"list"})))
    if frame.cmp or frame.threshold or frame.than or frame.order or frame.other:
        return frame
    once = not (frame.times and len(frame.times.whens) > 1)
    if frame.measure == "growth" and once and (counts or _sought_by_growth(h, frame)):
        return frame.but(cmp=">", threshold=GROWN)
    if counts or _grown_ones(h):
        h.trouble("no_template")
    return frame


def _counts_places(h: Hearing, index: int) -> bool:
    """Whether a word for how many is followed by what the places are called, and by no unit in between."""
    piece = h.pieces[index]
    if index not in h.used or not (piece.has("cue", "how_many") or piece.has("cue", "count")):
        return False
    if h.words(index)[0] == SOME:
        return False
    follows = h.next_of(index, *SET_KINDS, "province")
    return follows is not None and not any(h.pieces[i].has("unit_word") for i in range(index + 1, follows))


def _which_of(h: Hearing, index: int) -> bool:
    """'Which of the western pilots', 'who among the districts', '哪些西部试点'."""
    follows = h.next_of(index, *SET_KINDS, "province")
    asks = h.words(index) in WHICH or (ASKING & set(h.words(index)) and h.pieces[index].has("cue"))
    if follows is None or not asks or h.pieces[index].has("over") or h.pieces[index].has("cue", "ask_period"):
        return False
    return all(h.words(i) in AMONG for i in range(index + 1, follows))


def _sought_by_growth(h: Hearing, frame: Frame) -> bool:
    """'Which western pilots grew', '哪些试点增长了', '增长的试点有哪些': a verb, of places that are looked for."""
    if not _grew(h) or frame.has_cue("rate_question", "by_how_much", "difference", "average", "trend"):
        return False
    if _grown_ones(h):
        return frame.has_cue("list", "which_ones", "count") or _ends_counting(h)
    asked = any(ASKING & set(h.words(i)) and p.senses and not p.has("over") for i, p in enumerate(h.pieces))
    if HAN.search(h.text.original):
        return asked and not frame.has_cue("how_many")
    return frame.has_cue("ask_one", "ask_many") or any(_which_of(h, i) for i in range(len(h.pieces)))


def _grew(h: Hearing) -> list[int]:
    return [i for i, p in enumerate(h.pieces) if p.has("measure", "growth") and "".join(h.words(i)) in VERBS]


def _grown_ones(h: Hearing) -> bool:
    """'增长的试点': those that grew."""
    return any(i + 2 < len(h.pieces) and h.words(i + 1) == ("的",) and is_set(h, i + 2) for i in _grew(h))


def _ends_counting(h: Hearing) -> bool:
    """'… 的试点有几个'."""
    return any(p.has("cue", "how_many") and h.written(i)[-1] in "个家座" for i, p in enumerate(h.pieces))
