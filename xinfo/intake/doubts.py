"""Figures that are improbably large or small, as a wrong unit or a slipped digit makes them: asked, never changed.

A new figure is held against the nearest one that the store has of the same place, metric and parts, whatever its
source; where that is far away or there is none, against the figure before it in the files, and where the store knows
nothing of the place, against all that other places have. How far apart two may be is one rule without steps: a factor
that is free, the wider the less is known of how the metric moves, and for each year between them one for its pace.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import DuckDBPyConnection

from xinfo.intake.report import Line, Question, Said
from xinfo.store.schema import DIMENSIONS
from xinfo.store.written import UNITS

KEEP = "keep"
"""The answer that it is right as it stands."""
MOST_SHOWN = 200
RULE = {
    "free": 0.7,  # a factor of 5: what a season, a new method or a year's leap of something new has made
    "unsure": 0.7,  # as much again where no step of a metric is known; the less the more of them are
    "pace": 0.1,  # a quarter more or less each year; the metric's own pace where that is quicker
    "usual": 0.95,  # of all steps that a metric made; the wildest may be errors that somebody let pass
    "near": 240,  # half-months: of a figure more than ten years off, its neighbours in the file say more
    "some": 3,  # places of one kind that are enough to tell what is usual among them
    "unlike": 2.4,  # what places of other kinds leave open, a country beside a city; of one kind the more the less
}
"""The numbers of the rule; factors are powers of ten."""
_EXACT = 1e15
"""A factor beyond this is told by its power of ten."""


def improbable(connection: DuckDBPyConnection) -> tuple[Question, ...]:
    """A question for each metric with improbable new figures or targets; `published` has new rows, `old` is the store.

    Needs the temporary table `stretch`: see `complete.note_stretches`.
    """
    for part in ("series", "pace", "figures", "peers"):
        connection.execute(_parts()[part])
    found = {
        metric: _question(connection, metric, *row)
        for metric, *row in connection.execute(_parts()["metrics"]).fetchall()
    }
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
        said = Said("doubt.target", {"metric": metric, "count": len(mine), "times": _times(mine[0][5])})
        found[metric] = Question(f"unit:{metric}", said, (KEEP,), lines, len(mine))
    return found


def _target_line(metric: str, base: str, row: tuple[Any, ...]) -> Line:
    place, period, value, apart, period_of, value_of, unit_of, source = row
    known = {"figure": f"{value_of} {unit_of}", "period": period_of, "source": source}
    known |= {"times": _times(apart), "more": "more" if apart > 0 else "less"}
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
    for name, number in RULE.items():
        text = re.sub(rf"\${name}\b", str(number), text)
    return dict(part.split("\n", 1) for part in text.split("-- part: ")[1:])


def _times(apart: float) -> str:
    """How many times as large or small: '9,456', '10^21'."""
    times = 10 ** abs(apart)
    return f"{times:,.0f}" if times < _EXACT else f"10^{abs(apart):.0f}"


def _question(
    connection: DuckDBPyConnection,
    metric: str,
    base: str,
    odd: int,
    every: int,
    apart: float,
    power: float | None,
    written: list[str],
) -> Question:
    rows = connection.execute(_parts()["lines"], {"metric": metric, "most": MOST_SHOWN}).fetchall()
    lines = tuple(_line(metric, row) for row in rows)
    whole = power is not None and len(written) == 1 and odd == every
    others = _units(written[0], base, int(power or 0)) if whole else []
    said = Said("doubt.unit", {"metric": metric, "count": odd, "every": every, "times": _times(apart)})
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
    file, sheet, line, cell, place, period, parts, value, unit, apart, peer, *other = row
    place_of, period_of, value_of, unit_of, stored, source, at = other
    known = {"figure": f"{value_of} {unit_of}", "period": period_of, "source": source, "at": at, "place": place_of}
    known |= {"times": _times(apart), "more": "more" if apart > 0 else "less"}
    return Line(
        kind="question",
        what=Said("doubt.peer" if peer else "doubt.stored" if stored else "doubt.sibling", known),
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


_SERIES = " AND ".join(f"earlier.{name} = published.{name}" for name in ("place_id", "metric_id", *DIMENSIONS))
KINDS = {
    "negative": "value < 0 AND metric_id NOT IN (SELECT metric_id FROM old.published WHERE value < 0)",
    "zero": f"""value = 0 AND EXISTS (
        FROM old.published AS earlier JOIN stretch AS before ON before.period_id = earlier.period_id
        WHERE {_SERIES} AND earlier.value > 0 AND earlier.status <> 'illustrative'
            AND 12 * before.year + before.last <= 12 * stretch.year + stretch.last)""",
}
"""By the question's key: which new amounts it is about."""
_ROWS = """FROM published JOIN metric USING (metric_id) JOIN stretch ON stretch.period_id = published.period_id
    WHERE metric.unit <> 'ratio' AND growth_of IS NULL AND published.status <> 'illustrative' AND """


def amiss(connection: DuckDBPyConnection) -> tuple[Question, ...]:
    """A question for each metric with such amounts; `published` has new rows, `old` is the store.

    Needs the temporary table `stretch`: see `complete.note_stretches`.
    """
    found = []
    for kind, which in KINDS.items():
        counts = connection.execute(f"SELECT metric_id, count(*) {_ROWS} {which} GROUP BY 1 ORDER BY 1").fetchall()
        found += [_asked(connection, kind, metric, count) for metric, count in counts]
    return tuple(found)


def _asked(connection: DuckDBPyConnection, kind: str, metric: str, count: int) -> Question:
    rows = connection.execute(
        f"""SELECT file, sheet, line, cell, place_id, published.period_id, value_written, unit_written
        {_ROWS} {KINDS[kind]} AND metric_id = ? ORDER BY published_id LIMIT {MOST_SHOWN}""",
        [metric],
    ).fetchall()
    said = Said(f"doubt.{kind}", {"metric": metric, "count": count})
    lines = tuple(
        Line("question", said, file, sheet, line, cell, "value",
             place=place, metric=metric, period=period, value=value, unit=unit)
        for file, sheet, line, cell, place, period, value, unit in rows
    )  # fmt: skip
    return Question(f"{kind}:{metric}", said, (KEEP,), lines, count)
