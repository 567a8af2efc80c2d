"""What rules make of names and descriptions of places: lists, sets, what is left out, a name inside a province or city.

Productions like those of `productions`. Knows no words of any language.
"""

from __future__ import annotations

from itertools import pairwise

from xinfo.nlu.divisions import lies_in, nested, own
from xinfo.nlu.features import SCOPE
from xinfo.nlu.grammar.meaning import Meaning, having, unify
from xinfo.nlu.productions import Parts
from xinfo.understand.catalog import Place
from xinfo.understand.frame import GROUPS

CITIES = ("municipality", "prefecture-level city")
WITHIN_CITIES = ("district", "county", "county-level city")
KINDS_OF_PLACES = (*CITIES, *WITHIN_CITIES)  # No place is two of them.


def listed(parts: Parts, features: Meaning) -> Meaning | None:
    """Places one after the other; none twice, and none of several that share a name."""
    found = tuple(place for part in parts for place in part.get("places", ()))
    if len(set(found)) < len(found) or any("options" in part for part in parts):
        return None
    cues = frozenset().union(*(part.get("cues", ()) for part in parts), features.get("cues", ()))
    apart = {"_commas": "yes"} if any("_commas" in part for part in (*parts, features)) else {}
    return Meaning(places=found, cues=cues, **apart) if cues else Meaning(places=found, **apart)


def as_city(parts: Parts, features: Meaning) -> Meaning | None:
    """'The city of Jilin', not the province. Where places have no code, the words of their kinds are in their names."""
    name = parts[-1]
    cities = tuple(p for p in name.get("candidates", ()) if p.admin_type != "province" and p.adcode)
    return name.without("or_province").but(candidates=cities) if cities else None


def described(parts: Parts, features: Meaning) -> Meaning | None:
    """'Fuquan, a county-level city in Guizhou': a name and what its place is, which must be so."""
    (name,) = having("candidates", parts)
    said = unify(*(part for part in parts if part is not name))
    if said is None or not SCOPE & said.keys() <= {"province", "region", "admin_type", "batch"}:
        return None
    conditions = [(one, said[one]) for one in SCOPE if one in said]
    found = tuple(place for place in name["candidates"] if all(own(place, one) == value for one, value in conditions))
    return Meaning(candidates=found) if found else None


def alike(parts: Parts, features: Meaning) -> Meaning | None:
    """Names one after the other, whose places are of a kind that is said in front."""
    names = [one for part in parts for one in part.get("alike", [part.get("candidates")]) if one]
    return Meaning(alike=tuple(names))


def of_one_kind(parts: Parts, features: Meaning) -> Meaning | None:
    """'The cantons of Uri and Zug', where a town is called Zug as well."""
    kind = next(part["admin_type"] for part in parts if "admin_type" in part)
    names = next(part["alike"] for part in parts if "alike" in part)
    found = [[place for place in name if place.admin_type == kind] for name in names]
    alone = len(found) > 1 and all(len(one) == 1 for one in found)
    return listed([Meaning(places=tuple(one)) for one in found], Meaning()) if alone else None


def province_alone(parts: Parts, features: Meaning) -> Meaning | None:
    """A province without a word for its places: it tells which of several is meant, or narrows a set."""
    said = unify(*parts, features)
    return said.without("province", "nominal").but(province_alone=said["province"]) if said is not None else None


def kind_in_province(parts: Parts, features: Meaning) -> Meaning | None:
    """'The Jiangsu county-level cities'; a municipality lies in no province."""
    found = unify(*parts, features)
    return found if found is not None and found.get("admin_type") != "municipality" else None


def of_its_group(parts: Parts, features: Meaning) -> Meaning | None:
    """'The other pilots in Weihai's province': a set that a place is of, without it where the others are meant."""
    said = unify(*parts, features)
    if said is None or len(said.get("places", ())) != 1 or "own_group" not in said:
        return None
    (place,), condition = said["places"], str(said["own_group"])
    others = {"without": (place,)} if "other_members" in said else {}
    group, rest = own(place, condition), said.without("places", "own_group", "other_members")
    return unify(rest, Meaning(**{condition: group}, **others)) if group else None


def listed_apart(parts: Parts, features: Meaning) -> Meaning | None:
    """The same with a comma: 'Chaoyang District, Beijing' is one place, and no list of two."""
    places = [place for part in parts for place in part.get("places", ())]
    inner = [place for place in places if place.admin_type in WITHIN_CITIES]
    around = [place for place in places if place.admin_type in CITIES]
    # 'Beijing Changshu' would be a Changshu in Beijing.
    apart = any(_is_city(a) and not _is_city(b) for a, b in pairwise(places))
    if apart or nested(places) or (len(places) == 2 and inner and around):
        return None
    return listed(parts, features)


def listed_three(parts: Parts, features: Meaning) -> Meaning | None:
    """Three places with a comma and an 'and', unless one of them says where another lies."""
    places = [place for part in parts for place in part.get("places", ())]
    return listed(parts, features) if not nested(places) else None


def _is_city(place: Place) -> bool:
    return place.adcode.endswith("00")


def named(parts: Parts, features: Meaning) -> Meaning | None:
    """One place by its name, or the several that share it; of those the one that the others lie inside."""
    (name,) = having("candidates", parts)
    found = name["candidates"]
    largest = [a for a in found if all(a is b or lies_in(b, a) for b in found)] or found
    clear = len(largest) == 1 and {"or_province", "or_elsewhere"}.isdisjoint(name.keys())
    return Meaning(places=tuple(largest)) if clear else Meaning(options=tuple(largest))


def within_province(parts: Parts, features: Meaning) -> Meaning | None:
    """A name and the province that its place lies in, or ('elsewhere') does not: 'not the Jiangxi one'."""
    (name,), (around,) = having("candidates", parts), having("province", parts)
    inside = "elsewhere" not in features
    found = tuple(a for a in name["candidates"] if (a.province_en == around["province"]) == inside)
    return Meaning(candidates=found) if found else None


def within_city(parts: Parts, features: Meaning) -> Meaning | None:
    """A name and the city around its place, which may have no figures itself."""
    names = having("candidates", parts)
    outer = [str(part["outer"]) for part in parts if "outer" in part]
    outer += [place.adcode for name in names[1:] for place in name["candidates"]] if len(names) == 2 else []
    found = tuple(
        place
        for place in names[0]["candidates"]
        if place.adcode[:4] + "00" in outer or place.adcode[:2] + "0000" in outer
    )
    return Meaning(candidates=found) if found else None


def within_city_before(parts: Parts, features: Meaning) -> Meaning | None:
    """The same with the city said first."""
    return within_city(parts[::-1], features)


def without(parts: Parts, features: Meaning) -> Meaning | None:
    """Places and groups that are left out, a group by the name that `Catalog.groups` has for it."""
    found: list[Place | str] = []
    for part in parts:
        found += part.get("without", ())
        # A province is left out with everything in it, as a group.
        found += [p.province_en if p.admin_type == "province" else p for p in part.get("places", ())]
        found += [part[name] for name in ("province", "region", "admin_type") if name in part]
        found += [f"capital:{part['capital']}"] if "capital" in part else []
    # 'Of the Yunnan pilots, Lijiang left out' leaves out Lijiang alone.
    inside = any(isinstance(one, Place) and one.province_en in found for one in found)
    if not found or len(set(found)) < len(found) or inside:
        return None
    return Meaning(without=tuple(found), **({"_commas": "yes"} if any("_commas" in part for part in parts) else {}))


def without_counted(parts: Parts, features: Meaning) -> Meaning | None:
    """'Except the four municipalities', where there are as many as was said."""
    (number,) = having("n", parts)
    found = without([part.without("n") for part in parts], features)
    return found.but(out_count=number["n"]) if found is not None else None


def coordinated(parts: Parts, features: Meaning) -> Meaning | None:
    """'Xining's GDP or Yunfu's GDP': two places of one figure, which is said twice."""
    sides = [part for part in parts if "places" in part]
    figures = [side.without("places") for side in sides]
    if len(sides) != 2 or "metric" not in figures[0] or figures[0].without("time") != figures[1].without("time"):
        return None
    both, shared = listed(sides, Meaning()), unify(*figures)
    return unify(both, shared) if both is not None and shared is not None else None


def set_said_again(parts: Parts, features: Meaning) -> Meaning | None:
    """'Counties only, not districts' behind a question of counties: the same set, and kinds that are no part of it."""
    before, again = parts[0], next(part for part in parts[1:] if "nominal" in part or "admin_type" in part)
    kinds = before.get("admin_type"), again.get("admin_type")
    others = again.get("without", ())
    apart = all(other in KINDS_OF_PLACES and other != kinds[1] for other in others)
    if "without" in before or kinds[0] is None or kinds[0] != kinds[1] or not apart:
        return None
    return unify(before, again.without("without", "nominal", "one"), Meaning(_once_more=True))


def members_named(parts: Parts, features: Meaning) -> Meaning | None:
    """'The Jiangsu ones, so Wuxi and Suzhou': every member of the set that is spoken of, as `frames` makes sure."""
    (named,) = (part for part in parts if "places" in part)
    return Meaning(set_named=frozenset(place.place_id for place in named["places"]))


def counted_set(parts: Parts, features: Meaning) -> Meaning | None:
    """'The four municipalities', where there are as many as was said."""
    said = unify(*parts)
    return said.without("n").but(set_count=said["n"], **features) if said is not None and "n" in said else None


def its_pilots(parts: Parts, features: Meaning) -> Meaning | None:
    """'The northeast: what did its pilots …': those of the one region or province that was named."""
    before = parts[0]
    named = {"nominal", "places", "options", "chosen", "pilots", "without"} & before.keys()
    grouped = before.get("over") in GROUPS and SCOPE.isdisjoint(before)  # 'For each province, … its pilots.'
    return before.but(nominal=True) if not named and (grouped or len(SCOPE & before.keys()) == 1) else None


def told_by_province(parts: Parts, features: Meaning) -> Meaning | None:
    """'Suzhou … (the one in Anhui)': which of several is meant, said behind a question; of one place that it is so."""
    before, (around,) = parts[0], having("province", parts)
    said = before.get("options") or before.get("places", ())
    found = tuple(place for place in said if place.province_en == around["province"])
    return before.without("options").but(places=found) if len(found) == 1 and "order" not in before else None
