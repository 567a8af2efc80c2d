"""Which chart suits an answer, and why: from the template's wish and the shape of the rows. Draws none itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xinfo.answer import lines, marks, place_map
from xinfo.answer.findings import Findings
from xinfo.answer.frame import Frame, capital, framed
from xinfo.answer.labels import row_label, subject, word
from xinfo.language.numbers import amount, scale_of
from xinfo.language.texts import text
from xinfo.understand.catalog import DIMENSIONS

Spec = dict[str, Any]
MOST_BARS = 40

DRAWINGS: dict[str, Callable[[Frame], Spec]] = {
    "line": lines.draw,
    "ranked": marks.bars,
    "bar": marks.bars,
    "column": marks.columns,
    "parts": marks.shares,
    "stacked": marks.stacked,
    "map": place_map.draw,
}
"""Every kind of chart; the reason for each is the text `chart.reason.<kind>`."""


def chart(findings: Findings) -> tuple[Spec | None, str]:
    """The Vega-Lite object, None where none helps, and the reason in words."""
    kind = choose(findings)
    reason = text(f"chart.reason.{kind}", findings.lang)
    if kind not in DRAWINGS:
        return None, reason
    frame = _frame(findings, kind)
    return framed(DRAWINGS[kind](frame), frame), reason


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
    by = subject(findings)
    if wish == "parts" and set(by) - set(DIMENSIONS):
        return "stacked" if findings.slots.measure == "value" and findings.unit != "ratio" and len(by) == 2 else "bar"
    if wish == "line":
        return "line" if len({row.get("period") for row in rows}) > 2 else "column" if by == ("period",) else "bar"
    if wish == "parts" and (findings.slots.measure != "value" or findings.unit == "ratio"):
        return "bar"
    return wish if wish in DRAWINGS else "bar"


def _frame(findings: Findings, kind: str) -> Frame:
    """The figures as charts take them: scaled, labelled, and folded where there are too many bars."""
    rows = [row for row in findings.rows if row.get("value") is not None] if kind != "map" else list(findings.rows)
    by = subject(findings)
    limit = len(rows) if kind in ("line", "map", "stacked") else MOST_BARS
    scale, unit = scale_of(max((abs(v) for v in findings.values), default=0), findings.unit, findings.lang)
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
