"""Places and sets of places said back in words, so that they are understood again as the same. Understands nothing."""

from __future__ import annotations

from xinfo.language.texts import listing, text, texts
from xinfo.understand.catalog import Catalog
from xinfo.understand.label_words import plural
from xinfo.understand.own_words import outer_name
from xinfo.understand.reading import Scope


def place_name(place_id: str, catalog: Catalog, lang: str) -> str:
    """The place's name, with its province where another place goes by that name too."""
    place = catalog.places[place_id]
    name = place.name(lang)
    if lang == "en" and name in catalog.provinces and not catalog.bears_province(place):
        return text("sentence.city", lang, name=name)
    if lang == "en" and place_id in catalog.doubled:
        return text("sentence.province", lang, name=name)
    if name.lower() not in catalog.shared_names:
        return name
    if catalog.own:
        return f"the {place.admin_type} of {name}" if lang == "en" else f"{place.admin_type} {name}"
    return f"{name} ({place.province_en})" if lang == "en" else f"{place.province_zh}{name}"


def members(catalog: Catalog) -> str:
    """What the places that questions are about are called, as keys of texts have it: pilots, or places."""
    return "pilots" if catalog.own is None else "places"


def kind_name(kind: str, catalog: Catalog, lang: str, number: str = "many") -> str:
    """A kind of place, for one or for many: county-level cities, canton, 地级市.

    A kind of the store's own goes by the first name that its programme gives it, else by itself.
    """
    if catalog.own is None:
        return texts(lang).get(f"admin_type.{kind}", kind)
    if lang == "en":
        return plural(kind) if number == "many" else kind
    names = catalog.own.vocabulary.get("admin_type", {}).get(kind, {}).get(lang)
    return str(names[0]) if names else kind


def member_name(scope: Scope | None, catalog: Catalog, lang: str, number: str) -> str:
    """What one or many of a set are called: pilot, pilots; where there are no pilots cantons, places."""
    if catalog.own and scope and scope.admin_type:
        return kind_name(scope.admin_type, catalog, lang, number)
    return text(f"answer.{members(catalog)[:-1]}_word.{number}", lang)


def so_many(what: str, n: int, scope: Scope | None, catalog: Catalog, lang: str) -> str:
    """'the pilot' or 'the 5 pilots'; 'the canton' where they are of no programme."""
    number = "one" if n == 1 else "many"
    return text(f"sentence.{what}_{number}", lang, n=n, noun=member_name(scope, catalog, lang, number))


def scope_phrase(scope: Scope, catalog: Catalog, lang: str) -> str:
    """'the western prefecture-level cities in Qinghai except Xining', '青海省西部地级市试点（除西宁市外）'."""
    named = listing([province_name(one, catalog, lang) for one in groups_of(scope, "province", catalog)], lang)
    region = listing([text(f"region.{one}", lang) for one in groups_of(scope, "region", catalog)], lang)
    kind = listing([kind_name(one, catalog, lang) for one in groups_of(scope, "admin_type", catalog)], lang)
    kind = text(f"sentence.capitals_{scope.capital}", lang) if scope.capital else kind
    batch = text(f"sentence.batch_{scope.batch}", lang) if scope.batch else ""
    without = left_out(scope, catalog, lang)
    if scope.named:
        names = listing([place_name(one, catalog, lang) for one in scope.named], lang)
        return text("sentence.together", lang, places=names) if len(scope.named) > 1 else names
    if not (named or region or kind or batch):
        said = text(f"sentence.all_{members(catalog)}", lang)
    else:
        key = (("own_kinds" if catalog.own else "kinds") if kind else members(catalog)) + ("_in" if named else "")
        said = " ".join(text(f"sentence.{key}", lang, province=named, region=region, kind=kind, batch=batch).split())
    return text("sentence.without", lang, places=said, without=without) if without else said


def groups_of(scope: Scope, kind: str, catalog: Catalog) -> tuple[str, ...]:
    """The province, region or kind of places of a set, or each of those that it is made of."""
    column = "province_en" if kind == "province" else kind
    known = {getattr(place, column) for place in catalog.places.values()} if scope.among else set()
    alone = getattr(scope, kind)
    return (alone,) if alone else tuple(one for one in scope.among if one in known)


def left_out(scope: Scope, catalog: Catalog, lang: str) -> str:
    """What a set is without: 'Xining, Wuxi and Kunshan', 'Hebei and the western pilots'."""
    named = [_left_out(one, catalog, lang) for one in scope.without]
    # After a comma 'the eastern pilots' would be those that are asked about.
    return listing(named, lang) if catalog.places.keys() >= {*scope.without} else text("list.and", lang).join(named)


def _left_out(one: str, catalog: Catalog, lang: str) -> str:
    if one in catalog.places:
        return place_name(one, catalog, lang)
    if one in catalog.provinces:
        return province_name(one, catalog, lang)
    group, _, value = one.rpartition(":")
    if group:
        return scope_phrase(Scope(capital=value), catalog, lang)
    of_region = f"region.{one}" in texts(lang)
    return scope_phrase(Scope(region=one) if of_region else Scope(admin_type=one), catalog, lang)


def province_name(province: str, catalog: Catalog, lang: str) -> str:
    """'Jilin Province' where a city goes by that name too, so that it is not taken for the city."""
    if catalog.own:
        of = (one.place_id for one in catalog.places.values() if outer_name(one, catalog) == province)
        return next((place_name(one, catalog, lang) for one in of), province)
    if lang == "zh":
        return catalog.provinces.get(province, province)
    doubled = (place_id for place_id in catalog.doubled if catalog.places[place_id].province_en == province)
    bearing = (place for place in catalog.places.values() if place.name_en == province)
    city = any(doubled) or not all(map(catalog.bears_province, bearing))
    return text("sentence.province", lang, name=province) if city else province
