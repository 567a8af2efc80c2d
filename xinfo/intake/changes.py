"""What new figures change in a store: new, unchanged, revised, and where another source says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from duckdb import DuckDBPyConnection

from xinfo.intake.report import MOST_LINES, Line, Said
from xinfo.store.journal import KEYS, REVISED
from xinfo.store.schema import DIMENSIONS

ROUNDING = 0.001
"""Two sources that differ by less than this part of a figure have rounded it differently."""
_KEY = KEYS["published"]
_FIGURE = ("file", "sheet", "line", "cell", "place_id", "metric_id", "period_id", *DIMENSIONS)
_WRITTEN = ("value_written", "unit_written", "status", "source_id")
_OTHER = " OR ".join(f"earlier.{name} IS DISTINCT FROM fresh.{name}" for name in REVISED)
_EARLIER = f"""SELECT * FROM old.published SEMI JOIN published USING ({", ".join(_KEY)})
    QUALIFY row_number() OVER (PARTITION BY {", ".join(_KEY)} ORDER BY load_id DESC) = 1"""
_JOINED = f"FROM published AS fresh LEFT JOIN ({_EARLIER}) AS earlier USING ({', '.join(_KEY)})"
_WHERE = {
    "new": "earlier.value IS NULL",
    "revised": f"earlier.value IS NOT NULL AND ({_OTHER})",
    "unchanged": f"earlier.value IS NOT NULL AND NOT ({_OTHER})",
}
_ELSEWHERE = f"""FROM published AS fresh JOIN old.published AS earlier
    ON {" AND ".join(f"earlier.{name} = fresh.{name}" for name in _KEY if name != "source_id")}
    AND earlier.source_id <> fresh.source_id AND earlier.status <> 'illustrative'
    AND abs(earlier.value - fresh.value) > {ROUNDING} * greatest(abs(earlier.value), abs(fresh.value))"""


def told(connection: DuckDBPyConnection) -> Iterator[Line]:
    """The new figures in `published` one by one, held against the store `old`; at most so many of each kind."""
    for kind, where in _WHERE.items():
        yield from _lines(connection, kind, f"{_JOINED} WHERE {where}")
    yield from _lines(connection, "conflict", _ELSEWHERE)


def elsewhere(connection: DuckDBPyConnection) -> dict[str, int]:
    """By file, how many new figures another source in `old` gives otherwise."""
    sql = f"SELECT fresh.file, count(DISTINCT fresh.published_id) {_ELSEWHERE} GROUP BY 1"
    return dict(connection.execute(sql).fetchall())


def _lines(connection: DuckDBPyConnection, kind: str, rows: str) -> Iterator[Line]:
    names = [f"fresh.{name}" for name in (*_FIGURE, *_WRITTEN)] + [f"earlier.{name}" for name in _WRITTEN]
    for row in connection.execute(
        f"SELECT {', '.join(names)} {rows} ORDER BY fresh.published_id LIMIT {MOST_LINES}"
    ).fetchall():
        yield _line(kind, row)


def _line(kind: str, row: tuple[Any, ...]) -> Line:
    file, sheet, line, cell, place, metric, period, *rest = row
    parts, (value, unit, status, source), earlier = rest[:3], rest[3:7], rest[7:]
    before = f"{earlier[0]} {earlier[1]}" if earlier[0] is not None else None
    if before and kind == "revised" and earlier[2] != status:
        before = f"{before} ({earlier[2]})"
    said = {"earlier": before, "source": earlier[3] if kind == "conflict" else source}
    return Line(
        kind=kind,
        what=Said(f"line.{kind}", said),
        file=file,
        sheet=sheet,
        row=line,
        cell=cell,
        place=place,
        metric=metric,
        period=period,
        parts=" ".join(part for part in parts if part != "all"),
        value=value,
        unit=unit,
        earlier=before,
    )
