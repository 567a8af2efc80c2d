"""What is said of several places together or among each other, and how many of them have a figure. Finds; no words but
why a set is none.
"""

from __future__ import annotations

from xinfo.answer.findings import Findings
from xinfo.language.texts import text

ACROSS = frozenset(
    {"position", "order", "total", "average", "median", "over_group", "count", "scope", "two_scopes", "list"}
)


def of_set(findings: Findings) -> bool:
    """Whether something is said of a set of places."""
    across = findings.template.needs & ACROSS or findings.of_pilots
    return bool(across) and bool(findings.template.measures) and len(findings.expected_places) > 1


def held(findings: Findings) -> set[str]:
    """The places of the set that have a figure."""
    return set(findings.gathered("places") or findings.gathered("place")) & set(findings.expected_places)


def alone(findings: Findings) -> str:
    """Why there is neither sum, mean nor rank where one of the set alone has a figure; empty where more have."""
    if not of_set(findings) or len(held(findings)) != 1:
        return ""
    return text("brief.alone", findings.lang, all=len(findings.expected_places))
