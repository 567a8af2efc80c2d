"""Whether numbers and names that are said beside a set or a time agree with it: 'the four municipalities'.

Knows no words of any language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xinfo.nlu.divisions import own
from xinfo.nlu.features import CONDITIONS, REGIONS, SCOPE
from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.times import Ends
from xinfo.store.schema import LEVELS, PROJECT_STATUSES
from xinfo.understand.catalog import Catalog
from xinfo.understand.frame import Frame
from xinfo.understand.reading import Scope

KINDS_OF_PROJECTS = {"level": LEVELS, "project_status": PROJECT_STATUSES}


def of_its_members(meaning: Meaning, scope: Scope | None, catalog: Catalog) -> bool:
    """Whether a set has as many members as was said, before or after some are left out, and those that were named."""
    if not _all_kinds(meaning, scope or Scope(), catalog):
        return False
    if scope is None:
        return {"set_count", "set_named", "set_with", "out_count"}.isdisjoint(meaning)
    if scope.region and REGIONS.intersection(scope.without) - {scope.region}:
        return False  # 'The west minus the east' is a difference: the west has no eastern members.
    members = catalog.members(scope)
    if not {place.place_id for place in meaning.get("set_with", ())} <= set(members):
        return False
    sizes = len(members), len(catalog.members(replace(scope, without=())))
    named = meaning.get("set_named", set(members)) == set(members)
    return named and meaning.get("set_count", sizes[0]) in sizes and _left_out(meaning, scope, catalog)


def _all_kinds(meaning: Meaning, scope: Scope, catalog: Catalog) -> bool:
    """'In districts, counties and cities': whether the kinds that were named are all that there are to be told."""
    if "each_of" not in meaning:
        return True
    over = meaning.get("over")
    if over in KINDS_OF_PROJECTS:
        return set(meaning["each_of"]) == set(KINDS_OF_PROJECTS[over])
    return set(meaning["each_of"]) == _told_apart(str(over), scope, catalog)


def _told_apart(over: str, scope: Scope, catalog: Catalog) -> set[str | None]:
    return {own(catalog.places[place], over) for place in catalog.members(scope)}


def among_groups(meaning: Meaning, said: Mapping[str, Any], catalog: Catalog) -> dict[str, Scope]:
    """'The east, the centre and the west': the set that is made of several groups which are not all of them."""
    groups, over, scope = meaning.get("each_of", ()), meaning.get("over"), said.get("scope") or Scope()
    # Two are set against each other.
    if len(groups) < 3 or over in KINDS_OF_PROJECTS or not set(groups) < _told_apart(str(over), scope, catalog):
        return {}
    return {"scope": replace(scope, among=groups)}


def _left_out(meaning: Meaning, scope: Scope, catalog: Catalog) -> bool:
    """Whether as many places are left out of a set as was said."""
    around = Scope(**{name: meaning[name] for name in SCOPE if name in meaning})
    out = len(catalog.members(around)) - len(catalog.members(replace(around, without=scope.without)))
    return bool(meaning.get("out_count", out) == out)


def lie_in(meaning: Meaning) -> bool:
    """Whether the places that are named are members of the set that is."""
    return all(own(place, name) == meaning[name] for place in meaning["places"] for name in SCOPE if name in meaning)


def only_named(meaning: Meaning) -> bool:
    """'Which city of Taizhou and Nantong': a word for places beside their names."""
    several = len(meaning.get("places", ())) > 1
    return several and not {*CONDITIONS, "pilots", "of_set"} & meaning.keys()


def held_against_set(meaning: Meaning, said: Mapping[str, Any]) -> dict[str, Scope]:
    """'Above the eastern average': the set whose average it is, of one place the set that it is held against."""
    bar, places = meaning.get("bar_of"), meaning.get("places", ())
    alone = len(places) == 1 and not said.get("scope")
    if bar is None or (alone and bar == Scope()):  # That of all pilots is told in any case.
        return {}
    if alone:
        return {"scope": bar}
    own_set = None if places and not said.get("scope") else said.get("scope") or Scope()
    return {} if own_set == bar else {"bar_of": bar}


def bar_told(meaning: Meaning) -> bool:
    """Whether a bar that is the average of a set leaves no doubt: those that are chosen have one of their own."""
    both_sets = "places" in meaning and not meaning.keys().isdisjoint(SCOPE)
    return "bar_of" not in meaning or not ("chosen" in meaning or both_sets)


def sole_member(meaning: Meaning, said: Mapping[str, Any], catalog: Catalog) -> dict[str, Any]:
    """'The only county among the pilots': that place, and no set of one."""
    if meaning.get("set_count") != 1 or "places" in said:
        return {}
    return {"scope": None, "places": tuple(catalog.members(said["scope"]))}


def of_one_year(meaning: Meaning) -> bool:
    """Whether 'annual' only repeats what the time says."""
    time = meaning.get("time")
    if isinstance(time, Ends):
        return True
    return isinstance(time, tuple) and len(time) == 1 and time[0].when.start == time[0].when.end


def counted(meaning: Meaning, frame: Frame) -> bool:
    """Whether there are as many years as were said; without any they are all that there are figures of."""
    if "time" not in meaning:
        return True
    years = {part.year for when in (frame.times.whens if frame.times else ()) for part in when.parts}
    from_first = (
        max(years) - min(years) + 1 if years and ("base" in meaning or isinstance(meaning["time"], Ends)) else 0
    )
    return "time_count" not in meaning or meaning["time_count"] in ((len(years),), (from_first,))
