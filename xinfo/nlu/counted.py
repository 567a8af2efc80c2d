"""Whether numbers and names that are said beside a set or a time agree with it: 'the four municipalities'.

Knows no words of any language.
"""

from __future__ import annotations

from dataclasses import replace

from xinfo.nlu.features import SCOPE
from xinfo.nlu.grammar.meaning import Meaning
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


def counted(meaning: Meaning, frame: Frame) -> bool:
    """Whether there are as many years as were said."""
    years = {part.year for when in (frame.times.whens if frame.times else ()) for part in when.parts}
    return "time_count" not in meaning or meaning["time_count"] == (len(years),)
