"""What a table leaves unsaid of its quarters and months: year to date or single ones. Proven from figures, or asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Says
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from xinfo.intake.grid import Grid
from xinfo.intake.mapping import Mapping
from xinfo.intake.report import Line, Question, Said
from xinfo.intake.running import Course, Labelled, Proof, Spans, proofs, proven
from xinfo.intake.words import Words
from xinfo.store.opening import opened
from xinfo.store.periods import Period, parse_id
from xinfo.store.schema import DIMENSIONS
from xinfo.store.versions import current
from xinfo.store.written import factor

Answers = Says[str, str]
Key = tuple[str, ...]
"""place, metric, consumer, offering, sector, year."""
Known = Says[Key, Spans]
KEY = "running"
SINGLE, CUMULATIVE = "single", "cumulative"
_KEY = ("place", "metric", *DIMENSIONS)
_SHOWN = 3
"""Proofs of each kind that are told."""


def known_of(store: Path) -> Callable[[], Known]:
    """What gives the flows that a store has been given, when it is asked for the first time."""

    @cache
    def known() -> Known:
        found: dict[Key, dict[tuple[int, int], tuple[float, ...]]] = defaultdict(dict)
        with opened(it=current(store)) as connection:
            names = ", ".join(("place_id", "metric_id", *DIMENSIONS))
            rows = connection.execute(f"""
                SELECT {names}, period_id, list(DISTINCT value) FROM it.published JOIN it.metric USING (metric_id)
                WHERE kind = 'flow' AND status <> 'illustrative' GROUP BY ALL""").fetchall()
        for *key, period_id, values in rows:
            period = parse_id(period_id)
            found[(*key, str(period.year))][period.first, period.last] = tuple(values)
        return found

    return known


def reach(
    mapping: Mapping, grid: Grid, rows: pa.Table, words: Words, known: Callable[[], Known], answers: Answers
) -> tuple[Mapping, list[Question], list[Said]]:
    """The mapping with `cumulative` where that is proven or answered; else the question; and what was proven."""
    if mapping.cumulative or any("reach" in column.says for column in mapping.columns):
        return mapping, [], []
    running = [metric for metric in rows["metric"].unique().to_pylist() if words.runs(metric)]
    labelled = rows.filter(pc.is_in(rows["metric"], pa.array(running, pa.string())))
    periods = {period: parse_id(period) for period in labelled["period"].unique().to_pylist()}
    if not _open(list(periods.values())):
        return mapping, [], []
    courses = _courses(labelled.to_pylist(), periods, words, known())
    found = proofs(courses)
    if mapping.cumulative is False:
        against = [proof for proof in found if not proof.single]
        return mapping, ([_question(grid, against)] if against and KEY not in answers else []), []
    if answers.get(KEY) in (SINGLE, CUMULATIVE):
        return replace(mapping, cumulative=answers[KEY] == CUMULATIVE), [], []
    is_cumulative = proven(found)
    if is_cumulative is None:
        return mapping, [_question(grid, found)], []
    return replace(mapping, cumulative=is_cumulative), [], [proof_said(proof) for proof in found[:1]]


def _open(periods: Sequence[Period]) -> bool:
    """Whether a later quarter or month may run from January: not where such periods have names of their own."""
    single = [one for one in periods if one.kind in ("quarter", "month") and one.first > 1]
    return bool(single) and not any(one.kind == "ytd" for one in periods)


def _courses(rows: Sequence[Says[str, str]], periods: Says[str, Period], words: Words, known: Known) -> list[Course]:
    """The flows of each place and year, quarters and months apart; other figures of the table count as known."""
    figures: dict[tuple[Key, str], list[Labelled]] = defaultdict(list)
    others: dict[Key, dict[tuple[int, int], tuple[float, ...]]] = defaultdict(dict)
    for row in rows:
        period, metric = periods[row["period"]], words.catalog.metrics[row["metric"]]
        if metric.kind != "flow":
            continue
        key = (*(row[name] or "all" for name in _KEY), str(period.year))
        value = float(row["value"]) * factor(row["unit"], metric.unit)
        if period.kind == "year":
            others[key][1, 12] = (*others[key].get((1, 12), ()), value)
        else:
            labelled = Labelled(period, value, f"{row['value']} {row['unit']}", row["cell"])
            figures[key, period.kind].append(labelled)
    return [
        Course(key[0], key[1], tuple(sorted(some, key=lambda one: one.period)), _both(known.get(key, {}), others[key]))
        for (key, _), some in figures.items()
    ]


def _both(known: Spans, others: Spans) -> Spans:
    return {span: (*known.get(span, ()), *others.get(span, ())) for span in {*known, *others}}


def _question(grid: Grid, found: Sequence[Proof]) -> Question:
    """The question, with what speaks for each answer."""
    told = [proof for single in (True, False) for proof in [p for p in found if p.single is single][:_SHOWN]]
    lines = tuple(
        Line(
            kind="question",
            what=proof_said(proof),
            file=grid.file,
            sheet=grid.sheet,
            cell=proof.figures[-1].cell,
            place=proof.course.place,
            metric=proof.course.metric,
            period=proof.figures[-1].period.id,
            value=proof.figures[-1].written,
        )
        for proof in told
    )
    said = Said("question.running_both" if told else "question.running", {"table": grid.sheet or grid.file})
    return Question(KEY, said, (SINGLE, CUMULATIVE), lines)


def proof_said(proof: Proof) -> Said:
    """What proves it, in words, with its cells."""
    first, last = proof.figures[0], proof.figures[-1]
    said = {"place": proof.course.place, "metric": proof.course.metric, "year": last.period.year}
    said |= {"first": f"{first.written} ({first.cell})", "last": f"{last.written} ({last.cell})"}
    return Said(f"proof.{'single' if proof.single else 'cumulative'}_{proof.why}", said)
