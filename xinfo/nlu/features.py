"""Features of a meaning that many modules tell of: what describes a set, what says a figure."""

from __future__ import annotations

from collections.abc import Iterable

from xinfo.understand.catalog import DIMENSIONS, Place

SCOPE = frozenset(["province", "region", "admin_type", "batch", "capital", "named"])
"""What a set of places is described by, or which places it is made of."""
CONDITIONS = SCOPE | {"without"}
"""The same with what is left out of it: the fields of a `Scope`."""
FIGURE = frozenset(["metric", "metrics", "whole", "per", "measure", *DIMENSIONS])
"""Which figure is spoken of."""
REGIONS = frozenset(["east", "central", "west", "northeast"])
"""The parts of the country that statistics are published for (National Bureau of Statistics, 2011)."""


def ids_of(places: Iterable[Place | str]) -> tuple[str, ...]:
    """Places by their ids; a group that is left out has a name already."""
    return tuple(place if isinstance(place, str) else place.place_id for place in places)
