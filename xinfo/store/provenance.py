"""Where a figure comes from: the published rows it was worked out from, found anew by a search of its own.

Shares no code with `shapes` and `complete`, so that showing a figure's origin also checks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from duckdb import DuckDBPyConnection

from xinfo.errors import InputError
from xinfo.store.periods import parse_id
from xinfo.store.schema import DIMENSIONS, one_of
from xinfo.store.standing import MARKS, STANDINGS, STATUSES

Cell = tuple[str, str, str, int, int]  # consumer, offering, sector, month before the first, last month
Sum = Mapping[int, int]  # published_id -> sign
_RULES = {
    "published": "published as such",
    "sum": "the sum of the periods it is made of",
    "difference": "the difference of running totals",
    "parts": "the sum of a complete set of parts",
    "end": "the value at the end of the period",
    "ratio": "one worked-out figure divided by another",
}
_REACHES = tuple(MARKS[: len(STATUSES) * reach] for reach in range(1, len(STANDINGS) + 1))
"""What a figure is looked for in, one after the other: what stands better gives it where it can."""
_SEARCHES = 12  # rounds; a year has twelve months, so no chain is longer


@dataclass(frozen=True)
class Row:
    """A published row with the sign it goes in with: +1 or -1. `value` is in base units."""

    sign: int
    published_id: int
    metric: str
    period: str
    consumer: str
    offering: str
    sector: str
    value: float
    value_written: str
    unit_written: str
    source_id: str
    file: str
    line: int | None


@dataclass(frozen=True)
class Origin:
    """How a figure came to be: its value, the rule in words, the rows; for a ratio those of both its parts."""

    value: float
    rule: str
    words: str
    rows: tuple[Row, ...]
    divisor: tuple[Row, ...] = ()

    @property
    def worked_out(self) -> float:
        """The figure as the rows give it; equals `value` up to rounding."""
        top = sum(row.sign * row.value for row in self.rows)
        return top / sum(row.sign * row.value for row in self.divisor) if self.divisor else top


def origin(
    connection: DuckDBPyConnection,
    place: str,
    metric: str,
    period: str,
    consumer: str = "all",
    offering: str = "all",
    sector: str = "all",
) -> Origin:
    """The published rows behind one figure of `observation`, all given by id. Raises InputError where there is none."""
    found = connection.execute(
        """SELECT value, rule, status = 'illustrative', o.method, m.numerator, m.denominator
        FROM observation o JOIN metric m USING (metric_id) WHERE place_id = ? AND metric_id = ? AND period_id = ?
        AND consumer = ? AND offering = ? AND sector = ?""",
        [place, metric, period, consumer, offering, sector],
    ).fetchone()
    if not found:
        raise InputError(f"no figure for {place}, {metric}, {period} ({consumer}, {offering}, {sector})")
    value, rule, made_up, method, top, bottom = found
    dims = (consumer, offering, sector)
    if rule == "ratio":
        rows = _of_either(lambda made: _rows(connection, place, top, period, dims, made, method), made_up)
        below = _of_either(lambda made: _rows(connection, place, bottom, period, None, made, None), made_up)
        return Origin(value, rule, _RULES[rule], rows, below)
    return Origin(value, rule, _RULES[rule], _rows(connection, place, metric, period, dims, made_up, method))


def _of_either(rows: Callable[[bool], tuple[Row, ...]], made_up: bool) -> tuple[Row, ...]:
    """A part of a ratio: one that is made up may be so for its other part alone."""
    try:
        return rows(made_up)
    except InputError:
        if not made_up:
            raise
        return rows(False)


def _rows(
    connection: DuckDBPyConnection,
    place: str,
    metric: str,
    period: str,
    dims: tuple[str, str, str] | None,
    made_up: bool,
    method: str | None,
) -> tuple[Row, ...]:
    """The rows that give a flow or stock; the total where no `dims` are named, any method where none is."""
    span = parse_id(period)
    wanted = (*(dims or ("all", "all", "all")), span.first - 1, span.last)
    stock = connection.execute("SELECT kind FROM metric WHERE metric_id = ?", [metric]).fetchone() == ("stock",)
    for marks in _REACHES:
        given = _published(connection, place, metric, span.year, made_up, marks)
        for one in sorted(given) if method is None else [method]:
            rows = given.get(one, {})
            known: dict[Cell, Sum] = {cell: {row.published_id: 1} for cell, row in rows.items()}
            terms = _search(known, wanted, stock)
            if terms is not None:
                by_id = {row.published_id: row for row in rows.values()}
                return tuple(Row(**{**vars(by_id[key]), "sign": sign}) for key, sign in sorted(terms.items()))
    raise InputError(f"{metric} of {place} in {period} does not follow from what was published")


def _published(
    connection: DuckDBPyConnection, place: str, metric: str, year: int, made_up: bool, marks: tuple[str, ...]
) -> dict[str, dict[Cell, Row]]:
    """The rows of one year with these marks, by method and cell; of a figure of several sources the best and newest."""
    rows = connection.execute(
        f"""SELECT p.method, p.published_id, p.metric_id, p.period_id, p.consumer, p.offering, p.sector, p.value,
        p.value_written, p.unit_written, p.source_id, p.file, p.line
        FROM published p LEFT JOIN source s USING (source_id)
        WHERE p.place_id = ? AND p.metric_id = ? AND p.period_id LIKE ? || '%' AND (p.status = 'illustrative') = ?
        AND list_contains(?, p.mark)
        ORDER BY list_position({one_of(MARKS)}, p.mark),
        s.published DESC NULLS LAST, p.load_id DESC, p.source_id, p.published_id""",
        [place, metric, str(year), made_up, list(marks)],
    ).fetchall()
    found: dict[str, dict[Cell, Row]] = {}
    for method, *cells in rows:
        row = Row(1, *cells)
        span = parse_id(row.period)
        key = (row.consumer, row.offering, row.sector, span.first - 1, span.last)
        found.setdefault(method, {}).setdefault(key, row)
    return found


def _search(known: dict[Cell, Sum], wanted: Cell, stock: bool) -> Sum | None:
    """Joins what is known two by two, and parts to totals, until the wanted cell is among it or nothing new comes."""
    if stock and wanted not in known:
        latest = sorted(known.items(), key=lambda item: item[0][3])  # of several that end alike, the shortest span
        known = {(*cell[:3], 0, cell[4]): terms for cell, terms in latest}
        wanted = (*wanted[:3], 0, wanted[4])
    for _ in range(_SEARCHES):
        if wanted in known:
            return known[wanted]
        new = dict(_totals(known)) if stock else dict(_joined(known)) or dict(_totals(known))
        fresh = {cell: terms for cell, terms in new.items() if cell not in known}
        if not fresh:
            return None
        known |= fresh
    return None


def _joined(known: Mapping[Cell, Sum]) -> Iterator[tuple[Cell, Sum]]:
    """Spans that lie end to end add up; of two that begin or end together, the rest is their difference."""
    for (a, one), (b, two) in combinations(sorted(known.items()), 2):
        if a[:3] != b[:3]:
            continue
        if a[4] == b[3]:
            span, terms = (a[3], b[4]), _combine(one, two, 1)
        elif a[3] == b[3]:
            span, terms = (a[4], b[4]), _combine(two, one, -1)
        elif a[4] == b[4]:
            span, terms = (a[3], b[3]), _combine(one, two, -1)
        else:
            continue
        cell = (*a[:3], *span)
        if cell not in known:
            yield cell, terms


def _totals(known: Mapping[Cell, Sum]) -> Iterator[tuple[Cell, Sum]]:
    """`all` of a dimension where each of its parts is known."""
    for at, (_, *parts) in enumerate(DIMENSIONS.values()):
        for cell in [cell for cell in known if cell[at] == parts[0]]:
            pieces = [(*cell[:at], part, *cell[at + 1 :]) for part in parts]
            total: Cell = (*cell[:at], "all", *cell[at + 1 :])  # type: ignore[assignment]
            if total not in known and all(piece in known for piece in pieces):
                whole: Sum = {}
                for piece in pieces:
                    whole = _combine(whole, known[piece], 1)  # type: ignore[index]
                yield total, whole


def _combine(one: Sum, two: Sum, sign: int) -> Sum:
    total = {key: one.get(key, 0) + sign * two.get(key, 0) for key in {*one, *two}}
    return {key: count for key, count in total.items() if count}
