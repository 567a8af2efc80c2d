"""What the rest of a year has to give for its target, where growth so far leads, and what quarters ever gave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xinfo.answer.labels import long_period
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found
from xinfo.briefing.sentence import Made, Said, Sentence, figure, one_method, plain, value_of
from xinfo.briefing.way import Way, way_of
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.store.periods import Period, parse_id
from xinfo.understand.reading import Reading, When


def needed(reading: Reading, workspace: Workspace, today: str) -> Iterator[Said]:
    """What the rest of the year takes; once that is over on the ISO day `today`, whether there are figures of it."""
    way, lang = _open(reading, workspace), reading.lang
    if way is None:
        return
    rest, when = way.rounded.amount(way.rest), long_period(way.left.id, lang)
    found = {"target": way.target, "reached": way.reached}
    made = [Made("rest", "distance", "target", "reached", way.target.findings.unit, rest)]
    more, earlier = "", figure(plain(reading).but(periods=(When.of(way.left.years_on(-1)),)), reading, workspace)
    if earlier and value_of(earlier) > 0 and one_method(earlier, way.reached):
        found["earlier"] = earlier
        growth = way.rest / value_of(earlier) - 1
        written = way.rounded.share(abs(growth))
        more = text(f"brief.needed.{_way(growth)}", lang, growth=way.rounded.about(written))
        made.append(Made("growth", "growth", "rest", "earlier", "ratio", written))
    if way.is_over(today):
        found["reached"] = _before_the_rest(way, reading, workspace)
    said = text(f"brief.needed.{way.tense(today)}", lang, when=when, rest=way.rounded.about(rest), more=more)
    so_far = _growth_so_far(way, reading, workspace)
    leads_to = _carried_on(way, so_far, today).finding if so_far else ""
    yield Sentence("needed", said, found, tuple(made), leads_to, course=_quarters(way, reading, workspace))


def _before_the_rest(way: Way, reading: Reading, workspace: Workspace) -> Found:
    """The figure reached, with a caveat on the rest of the year, which is over: whether there are figures of it."""
    known = figure(plain(reading).but(periods=(When.of(way.left),)), reading, workspace)
    told = {"when": long_period(way.left.id, reading.lang), "so_far": long_period(way.so_far.id, reading.lang)}
    caveat = text(f"brief.needed.{'known' if known else 'unknown'}", reading.lang, **told)
    answer = replace(way.reached.answer, caveats=(*way.reached.answer.caveats, caveat))
    return replace(way.reached, answer=answer)


def projected(reading: Reading, workspace: Workspace, today: str) -> Iterator[Said]:
    """Where the whole year comes to at the growth so far, and how far what is left lies from what quarters gave."""
    way = _open(reading, workspace)
    if way is None:
        return
    if so_far := _growth_so_far(way, reading, workspace):
        yield _carried_on(way, so_far, today)
    yield from _beside_quarters(way, reading, workspace, today)


def _open(reading: Reading, workspace: Workspace) -> Way | None:
    """A way of which months are left and some of the target."""
    way = way_of(reading, workspace)
    return way if way and way.so_far.last < 12 and way.rest > 0 else None


def _carried_on(way: Way, so_far: Found, today: str) -> Sentence:
    """A calculation, said as such; what is written adds up: the distance is that of the numbers as they stand there."""
    assert way.before
    whole, rounded, goal, lang = way.before[1], way.rounded, value_of(way.target), so_far.reading.lang
    year = value_of(whole) * (1 + value_of(so_far))
    apart, share = rounded.whole(year) - rounded.whole(goal), rounded.share(abs(year / goal - 1))
    which = "even" if not apart or share == rounded.share(0) else "short" if apart < 0 else "over"
    rate, written, by = amount(value_of(so_far), "ratio", lang), rounded.amount(year), rounded.amount(abs(apart))
    told = {"apart": rounded.about(by), "share": rounded.about(share), "year": rounded.about(written), "rate": rate}
    told["so_far"] = long_period(way.so_far.id, lang)
    said = text(f"brief.projected.{way.tense(today)}.{which}", lang, **told)
    unit = way.target.findings.unit
    made = [Made("carried_on", "grown", "whole", "so_far", unit, written)]
    if which != "even":
        made.append(Made("apart", "apart", "carried_on", "target", unit, by))
        made.append(Made("off", "off", "carried_on", "target", "ratio", share))
    finding = text(f"brief.finding.projected.{way.tense(today)}.{which}", lang, share=rounded.about(share))
    found = {"so_far": so_far, "whole": whole, "target": way.target}
    return Sentence("projected", said, found, tuple(made), finding)


def _growth_so_far(way: Way, reading: Reading, workspace: Workspace) -> Found | None:
    """Where the year before is known as a whole, too."""
    if not way.before or not one_method(way.before[1], way.reached):
        return None
    return figure(plain(reading).but(measure="growth", periods=(When.of(way.so_far),)), reading, workspace)


def _beside_quarters(way: Way, reading: Reading, workspace: Workspace, today: str) -> Iterator[Sentence]:
    """What each quarter that is left has to give beside the last one, and beside all that there are figures of."""
    last = Period(way.so_far.year, (way.so_far.last - 1) // 3 * 3 + 1, way.so_far.last)
    if way.so_far.last % 3:
        return
    if way.left.quarter and (step := _step(way, last, reading, workspace, today)):
        yield step
    if ever := _ever(way, last, reading, workspace):
        yield ever


def _step(way: Way, last: Period, reading: Reading, workspace: Workspace, today: str) -> Sentence | None:
    """The growth on the quarter before that the last one of the year needs, and what it was a year before."""
    spans = {"now": last, "then": last.years_on(-1), "next": way.left.years_on(-1)}
    found = {
        name: figure(plain(reading).but(periods=(When.of(one),)), reading, workspace) for name, one in spans.items()
    }
    there = {name: one for name, one in found.items() if one and value_of(one) > 0}
    if len(there) < len(spans) or not one_method(way.reached, *there.values()):
        return None
    lang, rounded = reading.lang, way.rounded
    more, season = way.rest / value_of(there["now"]) - 1, value_of(there["next"]) / value_of(there["then"]) - 1
    written, before = rounded.share(abs(more)), rounded.share(abs(season))
    now, value = long_period(last.id, lang), amount(value_of(there["now"]), way.target.findings.unit, lang)
    said = text(
        f"brief.step.{way.tense(today)}", lang, left=long_period(way.left.id, lang),
        more=text(f"brief.step.more.{_way(more)}", lang, more=rounded.about(written), now=now, value=value),
        season=text(f"brief.step.season.{_way(season)}", lang, season=rounded.about(before)),
    )  # fmt: skip
    made = (
        Made("rest", "distance", "target", "reached", way.target.findings.unit, rounded.amount(way.rest)),
        Made("more", "growth", "rest", "now", "ratio", written),
        Made("season", "growth", "next", "then", "ratio", before),
    )  # fmt: skip
    return Sentence("step", said, {**there, "target": way.target, "reached": way.reached}, made)


def _ever(way: Way, last: Period, reading: Reading, workspace: Workspace) -> Sentence | None:
    """Whether a quarter ever gave what each of the rest has to give; nothing where rounding does not tell."""
    lang, slots = reading.lang, plain(reading)
    quarters, left = _quarters(way, reading, workspace), (12 - way.so_far.last) // 3
    rows = [row for row in quarters.findings.rows if row.get("value") is not None] if quarters else []
    if not quarters or len(rows) < 2 or not one_method(quarters, way.reached):
        return None
    top = max(rows, key=lambda row: float(row["value"]))
    highest, wanted = way.rounded.whole(float(top["value"])), way.rounded.whole(way.rest / left)
    if highest == wanted and way.rounded.step:
        return None
    peak = figure(slots.but(periods=(When.of(parse_id(str(top["period"]))),)), reading, workspace)
    told = {"n": len(rows), "since": long_period(str(rows[0]["period"]), lang), "last": long_period(last.id, lang)}
    told["left"] = long_period(way.left.id, lang)
    told |= {"when": long_period(str(top["period"]), lang), "peak": amount(float(top["value"]), top.get("unit"), lang)}
    key = f"brief.{'ever' if highest >= wanted else 'never'}.{'one' if left == 1 else 'each'}"
    finding = text(f"brief.finding.{'ever' if highest >= wanted else 'never'}", lang)
    return Sentence("ever", text(key, lang, **told), {"peak": peak}, finding=finding, course=quarters) if peak else None


def _quarters(way: Way, reading: Reading, workspace: Workspace) -> Found | None:
    """All quarters with figures up to the one that ends what is reached; none where that ends within a quarter."""
    slots = plain(reading)
    known = workspace.catalog.stretch(slots.metric, slots.places, "quarter")
    last = Period(way.so_far.year, max(way.so_far.last - 2, 1), way.so_far.last)
    if not known or not last.quarter or known[0] >= last:
        return None
    return figure(slots.but(periods=(When(known[0], last),), grain="quarter"), reading, workspace, "trend")


def _way(change: float) -> str:
    return "up" if change > 0 else "down" if change < 0 else "none"
