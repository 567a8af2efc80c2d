"""Growth, shares and percent in a question: from what to what, of which whole, and where they are meant or lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.frame import Frame
from xinfo.understand.hear.comparison import Comparison
from xinfo.understand.hear.hearing import Hearing
from xinfo.understand.hear.metrics import Subject
from xinfo.understand.hear.sets import is_set
from xinfo.understand.reading import Scope
from xinfo.understand.segment import Piece

NOUNS = ("速", "幅", "率", "同比", "情况")
"""What a word for the rate of growth holds; one without asks how much something grew."""
OVER = (("over",), ("on",), ("against",), ("from",))
VERSUS = (("vs",), ("versus",))
RISES = frozenset(
    "increase increased increasing rise rose risen change gain went up climbed jumped surge surged uptick".split()
)
"""Words for what happened between two times; a rate of growth is had by one."""
PERCENT = ("percent", "per cent", "pct", "%", "百分")
BESIDE = (("on",), ("的",), ("(",))
"""What may stand between two parts that are meant together: 'household spending on services'."""
YEARS = frozenset(["year", "yoy"])
RATE_WORDS = RISES | frozenset("growth grow grew growing grown rate rates pace % percent percentage pct per".split())
WITHIN = frozenset(
    ["中", "内", "里", "里面", "之中", "当中", "其中", "占", "占了", "占到", "所占", "in", "within", "among"]
)


def fit_rates(h: Hearing, frame: Frame, than_at: int | None) -> Frame:
    """The frame with the one growth or share that is meant; a trouble told to `h` for what would be lost."""
    frame = _growth_between(h, _year_on_year(h, frame), than_at)
    frame = _part_asked(h, _percent_asked(h, frame))
    _percent_of_amounts(h, frame)
    _share_of_part(h, frame)
    return frame


def _year_on_year(h: Hearing, frame: Frame) -> Frame:
    """'Year-on-year growth from April to June' is that of the stretch, against the same one of the year before."""
    said = any(
        p.has("measure", "growth") and ({*h.words(i)} & YEARS or "同" in h.words(i)) for i, p in enumerate(h.pieces)
    )
    ends = frame.times.two_ends if frame.times else None
    within = ends is not None and ends[0].start.year == ends[1].end.year
    return frame.but(times=replace(frame.times, two_ends=None)) if frame.times and within and said else frame


def _growth_between(h: Hearing, frame: Frame, than_at: int | None) -> Frame:
    """'2015年比2014年增长多少' asks for the growth from the one to the other, not for two rates or their difference."""
    verbs = [i for i, p in enumerate(h.pieces) if p.has("measure", "growth")]
    if frame.measure == "growth" and frame.has_cue("difference") and all(_year_before_only(h, i) for i in verbs):
        return frame.but(measure=None)
    if frame.measure == "growth" and _year_over_year(h):
        return _of_later(h, frame)
    if frame.measure == "growth" and _versus(h):
        return _rise_or_rates(h, frame, all(set(h.words(i)) & RISES for i in verbs))
    asked = verbs and not any(noun in h.written(i) for i in verbs for noun in NOUNS)
    if frame.measure != "growth" or not asked or not any(_asks_rate(h.pieces[i]) for i in verbs):
        return frame
    own = {frozenset(s.value for s in h.pieces[i].senses if s.kind == "cue") for i in verbs}
    own |= {frozenset(str(v) for s in h.pieces[i].senses for k, v in s.means if k == "cue") for i in verbs}
    frame = frame.but(cues=tuple(cue - {"difference"} if cue in own else cue for cue in frame.cues))
    return frame if than_at is None else _of_later(h, frame)


def _year_before_only(h: Hearing, index: int) -> bool:
    """'同比', 'from a year earlier': said of a difference, it is what the other side is, and no rate."""
    words = set(h.words(index))
    return h.written(index) == "同比" or bool(words & YEARS and not words & RATE_WORDS)


def _of_later(h: Hearing, frame: Frame) -> Frame:
    """Of two periods a year apart the later one, whose growth is against the other."""
    whens = frame.times.whens if frame.times else ()
    if frame.times is None or len(whens) != 2 or frame.has_cue("difference"):
        return frame
    earlier, later = sorted(whens, key=lambda when: (when.end.year, when.end.last))
    if earlier.start.years_on(1) != later.start or earlier.end.years_on(1) != later.end:
        h.trouble("growth_over_years", later.id)
        return frame
    at = whens.index(later)
    one = replace(
        frame.times, whens=(later,), ends=frame.times.ends[at : at + 1], untils=frame.times.untils[at : at + 1]
    )
    return frame.but(times=one)


def _year_over_year(h: Hearing) -> bool:
    """'in 2015 over 2014': the later year against the earlier one."""
    times = [i for i, p in enumerate(h.pieces) if p.atom]
    return any(h.words(i) in OVER for a, b in pairwise(times) for i in range(a + 1, b))


def _versus(h: Hearing) -> bool:
    """'2015 vs 2014': a later time against an earlier one, which a comparison of both is said as, too."""
    times = [i for i, p in enumerate(h.pieces) if p.atom and p.atom.kind == "year"]
    return len(times) == 2 and any(h.words(i) in VERSUS for i in range(times[0] + 1, times[1]))


def _rise_or_rates(h: Hearing, frame: Frame, rise: bool) -> Frame:
    """'The increase, 2015 vs 2014' is one from the other; 'growth rate, 2015 vs 2014' may be the rates of both."""
    other = any(p.has("cue", "compare") and h.words(i) not in VERSUS for i, p in enumerate(h.pieces))
    if other or len(frame.places) > 1 or frame.times is None or len(frame.times.whens) != 2:
        return frame
    if not rise:
        h.trouble("growth_over_years", max(when.id for when in frame.times.whens))
        return frame
    return _of_later(h, frame.but(cues=tuple(cue for cue in frame.cues if "compare" not in cue)))


def _asks_rate(piece: Piece) -> bool:
    return piece.has("cue", "rate_question") or piece.has("cmp", "<")


def _percent_asked(h: Hearing, frame: Frame) -> Frame:
    """'How much in percent was services': the share of a part, and nothing where no part is said."""
    metric = h.catalog.metrics.get(frame.metric or "")
    asked = [i for i, p in enumerate(h.pieces) if p.has("unit_word", "percent") and not p.quantity]
    if metric is None or metric.unit == "ratio" or frame.measure not in (None, "value") or not asked:
        return frame
    if frame.has_cue("difference") or frame.projects:
        return frame
    if any(len(parts) == 1 for parts in frame.parts().values()):
        return frame.but(measure="share")
    h.trouble("unused_words", h.written(asked[0]))
    return frame


def _part_asked(h: Hearing, frame: Frame) -> Frame:
    """'How much of it was services, in yuan' asks for the part's amount; without a unit it may be a share as well."""
    if frame.has_cue("how_much_of") and (frame.measure == "share" or h.any("unit_word", "money")):
        return frame.but(cues=tuple(cue for cue in frame.cues if "how_much_of" not in cue))
    return frame


def _percent_of_amounts(h: Hearing, frame: Frame) -> None:
    """'By how many percent more than Taizhou': a difference of amounts is told in their unit only."""
    metric = h.catalog.metrics.get(frame.metric or "")
    if metric is None or metric.kind == "ratio" or frame.measure or not frame.has_cue("difference"):
        return
    for index, piece in enumerate(h.pieces):
        if piece.has("unit_word", "percent") and not piece.quantity:
            h.trouble("unused_words", h.written(index))


def _share_of_part(h: Hearing, frame: Frame) -> None:
    """'Services in what companies spent' is no share of the whole: the part before 'in' is another whole."""
    if frame.measure != "share":
        return
    parts = [i for i, p in enumerate(h.pieces) if i in h.used and any(p.has(d) for d in DIMENSIONS)]
    for a, b in pairwise(parts):
        if set(dimensions_of(h.pieces[a])) != set(dimensions_of(h.pieces[b])) and _of_which(h, a, b):
            h.trouble("share_of_part")
            return
    values = [value for i in parts for _, value in dimensions_of(h.pieces[i])]
    in_set = len(frame.places) == 1 and frame.scope is not None
    twice = len(values) > len(set(values))
    if twice and (len(set(values)) > 1 or not in_set):
        h.trouble("share_of_part")
    elif values and (_one_sided(h) if in_set else _of_sets(h, frame)):
        h.trouble("share_of_what")


def _of_sets(h: Hearing, frame: Frame) -> bool:
    """'The east's share in household consumption': a set's share in all pilots, not the part's in the set."""
    if frame.places or frame.scope in (None, Scope(without=frame.scope.without if frame.scope else ())):
        return False
    said = [i for i in sorted(h.used) if is_set(h, i)]
    shares = {i for i, meaning in h.used.items() if meaning == "measure=share"}
    within = [i for i in said if i + 1 < len(h.pieces) and h.words(i + 1) == ("in",)]
    parted = any(share < i and h.touching(share, i) for i in within for share in shares)
    return frame.everywhere or parted or any(i + 1 in shares for i in said)


def _one_sided(h: Hearing) -> bool:
    """'深圳信息消费占广东试点居民信息消费': of a figure said on both sides, the part on one of them."""
    named = [i for i, meaning in sorted(h.used.items()) if meaning.startswith("metric=")]
    parts = [i for i, p in enumerate(h.pieces) if i in h.used and any(p.has(d) for d in DIMENSIONS)]
    both_sides = len(named) == 2 and any(named[0] < i < named[1] for i, m in h.used.items() if m == "measure=share")
    return both_sides and len(parts) == 1


def _of_which(h: Hearing, a: int, b: int) -> bool:
    """Whether one of two parts is the whole of the other: only side by side they are one part, 'household services'."""
    between = range(a + 1, b)
    if any("".join(h.words(i)) in WITHIN for i in between):
        return True
    kinds = [{kind for kind, _ in dimensions_of(h.pieces[i])} for i in (a, b)]
    if kinds[0] & kinds[1] or not all(kinds) or any(h.words(i) == (":",) for i in between):
        return False
    named = any(h.pieces[i].has("metric") for i in between) and not any(h.words(i) == ("(",) for i in between)
    return named or not all(h.words(i) in BESIDE or h.pieces[i].has("metric") for i in between)


def share_said(h: Hearing) -> bool:
    """Whether a share is spoken of, and not just how much something grew in percent."""
    said = ("".join(h.words(i)) for i, p in enumerate(h.pieces) if h.used.get(i) == "measure=share")
    return any(not any(sign in words for sign in PERCENT) for words in said)


def share_moved(h: Hearing, frame: Frame) -> tuple[Frame, str]:
    """'By how many points did the share of services rise' is a difference of shares; there is no growth of a share."""
    if in_points(h):
        return frame.but(cues=(*frame.cues, frozenset({"difference"}))), "share"
    h.trouble("moving_share")
    return frame, "growth"


def dimensions_of(piece: Piece) -> list[tuple[str, object]]:
    return [(kind, value) for sense in piece.senses[:1] for kind, value in sense.means if kind in DIMENSIONS]


def in_amounts(h: Hearing, unit: str) -> bool:
    """'How many yuan did it rise', 'by what amount', '增加了多少万户': a difference, not a rate."""
    asked = [(i, p) for i, p in enumerate(h.pieces) if not p.quantity]
    if any(p.has("unit_word", kind) for _, p in asked for kind in ("money", "amount")):
        return True
    heads = (i for i, p in asked if p.has("unit_word", "count") and h.written(i)[-1] in "户人台部座")
    return unit == "count" and any(h.written(i)[0] in "多几" or h.pieces[i - 1].has("cue", "how_many") for i in heads)


def in_points(h: Hearing) -> bool:
    """'How many percentage points did it rise': a difference of two rates."""
    kinds = ("unit_word", "percent"), ("cue", "difference")
    asked = (h.words(i) for i, p in enumerate(h.pieces) if any(p.has(*kind) for kind in kinds) and not p.quantity)
    return any(words[-1] in ("points", "point", "点") for words in asked)


def measure_of_bar(frame: Frame, subject: Subject, compared: Comparison, h: Hearing) -> str | None:
    """What a bar in percent is of: 'grew by more than 20 %' is growth, 'services above 60 % of it' a share."""
    bar = compared.threshold
    metric = h.catalog.metrics.get(subject.metric or "")
    if bar is None or bar.unit != "ratio" or metric is None or metric.kind == "ratio":
        return None
    if frame.has_cue("difference"):
        return "growth"
    at = next(i for i, meaning in h.used.items() if meaning.startswith("threshold="))
    one_part = any(len(parts) == 1 for parts in subject.parts.values())
    return "share" if one_part and h.next_of(at, "metric") is not None else None
