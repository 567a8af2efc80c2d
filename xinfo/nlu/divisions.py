"""What a place is of and what it lies in, by its description and its division code. Reads no words."""

from __future__ import annotations

from xinfo.store.within import with_kind
from xinfo.understand.catalog import Place


def own(place: Place, condition: str) -> str | None:
    """Which province, region, kind or batch a place itself is of."""
    found = getattr(place, "province_en" if condition == "province" else condition)
    return str(found) if found else None


def lies_in(inner: Place, outer: Place) -> bool:
    """Whether a place is inside another one, by the levels of its division code (GB/T 2260)."""
    a, b = inner.adcode, outer.adcode
    return a != b and b in (a[:2] + "0000", a[:4] + "00")


def nested(places: list[Place]) -> bool:
    """Whether one of them lies in another: by their codes or, without codes, by what their list says."""
    return any(lies_in(a, b) or (not a.adcode and a.province_en in outer_names(b)) for a in places for b in places)


def outer_names(place: Place) -> tuple[str, str]:
    """What others may be said to lie in that lie in this place."""
    return place.name_en, with_kind(place.admin_type, place.name_en)
