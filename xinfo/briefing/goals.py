"""Sentences about the target of a figure: how much is reached beside the time gone, and what the rest of it takes."""

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
from xinfo.briefing.sentence import Made, Said, Sentence, answered, figure, joined, one_method, plain, value_of
from xinfo.briefing.way import OVER, Way, adds_up, finding_of, goal_of, of_goal, standing, state, target_of, way_of
from xinfo.language.numbers import amount
from xinfo.language.texts import listing, text
from xinfo.store.periods import Period, parse_id
from xinfo.understand.reading import Reading, When

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
    apart = rounded.whole(value_of(level)) - rounded.whole(value_of(wanted))
    which = "below" if apart < 0 else "above" if apart > 0 else "even"
    by = distance(rounded.whole(abs(apart)), wanted.findings.unit, lang)
    said = text(f"brief.toward.{which}", lang, apart=rounded.about(by), goal=when)
    made = (Made("apart", "apart", "level", "target", wanted.findings.unit, by),) if apart else ()
    label = workspace.catalog.metrics[reading.slots.metric or ""].label(lang)
    finding = text(f"brief.finding.toward.{which}", lang, metric=label, goal=when)
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
    rounded, open_ = way.rounded, state(way) not in OVER
    share, time = rounded.share(way.part), amount(way.gone, "ratio", lang)
    goal = long_period(str(way.so_far.year), lang)
    found = {"reached": way.reached, "target": way.target}
    made = [Made("share", "share", "reached", "target", "ratio", share)]
    before = ""
    if way.before and open_:
        found |= dict(zip(("before", "whole"), way.before, strict=True))
        before = rounded.share(way.part_before)
        made.append(Made("share_before", "share", "before", "whole", "ratio", before))
    if open_:
        made.append(Made("gone", ELAPSED, "reached", "reached", "ratio", time))
    told = {"goal": goal, "share": rounded.about(share), "gone": time, "before": rounded.about(before)}
    said = capital(text(f"brief.progress.{standing(way)}", lang, **told))
    yield Sentence("progress", said, found, tuple(made), finding_of(way, lang))


def needed(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """What the rest of the year takes, where the growth so far would lead, and whether a quarter ever gave as much."""
    way, lang = way_of(reading, workspace), reading.lang
    if way is None or way.so_far.last == 12 or way.rest <= 0:
        return
    rest = way.rounded.amount(way.rest)
    said = text("brief.needed.rest", lang, when=long_period(way.left.id, lang), rest=way.rounded.about(rest))
    found = {"target": way.target, "reached": way.reached}
    made, finding = [Made("rest", "distance", "target", "reached", way.target.findings.unit, rest)], ""
    earlier = figure(plain(reading).but(periods=(When.of(way.left.years_on(-1)),)), reading, workspace)
    if earlier and value_of(earlier) > 0 and one_method(earlier, way.reached):
        found["earlier"] = earlier
        growth = way.rest / value_of(earlier) - 1
        written = way.rounded.share(abs(growth))
        said += text(f"brief.needed.{'up' if growth > 0 else 'down'}", lang, growth=way.rounded.about(written))
        made.append(Made("growth", "growth", "rest", "earlier", "ratio", written))
    said += text("brief.stop", lang)
    if so_far := _growth_so_far(way, reading, workspace):
        carried = _carried_on(way, so_far, lang)
        found, made = found | dict(carried.found), [*made, *carried.made]
        said, finding = joined(said, carried.text, lang), carried.finding
    if (peak := _peak(way, reading, workspace)) and one_method(peak, way.reached):
        found["peak"] = peak
        said = joined(said, _ever(way, peak, lang), lang)
    yield Sentence("needed", said, found, tuple(made), finding)


def _carried_on(way: Way, so_far: Found, lang: str) -> Sentence:
    """Where the whole year comes to at the growth so far: a calculation, said as such."""
    assert way.before
    whole, rounded, goal = way.before[1], way.rounded, value_of(way.target)
    year = value_of(whole) * (1 + value_of(so_far))
    # What is written adds up: the distance is that of the two numbers as they stand there.
    apart = rounded.whole(year) - rounded.whole(goal)
    which = "short" if apart < 0 else "over" if apart > 0 else "even"
    rate, written, by = amount(value_of(so_far), "ratio", lang), rounded.amount(year), rounded.amount(abs(apart))
    said = text(
        f"brief.needed.at_pace.{which}", lang, so_far=long_period(way.so_far.id, lang), rate=rate,
        year=rounded.about(written), apart=rounded.about(by),
    )  # fmt: skip
    unit = way.target.findings.unit
    made = [Made("carried_on", "grown", "whole", "so_far", unit, written)]
    if apart:
        made.append(Made("apart", "apart", "carried_on", "target", unit, by))
    finding = text(f"brief.finding.needed.{which}", lang)
    return Sentence("needed", said, {"so_far": so_far, "whole": whole}, tuple(made), finding)


def _ever(way: Way, peak: Found, lang: str) -> str:
    """Whether a quarter ever gave what each of the rest has to give."""
    quarters, highest = (12 - way.so_far.last) // 3, value_of(peak)
    ever = "ever" if highest >= way.rest / quarters else "never"
    when, most = str(peak.findings.rows[0]["period"]), amount(highest, peak.findings.unit, lang)
    key = f"brief.needed.{ever}.{'one' if quarters == 1 else 'each'}"
    return text(key, lang, when=long_period(when, lang), peak=most)


def _growth_so_far(way: Way, reading: Reading, workspace: Workspace) -> Found | None:
    """Where the year before is known as a whole, too."""
    if not way.before or not one_method(way.before[1], way.reached):
        return None
    return figure(plain(reading).but(measure="growth", periods=(When.of(way.so_far),)), reading, workspace)


def _peak(way: Way, reading: Reading, workspace: Workspace) -> Found | None:
    """The highest quarter up to now, where whole quarters are left."""
    slots = plain(reading)
    known = workspace.catalog.stretch(slots.metric, slots.places, "quarter")
    last = Period(way.so_far.year, (way.so_far.last - 1) // 3 * 3 + 1, way.so_far.last)
    if way.so_far.last % 3 or not known or known[0] >= last:
        return None
    since = slots.but(periods=(When(known[0], last),), grain="quarter", order="desc", n=1)
    return figure(since, reading, workspace, "peak")
