"""The warning that a published total and its published parts differ, where new figures are one of them."""

from __future__ import annotations

from collections.abc import Iterator

from duckdb import DuckDBPyConnection

from xinfo.intake.report import MOST_LINES, Line, Said
from xinfo.store.adding_up import Unequal, unequal
from xinfo.store.journal import KEYS

_TOUCHED = f"""CREATE OR REPLACE TEMP VIEW touched AS
    SELECT * FROM published UNION ALL
    SELECT * FROM old.published ANTI JOIN published USING ({", ".join(KEYS["published"])})
    WHERE status <> 'illustrative' AND EXISTS (FROM published AS fresh
        WHERE fresh.place_id = old.published.place_id AND fresh.metric_id = old.published.metric_id
        AND left(fresh.period_id, 4) = left(old.published.period_id, 4))"""


def contradicted(connection: DuckDBPyConnection) -> Iterator[Line]:
    """A note for each, with the new figures in `published` and those of the store `old` of the same years."""
    connection.execute(_TOUCHED)
    for one in unequal(connection, "touched")[:MOST_LINES]:
        yield _line(one)
    connection.execute("DROP VIEW touched")


def said(one: Unequal) -> Said:
    """The warning."""
    about = {"place": one.place, "metric": " ".join(filter(None, (one.metric, _parts(one)))), "period": one.period}
    amounts = {"value": f"{one.value_written} {one.unit_written}", "added": one.added_written}
    return Said("note.unequal", {**about, **amounts, "parts": ", ".join(one.parts)})


def _parts(one: Unequal) -> str:
    return " ".join(part for part in (one.consumer, one.offering, one.sector) if part != "all")


def _line(one: Unequal) -> Line:
    return Line(
        kind="note", what=said(one), file=one.file, sheet=one.sheet, row=one.line, cell=one.cell, place=one.place,
        metric=one.metric, period=one.period, parts=_parts(one), value=one.value_written, unit=one.unit_written,
    )  # fmt: skip
