"""Groups of places in a question: put in an order, or each with its highest place. Hears no new words."""

from __future__ import annotations

from xinfo.understand.frame import GROUPS, Frame
from xinfo.understand.hear.agree import sorts
from xinfo.understand.hear.hearing import Hearing
from xinfo.understand.text import HAN

ASKING = frozenset(["which", "what", "哪"])
EVERY = frozenset(["each", "every", "各", "每"])
AREA = frozenset("地区")


def of_areas(h: Hearing, frame: Frame) -> Frame:
    """'各地区平均GDP': what is worked out of places is told for each region, as of one place alone there is none."""
    worked_out = frame.has_cue("average", "median", "count", "how_many") or frame.order
    area = any(set(h.words(i)) >= AREA for i, said in h.used.items() if said == "over=place")
    return frame.but(over="region") if frame.over == "place" and area and worked_out and frame.metric else frame


def order_of_groups(h: Hearing, frame: Frame) -> Frame:
    """'各省最高的城市' asks for a place in each group; 'which region …' and a sorting put the groups in an order."""
    if frame.over not in GROUPS or frame.order is None or frame.has_cue("rank"):
        return frame
    sought = any(h.pieces[i].has("over") and ASKING & set(h.words(i)) for i in h.used)
    if sought or (any(sorts(h)) and not frame.has_cue("ask_one", "ask_many")):
        if frame.has_cue("ask_one", "ask_many"):
            h.trouble("no_template")
        return frame
    if _in_each(h, frame) and not frame.has_cue("total", "average", "median"):
        return frame.but(cues=(*frame.cues, frozenset({"in_each"})))
    h.trouble("no_template")
    return frame


def _in_each(h: Hearing, frame: Frame) -> bool:
    """Whether the highest of each group is meant beyond doubt: 'in each region', '各省最高的试点'."""
    each = any(EVERY & set(h.words(i)) for i, said in h.used.items() if said == f"over={frame.over}")
    named = frame.has_cue("ask_one", "ask_many") or any(
        h.pieces[i].has("pilots") and any(h.pieces[j].has("order") for j in range(i)) for i in range(len(h.pieces))
    )
    english = not any(HAN.search(h.written(i)) for i in range(len(h.pieces)))
    return each and (english or named)
