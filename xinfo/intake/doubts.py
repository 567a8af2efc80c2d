"""Figures that are improbable by a power of ten, as a wrong unit makes them: 万元 for 亿元, million for billion.

A new figure is held against the nearest one that the store has of the same place, metric and parts, whatever its
source; where the store has none, against the figure before it in the files. What is improbable is asked, never changed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import DuckDBPyConnection

from xinfo.intake.report import Line, Question, Said
from xinfo.store.written import UNITS

KEEP = "keep"
"""The answer that it is right as it stands."""
POWERS = (3, 4, 5, 6, 8, 9)
"""Powers of ten that lie between two units of money; of ratios it is 2, for percent taken as a fraction."""
NEAR = 0.4
"""About a factor of 2.5."""
MOST_SHOWN = 200
_FILLED = 1.5
"""A ratio above this is improbable beside one a hundred times smaller."""


def improbable(connection: DuckDBPyConnection) -> tuple[Question, ...]:
    """A question for each metric with improbable new figures or targets; `published` has new rows, `old` is the store.

    Needs the temporary table `stretch`: see `spans.note_spans`.
    """
    near = [f"abs(abs(apart) - {power}) <= {NEAR}" for power in POWERS]
    connection.execute(f"""CREATE OR REPLACE TEMP MACRO leaps(apart, ratio, largest) AS
        CASE WHEN ratio THEN abs(abs(apart) - 2) <= {NEAR} AND largest > {_FILLED} ELSE {" OR ".join(near)} END""")
    connection.execute(_parts()["series"])
    [leaping] = connection.execute("SELECT count(*) FROM leaping").fetchone() or (0,)
    found: dict[str, Question] = {}
    if leaping:
        connection.execute(_parts()["figures"])
        for row in connection.execute(_parts()["metrics"]).fetchall():
            found[row[0]] = _question(connection, *row)
    return (*found.values(), *(one for metric, one in _of_targets(connection).items() if metric not in found))


def _of_targets(connection: DuckDBPyConnection) -> dict[str, Question]:
    """The same for new targets, held against the nearest figure; the store does not keep where a target stood."""
    if connection.execute("SELECT count(*) FROM target").fetchone() == (0,):
        return {}
    rows = connection.execute(_parts()["targets"]).fetchall()
    found = {}
    for metric in dict.fromkeys(row[0] for row in rows):
        mine = [row for row in rows if row[0] == metric]
        lines = tuple(_target_line(metric, row[1], row[2:]) for row in mine[:MOST_SHOWN])
        times = f"{10 ** abs(round(mine[0][5])):,}"
        said = Said("doubt.target", {"metric": metric, "count": len(mine), "times": times})
        found[metric] = Question(f"unit:{metric}", said, (KEEP,), lines, len(mine))
    return found


def _target_line(metric: str, base: str, row: tuple[Any, ...]) -> Line:
    place, period, value, apart, period_of, value_of, unit_of, source = row
    known = {"figure": f"{value_of} {unit_of}", "period": period_of, "source": source}
    known |= {"times": f"{10 ** abs(apart):,.0f}", "more": "more" if apart > 0 else "less"}
    said = Said("doubt.stored", known)
    return Line(
        "question", said, place=place, metric=metric, period=period, value=f"{value:.15g}", unit=base,
        earlier=known["figure"],
    )  # fmt: skip


def with_units(rows: pa.Table, units: dict[str, str]) -> pa.Table:
    """The rows with the unit that an answer gave a metric in place of the one in the file, which a note keeps."""
    for metric, unit in units.items():
        wrong = pc.and_(pc.equal(rows["metric"], metric), pc.not_equal(rows["unit"], unit))
        told = pc.binary_join_element_wise("unit given as ", rows["unit"], f", read as {unit}", "")
        told = pc.binary_join_element_wise(rows["note"], told, "; ", null_handling="skip")
        rows = _put(
            _put(rows, "note", pc.if_else(wrong, told, rows["note"])), "unit", pc.if_else(wrong, unit, rows["unit"])
        )
    return rows


def _put(rows: pa.Table, name: str, cells: pa.ChunkedArray) -> pa.Table:
    return rows.set_column(rows.column_names.index(name), name, cells)


@cache
def _parts() -> dict[str, str]:
    text = Path(__file__).with_name("doubts.sql").read_text(encoding="utf-8")
    return dict(part.split("\n", 1) for part in text.split("-- part: ")[1:])


def _question(
    connection: DuckDBPyConnection, metric: str, base: str, odd: int, every: int, power: float, written: list[str]
) -> Question:
    rows = connection.execute(_parts()["lines"], {"metric": metric, "most": MOST_SHOWN}).fetchall()
    lines = tuple(_line(metric, row) for row in rows)
    others = _units(written[0], base, int(power)) if len(written) == 1 and odd == every else []
    said = Said("doubt.unit", {"metric": metric, "count": odd, "every": every, "times": f"{10 ** abs(int(power)):,}"})
    return Question(f"unit:{metric}", said, (KEEP, *others), lines, odd)


def _units(written: str, base: str, power: int) -> list[str]:
    """The units that would make figures probable which are off by a power of ten."""
    kind = base.partition("/")[0]
    own = UNITS.get(written)
    if own is None or own.counts != kind:
        return []
    wanted = own.factor / 10.0**power
    return [name for name, unit in UNITS.items() if unit.counts == kind and abs(unit.factor / wanted - 1) < 1e-9]


def _line(metric: str, row: tuple[Any, ...]) -> Line:
    file, sheet, line, cell, place, period, parts, value, unit, apart, *other = row
    _, period_of, value_of, unit_of, stored, source, at = other
    known = {"figure": f"{value_of} {unit_of}", "period": period_of, "source": source, "at": at}
    known |= {"times": f"{10 ** abs(apart):,.0f}", "more": "more" if apart > 0 else "less"}
    return Line(
        kind="question",
        what=Said("doubt.stored" if stored else "doubt.sibling", known),
        file=file,
        sheet=sheet,
        row=line,
        cell=cell,
        column="value",
        place=place,
        metric=metric,
        period=period,
        parts=" ".join(parts),
        value=value,
        unit=unit,
        earlier=f"{value_of} {unit_of}",
    )
