"""Which numbers of a sentence are figures: text to runs, each figure with its passport. Writes no sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from xinfo.answer import course
from xinfo.answer.form import to_json
from xinfo.answer.origin.figures import Figure as Held
from xinfo.answer.rows import ABOUT, Row
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found
from xinfo.briefing.check.amounts import amounts
from xinfo.briefing.document import Figure, Query, Rest, Run
from xinfo.briefing.labels import label, of_two
from xinfo.briefing.made import MADE_OF, Numbers
from xinfo.briefing.second import anew, worked_out
from xinfo.language.numbers import amount
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.naming import measured_unit

TOLD = ("target", "reached", "base", "whole_year", "value_a", "value_b", "worked_out", "share")
"""Numbers that a statement gives beside the asked-for one, for its sentence."""
ALWAYS_RATIO = frozenset({"worked_out", "share"})


@dataclass(frozen=True)
class Number:
    """A number that may stand in a sentence about an answer."""

    id: str
    writings: tuple[str, ...]


def register(found: Found, id_: str, numbers: Numbers, workspace: Workspace) -> tuple[str, ...]:
    """Enters an answer's passport and its rows' figures; the id of each row's asked-for figure, empty for none."""
    definition = definition_of(found.reading.slots.metric, workspace)
    numbers.queries[id_] = _query(found, id_, definition, workspace.published_only)
    ids = []
    for at, row in enumerate(found.findings.rows):
        value = row.get("value")
        if isinstance(value, bool) or not isinstance(value, int | float):
            ids.append("")
            continue
        name = f"{id_}.{at + 1}" if len(found.findings.rows) > 1 else id_
        second = worked_out(found.findings, at, found.rests[at])
        numbers.figures[name] = _figure(found, at, name, id_, "value", float(value), row.get("unit"), second)
        ids.append(name)
    return tuple(ids)


def marked(sentence: str, found: Found, id_: str, numbers: Numbers, rounded: str = "") -> tuple[Run, ...]:
    """The sentence in runs; every number in it that the answer's rows hold is a figure.

    `rounded` is how the answer's own number is written where that is not as all others are.
    """
    known = list(_numbers(sentence, found, id_, numbers))
    if rounded:
        numbers.figures[id_] = replace(numbers.figures[id_], written=rounded)
        known.insert(0, Number(id_, (rounded,)))
    runs: list[Run] = []
    for said, figure in _pieces(sentence, known):
        runs.append(Run(said, figure))
    return tuple(runs)


def authored(words: str, ids: Sequence[str], numbers: Numbers, lang: str) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """An author's own sentences in runs, and those of their amounts that none of these figures gives (any more)."""
    known = []
    for figure in (numbers.figures[id_] for id_ in ids):
        known.append(Number(figure.id, _writings(figure.value, figure.unit, lang)))
    runs = tuple(Run(said, figure) for said, figure in _pieces(words, known))
    left = [one for run in runs if not run.figure for one in amounts(run.text) if one.unit]
    return runs, tuple(one.text for one in left)


def _pieces(sentence: str, known: Sequence[Number]) -> Iterator[tuple[str, str]]:
    """Stretches of text with the id of the figure each is; ranks take numbers in order, so that equal ones differ."""
    left = list(known)
    writings = sorted({w for number in known for w in number.writings}, key=len, reverse=True)
    if not writings:
        yield sentence, ""
        return
    pattern = "|".join(rf"(?<![\d.,]){re.escape(w)}(?![\d]|[.,]\d)" for w in writings)
    at = 0
    for match in re.finditer(pattern, sentence):
        holder = next((n for n in left if match[0] in n.writings), None) or next(
            n for n in known if match[0] in n.writings
        )
        if holder in left:
            left.remove(holder)
        if match.start() > at:
            yield sentence[at : match.start()], ""
        yield match[0], holder.id
        at = match.end()
    if at < len(sentence):
        yield sentence[at:], ""


def _numbers(sentence: str, found: Found, id_: str, numbers: Numbers) -> Iterator[Number]:
    lang, said = found.reading.lang, set()
    for at, row in enumerate(found.findings.rows):
        name = f"{id_}.{at + 1}" if len(found.findings.rows) > 1 else id_
        if name in numbers.figures:
            writings = _writings(float(row["value"]), row.get("unit"), lang)
            writings = (found.written[at], *writings) if at in found.written else writings
            said |= set(writings)
            yield Number(name, writings)
    yield from (move for move in _moves(sentence, found, id_, numbers) if not said & {*move.writings})
    record = found.findings.records[0] if found.findings.records else {}
    for told in TOLD:
        value = record.get(told)
        if isinstance(value, int | float) and not isinstance(value, bool):
            name, unit = f"{id_}.{told}", _unit(told, found)
            writings = _writings(float(value), unit, lang)
            if writings[0] in sentence and writings[0] not in said:
                second = _second(found, float(value))
                numbers.figures[name] = _figure(found, 0, name, id_, told, float(value), unit, second)
                yield Number(name, writings)


def _moves(sentence: str, found: Found, id_: str, numbers: Numbers) -> Iterator[Number]:
    """By how much the last figure of each course differs from the first: made of the two."""
    findings = found.findings
    for at, line in enumerate(course.lines(findings) if "grain" in findings.template.needs else (), 1):
        ends = [f"{id_}.{findings.rows.index(row) + 1}" for row in (line[-1], line[0])]
        move = course.move(line, findings)
        if move and move.said(found.reading.lang) in sentence and numbers.figures.keys() >= {*ends}:
            last, first = (numbers.figures[end] for end in ends)
            second = None
            if first.second is not None and last.second is not None:
                second = MADE_OF[move.kind](last.second, first.second)
            name = f"{id_}.move{at}"
            numbers.figures[name] = replace(
                last,
                id=name,
                name=move.kind,
                label=of_two(move.kind, last, first, found.reading.lang),
                value=move.value,
                unit=move.unit,
                written=move.said(found.reading.lang),
                second=second,
                of=(last.id, first.id),
            )
            yield Number(name, (move.said(found.reading.lang),))


def _second(found: Found, value: float) -> float | None:
    """A number that is itself a figure of the store, from its own published rows."""
    held = next((figure for figure in found.rests[0] if figure.value == value), None)
    made = anew(held) if held else None
    return made.value if made else None


def _unit(told: str, found: Found) -> str | None:
    metric = found.findings.catalog.metrics.get(found.reading.slots.metric or "")
    if told in ALWAYS_RATIO:
        return "ratio"
    if told in ("value_a", "value_b"):
        return measured_unit(found.reading.slots, found.findings.catalog)
    return metric.unit if metric else None


def _writings(value: float, unit: str | None, lang: str) -> tuple[str, ...]:
    """As it is, and without its sign: 'fell by 5%'."""
    said = [amount(value, unit, lang), amount(abs(value), unit, lang)]
    if unit == "ratio":
        # A difference of two ratios is said in percentage points.
        said.append(amount(abs(value), unit, lang).removesuffix("%"))
    return tuple(dict.fromkeys(said))


def _figure(
    found: Found, at: int, name: str, query: str, told: str, value: float, unit: str | None, second: float | None
) -> Figure:
    row, rests, lang = found.findings.rows[at], found.rests[at], found.reading.lang
    status = row.get("status")
    return Figure(
        id=name, query=query, key=key_of(row), name=told, value=value, unit=unit,
        written=(told == "value" and found.written.get(at)) or amount(value, unit, lang),
        label=label(found, at, told), period=str(row.get("period") or ""),
        statuses=_statuses(rests, status),
        methods=tuple(dict.fromkeys(r.method for r in rests if r.method)),
        sources=tuple(row.get("sources") or _sources(rests)), rests=tuple(map(rest, rests)), second=second,
    )  # fmt: skip


def key_of(row: Row) -> str:
    """Which row it is, in ids and without its period: `place=xining`."""
    return ";".join(f"{part}={row[part]}" for part in ABOUT if part in row and part not in ("metric", "period"))


def _statuses(rests: Sequence[Held], own: str | None) -> tuple[str, ...]:
    """Of everything the figure rests on: a rank among made-up figures is made up too."""
    return tuple(dict.fromkeys([*([own] if own else []), *(figure.status for figure in rests)]))


def _sources(rests: Sequence[Held]) -> list[str]:
    return list(dict.fromkeys(row.source_id for figure in rests for row in figure.rows if row.source_id))


def rest(figure: Held) -> Rest:
    """A figure of the store as a document keeps it."""
    cell = figure.cell
    part = "/".join(getattr(cell, name) for name in DIMENSIONS)
    return Rest(
        cell.role, cell.place, cell.metric, cell.period, part, figure.value, figure.status, figure.method, cell.side
    )


def _query(found: Found, id_: str, definition: str, published_only: bool) -> Query:
    answer, form = found.answer, to_json(found.answer)
    days = [row.loaded_at[:10] for figure in found.all_rests for row in figure.rows if row.loaded_at]
    return Query(
        id=id_, question=answer.reading.sentence, template=answer.reading.template.template_id,
        version=answer.reading.template.version, slots=form["slots"], sql=answer.sql, params=form["params"],
        published_only=published_only, fingerprint=answer.fingerprint, loaded=max(days, default=""),
        definition=definition, expected=found.findings.expected_places,
    )  # fmt: skip


def definition_of(metric: str | None, workspace: Workspace) -> str:
    """What a metric means, in the store's own words, so that a later change is seen."""
    if not metric:
        return ""
    sql = "select unit, kind, definition_en, numerator, denominator from metric where metric_id = $metric"
    rows = workspace.engine.execute(sql, {"metric": metric}, row_cap=1, seconds=workspace.engine.patience).rows
    return " · ".join(str(cell) for cell in rows[0] if cell) if rows else ""
