"""What became of a file in words and as JSON. Judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xinfo.briefing.check.differences import Difference
from xinfo.briefing.check.said import CELL, plain
from xinfo.briefing.check.verdict import VERDICTS, Verdict
from xinfo.briefing.check.whole import Checked
from xinfo.language.texts import listing, text

MOST = 160
"""Characters of a text that are told."""
UNREADABLE = frozenset(("picture", "drawing", "script", "hiding", "object", "axis"))
"""Kinds that have no text of their own to tell."""


def state(found: Checked, lang: str) -> str:
    """In one line whether the file says what it said."""
    grave = sum(one.grave for one in found.differences)
    key = "differs" if grave else "intact" if found.intact else "unproven"
    return text(f"brief.check.whole.{key}", lang, n=grave, all=found.units)


def seal(found: Checked, lang: str) -> str:
    """What is wrong with the seal; empty for nothing."""
    return "" if found.seal == "whole" else text(f"brief.check.seal.{found.seal}", lang)


def difference(one: Difference, found: Checked, lang: str) -> str:
    """One difference in a sentence: what it is, the old words and the new."""
    what = text(f"brief.check.what.{_what(one, found)}", lang)
    if one.kind in UNREADABLE or not (one.old or one.new):
        return text(f"brief.check.unread.{one.verdict}", lang, what=what)
    if one.change is None:
        return text(f"brief.check.told.{one.verdict}", lang, what=what, said=_cut(one.old or one.new))
    kinds = listing([text(f"brief.check.kind.{kind}", lang) for kind in one.change.kinds], lang)
    return text(f"brief.check.told.{one.verdict}", lang, what=what, kinds=kinds, old=_cut(one.change.old) or "–",
                new=_cut(one.change.new) or "–", said=_cut(one.old))  # fmt: skip


def _what(one: Difference, found: Checked) -> str:
    """What it is to the reader."""
    told = plain((one.old if one.verdict != "added" else one.new).replace(CELL, " ").replace(" | ", " "))
    if one.kind in ("text", "row", "edge"):
        return found.roles.get(told, one.kind)
    return one.kind


def _cut(said: str) -> str:
    said = said.replace(CELL, " | ").strip()
    return said if len(said) <= MOST else f"{said[:MOST]}…"


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


def form(found: Checked) -> dict[str, Any]:
    """For other programs."""
    document = found.document
    figures = [
        {"id": one.figure.id, "label": one.figure.label, "verdict": one.verdict, "written": one.written,
         "now": one.now, "today": one.today, "why": one.why, "question": document.queries[one.figure.query].question}
        for one in found.figures
    ]  # fmt: skip
    told = [
        {"verdict": one.verdict, "what": _what(one, found), "kinds": list(one.change.kinds) if one.change else [],
         "old": one.old.replace(CELL, " | "), "new": one.new.replace(CELL, " | "), "where": one.where}
        for one in found.differences
    ]  # fmt: skip
    head = {"briefing": document.briefing, "title": document.title, "number": document.number, "made": document.made}
    return {**head, "good": found.good, "intact": found.intact, "seal": found.seal, "differences": told,
            "figures": figures}  # fmt: skip
