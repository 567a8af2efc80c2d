"""The tables and columns that a query may name, in the engine's order. Knows nothing of how the store fills them.

Other tables stand in the store too but are not for queries: `published` repeats figures that the store has already
combined, and `unequal` and `disputed` tell where those contradict each other; `meta`, `load`, `loaded_file` and
`revision` describe the store itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from xinfo.store import schema

_SQL = Path(schema.__file__).with_suffix(".sql").read_text(encoding="utf-8")
_WRITTEN: dict[str, str] = dict(re.findall(r"^CREATE TABLE (\w+) \((.*?)\);$", _SQL, re.MULTILINE | re.DOTALL))
_NAMED = (
    *("place", "containment", "metric", "period"),
    *("observation", "target", "project", "source", "method", "fact"),
)
TABLES: Mapping[str, tuple[str, ...]] = {
    table: tuple(column.split()[0] for column in _WRITTEN[table].split(",")) for table in _NAMED
}

PUBLISHED_VIEWS: Mapping[str, str] = {table: f"published_{table}" for table in ("observation", "target", "project")}
"""For each table that may hold rows that do not count as published (estimates, internal, unconfirmed or made up), the
view of it that leaves them out, with the same columns."""


def relation(table: str, published_only: bool) -> str:
    """Where to read a table's rows: with `published_only`, the view of those that count as published."""
    return PUBLISHED_VIEWS[table] if published_only else table


RESERVED: frozenset[str] = frozenset(re.findall(r"^CREATE (?:TABLE|VIEW) (\w+)", _SQL, re.MULTILINE))
"""Every relation of a store: a CTE of such a name is told apart from it before the query is judged."""
