"""The words for two figures set against each other: 'Beijing had 3.2 billion yuan more than Xining (12 against …)'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xinfo.answer.findings import Findings
from xinfo.answer.labels import long_period, word
from xinfo.answer.owning_up import sides
from xinfo.language.numbers import amount, number, written
from xinfo.language.texts import text
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.naming import measured_unit
from xinfo.understand.reading import Slots
from xinfo.understand.say_places import scope_phrase

MIDDLES = ("mean", "median")
"""How places are put together whose figures do not add up."""
TELLING = 2
"""From this many times as much on a percentage tells nothing that the multiple does not."""
RATES = frozenset(["growth", "share", "attainment", "share_of_set"])


def difference(findings: Findings) -> str:
    """The first row's difference with both sides named and given; empty where the rows hold none."""
    record: Mapping[str, Any] = findings.records[0] if findings.records else {}
    if record.get("value_a") is None or record.get("value_b") is None:
        return ""
    lang, unit = findings.lang, measured_unit(findings.slots, findings.catalog)
    kind, said = _told(findings, record, unit)
    if (value := record["value_a"]) == record["value_b"]:
        return text(f"answer.difference.{kind}.same", lang, **said)
    if "multiple" in findings.template.needs:
        times = value / record["value_b"]
        share = text("answer.multiple.share", lang, percent=amount(times, "ratio", lang)) if times < TELLING else ""
        return text(f"answer.multiple.{kind}", lang, times=number(times), share=share, **said)
    gap = value - record["value_b"]
    in_percent = "excess" in findings.template.needs
    by = amount(abs(gap / record["value_b"]), "ratio", lang) if in_percent else distance(abs(gap), unit, lang)
    which = "more" if gap > 0 else "less"
    way = text(f"answer.way.{'ratio' if unit == 'ratio' and not in_percent else 'amount'}.{which}", lang)
    return text(f"answer.difference.{kind}.{which}", lang, by=by, way=way, **said)


def _told(findings: Findings, record: Mapping[str, Any], unit: str | None) -> tuple[str, dict[str, str]]:
    """What is set against each other, and both sides in words with their figures."""
    kind, a, b = _sides(findings)
    lang, slots = findings.lang, findings.slots
    values = {name: amount(record[name], unit, lang) for name in ("value_a", "value_b")}
    added = slots.metric is None or findings.catalog.additive(slots.metric, slots.per)
    middle = findings.template.combine in MIDDLES
    together = "" if middle else summed(slots, added and slots.measure not in RATES, lang)
    return kind, {**sides(values, findings), "a": a, "b": b, "sum": together}


def summed(slots: Slots, additive: bool, lang: str) -> str:
    """That the figures of a set are taken together; places by name are said to be so already."""
    by_name = slots.scope is not None and slots.scope.named
    return "" if by_name else text(f"answer.sum.{'added' if additive else 'pooled'}", lang)


def distance(gap: float, unit: str | None, lang: str) -> str:
    """How far two figures are apart; two ratios in percentage points, as 3 % more would mean something else."""
    if unit == "ratio":
        return text("unit.percentage_point", lang, number=written(gap * 100, "ratio"))
    return amount(gap, unit, lang)


def _sides(findings: Findings) -> tuple[str, str, str]:
    """What is compared (set, place, period or part) and the two names, as the statement took them."""
    slots, catalog, lang, params = findings.slots, findings.catalog, findings.lang, findings.params
    record = findings.records[0]
    if "place_a" in record:
        return "place", word("place", record["place_a"], catalog, lang), word("place", record["place_b"], catalog, lang)
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
