"""The store's figures and targets by key, and the published rows each was worked out from. Says nothing in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from duckdb import DuckDBPyConnection

from xinfo.answer.origin.cells import Cell
from xinfo.errors import InputError
from xinfo.store.provenance import origin

Key = tuple[str, str, str, str, str, str]
"""Place, metric, period, consumer, offering, sector."""


@dataclass(frozen=True)
class Published:
    """A row as it was published, and how it goes into a figure."""

    published_id: int | None
    sign: str
    """+ or −; ÷ before it where the figure is divided by it; ≠ where it contradicts the figure."""
    place: str
    metric: str
    period: str
    consumer: str
    offering: str
    sector: str
    value: float
    """In base units."""
    value_written: str
    unit_written: str
    status: str
    method: str
    source_id: str
    title: str
    title_zh: str
    url: str
    file: str
    line: int | None
    note: str
    sheet: str = ""
    cell: str = ""
    """Where the file is a workbook."""
    load: int | None = None
    loaded_at: str = ""
    who: str = ""
    earlier: tuple[str, ...] = ()
    """The values, as they were written, that later loads replaced."""


@dataclass(frozen=True)
class Figure:
    """A figure of the store that an answer rests on, with the published rows and the rule that make it."""

    cell: Cell
    value: float
    unit: str
    status: str
    method: str
    rule: str
    numerator: float
    denominator: float | None
    rows: tuple[Published, ...] = ()


def held(cursor: DuckDBPyConnection, cells: Iterable[Cell], published_only: bool) -> dict[Cell, Figure]:
    """Those of the cells that the store has, without their rows."""
    wanted = tuple(dict.fromkeys(cells))
    prefix = "published_" if published_only else ""
    figures = _figures(cursor, f"{prefix}observation", [cell for cell in wanted if cell.role != "target"])
    targets = _targets(cursor, f"{prefix}target", [cell for cell in wanted if cell.role == "target"])
    found = {}
    for cell in wanted:
        made = (targets if cell.role == "target" else figures).get(_key(cell))
        if made:
            found[cell] = Figure(cell, *made)
    return found


def traced(cursor: DuckDBPyConnection, figure: Figure) -> tuple[Published, ...]:
    """The published rows behind a figure; of a target its own entry. None where they cannot be found again."""
    if figure.cell.role == "target":
        return _entry(cursor, figure)
    try:
        came = origin(cursor, *_key(figure.cell))
    except InputError:
        return ()
    first = sorted(came.rows, key=lambda row: -row.sign)
    signs = {row.published_id: "+" if row.sign > 0 else "−" for row in first}
    below = {row.published_id: "÷" if row.sign > 0 else "÷ −" for row in came.divisor}
    return _published(cursor, signs) + _published(cursor, below)


def _key(cell: Cell) -> Key:
    return cell.place, cell.metric, cell.period, cell.consumer, cell.offering, cell.sector


def _figures(cursor: DuckDBPyConnection, table: str, cells: list[Cell]) -> dict[Key, tuple[Any, ...]]:
    rows = _matching(cursor, table, cells, "consumer, offering, sector, value, unit, mark, method, rule, "
                     "coalesce(numerator, value), denominator")  # fmt: skip
    return {row[:6]: row[6:] for row in rows}


def _targets(cursor: DuckDBPyConnection, table: str, cells: list[Cell]) -> dict[Key, tuple[Any, ...]]:
    rows = _matching(cursor, table, cells, "value, unit, mark")
    return {(*row[:3], "all", "all", "all"): (*row[3:], "", "published", row[3], None) for row in rows}


def _matching(cursor: DuckDBPyConnection, table: str, cells: list[Cell], columns: str) -> list[tuple[Any, ...]]:
    """The rows of these metrics, places and periods: some more than the cells."""
    named = [list({getattr(cell, name) for cell in cells}) for name in ("metric", "place", "period")]
    return cursor.execute(
        f"""SELECT place_id, metric_id, period_id, {columns} FROM {table} WHERE list_contains(?, metric_id)
        AND list_contains(?, place_id) AND list_contains(?, period_id)""",
        named,
    ).fetchall()


def rivals(cursor: DuckDBPyConnection, cell: Cell) -> tuple[Published, ...]:
    """What was published for the very key of a figure, whichever counts; demonstration rows aside."""
    rows = cursor.execute(
        f"""{_PUBLISHED} WHERE p.place_id = ? AND p.metric_id = ? AND p.period_id = ? AND p.consumer = ?
        AND p.offering = ? AND p.sector = ? AND p.status <> 'illustrative' ORDER BY p.published_id""",
        _key(cell),
    ).fetchall()
    return tuple(_row("≠", row) for row in rows)


def _published(cursor: DuckDBPyConnection, signs: Mapping[int, str]) -> tuple[Published, ...]:
    """Published rows by id, each with its sign, in the order given."""
    if not signs:
        return ()
    rows = cursor.execute(f"{_PUBLISHED} WHERE list_contains(?, p.published_id)", [list(signs)]).fetchall()
    by_id = {row[0]: row for row in rows}
    return tuple(_row(sign, by_id[key]) for key, sign in signs.items())


def _row(sign: str, row: tuple[Any, ...]) -> Published:
    key, *told, earlier = row
    return replace(Published(key, sign, *told), earlier=tuple(earlier))


_PUBLISHED = """
    SELECT p.published_id, p.place_id, p.metric_id, p.period_id, p.consumer, p.offering, p.sector, p.value,
    p.value_written, p.unit_written, p.mark, coalesce(p.method, ''), p.source_id, coalesce(s.title, p.source_id, ''),
    coalesce(s.title_zh, ''), coalesce(s.url, ''), p.file, p.line, coalesce(p.note, ''), coalesce(p.sheet, ''),
    coalesce(p.cell, ''), p.load_id, coalesce(l.loaded_at, ''), coalesce(l.who, ''),
    (SELECT coalesce(list(r.value_written || ' ' || r.unit_written ORDER BY r.load_id), []) FROM revision AS r
     WHERE r.place_id = p.place_id AND r.metric_id = p.metric_id AND r.period_id = p.period_id
     AND r.consumer = p.consumer AND r.offering = p.offering AND r.sector = p.sector
     AND r.method IS NOT DISTINCT FROM p.method AND r.source_id IS NOT DISTINCT FROM p.source_id)
    FROM published AS p LEFT JOIN source AS s ON s.source_id = p.source_id LEFT JOIN load AS l ON l.load_id = p.load_id
"""


def _entry(cursor: DuckDBPyConnection, figure: Figure) -> tuple[Published, ...]:
    """A target's own entry: it is published as such, never worked out."""
    cell = figure.cell
    rows = cursor.execute(
        """SELECT t.source_id, coalesce(s.title, t.source_id, ''), coalesce(s.title_zh, ''), coalesce(s.url, ''),
        coalesce(t.note, '')
        FROM target AS t LEFT JOIN source AS s USING (source_id)
        WHERE t.place_id = ? AND t.metric_id = ? AND t.period_id = ?""",
        [cell.place, cell.metric, cell.period],
    ).fetchall()
    about = (None, "+", *_key(cell), figure.value, "", figure.unit, figure.status, "")
    return tuple(Published(*about, source, title, zh, url, "", None, note) for source, title, zh, url, note in rows)
