"""What a whole question means, as the frame that slots are settled from. Understands no word and chooses no template."""

from __future__ import annotations

from typing import Any

from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.productions import Ends, OpenPart, Relative, Span
from xinfo.store.periods import Period
from xinfo.understand.catalog import DIMENSIONS, Catalog, Place
from xinfo.understand.frame import Frame, Trouble
from xinfo.understand.hear.metrics import ratio_of
from xinfo.understand.reading import Scope, Slots, When
from xinfo.understand.say import measured_unit
from xinfo.understand.when import Times

SCOPE = ("province", "region", "admin_type", "batch", "without")
SAME = (
    "metric", "metrics", "against", "per", "consumer", "offering", "sector", "measure", "grain",
    "over", "by", "order", "n", "cmp", "threshold", "upto_cmp", "upto", "turned", "projects", "content_area",
    "level", "project_status", "field", "pronoun", "pair", "follows", "other", "fact", "new_topic",
)  # fmt: skip
"""Features that a frame has under the same name."""
SETS = frozenset([*SCOPE, "pilots", "nominal"])
WHOLE = frozenset(["average", "median", "rank", "count", "position", "distribution", "quartiles", "correlation"])
"""What is asked of a whole set, also where each member was said."""
SPOKEN = frozenset(["compare", "how_many"])
"""'How much is it in each' asks nothing more than each."""
UNITS = {
    "money": ("yuan", "yuan/person"), "count": ("count",), "scale": ("yuan", "count"),
    "ratio": ("ratio", "percentage_point"), "points": ("ratio", "percentage_point"),
}  # fmt: skip
"""Units that figures are kept in by what people ask for."""


def frame_of(meaning: Meaning, catalog: Catalog) -> Frame:
    """The frame of a meaning."""
    said: dict[str, Any] = {name: meaning[name] for name in SAME if name in meaning}
    for name in ("places", "options", "than"):
        said |= {name: _ids(meaning[name])} if name in meaning else {}
    if "beside" in meaning:
        said["places"] = said.get("places", ()) + _ids(meaning["beside"])
    said |= _related(meaning, catalog)
    if SETS & meaning.keys() and not _only_named(meaning):
        conditions = {name: meaning[name] for name in SCOPE if name in meaning}
        if "without" in conditions:
            conditions["without"] = _ids(conditions["without"])
        said["scope"] = Scope(**conditions)
    said["everywhere"] = meaning.get("pilots") == "all" or "of_all" in meaning
    cues = frozenset(meaning.get("cues", ()))
    said |= _parted(said) | _of_each(said, cues)
    cues -= SPOKEN if said.get("over") == "place" and said.get("scope") else set()
    cues -= {"compare"} if "grain" in said else set()
    cues -= {"how_many"} if "order" in said else set()  # A ranking tells its figures in any case.
    heard = tuple(frozenset([str(cue)]) for cue in sorted(cues)) + _against(meaning, said, cues)
    frame = Frame(times=_times(meaning), cues=heard, **said)
    troubles = (
        *(() if _in_unit(meaning, frame, catalog) else (Trouble("unit_of_bar"),)),
        *(() if _counted(meaning, frame) else (Trouble("two_periods"),)),
    )
    return frame.but(troubles=troubles)


def _only_named(meaning: Meaning) -> bool:
    """'Which city of Taizhou and Nantong': a word for places beside their names."""
    several = len(meaning.get("places", ())) > 1
    return several and not {*SCOPE, "pilots", "of_set"} & meaning.keys()


def _counted(meaning: Meaning, frame: Frame) -> bool:
    """Whether there are as many years as were said."""
    years = {part.year for when in (frame.times.whens if frame.times else ()) for part in when.parts}
    return "time_count" not in meaning or meaning["time_count"] == (len(years),)


def _parted(said: dict[str, Any]) -> dict[str, Any]:
    """Several parts of one dimension are asked for one by one."""
    several = [name for name in DIMENSIONS if len(said.get(name, ())) > 1]
    return {"over": several[0]} if len(several) == 1 and "over" not in said else {}


def _of_each(said: dict[str, Any], cues: frozenset[str]) -> dict[str, Any]:
    """'Each pilot' is no grouping where one is picked or all are summed up."""
    picked = {"order", "cmp"} & said.keys() or cues & WHOLE
    return {"over": None} if said.get("over") == "place" and picked and not said.get("projects") else {}


def _against(meaning: Meaning, said: dict[str, Any], cues: frozenset[str]) -> tuple[frozenset[str], ...]:
    """'Growth against 2014' is that of the later time; 'changed against 2014' is a difference of both."""
    growth = "base" in meaning and said.get("measure") == "growth" and "difference" not in cues
    return (frozenset(["compare", "against"]),) if growth else ()


def _in_unit(meaning: Meaning, frame: Frame, catalog: Catalog) -> bool:
    """Whether the unit that was asked for is one of the figure's."""
    asked = meaning.get("unit")
    if asked is None or frame.metric is None or frame.cmp or frame.projects:
        return True
    unit = measured_unit(Slots(metric=frame.metric, measure=frame.measure or "value"), catalog) or ""
    return unit in UNITS[str(asked)]


def _ids(places: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(place.place_id for place in places)


def _related(meaning: Meaning, catalog: Catalog) -> dict[str, Any]:
    """A figure in relation to another one as the metric that it is; as it was said where there is none."""
    whole = meaning.get("whole") or meaning.get("per")
    tops = (meaning["metric"],) if "metric" in meaning else meaning.get("metrics", ())
    found = [ratio for top in tops if whole and (ratio := ratio_of(catalog, str(top), str(whole)))]
    if len(found) == 1:
        return {"metric": found[0], "metrics": (), "per": None}
    return {"per": whole} if whole else _growth_of(meaning, catalog)


def _growth_of(meaning: Meaning, catalog: Catalog) -> dict[str, Any]:
    """A metric that is a published growth rate is the growth of what it is of."""
    metric = catalog.metrics.get(str(meaning.get("metric")))
    return {"metric": metric.growth_of, "measure": "growth"} if metric and metric.growth_of else {}


def _base(said: Any, span: Span) -> Span:
    """What a time is compared with, where only a part of its year was said, or the period before."""
    start, end = span.when.start, span.when.end
    if isinstance(said, OpenPart):
        return Span(When.of(Period(start.year, said.first, said.last)))
    if said != "previous":
        return said  # type: ignore[no-any-return]
    months = end.last - start.first + 1
    year, first = (start.year, start.first - months) if start.first > months else (start.year - 1, 13 - months)
    return Span(When.of(Period(year, first, first + months - 1)))


def _times(meaning: Meaning) -> Times | None:
    time = meaning.get("time")
    if "base" in meaning and isinstance(time, tuple):
        time = (*time, _base(meaning["base"], time[0]))
    if isinstance(time, OpenPart):
        return Times(part=(time.first, time.last))
    if isinstance(time, Relative):
        return Times(relative=time.value, relatives=time.further, part=time.part)
    if isinstance(time, Ends):
        return Times(whens=(time.later, time.earlier), ends=(False, False), untils=(False, False))
    if not time:
        return None
    return Times(
        whens=tuple(span.when for span in time),
        ends=tuple(span.end for span in time),
        untils=tuple(span.until for span in time),
    )
