"""Words that were taken up but would be lost on the way into a figure: they stop the answer. Takes nothing up."""

from __future__ import annotations

from itertools import pairwise

from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.frame import Frame
from xinfo.understand.hear.agree import agreed
from xinfo.understand.hear.comparison import Comparison
from xinfo.understand.hear.counted import counted
from xinfo.understand.hear.degree import fit_degree
from xinfo.understand.hear.groups import of_areas, order_of_groups
from xinfo.understand.hear.hearing import Hearing
from xinfo.understand.hear.nested import nested
from xinfo.understand.hear.rates import dimensions_of, fit_rates
from xinfo.understand.hear.sets import SET_KINDS, is_set
from xinfo.understand.hear.twofold import twofold
from xinfo.understand.reading import Scope

OF_A_PROVINCE = frozenset(["全省", "我省", "本省", "该省", "省内", "全区", "本区"])
POINTING = frozenset(["these", "those", "这", "那"])
SECOND = ((",",), ("，",), (";",), ("；",))
MINUS, COMPARED = frozenset("-−－﹣–—负"), frozenset("于过超到足破")
RECKONING = frozenset((word,) for word in ("plus", "+", "minus", "times", "*", "加", "减", "乘"))
ADDING = (("and",), ("和",), ("与",))
"""Between a time and a number they leave open what the number is of: '2014 and one'."""
HAVING = frozenset(["that", "which", "with", "have", "having", "has", "had", "whose"])
RESULTS = ("total", "average", "median", "difference")


def checked(h: Hearing, frame: Frame, compared: Comparison, than_at: int | None) -> Frame:
    """The frame, with a trouble told to `h` for each word that it would lose."""
    frame = fit_degree(h, of_areas(h, frame), compared, than_at)
    frame = fit_rates(h, frame, than_at)
    frame = _each_of_set(frame)
    frame = _count_of_places(h, frame)
    frame = counted(h, _how_many_and_which(h, frame))
    frame = order_of_groups(h, frame)
    frame = agreed(h, frame)
    if len(frame.than) > 1 or (frame.cmp and not frame.than and frame.threshold is None):
        # Only one place can be the bar, and a bar there must be.
        h.trouble("unused_words", h.written(than_at) if than_at is not None else str(frame.cmp))
    _two_orders(h)
    _two_results(h)
    _per(h)
    _places_of_projects(h, frame)
    _firms(h)
    _unit_of_another(h, frame)
    _figure_and_part(h)
    _signed(h)
    nested(h, frame)
    twofold(h, frame)
    _reckoned(h)
    _with_itself(h, frame)
    return frame


def _signed(h: Hearing) -> None:
    """'Growth below -5 %', 'top -3': a number below zero is none of those that questions are answered with."""
    for index, meaning in h.used.items():
        start = h.text.tokens[h.pieces[index].start].start
        before, sign = h.text.original[:start][-2:-1], h.text.original[:start][-1:]
        below = sign in MINUS and (not before.isalnum() or before in COMPARED)
        year = meaning == "time=year" and not any(p.atom for p in h.pieces[max(0, index - 2) : index])
        if below and (year or meaning.startswith(("threshold=", "upto=", "n="))):
            h.trouble("unused_words", sign + h.written(index))


def _reckoned(h: Hearing) -> None:
    """'GDP plus one', '+ 1': nothing is reckoned with a number that was brought along."""
    for index, piece in enumerate(h.pieces[1:], 1):
        brought = piece.quantity and not piece.atom and not h.used.get(index, "").startswith("threshold=")
        beside = (index > 1 and h.pieces[index - 2].atom) or not any(
            h.words(i)[0].isalnum() for i in range(index + 1, len(h.pieces))
        )
        added = h.words(index - 1) in ADDING and index not in h.used and beside
        if brought and (h.words(index - 1) in RECKONING or added):
            h.trouble("unused_words", h.written(index - 1) + " " + h.written(index))


def _with_itself(h: Hearing, frame: Frame) -> None:
    """'The difference between Beijing and Beijing': of what else was meant there is no telling."""
    said = [i for i in sorted(h.used) if h.pieces[i].has("place")]
    several = (frame.times and len(frame.times.whens) > 1) or any(len(part) > 1 for part in frame.parts().values())
    if len(frame.places) == 1 and len(said) > 1 and frame.has_cue("difference") and not several:
        h.trouble("unused_words", h.written(said[-1]))


def _places_of_projects(h: Hearing, frame: Frame) -> None:
    """'Pilots that have delayed projects', '有延期项目的试点': the places are asked for, not the projects."""
    if not frame.projects or frame.over or frame.field:
        return
    for at in (i for i, p in enumerate(h.pieces) if p.has("projects")):
        before = next((i for i in range(at - 1, -1, -1) if is_set(h, i)), at)
        behind = h.words(at + 1) == ("的",) and is_set(h, at + 2) if at + 2 < len(h.pieces) else False
        if behind or any(set(h.words(i)) & HAVING for i in range(before + 1, at)):
            h.trouble("no_template")
            return


def _per(h: Hearing) -> None:
    """'per' is an average over places only before a place: 'per growth rate' and 'per household' are not."""
    for index, piece in enumerate(h.pieces):
        if h.words(index) == ("per",) and piece.has("cue", "average") and h.next_of(index, *SET_KINDS) is None:
            h.trouble("unused_words", h.written(index))


def _each_of_set(frame: Frame) -> Frame:
    """'四个直辖市2015年GDP分别是多少': a figure for each place of the set."""
    ordered = frame.order is not None and (len(frame.places) > 1 if frame.places else frame.scope is not None)
    if (frame.grain or ordered) and not frame.has_cue("difference") and frame.metric and frame.over is None:
        return frame.but(cues=tuple(cue - {"compare"} for cue in frame.cues if cue - {"compare"}))
    if frame.over == "place" and not frame.places and not frame.projects:
        ranked = frame.order is not None or frame.has_cue("rank") or frame.cmp is not None
        cues = tuple(cue - {"compare"} for cue in frame.cues if cue - {"compare"})
        if ranked:
            return frame.but(over=None, scope=frame.scope or Scope(), cues=cues)
        return frame.but(cues=cues)
    several = (frame.times is not None and len(frame.times.whens) > 1) or any(
        len(p) > 1 for p in frame.parts().values()
    )
    if frame.metric is None or frame.scope is None or several:
        return frame
    if frame.other or frame.places or frame.over or frame.order:
        return frame
    if (
        not frame.has_cue("compare")
        or frame.cmp
        or frame.grain
        or frame.has_cue("difference", "average", "median", "trend")
    ):
        return frame
    cues = tuple(cue for cue in frame.cues if "compare" not in cue)
    return frame.but(over="place", cues=cues)


def _count_of_places(h: Hearing, frame: Frame) -> Frame:
    """'有几个' of an amount or a rate counts places; it is no 'how much'."""
    metric = h.catalog.metrics.get(frame.metric or "")
    if frame.has_cue("total", "average", "median"):
        return frame
    if metric is None or (metric.unit == "count" and frame.measure not in ("growth", "share", "attainment")):
        return frame
    counted = any(p.has("cue", "how_many") and h.written(i)[-1] in "个家座" for i, p in enumerate(h.pieces))
    if not counted:
        return frame
    return frame.but(cues=tuple(frozenset({"count"}) if "how_many" in cue else cue for cue in frame.cues))


def _firms(h: Hearing) -> None:
    """'信息消费最多的企业' asks for firms, and there are none: a part is no thing to be ranked."""
    for index in range(2, len(h.pieces)):
        ranked = h.words(index - 1) == ("的",) and h.pieces[index - 2].has("order")
        if ranked and any(h.pieces[index].has(d) for d in DIMENSIONS) and h.next_of(index, "metric") is None:
            h.trouble("unused_words", h.written(index))


def _two_orders(h: Hearing) -> None:
    """'最高和最低', '倒数前三': one order cannot stand for two."""
    orders = {
        i: {v for s in p.senses for k, v in s.means if k == "order"} for i, p in enumerate(h.pieces) if i in h.used
    }
    said = [i for i, found in orders.items() if len(found) == 1]
    if len({value for i in said for value in orders[i]}) > 1:
        h.trouble("unused_words", "|".join(h.written(i) for i in said))


def _how_many_and_which(h: Hearing, frame: Frame) -> Frame:
    """'有几个，分别是哪些': the list tells how many they are, too."""
    counted = next((i for i, p in enumerate(h.pieces) if p.has("cue", "how_many") or p.has("cue", "count")), None)
    if counted is None:
        return frame
    for index in range(counted + 1, len(h.pieces)):
        asked = h.pieces[index].has("cue", "which_ones") or h.pieces[index].has("cue", "list")
        apart = h.words(index)[0] == "and" or any(_parts(h, i) for i in range(counted + 1, index))
        if asked and apart:
            return frame.but(cues=tuple(cue for cue in frame.cues if not cue & {"how_many", "count"}))
    return frame


def _parts(h: Hearing, index: int) -> bool:
    return h.words(index) in SECOND or h.pieces[index].has("cue", "conj")


def unsaid_set(h: Hearing, frame: Frame) -> None:
    """'全省试点', 'these pilots': of which province, of which set, where nothing says it."""
    if frame.places or (frame.scope and frame.scope != Scope(batch=frame.scope.batch)):
        return
    for index, piece in enumerate(h.pieces):
        words = h.words(index)
        if "".join(words) in OF_A_PROVINCE or (piece.has("pilots") and set(words[:2]) & POINTING):
            h.trouble("unused_words", h.written(index))


def _two_results(h: Hearing) -> None:
    """'The total and the difference': two figures, and one answer has one."""
    said = [i for i in h.used if any(h.pieces[i].has("cue", result) for result in RESULTS)]
    for a, b in pairwise(sorted(said)):
        different = not any(h.pieces[a].has("cue", r) and h.pieces[b].has("cue", r) for r in RESULTS)
        before = next((h.pieces[i] for i in range(b - 1, a, -1) if not h.pieces[i].mere), None)
        if different and before is not None and before.has("cue", "conj"):
            h.trouble("unused_words", h.written(b))


def _unit_of_another(h: Hearing, frame: Frame) -> None:
    """'How many yuan of people', 'penetration in millions': the unit asked for is none of the figure's."""
    metric = h.catalog.metrics.get(frame.metric or "")
    if metric is None or frame.projects:
        return
    rate = frame.measure in ("growth", "share", "attainment") or metric.kind == "ratio"
    for index, piece in enumerate(h.pieces):
        money = piece.has("unit_word", "money") and metric.unit == "count"
        money = money or (piece.has("unit_word", "money") and frame.measure == "attainment")
        money = money or (piece.has("unit_word", "amount") and metric.kind == "ratio")
        heads = h.written(index)[-1] in "户人台部" and piece.has("cue", "how_many")
        if not piece.quantity and (money or (heads and metric.unit != "count" and not rate)):
            h.trouble("unused_words", h.written(index))


def _figure_and_part(h: Hearing) -> None:
    """'信息消费和居民信息消费' are two figures: the whole and a part of it."""
    mentions = [i for i, p in enumerate(h.pieces) if p.has("metric") and h.used.get(i, "").startswith("metric=")]
    for a, b in pairwise(mentions):
        joined = any(h.pieces[i].has("cue", "conj") for i in range(a + 1, b))
        first = _own_parts(h, -1 if a == mentions[0] else mentions[mentions.index(a) - 1], a)
        second = _own_parts(h, a, b)
        same = h.used[a].split()[0] == h.used[b].split()[0]
        if joined and same and bool(first) != bool(second):
            h.trouble("unused_words", h.written(a))


def _own_parts(h: Hearing, after: int, upto: int) -> set[tuple[str, object]]:
    return {part for i in range(after + 1, upto + 1) for part in dimensions_of(h.pieces[i])}
