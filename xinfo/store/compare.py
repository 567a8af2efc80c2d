"""What differs between two versions of a store: the given figures, targets and projects, and the loads in between.

Figures that are worked out follow from the given ones and are not compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from xinfo.store import versions
from xinfo.store.history import Version, history
from xinfo.store.journal import KEYS, VALUES, given, vouched
from xinfo.store.opening import opened

SHOWN = {
    "published": ("value", "unit", "value_written", "unit_written", "status", "mark", "load_id"),
    "target": ("value", "unit", "status", "mark"),
    "project": (*VALUES["project"], "mark"),
}
"""What is told of both sides of a difference."""
_DATES = {name: f"{name}::VARCHAR" for name in ("start_date", "due_date")}
KINDS = ("appeared", "vanished", "changed")
SIDES = ("old", "new")


@dataclass(frozen=True)
class Change:
    """A row that stands in one version only, or in both with another value or another word on what it is."""

    table: str
    """`published` (the given figures), `target` or `project`."""
    key: dict[str, str]
    old: dict[str, Any] | None
    new: dict[str, Any] | None

    @property
    def kind(self) -> str:
        return "appeared" if self.old is None else "vanished" if self.new is None else "changed"


@dataclass(frozen=True)
class Comparison:
    """From version `old` to version `new`; `counts` are of all changes, by table and kind."""

    old: int
    new: int
    loads: tuple[Version, ...]
    """Builds, loads and restores after the earlier of the two, up to the later one."""
    counts: dict[str, dict[str, int]]
    changes: tuple[Change, ...]

    @property
    def same(self) -> bool:
        return not any(count for kinds in self.counts.values() for count in kinds.values())


def compare(store: Path, old: int, new: int, most: int | None = None) -> Comparison:
    """What changes from version `old` to `new`, at most `most` changes of each table. Raises StoreError."""
    paths = {"old": versions.numbered(store, old), "new": versions.numbered(store, new)}
    between = range(min(old, new) + 1, max(old, new) + 1)
    loads = tuple(version for version in history(store) if version.number in between)
    if old == new:
        return Comparison(old, new, loads, {table: dict.fromkeys(KINDS, 0) for table in KEYS}, ())
    counts: dict[str, dict[str, int]] = {}
    changes: list[Change] = []
    with opened(**paths) as connection:
        for table in KEYS:
            _find(connection, table)
            counts[table] = _counted(connection)
            changes += _changes(connection, table, most)
    return Comparison(old, new, loads, counts, tuple(changes))


def _find(connection: DuckDBPyConnection, table: str) -> None:
    """Keeps in `difference` the rows of a table that are not in both versions alike.

    A row that only stands beside another, which is vouched for, is held against its like.
    """
    key = ", ".join(KEYS[table])
    same = " AND ".join(f"other.{name} = one.{name}" for name in KEYS[table])
    beside = f"NOT {vouched('one')} AND EXISTS (FROM {{0}} AS other WHERE {same} AND {vouched('other')})"
    rows = {
        side: f"SELECT *, true AS here, {beside.format(rows)} AS beside FROM {rows} AS one"
        for side in SIDES
        for rows in [given(table, side)]
    }
    sides = {side: ", ".join(f"'{name}': {side}.{_DATES.get(name, name)}" for name in SHOWN[table]) for side in SIDES}
    other = " OR ".join(f"old.{name} IS DISTINCT FROM new.{name}" for name in (*VALUES[table], "mark"))
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE difference AS
        SELECT {key}, beside, CASE WHEN old.here THEN {{{sides["old"]}}} END AS before,
            CASE WHEN new.here THEN {{{sides["new"]}}} END AS after
        FROM ({rows["old"]}) AS old FULL JOIN ({rows["new"]}) AS new USING ({key}, beside)
        WHERE old.here IS NULL OR new.here IS NULL OR {other}""")


def _counted(connection: DuckDBPyConnection) -> dict[str, int]:
    row = connection.execute("""
        SELECT count(*) FILTER (before IS NULL), count(*) FILTER (after IS NULL),
            count(*) FILTER (before IS NOT NULL AND after IS NOT NULL) FROM difference""").fetchone()
    return dict(zip(KINDS, row or (0, 0, 0), strict=True))


def _changes(connection: DuckDBPyConnection, table: str, most: int | None) -> list[Change]:
    """The differences in the order of their keys."""
    names = KEYS[table]
    limit = "" if most is None else f" LIMIT {int(most)}"
    rows = connection.execute(f"SELECT * FROM difference ORDER BY {', '.join(names)}, beside{limit}").fetchall()
    return [Change(table, dict(zip(names, row, strict=False)), row[-2], row[-1]) for row in rows]
