"""Sentences about the target of a figure: what it is, how much of it is reached, what growth a later one needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from xinfo.answer.answer import Source
from xinfo.answer.comparison import distance
from xinfo.answer.frame import capital
from xinfo.answer.labels import long_period
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found
from xinfo.briefing.made import ELAPSED
from xinfo.briefing.rounded import Rounded
from xinfo.briefing.sentence import Made, Said, Sentence, answered, figure, plain, value_of
from xinfo.briefing.way import OVER, adds_up, finding_of, goal_of, of_goal, state, target_of, way_of
from xinfo.language.numbers import amount
from xinfo.language.texts import listing, text
from xinfo.store.periods import parse_id
from xinfo.understand.reading import Reading

REMARK = re.compile(r"[(（]([^()（）]+)[)）]$")
"""At the end of a source's title: what kind of source it is."""
QUOTED = re.compile(r"[\"“][^\"”]+[\"”]|《[^》]+》")
"""The name that a source has itself."""


def target(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """With what kind of source gives it: an official plan binds otherwise than an item of news."""
    if goal := goal_of(reading.slots, workspace):
        for told in answered("target", "value", of_goal(reading, goal), reading, workspace):
            yield _given_by(told) if isinstance(told, Sentence) else told


def _given_by(told: Sentence) -> Sentence:
    """That nothing tells by which definition it is counted is a caveat of its own."""
    found, lang = told.found[""], told.found[""].reading.lang
    answer = replace(found.answer, caveats=(*found.answer.caveats, text("brief.target_scope", lang)))
    stop = text("brief.stop", lang)
    said = f"{told.text.removesuffix(stop)}{_giver(found)}{stop}"
    return replace(told, text=said, found={"": replace(found, answer=answer)})


def _giver(found: Found) -> str:
    kinds = [_kind(one, found.reading.lang) for one in found.answer.sources]
    return text("brief.given_by", found.reading.lang, kind=listing(kinds, found.reading.lang)) if kinds else ""


def _kind(source: Source, lang: str) -> str:
    """What kind of source it is, with the words in which it calls itself in quotation marks, as they are its own; where
    nobody knows who has published it when, that too.
    """
    kind, quoted = REMARK.search(source.title), QUOTED.search(source.title)
    told = text("list.comma", lang).join(filter(None, (quoted and quoted[0], kind[1]))) if kind else source.title
    unknown = not source.publisher and not source.published
    return told + text("brief.of_nobody", lang) if unknown else told


def given_once(told: Sentence, given: set[str]) -> Sentence:
    """A target whose kind of source was told already only refers to it; adds to `given`, which were told."""
    by = _giver(told.found[""]) if told.kind == "target" else ""
    if by and by in given:
        told = replace(told, text=told.text.replace(by, text("brief.given_again", told.found[""].reading.lang)))
    given |= {by}
    return told


def gap(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """Of the target for the very period of the figure; a ratio or a stock is held against that of a later one, too."""
    slots = plain(reading).but(measure="gap")
    goal = goal_of(reading.slots, workspace)
    if goal and goal == reading.slots.periods[0].id:
        yield from answered("gap", "value", slots, reading, workspace)
    elif goal and not adds_up(reading.slots.metric or "", workspace):
        yield from _toward(goal, reading, workspace)


def _toward(goal: str, reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """How far a figure is from the target of a later period."""
    wanted, lang = target_of(reading, goal, workspace), reading.lang
    level = figure(plain(reading), reading, workspace)
    if not wanted or not level:
        return
    rounded, when = Rounded.like(wanted), long_period(goal, lang)
    apart = value_of(level) - value_of(wanted)
    which = ("near" if apart else "even") if rounded.even(apart) else "below" if apart < 0 else "above"
    by = distance(rounded.whole(abs(apart)), wanted.findings.unit, lang)
    said = text(f"brief.toward.{which}", lang, apart=rounded.about(by), goal=when)
    made = () if rounded.even(apart) else (Made("apart", "apart", "level", "target", wanted.findings.unit, by),)
    label = workspace.catalog.metrics[reading.slots.metric or ""].label(lang)
    of = long_period(reading.slots.periods[0].id, lang)
    finding = text(f"brief.finding.toward.{which}", lang, metric=label, goal=when, when=of)
    yield Sentence("gap", said, {"level": level, "target": wanted}, made, finding)


def required(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """The growth a year that a target of a later year needs."""
    goal = goal_of(reading.slots, workspace)
    if goal and parse_id(goal).year > reading.slots.periods[0].end.year:
        found = figure(of_goal(reading, goal), reading, workspace, "required_growth")
        if found and found.findings.records[0].get("as_of") == reading.slots.periods[0].id:
            lang, record = reading.lang, found.findings.records[0]
            unit = workspace.catalog.metrics[reading.slots.metric or ""].unit
            about = {"goal": long_period(goal, lang), "so_far": long_period(reading.slots.periods[0].id, lang)}
            key = "year" if reading.slots.periods[0].end.kind == "year" else "part"
            whole = amount(float(record.get("whole_year") or 0), unit, lang)
            wanted = target_of(reading, goal, workspace)
            rounded = Rounded.like(wanted or found)
            growth = rounded.share(value_of(found))
            said = text(f"brief.required.{key}", lang, growth=rounded.about(growth), whole=whole, **about)
            yield Sentence("required", said, {"": found}, rounded={"": growth})


def progress(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """How much of the year's target is reached, beside how much of the year before was by then, and the time gone."""
    way, lang = way_of(reading, workspace), reading.lang
    if way is None:
        return
    rounded, of = way.rounded, state(way)
    share, time = rounded.share(way.part), amount(way.gone, "ratio", lang)
    found = {"reached": way.reached, "target": way.target}
    made = [Made("share", "share", "reached", "target", "ratio", share)]
    before = ""
    if way.before and of not in OVER:
        found |= dict(zip(("before", "whole"), way.before, strict=True))
        before = rounded.share(way.part_before)
        made.append(Made("share_before", "share", "before", "whole", "ratio", before))
    if of not in OVER:
        made.append(Made("gone", ELAPSED, "reached", "reached", "ratio", time))
    told = {"share": rounded.about(share), "gone": time, "before": rounded.about(before)}
    told |= {"goal": long_period(str(way.so_far.year), lang), "so_far": long_period(way.so_far.id, lang)}
    key = of if of in OVER else "last" if way.before else "calendar"
    said = capital(text(f"brief.progress.{key}", lang, **told))
    yield Sentence("progress", said, found, tuple(made), finding_of(way, lang))
