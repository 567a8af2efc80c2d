"""What was asked of a briefing and could not be said, with its reason."""

from __future__ import annotations

from xinfo.ask import Workspace
from xinfo.briefing.asking import Missing
from xinfo.briefing.document import Gap
from xinfo.briefing.sets import listed
from xinfo.language.texts import text


def gap_of(item: str, missing: Missing, required: bool, workspace: Workspace, lang: str) -> Gap:
    """That only published figures are used is said once, of all."""
    # What else there is belongs to asking: a paper of a quarter says nothing of the figures after it.
    elsewhere, _ = text("missing.there_is", lang, periods="\0").split("\0")
    reason = missing.reason.partition(elsewhere)[0].replace(text("missing.published_only", lang), "").strip()
    return Gap(item, listed(missing.question, workspace.catalog, lang), reason, required)
