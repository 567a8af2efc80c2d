"""The yes or no of a question that asks for one, and the counts and bars that its sentence tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xinfo.answer.approximate import is_near
from xinfo.answer.findings import Findings
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.understand.reading import Slots
from xinfo.understand.say import verdict_kind

REACHED = frozenset([">=", "<"])
"""How it is asked whether targets were reached or missed; to exceed one is more than to come close to it."""
ALMOST = {"all": ">=", "any": "<", "none": "<"}


def verdict(findings: Findings) -> str:
    """'all_yes', 'is_no', …: what was asked and how it is; empty where nothing was to be told yes or no of."""
    kind = verdict_kind(findings.slots).removesuffix("_among")
    if not kind or not findings.records:
        return ""
    if kind == "only" and not findings.records[0].get("passing"):
        return "only_none"
    found = "yes" if holds(findings.slots, findings.records[0]) else "no"
    return f"{kind}_{_nearly(kind, found, findings) or found}"


def _nearly(kind: str, found: str, findings: Findings) -> str:
    """How a yes or no is told that rests on approximate targets which were approached; empty where none does."""
    slots, told = findings.slots, findings.records[:1] if kind == "is" else findings.records
    if slots.threshold != 1 or slots.upto is not None or not all(is_near(one, findings) for one in told):
        return ""
    if kind == "is":
        return "near" if slots.cmp in REACHED else "no_near" if found == "no" else ""
    # All reached it, some or none missed it: the rows are those that fell below.
    if slots.cmp != ALMOST.get(kind):
        return ""
    return "near" if findings.records[0].get("passing") or kind != "all" else "none_near"


def holds(slots: Slots, record: Mapping[str, Any]) -> bool:
    """Whether it is so, from any row of the statement."""
    passing, counted = record.get("passing") or 0, record.get("counted") or 0
    verdicts = {
        "is": record["passed"],
        "all": passing == counted,
        "any": passing > 0,
        "none": passing == 0,
        "most": 2 * passing > counted,
        "only": passing == 1 and (record.get("place"),) == slots.places,
    }
    return bool(verdicts[slots.quantifier or ""])


def against(findings: Findings) -> dict[str, str]:
    """The placeholders of a headline about figures that are held against a bar; empty where they do not apply."""
    record: Mapping[str, Any] = findings.records[0] if findings.records else {}
    said = {"passing": str(record.get("passing") or 0), "rank": "", "bar_value": ""}
    said["judged"] = str(record.get("judged") or 0)
    said["failing"] = str((record.get("counted") or 0) - (record.get("passing") or 0))
    bar, slots = record.get("bar"), findings.slots
    if slots.order and bar is not None:
        said["rank"] = str(int(bar))
    elif bar is not None and slots.threshold is None:
        value = amount(bar, findings.unit, findings.lang)
        said["bar_value"] = text("answer.bar_value", findings.lang, value=value)
    return said
