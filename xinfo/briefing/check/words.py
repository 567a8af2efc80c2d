"""Verdicts in words and as JSON. Judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xinfo.briefing.check.verdict import VERDICTS, Verdict
from xinfo.briefing.document import Document
from xinfo.language.texts import listing, text


def line(one: Verdict, lang: str) -> str:
    """One figure in a sentence or two."""
    told = {"label": one.figure.label, "written": one.written, "now": one.now, "today": one.today, "why": one.why}
    said = text(f"brief.check.{one.verdict}", lang, **{**told, "why": one.why.rstrip(".。")})
    if one.verdict in ("changed", "removed") and one.today:
        said += text("brief.check.today", lang, today=one.today)
    if one.verdict == "changed" and one.why:
        said += ("" if lang == "zh" else " ") + one.why
    return said


def counts(found: Sequence[Verdict], lang: str) -> str:
    """'39 figures: 1 changed by hand, 38 confirmed.'"""
    each = {kind: sum(one.verdict == kind for one in found) for kind in VERDICTS}
    said = [text(f"brief.check.count.{kind}", lang, n=n) for kind, n in each.items() if n]
    return text("brief.check.counts", lang, n=len(found), counts=listing(said, lang))


def form(document: Document, found: Sequence[Verdict], reworded: Sequence[str]) -> dict[str, Any]:
    """For other programs."""
    figures = [
        {"id": one.figure.id, "label": one.figure.label, "verdict": one.verdict, "written": one.written,
         "now": one.now, "today": one.today, "why": one.why, "question": document.queries[one.figure.query].question}
        for one in found
    ]  # fmt: skip
    head = {"briefing": document.briefing, "title": document.title, "number": document.number, "made": document.made}
    return {**head, "figures": figures, "reworded": list(reworded)}
