"""How a sentence says which of its figures are made up: one by one where some are, else once at its end.

Whether a figure is made up is its row's status; no number is changed here.
"""

from __future__ import annotations

from collections.abc import Sequence

from xinfo.answer.findings import Findings
from xinfo.answer.rows import MADE_UP, Row
from xinfo.language.texts import text

STOPS, BRACKETS = (".", "。"), (")", "）")
OF_GOALS = frozenset(["pace", "required"])
"""What templates need that set a figure beside its target."""


def marks(row: Row, findings: Findings) -> dict[str, str]:
    """The marks of a row's figure: beside it, within brackets, and where its period is told with it.

    They are empty where its like are all made up, or none is.
    """
    kinds = ("beside", "within", "dated")
    if not findings.is_mixed or row.get("status") != MADE_UP:
        return dict.fromkeys(kinds, "")
    return {kind: text(f"made_up.{kind}", findings.lang) for kind in kinds}


def owned_up(said: str, findings: Findings) -> str:
    """The sentence with what it rests on in brackets before its stop, where that is made up and not said yet."""
    stop = said[-1:] if said.endswith(STOPS) else ""
    before = said.removesuffix(stop)
    told = _told(before, findings) if MADE_UP in findings.statuses else ""
    if not told:
        return said
    form = "made_up.aside_after" if before.endswith(BRACKETS) else "made_up.aside"
    return before + text(form, findings.lang, told=told) + stop


def sides(values: dict[str, str], findings: Findings) -> dict[str, str]:
    """The two figures of a difference, in words; where only one of them is made up, which."""
    told = findings.records[0].get("statuses") or []
    first, second = (_how_many(half) for half in (told[: len(told) // 2], told[len(told) // 2 :]))
    if {first, second} != {"all", "none"} or len(told) % 2:
        return values
    kinds = ("made_up" if side == "all" else "published" for side in (first, second))
    return {
        name: text(f"made_up.side.{kind}", findings.lang, value=value)
        for (name, value), kind in zip(values.items(), kinds, strict=True)
    }


def _told(said: str, findings: Findings) -> str:
    lang = findings.lang
    if goals := _goals(findings):
        return goals
    if text("made_up.word", lang) in said:
        return ""
    if findings.is_mixed:
        return text("made_up.among", lang)
    if not findings.is_made_up:
        return text(f"made_up.through.{_aside(findings)}", lang)
    if len(findings.own_statuses) > 1:
        return text("made_up.partly", lang)
    return text(f"made_up.all.{_kind(said, findings)}", lang)


def _kind(said: str, findings: Findings) -> str:
    needs = findings.template.needs
    if "projects" in needs:
        return "projects"
    if len(findings.rows) != 1 or "difference" in needs:
        return "many"
    return "alone" if said.endswith(BRACKETS) else "one"


def _aside(findings: Findings) -> str:
    """What is made up where the figures themselves are not: what chose their places, what they are held against."""
    kinds = ("chosen", "beside", "rival")
    return next(kind for kind in kinds if MADE_UP in findings.gathered(f"{kind}_statuses"))


def _goals(findings: Findings) -> str:
    """Which is made up, the target or what happened; empty where both are or that cannot be told."""
    slots = findings.slots
    if slots.measure not in ("gap", "attainment") and slots.bar != "target" and not findings.template.needs & OF_GOALS:
        return ""
    # Statements give what happened and its target in turns.
    told = [status for record in findings.records for status in record.get("statuses") or ()]
    key = f"made_up.goals.{_how_many(told[::2])}_{_how_many(told[1::2])}"
    if len(told) % 2 or len(slots.main_periods) > 1 or any(when.start != when.end for when in slots.periods):
        return ""
    several = "many" if len(told) > 2 else "one"
    return text(f"{key}.{several}", findings.lang) if key in GOALS else ""


GOALS = tuple(f"made_up.goals.{kinds}" for kinds in ("all_none", "all_some", "some_none", "none_all", "none_some"))


def _how_many(statuses: Sequence[str]) -> str:
    made = sum(status == MADE_UP for status in statuses)
    return "none" if not made else "all" if made == len(statuses) else "some"
