"""Targets that are said to be about so much: such a one is approached, reached or missed, and exact in no case."""

from __future__ import annotations

from xinfo.answer.findings import Findings
from xinfo.answer.rows import Row, texts_in
from xinfo.language.numbers import amount
from xinfo.language.texts import text

NEAR = 0.05
"""'About' has no bound of its own: so small a part below it nobody calls missed. Briefings and answers share it."""


def approaches(part: float) -> bool:
    """Whether so much of an approximate target is neither reached nor missed."""
    return 1 - NEAR <= part < 1


def is_near(record: Row, findings: Findings) -> bool:
    """Whether a row tells of an approximate target that was approached."""
    value, kinds = record.get("value"), record.get("comparisons")
    told = findings.slots.measure == "attainment" and isinstance(value, (int, float))
    return bool(told and value is not None and approaches(value) and kinds and "about" in texts_in([kinds]))


def of_about(findings: Findings) -> bool:
    """Whether any of the targets that figures are held against is an approximate one."""
    return findings.slots.measure == "attainment" and "about" in findings.gathered("comparisons")


def about_so_much(findings: Findings) -> str:
    """'about 98 %': in whole percents, of one approximate target; empty where it is no such one."""
    if not of_about(findings) or len(findings.rows) != 1 or "place" not in findings.rows[0]:
        return ""
    value = findings.rows[0].get("value")
    if not isinstance(value, (int, float)) or len(findings.gathered("comparisons")) > 1:
        return ""
    said = amount(round(value, 2), "ratio", findings.lang)
    return text("brief.about_so_much", findings.lang, amount=said)
