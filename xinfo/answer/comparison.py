"""The words for a difference of two figures: 'Beijing had 3.2 billion yuan more than Xining (12 billion against …)'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xinfo.answer.findings import Findings
from xinfo.answer.labels import long_period, word
from xinfo.answer.owning_up import sides
from xinfo.language.numbers import amount, number
from xinfo.language.texts import text
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.say_places import scope_phrase

RATES = frozenset(["growth", "share", "attainment", "share_of_set"])


def difference(findings: Findings) -> str:
    """The first row's difference with both sides named and given; empty where the rows hold none."""
    record: Mapping[str, Any] = findings.records[0] if findings.records else {}
    if record.get("value_a") is None or record.get("value_b") is None:
        return ""
    kind, a, b = _sides(findings)
    lang, unit, slots = findings.lang, findings.unit, findings.slots
    gap = record["value_a"] - record["value_b"]
    direction = "same" if gap == 0 else "more" if gap > 0 else "less"
    values = {"value_a": amount(record["value_a"], unit, lang), "value_b": amount(record["value_b"], unit, lang)}
    values = sides(values, findings)
    summed = slots.metric is None or (findings.catalog.additive(slots.metric) and slots.measure not in RATES)
    values["sum"] = text(f"answer.sum.{'added' if summed else 'pooled'}", lang)
    return text(f"answer.difference.{kind}.{direction}", lang, a=a, b=b, by=distance(abs(gap), unit, lang), **values)


def distance(gap: float, unit: str | None, lang: str) -> str:
    """How far two figures are apart; two ratios in percentage points, as 3 % more would mean something else."""
    if unit == "ratio":
        return text("unit.percentage_point", lang, number=number(round(gap * 100, 2)))
    return amount(gap, unit, lang)


def _sides(findings: Findings) -> tuple[str, str, str]:
    """What is compared (set, place, period or part) and the two names, as the statement took them."""
    slots, catalog, lang, params = findings.slots, findings.catalog, findings.lang, findings.params
    if slots.scope is not None and slots.other is not None:
        return "set", scope_phrase(slots.scope, catalog, lang), scope_phrase(slots.other, catalog, lang)
    for kind, asked in (("place", slots.places), ("period", tuple(when.id for when in slots.periods))):
        if len(asked) > 1:
            pair = (params.get(kind) or asked[0], params.get(f"other_{kind}") or asked[1])
            said = [long_period(i, lang) if kind == "period" else word(kind, i, catalog, lang) for i in pair]
            return kind, said[0], said[1]
    # The total beside a part ('all') is no slot, so the statement's own parameters come first.
    parts = [part for name in DIMENSIONS for part in getattr(slots, name)] + ["all", "all"]
    pair = (params.get("part") or parts[0], params.get("other_part") or parts[1])
    return "part", word("consumer", pair[0], catalog, lang), word("consumer", pair[1], catalog, lang)
