"""How figures went from the first to the last of a course, where the two may be held against each other.

Works out by how much; the words are the headline's, and no figure is changed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from xinfo.answer.claims import changes_a_ratio
from xinfo.answer.comparison import distance
from xinfo.answer.coverage import uneven
from xinfo.answer.findings import Findings
from xinfo.answer.rows import Row
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.store.standing import MADE_UP

Line = list[dict[str, Any]]
"""The rows that are about the same, over time."""


@dataclass(frozen=True)
class Move:
    """By how much the last figure of a course differs from the first."""

    kind: str
    """growth (a part of the first), points (of two ratios) or distance (in the figures' own unit)."""
    value: float
    unit: str | None

    def said(self, lang: str) -> str:
        """Without its sign: 25 %, 2.5 percentage points, 3 billion yuan."""
        if self.kind == "points":
            return distance(abs(self.value), "ratio", lang)
        return amount(abs(self.value), self.unit, lang)


def lines(findings: Findings) -> list[Line]:
    """The courses of a trend, in order of first sight."""
    by = tuple(name for name in findings.subject if name not in ("period", "metric"))
    return grouped((row for row in findings.rows if "period" in row), by)


def grouped(rows: Iterable[dict[str, Any]], by: tuple[str, ...]) -> list[Line]:
    """The rows that are about the same of these columns, together, in order of first sight."""
    groups: dict[tuple[Any, ...], Line] = {}
    for row in rows:
        groups.setdefault(tuple(row.get(name) for name in by), []).append(row)
    return list(groups.values())


def move(line: Line, findings: Findings) -> Move | None:
    """Nothing of one figure alone, of figures counted in two ways, or of a total over other places at each end."""
    first, last = line[0].get("value"), line[-1].get("value")
    if len(line) < 2 or first is None or last is None or not _alike(line[0], line[-1], findings):
        return None
    if findings.unit == "ratio":
        return Move("points", last - first, "ratio")
    return Move("growth", last / first - 1, "ratio") if first > 0 else Move("distance", last - first, findings.unit)


def moved(line: Line, findings: Findings) -> Mapping[str, str]:
    """The words for it, `moved` behind the figures and `to` between them."""
    lang, found = findings.lang, move(line, findings)
    if found is None:
        return {"to": text("answer.to.unsaid", lang), "moved": ""}
    way = _way(found, lang)
    name = way if way in ("same", "near") else f"{found.kind}.{way}"
    return {"to": text(f"answer.to.{way}", lang), "moved": text(f"answer.moved.{name}", lang, by=found.said(lang))}


def _way(found: Move, lang: str) -> str:
    if not found.value:
        return "same"
    if found.said(lang) == replace(found, value=0.0).said(lang):
        return "near"
    return "up" if found.value > 0 else "down"


def _alike(first: Row, last: Row, findings: Findings) -> bool:
    """Whether two figures are counted alike, made up or not, and of the same places; of ratios growth is told apart."""
    kinds = [({*(findings.record_of(row).get("methods") or ())}, row.get("status") == MADE_UP) for row in (first, last)]
    return kinds[0] == kinds[1] and not uneven(findings) and not changes_a_ratio(findings)
