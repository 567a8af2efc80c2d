"""Figures given as single quarters or months that other figures show to be totals since January. Asked, never changed.

Whatever way they came: the names of periods in the import format are a claim like any other. Held against each other
are figures of one place, metric, part and method, the new ones of one source with all that is known of their year.
Needs the temporary table `stretch`: see `complete.note_stretches`. An answer renames the periods: see `since_january`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
from duckdb import DuckDBPyConnection

from xinfo.errors import InputError
from xinfo.intake.doubts import KEEP, MOST_SHOWN
from xinfo.intake.report import Line, Question, Said
from xinfo.intake.running import SAME, Course, Labelled, Proof, proofs
from xinfo.intake.unsaid import CUMULATIVE, KEY, proof_said
from xinfo.store.journal import KEYS
from xinfo.store.periods import Period
from xinfo.store.schema import DIMENSIONS
from xinfo.store.written import parse_period

_SERIES = ("place_id", "metric_id", *DIMENSIONS, "method")
_MOST = 20_000
"""Series and years that are looked at one by one; a load with more of them is questioned anyway."""
_FLOWS = f"""SELECT published.*, year, first, last, hash({", ".join(_SERIES)}, year) AS series
    FROM {{table}} JOIN stretch USING (period_id) JOIN metric USING (metric_id)
    WHERE kind = 'flow' AND published.status <> 'illustrative'"""
_VIEWS = f"""
    CREATE OR REPLACE TEMP VIEW fresh_flow AS {_FLOWS.format(table="published")};
    CREATE OR REPLACE TEMP VIEW labelled AS SELECT * FROM fresh_flow
        WHERE (last = first OR (last = first + 2 AND first % 3 = 1));
    CREATE OR REPLACE TEMP VIEW known_flow AS
        SELECT series, first, last, value FROM fresh_flow WHERE first = 1
        UNION ALL SELECT series, first, last, value FROM ({_FLOWS.format(table="old.published")})
            ANTI JOIN published USING ({", ".join(KEYS["published"])})"""
_SUSPECT = f"""CREATE OR REPLACE TEMP TABLE suspect AS
    SELECT DISTINCT labelled.series, labelled.source_id FROM labelled JOIN known_flow AS known
        ON known.series = labelled.series AND known.first = 1 AND known.last = labelled.last AND labelled.first > 1
        AND abs(known.value - labelled.value) <= {SAME} * greatest(abs(known.value), abs(labelled.value))
    UNION
    SELECT series, source_id FROM (
        SELECT series, source_id, sum(value) AS total FROM labelled GROUP BY series, source_id, last - first)
    JOIN (SELECT series, max(value) AS whole FROM known_flow WHERE first = 1 AND last = 12 GROUP BY 1) USING (series)
    WHERE total > whole * (1 + {SAME}) LIMIT {_MOST}"""
_CHANGED = f"""DELETE FROM suspect WHERE series NOT IN (
    SELECT series FROM fresh_flow ANTI JOIN old.published USING ({", ".join(_SERIES)}, period_id, source_id, value))"""
"""What is loaded again word for word was answered before."""


def single(connection: DuckDBPyConnection) -> tuple[Question, ...]:
    """A question for each metric with such figures in `published`, beside the store as `old`."""
    connection.execute(_VIEWS)
    if not connection.execute("SELECT 1 FROM labelled WHERE first > 1 LIMIT 1").fetchone():
        return ()
    connection.execute(_SUSPECT)
    connection.execute(_CHANGED)
    found: dict[str, list[Line]] = defaultdict(list)
    for course, lines in _courses(connection):
        if told := [proof for proof in proofs([course]) if not proof.single]:
            found[course.metric] += [_line(told[0], one) for one in lines]
    return tuple(_question(metric, lines) for metric, lines in sorted(found.items()))


def totals(answers: Mapping[str, str]) -> frozenset[str]:
    """The metrics whose quarters and months an answer says to be totals since January."""
    return frozenset(
        key.removeprefix(f"{KEY}:") for key, said in answers.items() if key.startswith(f"{KEY}:") and said == CUMULATIVE
    )


def since_january(rows: pa.Table, metrics: Collection[str]) -> pa.Table:
    """The rows with the quarters and months of these metrics named as what an answer says they are."""
    pairs = zip(rows["metric"].to_pylist(), rows["period"].to_pylist(), strict=True)
    named = [_since_january(period) if (metric or "").lower() in metrics else period for metric, period in pairs]
    return rows.set_column(rows.column_names.index("period"), "period", pa.array(named, pa.string()))


def _since_january(text: str | None) -> str | None:
    try:
        period = parse_period(text or "")
    except InputError:
        return text  # what is wrong with it is told where it is checked
    return Period(period.year, 1, period.last).id if period.kind in ("quarter", "month") else text


def _courses(connection: DuckDBPyConnection) -> Iterator[tuple[Course, list[tuple[Any, ...]]]]:
    """The figures of each suspected series and source, quarters and months apart, with their rows."""
    known: dict[int, dict[tuple[int, int], tuple[float, ...]]] = defaultdict(dict)
    for series, first, last, values in connection.execute("""
            SELECT series, first, last, list(DISTINCT value) FROM known_flow SEMI JOIN suspect USING (series)
            GROUP BY ALL""").fetchall():
        known[series][first, last] = tuple(values)
    rows = connection.execute("""
        SELECT series, source_id, last - first, year, first, last, value, place_id, metric_id, file, sheet, line, cell,
            period_id, value_written, unit_written
        FROM labelled SEMI JOIN suspect USING (series, source_id) ORDER BY file, line, series, first""").fetchall()
    together: dict[tuple[Any, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        together[row[:3]].append(row[3:])
    for (series, *_), some in together.items():
        some.sort(key=lambda row: row[1])
        yield Course(some[0][4], some[0][5], tuple(map(_labelled, some)), known[series]), [row[4:] for row in some]


def _labelled(row: tuple[Any, ...]) -> Labelled:
    year, first, last, value, *_, line, cell, _, value_written, unit = row
    return Labelled(Period(year, first, last), value, f"{value_written} {unit}", cell or f"row {line}")


def _line(proof: Proof, row: tuple[Any, ...]) -> Line:
    place, metric, file, sheet, line, cell, period, value, unit = row
    return Line(
        "question", proof_said(proof), file, sheet, line, cell, "period",
        place=place, metric=metric, period=period, value=value, unit=unit,
    )  # fmt: skip


def _question(metric: str, lines: Iterable[Line]) -> Question:
    every = tuple(lines)
    said = Said("doubt.running", {"metric": metric, "count": len(every)})
    return Question(f"{KEY}:{metric}", said, (KEEP, CUMULATIVE), every[:MOST_SHOWN], len(every))
