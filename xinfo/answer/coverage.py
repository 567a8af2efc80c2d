"""Which places and periods an answer covers of those that were asked about, and how many where they are few."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from xinfo.answer.findings import APART, Findings
from xinfo.answer.labels import periods_of
from xinfo.language.texts import text
from xinfo.store.periods import quarters
from xinfo.understand.catalog import Catalog, Place
from xinfo.understand.frame import GROUPS
from xinfo.understand.own_words import outer_name

FEWEST = 3
"""Of fewer places a first or last one, or a total, says little without their number."""


def left_out(findings: Findings) -> list[str]:
    """Places of the set that have no figure; empty where the statement does not tell which have."""
    counted = _counted(findings)
    if not findings.template.measures or not counted:
        return []
    # The place that others are compared with is not one of them.
    not_added = {findings.slots.than, *(inner for inner, _ in inside(findings))}
    return [place for place in _expected(findings) if place not in counted and place not in not_added]


def _expected(findings: Findings) -> list[str]:
    """The places that should have a figure: of groups in an order those of the ones that are told."""
    over, places = findings.slots.over, findings.catalog.places
    told = {row.get(over) for row in findings.rows} if over in GROUPS and findings.slots.order else None
    column = "province_en" if over == "province" else str(over)
    return [one for one in findings.expected_places
            if told is None or one not in places or getattr(places[one], column) in told]  # fmt: skip


def of_how_many(findings: Findings) -> str:
    """'1 of 30 with a figure': of how many places a total is, where those are few or less than half of the set."""
    asked, left = len(_expected(findings)), len(left_out(findings))
    counted = asked - left
    if not left or not is_total(findings) or (counted >= FEWEST and 2 * counted >= asked):
        return ""
    return text("answer.of_how_many", findings.lang, n=counted, all=asked)


def inside(findings: Findings) -> list[tuple[str, str]]:
    """Places of the set that a total leaves out because a place around them counts, each with that place."""
    if not is_total(findings):
        return []
    catalog, counted = findings.catalog, set(findings.gathered("places"))
    left = [place for place in findings.expected_places if place in catalog.places and place not in counted]
    of = _by_what_it_is(counted, catalog)
    outers = (
        (place, next((of[one] for one in _around(catalog.places[place], catalog) if one in of), None)) for place in left
    )
    return [(inner, outer) for inner, outer in outers if outer]


def _by_what_it_is(counted: Collection[str], catalog: Catalog) -> dict[str, str]:
    """Places by their codes or, without one, by the name under which others lie in them."""
    places = (catalog.places[place] for place in counted if place in catalog.places)
    return {place.adcode or outer_name(place, catalog): place.place_id for place in places}


def _around(place: Place, catalog: Catalog) -> Iterator[str]:
    """What it lies inside of, the nearest first: codes (GB/T 2260: county, prefecture, province), or names."""
    if code := place.adcode:
        yield from (outer for outer in (f"{code[:4]}00", f"{code[:2]}0000", "100000") if outer != code)
        return
    name = place.province_en
    for _ in catalog.places:
        yield name
        name = next((one.province_en for one in catalog.places.values() if outer_name(one, catalog) == name), "")
        if not name:
            return


def uneven(findings: Findings) -> list[str]:
    """Places that a total over time holds in some of its periods only, in the order of their ids."""
    if not is_total(findings) or not findings.slots.grain or "period" not in findings.rows[0]:
        return []
    held: dict[str, set[str]] = {}
    for record in findings.records:
        held.setdefault(record["period"], set()).update(record.get("places") or ())
    always = set.intersection(*held.values())
    return sorted(set(findings.gathered("places")) - always)


def missing_periods(findings: Findings) -> dict[str | None, list[str]]:
    """By place (None for a total), the asked periods without a figure."""
    asked = asked_periods(findings)
    if not asked or not findings.template.measures:
        return {}
    found: dict[str | None, set[str]] = {}
    for record in findings.records:
        held = record.get("periods") or [record["period"]] if "period" in record else []
        found.setdefault(record.get("place"), set()).update(held)
    missing = {place: [period for period in asked if period not in held] for place, held in found.items()}
    return {place: periods for place, periods in missing.items() if periods}


def asked_periods(findings: Findings) -> list[str]:
    """The ids of the periods that a course or a comparison of periods should have."""
    slots = findings.slots
    if not any("period" in record for record in findings.records):
        return []
    if slots.grain and len(slots.periods) == 1:
        when = slots.periods[0]
        return [p.id for p in (quarters(when.start, when.end) if slots.grain == "quarter" else when.parts)]
    return [when.id for when in slots.periods if len(periods_of(when.id)) == 1] if len(slots.periods) > 1 else []


def _counted(findings: Findings) -> set[str]:
    """The places that have a figure, as far as the statement tells."""
    return set(findings.gathered("places") or findings.gathered("place"))


def is_total(findings: Findings) -> bool:
    """Whether the figures are sums over places: not listed, counted or averaged ones, which keep every place."""
    needs = findings.template.needs
    if not findings.rows or not findings.gathered("places") or needs & APART:
        return False
    return "place" not in findings.rows[0] or {"place", "scope"} <= needs
