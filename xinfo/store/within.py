"""Which place each place lies in: by division code, else by the name in its province column, whoever else bears it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

COUNTRY = "country"


@dataclass(frozen=True)
class _Place:
    place_id: str
    name: str
    kind: str
    around: str
    """The name of what it lies in."""
    uncoded: bool


def with_kind(kind: str, name: str) -> str:
    """What others are said to lie in where its name alone would not tell: 'canton of Luxembourg'."""
    return f"{kind} of {name}"


def add_containment(connection: DuckDBPyConnection, own: bool = False) -> None:
    """Which place lies inside which, by the levels of the division code (GB/T 2260), and all inside the country.

    A place without a code lies in the one that its province column names, and in all that this one lies in. Where
    several bear that name and the places are of the store's `own` programme, the column says of which kind it is from
    here on.
    """
    connection.execute("""
        INSERT INTO containment
        SELECT inner_.place_id, outer_.place_id
        FROM (SELECT place_id, adcode,
            unnest([left(adcode, 2) || '0000', left(adcode, 4) || '00', '100000']) AS outer_code
            FROM place WHERE adcode <> '') AS inner_
        JOIN place outer_ ON outer_.adcode = outer_code AND outer_.adcode <> inner_.adcode
        GROUP BY ALL ORDER BY ALL""")
    connection.execute("CREATE TEMP TABLE named (place_id VARCHAR, container_id VARCHAR)")
    if pairs := _by_name(connection, own):
        connection.executemany("INSERT INTO named VALUES (?, ?)", [[inner, outer] for inner, outer in pairs.items()])
    connection.execute("""
        INSERT INTO containment
        WITH RECURSIVE around AS (SELECT * FROM named UNION
            SELECT inner_.place_id, outer_.place_id FROM place inner_ JOIN place outer_
            ON inner_.adcode = '' AND inner_.admin_type <> 'country' AND outer_.admin_type = 'country'),
        within AS (SELECT * FROM around UNION
            SELECT within.place_id, around.container_id FROM within JOIN around
            ON around.place_id = within.container_id)
        SELECT * FROM within WHERE place_id <> container_id ORDER BY ALL""")
    connection.execute("DROP TABLE named")


def _by_name(connection: DuckDBPyConnection, own: bool) -> dict[str, str]:
    """By place without a code the one around it; the column of those whose outer shares its name is made clear."""
    listed = "SELECT place_id, name_en, admin_type, coalesce(province_en, ''), adcode = '' FROM place ORDER BY place_id"
    places = [_Place(*row) for row in connection.execute(listed).fetchall()]
    bearers: dict[str, list[_Place]] = {}
    for place in places:
        for name in (place.name, with_kind(place.kind, place.name)):
            bearers.setdefault(name, []).append(place)
    inner = (place for place in places if place.uncoded and place.kind != COUNTRY)
    could = {place: [one for one in bearers.get(place.around, ()) if one.kind != place.kind] for place in inner}
    kinds = _Kinds(Counter(place.kind for place in places), _told(could))
    found = {place: outer for place, outers in could.items() if (outer := kinds.nearest(place, outers))}
    shared = (one for one, outer in found.items() if one.around == outer.name and len(bearers[outer.name]) > 1)
    clear = [[with_kind(found[one].kind, found[one].name), one.place_id] for one in shared]
    if own and clear:
        connection.executemany("UPDATE place SET province_en = ? WHERE place_id = ?", clear)
    return {place.place_id: outer.place_id for place, outer in found.items()}


def _told(could: Mapping[_Place, list[_Place]]) -> dict[str, set[str]]:
    """By kind the kinds above it, as far as names tell that one kind alone can be meant."""
    above: dict[str, set[str]] = {}
    known = -1
    while known < (known := sum(map(len, above.values()))):
        for place, outers in could.items():
            kinds = {one.kind for one in outers if place.kind not in above.get(one.kind, ())}
            if len(kinds) == 1:
                above.setdefault(place.kind, set()).update(kinds)
    return above


@dataclass(frozen=True)
class _Kinds:
    """Which kind is above which: as names tell, else the one of which there are fewer."""

    count: Mapping[str, int]
    told: Mapping[str, set[str]]

    def above(self, kind: str, other: str) -> bool:
        if COUNTRY in (kind, other):
            return other == COUNTRY != kind
        if other in self.told.get(kind, ()) or kind in self.told.get(other, ()):
            return other in self.told.get(kind, ())
        return self.count[other] < self.count[kind]

    def nearest(self, place: _Place, outers: list[_Place]) -> _Place | None:
        """The one of the lowest kind above the place's own; none where two of that kind bear the name."""
        high = [one for one in outers if self.above(place.kind, one.kind)]
        lowest = [one for one in high if all(one is other or self.above(one.kind, other.kind) for other in high)]
        return lowest[0] if lowest else None
