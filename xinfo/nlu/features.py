"""Features of a meaning that many modules tell of: what describes a set, what says a figure. Names only."""

from __future__ import annotations

from xinfo.understand.catalog import DIMENSIONS

SCOPE = frozenset(["province", "region", "admin_type", "batch", "capital"])
"""What a set of places is described by."""
CONDITIONS = SCOPE | {"without"}
"""The same with what is left out of it: the fields of a `Scope`."""
FIGURE = frozenset(["metric", "metrics", "whole", "per", "measure", *DIMENSIONS])
"""Which figure is spoken of."""
REGIONS = frozenset(["east", "central", "west", "northeast"])
"""The parts of the country that statistics are published for (National Bureau of Statistics, 2011)."""
