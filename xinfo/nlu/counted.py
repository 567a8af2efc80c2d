"""Whether numbers and names that are said beside a set or a time agree with it: 'the four municipalities'.

Knows no words of any language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xinfo.nlu.coherent import own
from xinfo.nlu.features import SCOPE
from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.times import Ends
from xinfo.understand.catalog import Catalog
from xinfo.understand.frame import Frame
from xinfo.understand.reading import Scope


def of_its_members(meaning: Meaning, scope: Scope | None, catalog: Catalog) -> bool:
    """Whether a set has as many members as was said, before or after some are left out, and those that were named."""
    if scope is None:
        return {"set_count", "set_named", "out_count"}.isdisjoint(meaning)
    members = catalog.members(scope)
    sizes = len(members), len(catalog.members(replace(scope, without=())))
    named = meaning.get("set_named", set(members)) == set(members)
    return named and meaning.get("set_count", sizes[0]) in sizes and _left_out(meaning, scope, catalog)


def _left_out(meaning: Meaning, scope: Scope, catalog: Catalog) -> bool:
    """Whether as many places are left out of a set as was said."""
    around = Scope(**{name: meaning[name] for name in SCOPE if name in meaning})
    out = len(catalog.members(around)) - len(catalog.members(replace(around, without=scope.without)))
    return bool(meaning.get("out_count", out) == out)


def bar_of_own(meaning: Meaning, said: Mapping[str, Any]) -> dict[str, Scope]:
    """'Is Wuxi above the eastern average': the set whose average it is, where the one place is of it."""
    places, scope = meaning.get("places", ()), meaning.get("bar_of")
    if scope in (None, Scope()) or said.get("scope") or len(places) != 1:  # That of all pilots is told in any case.
        return {}
    of_it = all(own(places[0], name) == value for name in SCOPE if (value := getattr(scope, name)) is not None)
    return {"scope": scope} if of_it else {}


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
    """Whether there are as many years as were said."""
    years = {part.year for when in (frame.times.whens if frame.times else ()) for part in when.parts}
    return "time_count" not in meaning or meaning["time_count"] == (len(years),)
