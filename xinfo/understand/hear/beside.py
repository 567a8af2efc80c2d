"""Words that say nothing by themselves, and whether they stand beside what they go with. Takes nothing up.

'Spent' goes with an amount of money, 'lived' with a number of people, 'between' with two ends, what people say of
themselves with the edge of a question. One that stands beside nothing of its kind is asked back.
"""

from __future__ import annotations

from collections.abc import Callable

from xinfo.understand.frame import Frame
from xinfo.understand.hear.hearing import Hearing
from xinfo.understand.hear.sets import is_set

GOALS = ("target", "gap", "attainment")
RATES = ("growth", "share", "attainment")
WHETHER = (("吗",), ("么",), ("嘛",))
TWO_SIDED = ("difference", "compare", "correlation", "breakdown", "trend")


def fit_beside(h: Hearing, frame: Frame) -> None:
    """Tells `h` of each such word that goes with nothing in the frame."""
    for index, piece in enumerate(h.pieces):
        if index in h.used or piece.atom or piece.has("filler") or not piece.has("goes_with"):
            continue
        if not any(FITS[str(kind)](h, frame, index) for kind in piece.get("goes_with")):
            h.trouble("unused_words", h.written(index))


def _figure(h: Hearing, frame: Frame, index: int) -> bool:
    return bool(frame.metric or frame.metrics or frame.fact) or _projects(h, frame, index)


def _amount(h: Hearing, frame: Frame, index: int) -> bool:
    """'The amount of growth' is no rate, though 'growth' alone is one."""
    return _figure(h, frame, index) and frame.measure not in RATES


def _money(h: Hearing, frame: Frame, index: int) -> bool:
    if frame.projects:
        return frame.field is not None
    return any(unit.startswith("yuan") for unit in _units(h, frame))


def _stock(h: Hearing, frame: Frame, index: int) -> bool:
    return "count" in _units(h, frame)


def _units(h: Hearing, frame: Frame) -> set[str]:
    """The units of the metric, or of what it is worked out from."""
    metrics = [h.catalog.metrics[m] for m in (frame.metric, *frame.metrics) if m and m in h.catalog.metrics]
    parts = {part for m in metrics for part in (m.metric_id, m.numerator, m.denominator) if part}
    return {h.catalog.metrics[part].unit for part in parts if part in h.catalog.metrics}


def _places(h: Hearing, frame: Frame, index: int) -> bool:
    asked = frame.has_cue("ask_one", "ask_many", "which_one", "which_ones", "where_is", "near")
    said = (frame.places, frame.options, frame.scope, frame.than, frame.fact, frame.projects)
    of_projects = (frame.project_status, frame.content_area, frame.level)
    return any(said) or any(of_projects) or frame.scope is not None or asked or h.any("province")


def _projects(h: Hearing, frame: Frame, index: int) -> bool:
    return frame.projects or frame.fact is not None


def _target(h: Hearing, frame: Frame, index: int) -> bool:
    return frame.measure in GOALS


def _two_ends(h: Hearing, frame: Frame, index: int) -> bool:
    """Two times or a stretch of them, two bounds, two sides of a difference or breakdown, a figure and its target."""
    whens = frame.times.whens if frame.times else ()
    times = len(whens) > 1 or any(when.start != when.end for when in whens) or _within_year(frame)
    sides = len(frame.places) > 1 or frame.other is not None or any(len(p) > 1 for p in frame.parts().values())
    goal = frame.measure in GOALS
    return times or sides or goal or frame.upto is not None or frame.over is not None or frame.has_cue(*TWO_SIDED)


def _within_year(frame: Frame) -> bool:
    """'From January to June 2014', 'between April and June': one stretch inside a year."""
    return frame.times is not None and any(p.atom and p.atom.kind in ("part", "span") for p in frame.times.pieces)


def asks_whether(h: Hearing) -> bool:
    """A question to be answered with yes or no: 'Did …', '…吗', '是不是'."""
    first = next((p for i, p in enumerate(h.pieces) if h.words(i)[0].isalnum()), None)
    verb = first is not None and first.has("filler", "copula and plain auxiliary")
    asked = any(h.words(i) in WHETHER or p.has("goes_with", "test") for i, p in enumerate(h.pieces))
    return asked or (verb and first is not None and h.words(h.pieces.index(first))[0].isascii())


def _several(h: Hearing, frame: Frame, index: int) -> bool:
    """'Both', 'all' of what was named: they say again that each is meant, and never that a test holds for all."""
    if frame.cmp is not None:
        return False
    several = len(frame.places) > 1 or any(len(parts) > 1 for parts in frame.parts().values())
    follows = index + 1 < len(h.pieces)
    before_set = follows and (is_set(h, index + 1) or _of_projects(h, index + 1))
    whole = follows and h.pieces[index + 1].has("metric") and h.any("measure", "share")
    return before_set or whole or (several and frame.order is None)


def _of_projects(h: Hearing, index: int) -> bool:
    return any(h.pieces[index].has(kind) for kind in ("projects", "content_area", "project_status", "level"))


def _spent(h: Hearing, frame: Frame, index: int) -> bool:
    """'So far': what was spent on projects is what was spent by now."""
    return frame.field == "spent"


def one_of_kind(h: Hearing, frame: Frame) -> bool:
    """'The only county', 'the sole municipality in the northeast': there is one."""
    return frame.scope is not None and len(h.catalog.members(frame.scope)) == 1


def _whole(h: Hearing, frame: Frame, index: int) -> bool:
    """'The whole of 2013', '2013年全年': a time that is named beside it."""
    return h.next_of(index, "time") is not None or (index > 0 and h.pieces[index - 1].atom is not None)


def _split(h: Hearing, frame: Frame, index: int) -> bool:
    """'Break it down by consumer'."""
    return frame.over is not None or frame.has_cue("breakdown")


def _test(h: Hearing, frame: Frame, index: int) -> bool:
    """'Whether it exceeds 30 billion', '有没有延期的项目': the list of those for which it is so answers."""
    return frame.cmp is not None or bool(frame.project_status)


def _levels(h: Hearing, frame: Frame, index: int) -> bool:
    """'Run at community level', 'the four levels at which they run'; who runs a project is not known."""
    return bool(frame.level or frame.over == "level" or frame.fact) and not frame.has_cue("which_one")


def _speaker(h: Hearing, frame: Frame, index: int) -> bool:
    """At the edge of the question or of a clause: nothing but mere words on one of its sides."""
    return _edge(h, range(index - 1, -1, -1)) or _edge(h, range(index + 1, len(h.pieces)))


def _edge(h: Hearing, side: range) -> bool:
    for at in side:
        if not h.words(at)[0].isalnum():
            return True
        if not (h.pieces[at].has("filler") or h.pieces[at].has("goes_with", "speaker") or h.pieces[at].has("conj")):
            return False
    return True


FITS: dict[str, Callable[[Hearing, Frame, int], bool]] = {
    "figure": _figure,
    "amount": _amount,
    "money": _money,
    "stock": _stock,
    "places": _places,
    "projects": _projects,
    "target": _target,
    "two_ends": _two_ends,
    "several": _several,
    "one": lambda h, frame, index: one_of_kind(h, frame),
    "whole": _whole,
    "split": _split,
    "test": _test,
    "spent": _spent,
    "levels": _levels,
    "speaker": _speaker,
}
"""For each kind of the vocabulary's `goes_with`, whether a word of it stands beside what it goes with."""
