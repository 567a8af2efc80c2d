"""The words for how figures lie: their quartiles, and how closely two of them go together. Works nothing out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xinfo.answer.findings import Findings
from xinfo.answer.labels import word
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.understand.naming import changes_by_rate

QUARTILES = ("lower_quartile", "middle", "upper_quartile")
STRENGTHS = ((0.8, "very_strong"), (0.6, "strong"), (0.4, "moderate"), (0.2, "weak"))
"""The least that a coefficient is, without its sign, for each word; below them all there is hardly any correlation."""


def how_they_lie(findings: Findings) -> dict[str, str]:
    """The placeholders of a headline about quartiles and relations; empty where they do not apply."""
    record: Mapping[str, Any] = findings.records[0] if findings.records else {}
    said = {name: _figure(record.get(name), findings) for name in QUARTILES}
    said["quartiles"] = _by_group(findings) if "lower_quartile" in record else ""
    for name in ("pearson", "spearman"):
        said[name] = f"{record[name]:.2f}".replace("-", "−") if record.get(name) is not None else ""
    return said | {"relation": _relation(record, findings.lang)}


def title(findings: Findings) -> str:
    """What the numbers of the rows are, where those are not the figures of places as they stand; empty where so."""
    needs, said, lang = findings.template.needs, findings.said, findings.lang
    if findings.slots.against:
        return text("chart.pair", lang, first=said["metric"], second=said["against"])
    if "count" in needs and findings.template.measures:
        bar = said["bounds"] or text("chart.bar", lang, cmp=said["cmp"], threshold=said["threshold"])
        return text("chart.counted", lang, figure=said["a_figure"], bar=bar)
    if "count" in needs and "over_group" in needs:
        return text("chart.number", lang, places=said["places"])
    kind = next((kind for kind in ("average", "median") if kind in needs), "")
    kind = kind or ("relative" if changes_by_rate(findings.slots, findings.catalog) else "")
    return text(f"chart.{kind}", lang, figure=said["figure"]) if kind else ""


def statistic(findings: Findings) -> str:
    """What was made of the figures of places: their average, median, sum; a rank, the highest; or nothing."""
    needs, slots = findings.template.needs, findings.slots
    kind = next((kind for kind in ("average", "median", "position") if kind in needs), "")
    total = "total" if findings.template.combine == "sum" else "figure"
    return kind or (slots.order if slots.order and "order" in needs else None) or total


def _figure(value: Any, findings: Findings) -> str:
    return amount(value, findings.unit, findings.lang) if isinstance(value, (int, float)) else ""


def _by_group(findings: Findings) -> str:
    """'East 120 billion yuan (80 to 200 billion yuan)', a group after the other."""
    over, lang, said = findings.slots.over or "", findings.lang, {}
    for record in findings.records:
        name = word(over, record.get(over), findings.catalog, lang)
        figures = {quartile: _figure(record.get(quartile), findings) for quartile in QUARTILES}
        said[name] = text("answer.quartiles", lang, name=name, **figures)
    return text("list.semicolon", lang).join(said.values())


def _relation(record: Mapping[str, Any], lang: str) -> str:
    """'a strong positive correlation', by the weaker coefficient; hardly any where both disagree on the sign."""
    pearson, spearman = record.get("pearson"), record.get("spearman")
    if pearson is None or spearman is None:
        return ""
    least = min(abs(pearson), abs(spearman)) if pearson * spearman > 0 else 0.0
    strength = next((name for bound, name in STRENGTHS if least >= bound), "")
    direction = "up" if pearson > 0 else "down"
    return text(f"answer.relation.{strength}_{direction}" if strength else "answer.relation.none", lang)
