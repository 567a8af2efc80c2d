"""Who could review what others have made: whether a second person is known decides who may publish."""

from __future__ import annotations

from pathlib import Path

from xinfo.access.rules import Rules
from xinfo.briefing import issues
from xinfo.stewardship.shelf import OUTSIDE, Shelf


def reviewers(store: Path, rules: Rules | None) -> frozenset[str]:
    """Those whom the rules let review; without rules everybody who has worked on a template or signed an issue."""
    seen = {deed.who for entry in Shelf(store).entries() for deed in entry.deeds} | issues.signers(store)
    known = frozenset(seen - {"", OUTSIDE})
    return rules.able("review", known) if rules else known
