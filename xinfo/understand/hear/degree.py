"""Degrees in a question: 'higher', 'less', 'faster than in 2014'. What they are of, or that it is not clear."""

from __future__ import annotations

from dataclasses import replace

from xinfo.understand.frame import Frame
from xinfo.understand.hear.comparison import Comparison
from xinfo.understand.hear.hearing import Hearing
from xinfo.understand.quantities import Quantity
from xinfo.understand.reading import When

ORDER_OF = {"more": "desc", "less": "asc"}
DEGREES = ("cue:more", "cue:less")


def above_year_before(h: Hearing, frame: Frame, compared: Comparison) -> Frame:
    """'2015年比2014年高的试点': places that grew; a rate above its own of the year before is no question yet."""
    whens = frame.times.whens if frame.times else ()
    if _rate_above_own(frame, compared) or _growth_fell(h):
        h.trouble("no_template")
        return frame
    if frame.times is None or len(whens) != 2 or frame.scope is None or frame.places or not compared.degree:
        return frame
    if frame.has_cue("difference", "how_many", "by_how_much") or frame.measure:
        return frame
    if whens[0] != When(whens[1].start.years_on(1), whens[1].end.years_on(1)):
        h.trouble("two_periods", " … ".join(when.id for when in whens))
        return frame
    times = replace(frame.times, whens=whens[:1], ends=frame.times.ends[:1], untils=frame.times.untils[:1])
    cmp = {"more": ">", "less": "<"}[compared.degree]
    return frame.but(times=times, measure="growth", cmp=cmp, threshold=Quantity(0.0, "ratio", False))


def _rate_above_own(frame: Frame, compared: Comparison) -> bool:
    """'增速比2014年快的试点', 'pilots with growth higher than in 2014'."""
    if frame.times is None or frame.scope is None or frame.places or not compared.degree:
        return False
    earlier = len(frame.times.whens) > 1 or (frame.times.relative or ("",))[0] == "before"
    return earlier and frame.measure in ("growth", "share", "attainment", "gap") and not frame.has_cue("by_how_much")


def _growth_fell(h: Hearing) -> bool:
    """'Growth lower than the year before', '增速下降': it is the rate that fell, not the figure."""
    growth = [p for i, p in enumerate(h.pieces) if p.has("measure", "growth") and i in h.used]
    fell = [p for p in growth if p.has("cmp", "<")]
    return bool(fell) and len(growth) > len(fell)


def fit_degree(h: Hearing, frame: Frame, compared: Comparison, than_at: int | None) -> Frame:
    """'Which is higher' asks for the highest; 'the high ones' leaves open how high."""
    said = [i for i, meaning in h.used.items() if h.pieces[i].has("degree") and meaning in DEGREES]
    _other_bar(h, frame, compared, than_at, said)
    if len(every := [i for i in h.used if h.pieces[i].has("degree")]) > 1:
        h.trouble("unused_words", h.written(every[-1]))
    loose = than_at is None and compared.threshold is None and frame.other is None and not frame.has_cue("difference")
    if not (compared.degree and loose) or (frame.order and _by_degree(frame)):
        return frame
    if frame.order or frame.projects:
        h.trouble("unused_words", "|".join(h.written(i) for i in said))
        return frame
    one = frame.has_cue("which_one", "ask_one") and not frame.has_cue("ask_many", "which_ones")
    if one or (len(frame.places) > 1 and frame.has_cue("which_ones", "list")):
        return frame.but(order=ORDER_OF[compared.degree], turned=False)
    word = next((h.written(i) for i, p in enumerate(h.pieces) if p.has("degree")), "")
    h.trouble("unused_words", word)
    return frame


def _other_bar(h: Hearing, frame: Frame, compared: Comparison, than_at: int | None, degrees: list[int]) -> None:
    """A degree beside a bar that has its own comparison; a 'than' with only one side."""
    own = any(meaning.startswith(("cmp=", "upto=")) for meaning in h.used.values())
    own = (own and compared.threshold is not None) or (than_at is not None and h.pieces[than_at].has("cmp"))
    told = any(p.has("cue", "difference") and i not in degrees for i, p in enumerate(h.pieces))
    told = told or (frame.has_cue("difference") and h.any("measure", "growth"))
    if degrees and (own or (than_at is None and told)):
        h.trouble("unused_words", h.written(degrees[0]))
    if than_at is not None and (_own_bar(h, frame, than_at) or not _two_sides(frame, compared)):
        h.trouble("unused_words", h.written(than_at))


def _own_bar(h: Hearing, frame: Frame, than_at: int) -> bool:
    """'At least 15 %, no more than in 2014': the bar is compared by another word."""
    other = any(meaning.startswith("cmp=") for meaning in h.used.values())
    return h.pieces[than_at].has("cmp") and other and frame.threshold is not None and not frame.than


def _two_sides(frame: Frame, compared: Comparison) -> bool:
    """Whether there is something to set the one side of a 'than' against."""
    times = frame.times
    periods = times is not None and (len(times.whens) == 2 or times.relative is not None)
    pairs = len(frame.places) > 1 or any(len(parts) > 1 for parts in frame.parts().values())
    bar = frame.than or frame.other or frame.threshold
    return bool(bar) or periods or frame.has_cue("difference") or (pairs and compared.degree is not None)


def _by_degree(frame: Frame) -> bool:
    """Whether an order comes of the degree alone: 'is it higher in Zhuhai or Foshan'."""
    return len(frame.places) == 2 and frame.n == 1
