"""Words for each, for all and for how many: they must agree with what was named, or stop the answer."""

from __future__ import annotations

from xinfo.understand.frame import GROUPS, Frame
from xinfo.understand.hear.hearing import Hearing

SORTING = frozenset(["序", "to", "descending", "ascending", "decreasing", "increasing", "first"])
ENDS = (frozenset("高低"), frozenset("大小"), frozenset("多少"))
BUILDING = frozenset("建架铺") | {"部", "投"}
ALL_BUILT = frozenset(["已", "累", "现", "共"])
NUMBERS = {sign: number for number, signs in enumerate(("两二2", "三3", "四4", "五5", "六6"), 2) for sign in signs}
OF_EACH = ("each", "每个", "各自")
"""They say again that there is a figure for each, of whatever the grouping is."""
EACH = ("各", "分")
PEOPLE = frozenset(["people", "inhabitants", "residents", "persons", "人"])
KINDS = frozenset("市地城区县")


def agreed(h: Hearing, frame: Frame) -> Frame:
    """The frame, with a trouble told to `h` for each such word that does not agree with it."""
    frame = _in_order(h, frame)
    frame = _each_gap(h, frame)
    _two_groupings(h)
    _built(h, frame)
    _counted_sides(h, frame)
    _of_people(h, frame)
    return frame


def _in_order(h: Hearing, frame: Frame) -> Frame:
    """'由高到低', 'in descending order': all of them in that order, not the first alone."""
    sorting = sorts(h)
    if not (frame.order and any(sorting)):
        return frame
    if not all(sorting) and frame.n is None:
        h.trouble("how_many_rows")
    return frame.but(cues=(*frame.cues, frozenset({"sorted", "filler"})))


def _two_groupings(h: Hearing) -> None:
    """'各试点按消费主体分' asks for both at once; '各地区（东、中、西、东北）' says one of them twice."""
    said = {i: m for i, m in h.used.items() if m.startswith("over=") and h.written(i).lower() not in OF_EACH}
    if len(set(said.values())) < 2 or _two_groups(set(said.values())):
        return
    again = any(meaning == "over=place" and "区" in h.words(index) for index, meaning in said.items())
    if again and set(said.values()) == {"over=place", "over=region"}:
        return
    h.trouble("unused_words", h.written(max(said)))


def _two_groups(said: set[str]) -> bool:
    """Whether they are two groups of places, which a total can be told for each pair of."""
    return len(said) == 2 and all(meaning.removeprefix("over=") in GROUPS for meaning in said)


def _each_gap(h: Hearing, frame: Frame) -> Frame:
    """'离目标各差多少' asks for the gap of each, not for what lies between the two; '目标相差多少' leaves that open."""
    apart = [i for i, p in enumerate(h.pieces) if p.has("cue", "difference") and i in h.used]
    each = [i for i, p in enumerate(h.pieces) if h.words(i)[0] in EACH and p.has("cue", "compare")]
    if frame.measure not in ("gap", "target"):
        if any(h.words(i - 1)[0] == "各" for i in apart if i):
            h.trouble("unused_words", h.written(apart[0]))
    elif apart and each:
        cues = tuple(cue - {"difference"} for cue in frame.cues if cue - {"difference"})
        return frame.but(measure="gap", cues=cues, turned=False)
    elif apart and len(frame.places) > 1 and frame.measure == "gap" and _only_said_by(h, apart):
        h.trouble("no_template")
    return frame


def _only_said_by(h: Hearing, pieces: list[int]) -> bool:
    """Whether a gap is said by no other word than these."""
    return not any(p.has("measure", "gap") and i not in pieces for i, p in enumerate(h.pieces))


def _built(h: Hearing, frame: Frame) -> None:
    """'2015年建成基站' are those of one year, '到2015年底建成' all there are: a stock has only these."""
    metric = h.catalog.metrics.get(frame.metric or "")
    upto = any(p.atom and p.atom.kind in ("end", "until") for p in h.pieces) or any(
        ALL_BUILT & set(h.words(i)) for i in range(len(h.pieces))
    )
    if metric is None or metric.kind != "stock" or upto:
        return
    for index, piece in enumerate(h.pieces):
        if piece.mere and BUILDING & set(h.words(index)) and not piece.has("order"):
            h.trouble("unused_words", h.written(index))


def _of_people(h: Hearing, frame: Frame) -> None:
    """'In the pilots with more than 5 million people': only a population has a bar in people, users have theirs."""
    if frame.metric in (None, "population"):
        return
    for index, meaning in h.used.items():
        follows = h.words(index + 1) if index + 1 < len(h.pieces) else ()
        in_people = meaning.startswith("threshold=") and PEOPLE & {*h.words(index), *follows}
        if in_people and not any(p.has("metric") and _just_before(h, i, index) for i, p in enumerate(h.pieces)):
            h.trouble("unused_words", h.written(index))


def _just_before(h: Hearing, metric: int, bar: int) -> bool:
    """'4G用户超过50万人': nothing but the comparison stands between a figure and its bar."""
    return metric < bar and h.touching(metric, bar, lambda p: p.has("cmp") or p.has("than") or p.has("degree"))


def _counted_sides(h: Hearing, frame: Frame) -> None:
    """'个人、企业、公共三块', '成都、承德两市': the number says again how many were named."""
    parts = max((len(values) for values in frame.parts().values()), default=0)
    for index, piece in enumerate(h.pieces):
        words = h.words(index)
        counts = len(words) > 1 and words[0] in NUMBERS and piece.mere and not piece.atom
        if not counts or index in h.used:
            continue
        named = len(frame.places) if words[-1] in KINDS else parts
        if (named and named != NUMBERS[words[0]]) or (not named and words[-1] not in KINDS):
            h.trouble("unused_words", h.written(index))


def sorts(h: Hearing) -> list[bool]:
    """For each word of order, whether it puts them all in an order."""
    said = [set(h.words(i)) for i, p in enumerate(h.pieces) if p.has("order") and i in h.used]
    return [bool(SORTING & words) or any(ends <= words for ends in ENDS) for words in said]
