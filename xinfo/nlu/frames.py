"""What a whole question means, as the frame that slots are settled from. Knows no word and chooses no template."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xinfo.nlu.coherent import coherent
from xinfo.nlu.contradictions import JUDGED
from xinfo.nlu.counted import (
    among_groups,
    bar_told,
    counted,
    held_against_set,
    lie_in,
    of_its_members,
    of_one_year,
    only_named,
    sole_member,
)
from xinfo.nlu.divisions import own
from xinfo.nlu.features import CONDITIONS, SCOPE, ids_of
from xinfo.nlu.figures import related
from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.rates import over_the_years
from xinfo.nlu.times import Ends, OpenPart, Relative, Span, against
from xinfo.nlu.variants import PART_OF, as_told, is_short_for
from xinfo.understand.catalog import PARTS, Catalog
from xinfo.understand.frame import PROJECT_GROUPS, SIDED, Frame, Trouble
from xinfo.understand.reading import Scope
from xinfo.understand.when import EVERY_YEAR, PRECEDING, Times

SAME = (
    "against", "per", "consumer", "offering", "sector", "whole_of", "measure", "grain",
    "over", "by", "order", "n", "cmp", "threshold", "upto_cmp", "upto", "turned", "content_area",
    "level", "project_status", "dated", "field", "of_it",
    "pronoun", "pair", "follows", "other", "nth", "rest", "bar", "factor", "quantifier",
    "ends", "per_year", "fact", "new_topic", "template", "opposite",
)  # fmt: skip
"""Features that a frame has under the same name."""
READ_HERE = frozenset(
    "places options than metric whole pilots projects nominal time cues chosen also annual base beside their its "
    "union own before of_all of_set one time_count set_count set_named set_with out_count province_alone bar_of "
    "as_one lacks one_way each_of counted_members part_within counted_part".split()
)
"""What is turned into something of a frame's."""
GROUPED = frozenset(["over", "by", "cues", "follows", "pronoun"])
"""What says no more than by what something is to be told apart."""
COUNTS = frozenset(["time_count", "set_count", "set_named", "set_with", "out_count", "each_of"])
"""Numbers that only say how many times or members were named."""
KNOWN = CONDITIONS.union(SAME, READ_HERE, JUDGED)
SETS = CONDITIONS | {"pilots", "nominal"}
WHOLE = frozenset(
    ["average", "median", "rank", "count", "position", "distribution", "quartiles", "correlation", "extremes"]
)
"""What is asked of a whole set, also where each member was said."""
AMOUNTS = frozenset(["money", "count", "scale"])
"""Units that no rate has."""
SPOKEN = frozenset(["compare", "how_many"])
"""'How much is it in each' asks nothing more than each."""


def frame_of(meaning: Meaning, catalog: Catalog) -> Frame | None:
    """The frame of a meaning; None where something in it is none of a frame's: an element that nothing made use of."""
    plain = Meaning({name: value for name, value in meaning.items() if not name.startswith("_")})
    told = over_the_years(as_told(plain, catalog), catalog)
    return _framed(told, catalog) if told is not None and told.keys() <= KNOWN and coherent(told, catalog) else None


def _over_years(meaning: Meaning) -> bool:
    """Whether one stretch of several years is spoken of."""
    whens = [span.when for span in meaning["time"]] if isinstance(meaning.get("time"), tuple) else []
    return len(whens) == 1 and whens[0].start.year < whens[0].end.year


def rough_frame(meaning: Meaning, catalog: Catalog) -> Frame:
    """What of a meaning is a frame's, whether or not it goes together: for questions that are not answered as such."""
    known = Meaning({name: value for name, value in meaning.items() if name in KNOWN - JUDGED - COUNTS})
    if isinstance(known.get("time", OpenPart(0, 0)), OpenPart):
        known = known.without("dated", "time") if "dated" in known else known
    known = known.without("whole") if known.get("whole") == PART_OF else known
    known = known.without("by") if known.get("by") is True else known  # 'By more than 10 %', with no verb to it.
    return _framed(known, catalog) or _framed(known.without("chosen", "also"), catalog) or Frame()


def _framed(meaning: Meaning, catalog: Catalog) -> Frame | None:
    said: dict[str, Any] = {name: meaning[name] for name in SAME if name in meaning}
    # What only projects are told apart by is asked of projects.
    of_projects = "projects" in meaning or (meaning.get("over") in PROJECT_GROUPS and "metric" not in meaning)
    said |= {"projects": True} if of_projects else {}
    # 'Break that down by level': the projects that were spoken of.
    said |= {"pronoun": True} if of_projects and meaning.keys() <= GROUPED else {}
    said |= {"nth": None} if said.get("nth") == 1 else {}
    said |= {"before": _before(meaning["before"])} if "before" in meaning else _since(meaning)
    said |= {"of_those": True} if "their" in meaning else {}
    said |= {"pronoun": True} if {"of_it", "follows"} <= meaning.keys() and SETS & meaning.keys() else {}
    said |= {"in_amounts": True} if meaning.get("unit") in AMOUNTS else {}
    said |= _apart(meaning)
    said |= related(meaning, catalog)
    said |= _of_places(meaning, catalog)
    said |= among_groups(meaning, said, catalog)
    if not bar_told(meaning):
        return None
    if not of_its_members(meaning, said.get("scope"), catalog):
        return None
    said |= sole_member(meaning, said, catalog)
    if ("annual" in meaning and not of_one_year(meaning)) or ("each_year" in meaning and _over_years(meaning)):
        said["grain"] = "year"
    inner = {name: frame_of(meaning[name], catalog) for name in ("chosen", "also") if name in meaning}
    if any(one is None or is_short_for(said.get("metric"), one.metric, catalog) for one in inner.values()):
        return None
    said |= inner
    cues = frozenset(meaning.get("cues", ())) - ({"total"} if "others" in meaning and "places" in meaning else set())
    cues |= {"no_target"} if "lacks" in meaning else set()
    said |= _of_each(said, meaning, cues)
    cues = _asking(meaning, said, cues)
    said |= {"its": True} if _of_one_found(meaning, cues) else {}
    said |= {"one_way": True} if "one_way" in meaning and "difference" in cues else {}
    heard = tuple(frozenset(str(cue).split("+")) for cue in sorted(cues)) + _against(meaning, said, cues)
    frame = Frame(times=_times(meaning), cues=heard, **said)
    if "province_alone" in meaning:
        frame = frame.but(troubles=(Trouble("province", options=(meaning["province_alone"],)),))
    return frame if counted(meaning, frame) else frame.but(troubles=(Trouble("two_periods"),))


def _of_one_found(meaning: Meaning, cues: frozenset[str]) -> bool:
    """'Its population', 'what rank does it have': of a place that is not said."""
    unsaid = not {*SETS, "places", "options", "chosen", "order", "cmp"} & meaning.keys()
    return unsaid and ("its" in meaning or "position" in cues)


def _of_places(meaning: Meaning, catalog: Catalog) -> dict[str, Any]:
    """Which places are spoken of, by name or by description."""
    said: dict[str, Any] = {"everywhere": meaning.get("pilots") == "all" or "of_all" in meaning}
    for name in ("places", "options", "than"):
        said |= {name: ids_of(meaning[name])} if name in meaning else {}
    said |= _beside(said, meaning) if "beside" in meaning else {}
    if SETS & meaning.keys() and not only_named(meaning):
        conditions = {name: meaning[name] for name in CONDITIONS if name in meaning}
        if "without" in conditions:
            conditions["without"] = ids_of(conditions["without"])
        said["scope"] = Scope(**conditions)
    if "own" in meaning and len(meaning.get("places", ())) == 1 and "scope" in said:
        said["scope"] = replace(said["scope"], **{meaning["own"]: own(meaning["places"][0], meaning["own"])})
    if "of_all" in meaning and said.get("places") and lie_in(meaning):
        said["scope"] = Scope()  # 'Of the west, what share of all pilots is Jiuquan': where it lies narrows nothing.
    if meaning.get("quantifier") == "only":
        said.setdefault("scope", Scope())  # The only one of all pilots, where no set is named.
    if said.get("scope") == Scope() and "places" in said and meaning.get("bar") in ("mean", "median"):
        said["scope"] = None  # 'Is it above the average of all pilots': that is whose average it is in any case.
    if said.get("places") and "other" in meaning and meaning["other"].named:
        # Set against several places together, one is a set of its own.
        said |= {"scope": Scope(named=said["places"]), "places": ()}
    return said | held_against_set(meaning, said) | _both_sets(said, meaning, catalog)


def _beside(said: dict[str, Any], meaning: Meaning) -> dict[str, Any]:
    """The place on the other side: of another place, or of several or a set that are taken together."""
    places, other = said.get("places", ()), ids_of(meaning["beside"])
    several = len(places) > 1 or not SCOPE.isdisjoint(meaning)
    if several and "total" in meaning.get("cues", ()):
        return {"other": Scope(named=other), **({"scope": Scope(named=places), "places": ()} if places else {})}
    told = {} if places else {"pronoun": True}  # 'How much more than Wuxi', of what was spoken of.
    return {"places": places + other, **told}


def _asking(meaning: Meaning, said: dict[str, Any], cues: frozenset[str]) -> frozenset[str]:
    """Cues without those that only repeat what the rest says."""
    cues -= SPOKEN if said.get("over") == "place" and (said.get("scope") or "chosen" in said) else set()
    cues -= {"compare"} if "grain" in said or "trend" in cues else set()
    # 'Wuxi vs Suzhou, who wins': the other side of a choice.
    cues -= {"compare"} if "order" in said and "ask_one" in cues and len(said.get("places", ())) > 1 else set()
    # 'Compared with' only says the other side of a difference.
    cues -= {"compare", "compare+against"} if cues & {*SIDED, "difference+added"} else set()
    # Of places and their projects the places are counted.
    cues = cues - {"count", "list"} | {"holders"} if {"counted_members", "projects"} <= meaning.keys() else cues
    cues -= {"how_many"} if "order" in said else set()  # A ranking tells its figures in any case.
    return cues


def _both_sets(said: dict[str, Any], meaning: Meaning, catalog: Catalog) -> dict[str, Any]:
    """Of two sets that are ranked, told apart by a bar or taken as one, the members of both."""
    cues = meaning.get("cues", frozenset())
    picked = {"order", "cmp"} & meaning.keys() or {"rank", "list"} & cues
    as_one = "other" in meaning and "as_one" in meaning and {*SIDED, "compare"}.isdisjoint(cues)
    if not (as_one or ("union" in meaning and picked)) or {"over", "by"} & meaning.keys():
        return {}
    members = (*catalog.members(said["scope"]), *catalog.members(meaning["other"]))
    return {"places": tuple(dict.fromkeys(members)), "scope": None, "other": None}


def _of_each(said: dict[str, Any], meaning: Meaning, cues: frozenset[str]) -> dict[str, Any]:
    """'Each pilot' is no grouping where one is picked or all are summed up; 'one by one' of a set is each of them."""
    if "singly" in meaning and said.get("scope") and not said.get("over") and cues.isdisjoint(WHOLE):
        return {} if {"order", "cmp"} & said.keys() else {"over": "place"}
    picked = "list" in cues if said.get("projects") else {"order", "cmp"} & said.keys() or cues & WHOLE
    return {"over": None} if said.get("over") == "place" and picked else {}


def _against(meaning: Meaning, said: dict[str, Any], cues: frozenset[str]) -> tuple[frozenset[str], ...]:
    """'Growth against 2014' is that of the later time; 'changed against 2014' is a difference of both."""
    growth = "base" in meaning and said.get("measure") == "growth" and "difference" not in cues and "bar" not in meaning
    return (frozenset(["compare", "against"]),) if growth else ()


def _apart(meaning: Meaning) -> dict[str, Any]:
    """Several parts are told each by itself; all of a dimension are the dimension."""
    for dimension, every in PARTS.items():
        values = meaning.get(dimension, ())
        if len(values) > 1 and meaning.get("over", dimension) == dimension:
            whole = set(values) == set(every) and meaning.get("cues", frozenset()).isdisjoint(SIDED)
            return {"over": dimension, dimension: () if whole else values}
    return {}


def _before(time: Any) -> Times:
    """The other time of a comparison with what was spoken of: it is counted from there."""
    if isinstance(time, OpenPart):
        return Times(part=(time.first, time.last))
    if isinstance(time, tuple):
        return Times(whens=tuple(span.when for span in time))
    if time == "previous" or (isinstance(time, int) and time < 0):
        return Times(relative=("before", -time) if isinstance(time, int) else (PRECEDING, 1))
    return Times(part=(3 * time - 2, 3 * time))


def _since(meaning: Meaning) -> dict[str, Any]:
    """'Growth over 2014' with no other time: that of the time that was spoken of, against that one."""
    base = meaning.get("base")
    return {"before": Times(whens=(base.when,))} if isinstance(base, Span) and "time" not in meaning else {}


def _times(meaning: Meaning) -> Times | None:
    time = meaning.get("time")
    if "base" in meaning and isinstance(time, tuple):
        time = (*time, against(meaning["base"], time[0]))
    if isinstance(time, OpenPart):
        return Times(part=(time.first, time.last), ends=(time.end,))
    if isinstance(time, Relative):
        return Times(relative=time.value, relatives=time.further, part=time.part)
    if isinstance(time, Ends):
        return Times(whens=(time.later, time.earlier), ends=(False, False), untils=(False, False))
    if not time:
        return Times(relative=(EVERY_YEAR, *meaning["time_count"])) if "time_count" in meaning else None
    return Times(
        whens=tuple(span.when for span in time),
        ends=tuple(span.end for span in time),
        untils=tuple(span.until for span in time),
    )
