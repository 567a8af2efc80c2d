"""Pieces of a question to a frame: each topic takes up its own, and what nobody takes is a trouble."""

from __future__ import annotations

from dataclasses import replace

from xinfo.understand.catalog import DIMENSIONS, Catalog
from xinfo.understand.frame import GROUPS, Frame
from xinfo.understand.hear.anew import seen_anew
from xinfo.understand.hear.called import called_for
from xinfo.understand.hear.comparison import Comparison, find_than, hear_comparison
from xinfo.understand.hear.degree import above_year_before
from xinfo.understand.hear.direction import directed
from xinfo.understand.hear.hearing import Hearing
from xinfo.understand.hear.metrics import Subject, hear_subject
from xinfo.understand.hear.mood import GOALS, aimed, by_so_much, by_the_most, published_rate
from xinfo.understand.hear.operations import Operation, hear_operation, hear_projects
from xinfo.understand.hear.places import Whereabouts, hear_places
from xinfo.understand.hear.rates import in_amounts, in_points, measure_of_bar, share_moved, share_said
from xinfo.understand.hear.strict import checked, unsaid_set
from xinfo.understand.hear.unread import unread
from xinfo.understand.quantities import Quantity
from xinfo.understand.segment import Piece
from xinfo.understand.text import Text
from xinfo.understand.vocabulary import Sense
from xinfo.understand.when import Times, put_together

ONE, ZERO = Quantity(1.0, "ratio", False), Quantity(0.0, "ratio", False)
BEST: dict[tuple[str, ...], Sense] = {("best",): Sense((("order", "desc"),)), ("worst",): Sense((("order", "asc"),))}
"""'The best four' by a figure are the highest; without a number 'best' is a matter of opinion."""
TOTAL = {"总", "total"}
"""In a metric's own phrase ('the total population', 用户总数) it may be the word for a sum."""
EITHER = (("or",), ("还", "是"), ("或",), ("或", "者"))
PAIR = frozenset(["two", "both", "them", "their", "俩", "两", "二", "们"])
"""In a pronoun: two or more that were spoken of."""
ASKING_WHO = ("which_one", "ask_one", "which_ones", "list")
MEASURES = ("gap", "attainment", "target", "growth", "share")
"""Where several are heard, the first of these is the asked-for one."""


def listen(text: Text, pieces: tuple[Piece, ...], catalog: Catalog, context: Frame | None = None) -> Frame:
    """The frame of a question; `context` only tells whether targets or projects are being spoken of."""
    pieces = seen_anew(pieces, text, catalog)
    h = Hearing(text, pieces, catalog)
    _refusals(h)
    fact, template = called_for(h)
    projects = hear_projects(h, bool(context and context.projects))
    times = put_together(pieces, text.words())
    for index, piece in enumerate(pieces):
        if piece.atom and index not in h.used:
            h.take(index, f"time={piece.atom.kind}")
    than_at = find_than(h)
    where = hear_places(h, than_at, bool(context and context.scope is not None and not context.places))
    about_target = h.any("measure", "target") or bool(context and context.measure in ("target", "attainment", "gap"))
    subject = hear_subject(h) if not (projects and not h.any("measure")) else Subject()
    compared = hear_comparison(h, than_at)
    operation = hear_operation(h, about_target, bool(projects) or bool(context and context.projects))
    marks = _marks(h, operation)
    _time_troubles(h, times)
    frame = Frame(
        places=where.places, options=where.options, scope=where.scope, other=where.other, than=where.than,
        everywhere=h.any("pilots", "all"),
        metric=subject.metric, metrics=subject.metrics, against=subject.against, per=subject.per,
        **{d: subject.parts.get(d, ()) for d in DIMENSIONS},  # type: ignore[arg-type]
        times=times if times.pieces and (times.whens or times.part or times.relative or times.broken) else None,
        grain=operation.grain, order=operation.order, n=compared.n, cmp=compared.cmp, threshold=compared.threshold,
        upto_cmp=compared.upto_cmp, upto=compared.upto,
        cues=tuple(operation.cues), fact=fact, template=template, **marks, **projects,  # type: ignore[arg-type]
    )  # fmt: skip
    frame = _measured(frame, subject, operation, compared, h)
    frame = published_rate(h, frame)
    frame = above_year_before(h, frame, compared)
    frame = _higher_of_two(h, frame, compared) or _differences(frame, where, compared)
    frame = directed(h, frame, than_at)
    frame = frame.but(over=_grouping(frame, operation), by=_further_group(operation))
    frame = checked(h, frame, compared, than_at)
    unread(h, frame, alone=context is None)
    if context is None or context.scope is None:
        unsaid_set(h, frame)
    return frame.but(troubles=tuple(h.troubles), heard=h.heard())


def _refusals(h: Hearing) -> None:
    for index, piece in list(h.free("refuse")):
        pieces = h.pieces
        if any(sense.kind != "refuse" for sense in piece.senses):
            continue
        if h.words(index) in BEST and h.any("metric") and index + 1 < len(pieces) and pieces[index + 1].quantity:
            h.pieces = (*pieces[:index], replace(piece, senses=(BEST[h.words(index)],)), *pieces[index + 1 :])
            continue
        h.take(index, f"refuse={piece.get('refuse')[0]}")
        h.trouble(str(piece.get("refuse")[0]), h.written(index))


def _marks(h: Hearing, operation: Operation) -> dict[str, bool]:
    """Pronouns and words that tie a question to the one before; they are no cues for a template."""
    if any(TOTAL & set(h.words(i)) for i, piece in enumerate(h.pieces) if piece.has("metric")):
        operation.cues.append(frozenset(["total_named", "filler"]))
    marks = {}
    for mark, cue in (("pronoun", "pronoun"), ("follows", "follow"), ("new_topic", "new_topic")):
        if any(cue in found for found in operation.cues):
            marks[mark] = True
    marks["pair"] = any(p.has("cue", "pronoun") and PAIR & set(h.words(i)) for i, p in enumerate(h.pieces))
    operation.cues = [
        kept
        for found in operation.cues
        if (kept := found - {"pronoun", "follow", "new_topic", "only", "conj"}) - {"filler"}
    ]
    return marks


def _time_troubles(h: Hearing, times: Times) -> None:
    if times.broken:
        h.trouble("no_such_period", _time_words(h))
    elif times.pieces and not (times.whens or times.part or times.relative):
        # '末' says nothing without the time it belongs to; 'by' may be no time at all.
        for index in [i for i, p in enumerate(h.pieces) if p.atom and not p.mere]:
            h.trouble("unused_words", h.written(index))
    elif not times.linked and not h.any("cue", "required"):
        h.trouble("two_periods", _time_words(h))


def _time_words(h: Hearing) -> str:
    return " … ".join(h.written(i) for i, p in enumerate(h.pieces) if p.atom and p.atom.kind not in ("end", "until"))


def _measured(frame: Frame, subject: Subject, operation: Operation, compared: Comparison, h: Hearing) -> Frame:
    """The one measure that the words together ask for."""
    heard = set(operation.measures) | subject.measures()
    if subject.share_used:
        heard.discard("share")
    _outcome(h, frame, operation, compared, heard)
    goal = heard & set(GOALS)
    rates = {"growth", "share"} & heard - ({"growth"} if operation.below_zero else set())
    if goal:
        heard -= {"growth", "share"}
    if not heard and (by_bar := measure_of_bar(frame, subject, compared, h)):
        heard.add(by_bar)
        frame = frame.but(cues=tuple(cue for cue in frame.cues if "difference" not in cue))
    measure = next((m for m in MEASURES if m in heard), None)
    if {"growth", "share"} <= heard and share_said(h):
        frame, measure = share_moved(h, frame)
    frame = frame.but(measure=measure or ("value" if "value" in heard else None))
    if operation.below_zero and frame.order and not goal:
        # 'Fell the most' is the lowest growth; 'fell the least' is of those that fell, and a ranking holds all.
        if frame.order == "asc":
            h.trouble("no_template")
        frame = frame.but(order="asc")
    if goal or h.any("mood"):
        return _met_or_missed(h, aimed(h, frame, rates | goal), operation)
    metric = h.catalog.metrics.get(frame.metric or "")
    points = metric is not None and metric.unit == "ratio" and in_points(h)
    amounts = in_amounts(h, metric.unit if metric else "") and not h.any("unit_word", "percent")
    if measure == "growth" and (points or amounts):
        return frame.but(measure=None, cues=(*frame.cues, frozenset({"difference"})))
    if operation.below_zero and frame.threshold is None and _of_many(frame) and not frame.order:
        return frame.but(cmp="<", threshold=ZERO)
    return frame


def _outcome(h: Hearing, frame: Frame, operation: Operation, compared: Comparison, heard: set[str]) -> None:
    """Adds to the measures that are `heard` what 'met' and 'missed' ask for; one of an attainment and a gap stays."""
    how_much = any({"gap_question", "rate_question"} & cue for cue in frame.cues) or compared.degree is not None
    if operation.outcome:
        in_money = any(p.has("unit_word", "money") and not p.quantity for p in h.pieces)
        heard.add("gap" if in_money or frame.has_cue("gap_question", "by_how_much") else "attainment")
    if "attainment" in heard and "gap" in heard and not how_much:
        heard.discard("gap")
    two = "value" in heard and "target" in heard and not heard & {"gap", "attainment"}
    if two or (operation.outcome and "share" in heard and _of_many(frame)):
        # 'What was the target, what the actual'; '完成目标的试点占多少' asks for a share of places, not which they are.
        h.trouble("no_template")


def _met_or_missed(h: Hearing, frame: Frame, operation: Operation) -> Frame:
    """'Which pilots met their target' looks for places, 'exceeded it by the most' puts them in an order."""
    measure = frame.measure
    if operation.outcome in ("missed", "beat") and frame.threshold is not None:
        return by_so_much(h, frame, operation.outcome)
    if operation.outcome and measure == "attainment" and frame.threshold is None and _of_many(frame):
        return frame.but(cmp={"met": ">=", "missed": "<", "beat": ">"}[operation.outcome], threshold=ONE)
    if operation.outcome and frame.order:
        return by_the_most(h, frame, operation.outcome)
    return frame


def _of_many(frame: Frame) -> bool:
    """Whether places are asked for, not one place's figure."""
    return (
        frame.order is None
        and (frame.scope is not None or frame.has_cue("ask_one", "ask_many", "list", "count"))
        and not frame.places
    )


def _higher_of_two(h: Hearing, frame: Frame, compared: Comparison) -> Frame | None:
    """'Is it higher in Zhuhai or Foshan' asks which of the two, not by how much."""
    either = any(h.words(i) in EITHER for i in range(len(h.pieces)))
    asks_how_much = frame.has_cue("difference", "how_many", "by_how_much", "gap_question")
    if not either or asks_how_much or len(frame.places) != 2 or compared.degree is None or frame.than or frame.order:
        return None
    return frame.but(order={"more": "desc", "less": "asc"}[compared.degree], n=1)


def _differences(frame: Frame, where: Whereabouts, compared: Comparison) -> Frame:
    """'than X' is the other side of a difference where the question asks how much, else the bar of a filter."""
    asks_how_much = frame.has_cue("difference") or (
        compared.degree is not None and frame.has_cue("how_many", "filler", "how_much")
    )
    two = len(frame.places) == 1 and len(where.than) == 1 and frame.scope is None
    if two and not (frame.has_cue("ask_one", "ask_many", "list", "count") and not frame.has_cue("difference")):
        lower = frame.threshold is None and frame.cmp in ("<", "<=")
        both, cues = (*frame.places, *where.than), (*frame.cues, frozenset({"difference"}))
        # 'How much lower than': the comparator is what turns the difference round, and no bar.
        frame = frame.but(places=both, than=(), cues=cues, turned=lower, cmp=frame.cmp if frame.threshold else None)
    elif (
        (frame.other is not None and (compared.degree or asks_how_much))
        or (frame.times and len(frame.times.whens) == 2 and compared.degree and not frame.than)
        or (any(len(values) == 2 for values in frame.parts().values()) and compared.degree)
        or (len(frame.places) == 2 and compared.degree and not frame.has_cue(*ASKING_WHO))
    ):
        frame = frame.but(cues=(*frame.cues, frozenset({"difference"})))
    if frame.than and frame.cmp is None and compared.degree:
        frame = frame.but(cmp={"more": ">", "less": "<"}[compared.degree])
    return frame.but(turned=frame.turned or compared.degree == "less")


def _further_group(operation: Operation) -> str | None:
    """The second of two groups of places that are both asked for: 'by region and by kind of place'."""
    groups = [group for group in dict.fromkeys(operation.over) if group in GROUPS]
    return groups[1] if len(groups) == 2 else None


def _grouping(frame: Frame, operation: Operation) -> str | None:
    """What the answer has a row for each of: said ('by region') or meant by naming every part."""
    if operation.over:
        return next((group for group in operation.over if group != "place"), "place")
    if frame.projects and frame.has_cue("ask_many") and frame.has_cue("how_many"):
        # 'Which pilots have delayed projects, and how many?'
        return "place"
    several = [d for d, values in frame.parts().items() if len(values) > 1]
    return several[0] if len(several) == 1 else None
