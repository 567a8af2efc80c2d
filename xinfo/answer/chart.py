"""Which chart suits an answer, and why: from the template's wish and the shape of the rows. Draws none itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from xinfo.answer import grids, lines, marks, place_map, scatter, spread
from xinfo.answer.findings import Findings
from xinfo.answer.frame import Frame, capital, framed
from xinfo.answer.labels import row_label, word
from xinfo.language.numbers import amount, scale_for
from xinfo.language.texts import text
from xinfo.understand.catalog import DIMENSIONS

Spec = dict[str, Any]
Drawn = tuple[Spec, str]
"""The Vega-Lite object, and why it is of its kind."""
MOST_BARS = 40
MOST_COLUMNS = 6
PAIRS = frozenset(["grouped", "heat", "multiples"])
"""Kinds that need two things to tell the rows apart."""
WHOLE = frozenset(["line", "map", "stacked", "grouped", "heat", "multiples", "scatter", "histogram", "box"])
"""Kinds that show every row, however many."""

DRAWINGS: dict[str, Callable[[Frame], Spec]] = {
    "line": lines.draw,
    "ranked": marks.bars,
    "bar": marks.bars,
    "column": marks.columns,
    "parts": marks.shares,
    "stacked": marks.stacked,
    "map": place_map.draw,
    "grouped": grids.grouped,
    "heat": grids.heat,
    "multiples": grids.multiples,
    "bullet": grids.bullet,
    "scatter": scatter.draw,
    "histogram": spread.histogram,
    "box": spread.boxes,
}
"""Every kind of chart; the reason for each is the text `chart.reason.<kind>`."""


class Charts(Mapping[str, Drawn]):
    """Every chart that suits, by kind, the best first; none where none helps. Each is drawn when it is looked at."""

    def __init__(self, findings: Findings):
        self._findings, self._kinds = findings, suiting(findings)
        self._drawn: dict[str, Drawn] = {}

    def __getitem__(self, kind: str) -> Drawn:
        if kind not in self._kinds:
            raise KeyError(kind)
        if kind not in self._drawn:
            self._drawn[kind] = (_drawn(self._findings, kind), self._why(kind))
        return self._drawn[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)

    def __contains__(self, kind: object) -> bool:
        return kind in self._kinds

    def _why(self, kind: str) -> str:
        if kind == self._kinds[0]:
            return reason(self._findings)
        lang = self._findings.lang
        return text("chart.chosen", lang, kind=text(f"chart.kind.{kind}", lang))


def reason(findings: Findings) -> str:
    """Why there is a chart of the best kind, or none."""
    return text(f"chart.reason.{choose(findings)}", findings.lang)


def _drawn(findings: Findings, kind: str) -> Spec:
    frame = _frame(findings, kind)
    return framed(DRAWINGS[kind](frame), frame)


def suiting(findings: Findings) -> tuple[str, ...]:
    """The kinds of charts that the rows can be drawn as without saying less, the best first."""
    best = choose(findings)
    if best not in DRAWINGS:
        return ()
    if len(findings.values) < 2 or findings.slots.against:
        return (best,)
    rows, by = findings.rows, findings.subject
    others = [kind for kind in DRAWINGS if kind != best and kind in SUITS and SUITS[kind](findings, rows, by)]
    return (best, *others)


def _paired(findings: Findings, rows: Sequence[Any], by: tuple[str, ...]) -> bool:
    """Whether two things tell the rows apart, so that each pair is there once."""
    if len(by) != 2:
        return False
    pairs = {tuple(row.get(name) for name in by) for row in rows}
    return len(pairs) == len(rows) and all(row.get("value") is not None for row in rows)


def _one_series(findings: Findings, rows: Sequence[Any], by: tuple[str, ...]) -> bool:
    return len(by) == 1 and len(rows) <= MOST_BARS and by != ("period",)


SUITS: dict[str, Callable[[Findings, Sequence[Any], tuple[str, ...]], bool]] = {
    "line": lambda f, rows, by: "period" in by and len({row.get("period") for row in rows}) > 2,
    "bar": lambda f, rows, by: _one_series(f, rows, by) and choose(f) not in ("ranked", "bullet"),
    "column": lambda f, rows, by: len(by) == 1 and len(rows) <= MOST_COLUMNS,
    "grouped": lambda f, rows, by: _paired(f, rows, by) and len(rows) <= MOST_BARS,
    "heat": lambda f, rows, by: _paired(f, rows, by) and f.slots.measure != "growth" and min(f.values) >= 0,
    "multiples": lambda f, rows, by: _paired(f, rows, by) and "period" in by and min(f.values) >= 0,
    "map": lambda f, rows, by: by == ("place",) and len(place_map.points(f)) == len(rows) > 1,
    "histogram": lambda f, rows, by: by == ("place",) and not f.slots.against and len(rows) >= spread.FEWEST,
    "box": lambda f, rows, by: by == ("place",) and not f.slots.against and len(rows) >= spread.FEWEST,
    "scatter": lambda f, rows, by: by == ("place",) and len(scatter.amounts(f)) == len(rows) > 2,
}
"""When a kind of chart can be drawn of the rows; those missing here only where the shape asks for them."""


def choose(findings: Findings) -> str:
    """A key of DRAWINGS, or why there is none: none, text, list, empty."""
    wish, rows = findings.template.chart, findings.rows
    if wish == "none":
        listed = any("project" in row for row in rows)
        return "list" if listed else "none" if findings.values else "text"
    if wish == "map":
        return "map" if len(place_map.points(findings)) > 1 else "text" if rows else "empty"
    if len(findings.values) < 2:
        return "none" if findings.values else "empty"
    by = findings.subject
    if findings.slots.measure == "attainment" and len(by) == 1 and min(findings.values) >= 0:
        return "bullet"
    if wish == "parts" and (findings.slots.measure != "value" or findings.unit == "ratio" or set(by) - set(DIMENSIONS)):
        return _several_wholes(findings, by)
    if wish == "line":
        return _course(findings, by)
    if wish == "grouped" and len(rows) < _pairs_there_could_be(rows, by):
        return "bar"
    unfit = wish in (*PAIRS, "histogram") and not SUITS[wish](findings, rows, by)
    return wish if wish in DRAWINGS and not unfit else "bar"


def _pairs_there_could_be(rows: Sequence[Any], by: tuple[str, ...]) -> int:
    """Of a group of bars that lacks some only the gaps are seen."""
    return len({row.get(by[0]) for row in rows}) * len({row.get(by[-1]) for row in rows})


def _several_wholes(findings: Findings, by: tuple[str, ...]) -> str:
    """Of parts of several wholes, or of rates of parts: filled bars only where each whole has the same parts."""
    amounts = findings.slots.measure == "value" and findings.unit != "ratio" and min(findings.values) >= 0
    outer, inner = (len({row.get(name) for row in findings.rows}) for name in (by[0], by[-1]))
    if amounts and _paired(findings, findings.rows, by) and len(findings.rows) == outer * inner:
        return "stacked"
    if "period" in by:
        return _course(findings, by)
    return "grouped" if _paired(findings, findings.rows, by) else "bar"


def _course(findings: Findings, by: tuple[str, ...]) -> str:
    """Of figures over time: lines, unless they are too few steps for one or too many lines to tell apart."""
    rows = findings.rows
    if len({row.get("period") for row in rows}) <= 2:
        return "column" if by == ("period",) else "grouped" if _paired(findings, rows, by) else "bar"
    many = len(rows) > lines.NAMED_LINES * len({row.get("period") for row in rows})
    return "multiples" if many and SUITS["multiples"](findings, rows, by) else "line"


def _frame(findings: Findings, kind: str) -> Frame:
    """The figures as charts take them: scaled, labelled, and folded where there are too many bars."""
    rows = [row for row in findings.rows if row.get("value") is not None] if kind != "map" else list(findings.rows)
    by = findings.subject
    limit = len(rows) if kind in WHOLE else MOST_BARS
    scale, unit = scale_for(findings.values, findings.unit, findings.lang)
    data = [_datum(row, by, scale, findings) for row in rows[:limit]]
    return Frame(findings, kind, data, by, unit, len(rows))


def _datum(row: Any, by: tuple[str, ...], scale: float, findings: Findings) -> Spec:
    """One row as a chart's datum; `said` is the figure in words, for labels and tooltips."""
    lang, value = findings.lang, row.get("value")
    rest = tuple(name for name in by if name != "period")
    status = row.get("status", "reported")
    return {
        "label": capital(row_label(row, by, findings)),
        "outer": capital(row_label(row, by[:1], findings)),
        "inner": capital(row_label(row, by[-1:], findings)),
        "series": row_label(row, rest, findings) if rest else "",
        "period": row.get("period"),
        "when": word("period", row["period"], findings.catalog, lang) if row.get("period") else "",
        "value": None if value is None else value / scale,
        "said": "" if value is None else amount(value, findings.unit, lang),
        "status": status,
        "status_said": word("status", status, findings.catalog, lang),
        "faint": status != "reported",
        "place": row.get("place"),
    }
