"""What is to be done, in a question: measure, order, grouping, grain, cue words, projects, facts."""

from __future__ import annotations

from dataclasses import dataclass, field

from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.frame import GROUPS, PROJECT_GROUPS
from xinfo.understand.hear.hearing import Hearing
from xinfo.understand.hear.mood import wished

HARMLESS = ("filler", "goes_with", "conj")
REACHING = frozenset("meet reach hit achieve attain fulfil fulfill make complete".split())
OBLIGED = frozenset(
    "supposed meant intended expected aim aimed aims aiming planned plan wanted hoped set pledged was were".split()
)


@dataclass
class Operation:
    measures: list[str] = field(default_factory=list)
    order: str | None = None
    over: list[str] = field(default_factory=list)
    grain: str | None = None
    cues: list[frozenset[str]] = field(default_factory=list)
    outcome: str | None = None
    """met, missed or beat, of a target."""
    below_zero: bool = False
    """'fell', 'declined': growth below zero."""


def hear_projects(h: Hearing, in_projects: bool) -> dict[str, object]:
    """Takes up projects and their attributes; `in_projects` where the dialogue is about projects already."""
    unsaid = _budget_of_work(h)
    if not (h.any("projects") or in_projects or unsaid):
        return {}
    found: dict[str, object] = {"projects": True} if unsaid else {}
    for index, _ in list(h.free("projects")):
        h.take(index, "projects")
        found["projects"] = True
    for kind in ("content_area", "project_status", "field", "level"):
        for index, piece in list(h.free(kind)):
            said = str(piece.get(kind)[0])
            idle = kind == "field" and not (h.any("projects") or in_projects or unsaid)
            if found.get(kind, said) != said and not idle:
                # 'Budget and spending' are two amounts, and one word of them is filler elsewhere.
                h.trouble("unused_words", h.written(index))
            if idle or found.get(kind, said) != said:
                continue
            found[kind] = said
            h.take(index, f"{kind}={found[kind]}")
    return found


def _budget_of_work(h: Hearing) -> bool:
    """Only projects have a budget and a content area: 'budget by content area in Jinan'."""
    work = h.any("content_area") or any(h.any("over", group) for group in PROJECT_GROUPS)
    return work and any(p.get("field") == ("budget",) for p in h.pieces)


def hear_operation(h: Hearing, about_target: bool, projects: bool) -> Operation:
    """Takes up measures, orders, groupings and cue words."""
    found = Operation()
    _take_groupings(h, found, projects)
    for index, piece in enumerate(h.pieces):
        if index in h.used or piece.atom or not piece.senses:
            continue
        _take_one(h, found, index, about_target)
    return found


def _take_groupings(h: Hearing, found: Operation, projects: bool) -> None:
    allowed = (*PROJECT_GROUPS, "place") if projects else (*DIMENSIONS, *GROUPS, "place")
    for index, piece in list(h.free("over")):
        fitting = [str(v) for v in piece.get("over") if v in allowed]
        if fitting:
            found.over.append(fitting[0])
            # 'by consumer and quarter' says both.
            found.grain = next((str(m["grain"]) for s in piece.senses if "grain" in (m := dict(s.means))), found.grain)
            h.take(index, f"over={fitting[0]}")
    for index, piece in list(h.free("grain")):
        found.grain = str(piece.get("grain")[0])
        h.take(index, f"grain={found.grain}")


def _of_two(h: Hearing) -> bool:
    """Whether two places, parts or years are named, so that a gap is one between them."""
    for kind in ("place", *DIMENSIONS):
        if sum(meaning.startswith(f"{kind}=") for meaning in h.used.values()) == 2:
            return True
    return sum(meaning == "time=year" for meaning in h.used.values()) == 2


def _take_one(h: Hearing, found: Operation, index: int, about_target: bool) -> None:
    """A piece with cue, measure or order senses; target words count only where a target is spoken of."""
    cues: set[str] = set()
    taken = ""
    for sense in h.pieces[index].senses:
        means = dict(sense.means)
        measure = means.get("measure")
        if measure in ("attainment", "gap") and not about_target:
            if measure == "gap" and _of_two(h):
                cues.add("difference")
                taken = taken or "cue:difference"
            continue
        if "outcome" in means and (_intended(h, index) or wished(h)):
            found.measures.append("target")
            taken = taken or "measure=target"
        elif "outcome" in means:
            found.outcome = str(means["outcome"])
            taken = taken or "measure=attainment"
        elif measure and means.get("cmp"):
            found.below_zero, taken = True, "measure=growth"
            found.measures.append("growth")
        elif measure:
            found.measures.append(str(measure))
            taken = taken or f"measure={measure}"
        if "order" in means:
            found.order = str(means["order"])
            taken = taken or f"order={found.order}"
        if "grain" in means:
            found.grain = str(means["grain"])
        if "cue" in means:
            cues.add(str(means["cue"]))
            taken = taken or f"cue:{means['cue']}"
        if sense.kind in HARMLESS:
            cues.add("filler")
    if taken:
        h.take(index, taken)
    if cues - {"filler"}:
        found.cues.append(frozenset(cues))


def _intended(h: Hearing, index: int) -> bool:
    """'What was Weihai to reach', 'supposed to reach under its target': what was aimed at, not what came of it."""
    if h.words(index)[0] != "under":
        return _to_reach(h, index)
    obliged = any(p.has("measure", "target") and set(h.words(i)) & OBLIGED for i, p in enumerate(h.pieces))
    return obliged or any(_to_reach(h, i) for i in range(index))


def _to_reach(h: Hearing, index: int) -> bool:
    return index > 0 and h.words(index - 1)[-1:] == ("to",) and h.words(index)[0] in REACHING
