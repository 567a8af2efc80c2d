"""What waits for a steward's word, and that word: a source is what it is said to be, in a new version of the store.

Its figures were loaded as unconfirmed; from then on they count as published, preliminary, internal or as an estimate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from xinfo.errors import InputError, StoreError, did_you_mean
from xinfo.store import journal, versions
from xinfo.store.add import noted, take_reference
from xinfo.store.build import Progress, drafted, finish
from xinfo.store.journal import KEYS, given, replaced
from xinfo.store.load import MARK
from xinfo.store.opening import attach, opened
from xinfo.store.schema import one_of
from xinfo.store.standing import KINDS, MARKS, STATUSES

OPEN = "mark LIKE 'unconfirmed%'"


@dataclass(frozen=True)
class Waiting:
    """A source with figures that nobody has confirmed."""

    source_id: str
    title: str
    publisher: str
    url: str
    kind: str
    """What its figures are said to be, one of `standing.KINDS`; empty where nobody said."""
    who: str
    """Who loaded them, and when last."""
    at: str
    figures: int
    """Figures, targets and projects together."""
    places: tuple[str, ...]


def waiting(store: Path) -> tuple[Waiting, ...]:
    """Every source that waits in the current version, the one that was loaded last first. Raises StoreError."""
    with opened(it=versions.current(store)) as connection:
        rows = connection.execute(f"""
            SELECT source_id, coalesce(any_value(title), source_id), coalesce(any_value(publisher), ''),
                coalesce(any_value(url), ''), coalesce(any_value(claimed), ''), list_distinct(list(mark)),
                array_to_string(list_sort(list_distinct(list(who) FILTER (who <> ''))), ', '),
                coalesce(max(loaded_at), ''), count(*), list_sort(list_distinct(list(place_id)))
            FROM ({_OPEN_ROWS}) LEFT JOIN it.source USING (source_id) LEFT JOIN it.load USING (load_id)
            GROUP BY source_id ORDER BY max(load_id) DESC, 1""").fetchall()
    return tuple(
        Waiting(source, title, publisher, url, kind or _of(marks), who, at, count, tuple(places))
        for source, title, publisher, url, kind, marks, who, at, count, places in rows
    )


_OPEN_ROWS = " UNION ALL ".join(
    f"SELECT source_id, place_id, load_id, mark FROM {given(table, 'it')} WHERE {OPEN}" for table in KEYS
)


def _of(marks: list[str]) -> str:
    """What the rows say themselves, where they all say one thing."""
    said = {"unconfirmed_preliminary": "preliminary", "unconfirmed_estimated": "estimate"}
    return said.get(marks[0], "") if len(marks) == 1 else ""


def confirm(
    store: Path,
    source_id: str,
    kind: str,
    *,
    publisher: str = "",
    until: int | None = None,
    at: str,
    who: str = "",
    progress: Progress | None = None,
    prove: Callable[[Path], None] | None = None,
) -> str:
    """Confirms what waits of a source as `kind`, one of `standing.KINDS`; the new version's fingerprint.

    A status that the file gives a figure stays where it is the weaker one. `publisher` is who published it, where that
    is to be told otherwise than now; `until` the number of the version that was looked at: what was loaded later waits.
    `prove` looks at the finished version before it counts, and may raise. Raises InputError where nothing of that
    source waits, StoreError.
    """
    _waits(store, source_id, kind)
    seen = versions.number(versions.current(store)) if until is None else until
    with versions.building(store, journal.last_load(store)) as draft:
        with drafted(draft) as connection:
            number = versions.number(draft)
            journal.begin(connection, store, number, at, who, "confirm")
            attach(connection, versions.current(store), "old")
            take_reference(connection)
            for table in (*KEYS, "revision"):
                connection.execute(f"INSERT INTO {table} SELECT * FROM {given(table, 'old')}")
            count = _confirm(connection, source_id, kind, publisher, seen)
            _replace(connection, source_id, number)
            row = [number, source_id, count, count]
            connection.execute("INSERT INTO loaded_file VALUES (?, ?, '', 0, 'source', ?, 0, ?)", row)
            mark, *_ = finish(connection, noted(connection), at, progress or (lambda _, __: None))
        if prove:
            prove(draft)
    return mark


def _waits(store: Path, source_id: str, kind: str) -> None:
    """Raises InputError where that source does not wait, or for what it cannot be."""
    if kind not in KINDS:
        raise InputError(f"'{kind}' is nothing that figures can be confirmed as", f"one of {', '.join(KINDS)}")
    known = [one.source_id for one in waiting(store)]
    if source_id not in known:
        raise InputError(f"nothing of '{source_id}' waits to be confirmed{did_you_mean(source_id, known)}")


def _confirm(connection: DuckDBPyConnection, source_id: str, kind: str, publisher: str, seen: int) -> int:
    """Marks the figures anew; how many there were."""
    standing, status = KINDS[kind]
    connection.execute(MARK)
    where = f"WHERE source_id = $source AND {OPEN} AND load_id <= $seen"
    at = STATUSES.index(status) + 1
    given = f"(list_position({one_of(MARKS)}, mark) - 1) % {len(STATUSES)} + 1"
    weaker = f"{one_of(STATUSES)}[greatest({given}, {at})]"
    count = 0
    for table in KEYS:
        sets = f"mark = mark_of('{standing}', {weaker})" + ("" if table == "project" else f", status = {weaker}")
        [rows] = connection.execute(
            f"UPDATE {table} SET {sets} {where}", {"source": source_id, "seen": seen}
        ).fetchone() or (0,)
        count += int(rows)
    if not count:
        raise StoreError(f"the figures of {source_id} have changed since they were looked at; look again")
    left = " UNION ALL ".join(f"SELECT source_id FROM {table} WHERE {OPEN}" for table in KEYS)
    known = f"UPDATE source SET claimed = NULL WHERE source_id = ? AND source_id NOT IN ({left})"
    connection.execute(known, [source_id])
    if said := publisher.strip():
        connection.execute("UPDATE source SET publisher = ? WHERE source_id = ?", [said, source_id])
    return count


def _replace(connection: DuckDBPyConnection, source_id: str, number: int) -> None:
    """What is confirmed now takes the place of what it stood beside."""
    connection.execute("SET VARIABLE confirmed = $source", {"source": source_id})
    later = "earlier.load_id < fresh.load_id AND fresh.source_id = getvariable('confirmed')"
    journal.note_revisions(connection, number, "published", "published", f"{later} AND {replaced('published')}")
    for table in ("published", "target"):
        connection.execute(
            f"DELETE FROM {table} AS earlier WHERE EXISTS (FROM {table} AS fresh WHERE {later} AND {replaced(table)})"
        )
