"""What rules make of two sides that are set against each other: two places, two sets, places that are taken as one.

Productions like those of `productions`. Knows no words of any language.
"""

from __future__ import annotations

from xinfo.nlu.features import FIGURE, SCOPE, ids_of
from xinfo.nlu.grammar.meaning import Meaning, unify
from xinfo.nlu.places import listed
from xinfo.nlu.productions import Parts
from xinfo.understand.reading import Scope


def set_against(parts: Parts, features: Meaning) -> Meaning | None:
    """Two places that are compared, with what they are compared in said anywhere."""
    named = [part for part in parts if "places" in part or "options" in part]
    both = listed(named, features)
    if both is None or len(named) != 2:
        return None
    return unify(both, features, *(part.without("places") for part in parts if "options" not in part))


def together(parts: Parts, features: Meaning) -> Meaning | None:
    """'Wuxi and Suzhou together', 'the combined GDP of Wuxi and Suzhou': places by name, taken as one set."""
    both = listed(parts, Meaning())
    if both is None or len(both["places"]) < 2 or "cumulative" in both.get("cues", ()):
        return None
    figure = (Meaning({name: value for name, value in part.items() if name in FIGURE}) for part in parts)
    return unify(Meaning(named=ids_of(both["places"]), nominal=True), *figure)


def alone_in_set(parts: Parts, features: Meaning) -> Meaning | None:
    """One place beside several that are taken together."""
    places = parts[0].get("places", ())
    return Meaning(named=ids_of(places), nominal=True) if len(places) == 1 else None


def two_scopes(parts: Parts, features: Meaning) -> Meaning | None:
    """'The eastern and the western pilots': two sets that differ in one condition."""
    sides = [Meaning({k: v for k, v in part.items() if k in SCOPE}) for part in parts if SCOPE & part.keys()]
    if len(sides) != 2 or sides[0] == sides[1]:
        return None
    shared = unify(*(part.without(*SCOPE, "nominal") for part in parts), features)
    left_out = shared.get("without", ()) if shared is not None else ()
    without = tuple(one if isinstance(one, str) else one.place_id for one in left_out)
    shares = all("named" not in side for side in sides)  # 'The counties of the east and of the west.'
    other = Scope(**{**(sides[0] if shares else {}), **sides[1]}, without=without)
    return unify(shared, sides[0], Meaning(other=other, nominal=True)) if shared is not None else None


def one_less_another(parts: Parts, features: Meaning) -> Meaning | None:
    """'GDP of the east minus that of the west': two places or sets of one figure."""
    sides = [part for part in parts if {"places", "nominal", *SCOPE} & part.keys()]
    if len(sides) != 2 or any("options" in side for side in sides):
        return None
    later, earlier = (side.get("time") for side in sides)
    if "places" in sides[0] and sides[0]["places"] == sides[1].get("places"):
        rest = unify(*(side.without("time") for side in sides), features)  # 'GDP of Wuxi 2015 minus that of 2014.'
        if not isinstance(later, tuple) or not isinstance(earlier, tuple) or later == earlier or rest is None:
            return None
        return rest.but(time=(*later, *earlier))
    told = [part for part in parts if part in sides or {*FIGURE, "time"} & part.keys()]
    figures = unify(*(part.without("places", "nominal", "pilots", *SCOPE) for part in told), features)
    named = all("places" in side for side in sides)
    places = listed(sides, Meaning()) if named else two_scopes(list(map(_set, sides)), Meaning())
    return unify(figures, places) if figures is not None and places is not None else None


def _set(side: Meaning) -> Meaning:
    return Meaning({name: value for name, value in side.items() if name in SCOPE or name == "nominal"})
