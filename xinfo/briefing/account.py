"""Sentences computed around one figure: level, change, rank, gap, pace, the part that contributed most. No model.

Most are answers to questions of their own, said by their templates. Nothing is said that has no figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from xinfo.answer.owning_up import owned_up, owns_up
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found, Missing, find, reading_of, understood
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.query.schema import relation
from xinfo.store.periods import Period, parse_id
from xinfo.understand.catalog import DIMENSIONS, PARTS
from xinfo.understand.naming import metric_phrase
from xinfo.understand.reading import Reading, Scope, Slots, When
from xinfo.understand.say_places import place_name, scope_phrase

GOALS = """
  select t.period_id from target as t inner join period as p on p.period_id = t.period_id
  where t.metric_id = $metric and t.place_id = $place and p.end_date >= cast($after as date)
  order by p.end_date, t.period_id limit 1
"""
THERE = """
  select consumer, offering, sector from {table}
  where metric_id = $metric and place_id = $place and period_id = $period order by 1, 2, 3
"""


@dataclass(frozen=True)
class Sentence:
    """One sentence with the answers that its figures are of, by the suffix of their ids."""

    kind: str
    text: str
    found: Mapping[str, Found]
    quotient: tuple[str, str, str] | None = None
    """A share that is said: as it is written, and the suffixes of what is divided by what."""


Said = Sentence | Missing


def account(question: str, say: tuple[str, ...], workspace: Workspace, lang: str) -> Iterator[Sentence | Missing]:
    """The sentences, in order; a Missing for each that has no figure."""
    reading = understood(question, workspace, lang)
    if isinstance(reading, Missing):
        yield reading
        return
    slots = reading.slots
    if not slots.metric or len(slots.places) != 1 or len(slots.periods) != 1 or slots.grain:
        yield Missing(question, text("brief.no_account", lang))
        return
    after_level = False
    for kind in say:
        for told in SENTENCES[kind](reading, workspace):
            if isinstance(told, Sentence):
                told = _owned_up(_shorter(told, workspace) if after_level else told)
            yield told
            after_level = after_level or (kind == "level" and isinstance(told, Sentence))


def _owned_up(told: Sentence) -> Sentence:
    """The sentence with what of it is no published figure, where it does not say so as its answer's own would."""
    for found in told.found.values():
        it = found.findings
        if set(it.statuses) - {"reported"} and not owns_up(told.text, it):
            return replace(told, text=owned_up(told.text, it))
    return told


def _shorter(told: Sentence, workspace: Workspace) -> Sentence:
    """After the level has been said, change and rank need not repeat what they are of."""
    found = told.found.get("")
    if not found or told.kind not in ("change", "rank"):
        return told
    lang, slots, value = found.reading.lang, found.reading.slots, float(found.answer.rows[0]["value"])
    if told.kind == "change":
        way = "rise" if value > 0 else "fall" if value < 0 else "none"
        change = found.answer.one_number.removeprefix("−") or amount(abs(value), "ratio", lang)
        return replace(told, text=text(f"brief.change.{way}", lang, change=change))
    said = text(
        "brief.rank",
        lang,
        scope=scope_phrase(slots.scope or Scope(), workspace.catalog, lang),
        place=place_name(slots.places[0], workspace.catalog, lang),
        value=amount(value, "count", lang),
        counted=len(found.findings.gathered("places")),
    )
    return replace(told, text=said[:1].upper() + said[1:])


def _answered(kind: str, template: str, slots: Slots, reading: Reading, workspace: Workspace) -> Iterator[Said]:
    found = find(reading_of(template, slots, workspace, reading.lang), workspace)
    yield found if isinstance(found, Missing) else Sentence(kind, found.answer.headline, {"": found})


def _level(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    yield from _answered("level", "value", _plain(reading), reading, workspace)


def _change(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    yield from _answered("change", "value", _plain(reading).but(measure="growth"), reading, workspace)


def _rank(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    if reading.slots.places[0] in workspace.catalog.pilots():
        slots = _plain(reading).but(scope=reading.slots.scope or Scope())
        found = find(reading_of("position", slots, workspace, reading.lang), workspace)
        yield found if isinstance(found, Missing) else Sentence("rank", found.answer.headline, {"": found})


def _target(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    if goal := _goal(reading, workspace):
        yield from _answered("target", "value", _of_goal(reading, goal), reading, workspace)


def _gap(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """Only where the target is for the very period of the figure."""
    slots = _plain(reading).but(measure="gap")
    if (goal := _goal(reading, workspace)) and goal == reading.slots.periods[0].id:
        yield from _answered("gap", "value", slots, reading, workspace)


def _pace(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """Within the year of the target, while quarters are left; nothing reached yet is no pace."""
    goal = _goal(reading, workspace)
    end = reading.slots.periods[0].end
    if not goal or parse_id(goal).year != end.year or end.last == 12 or _at_end(reading, workspace):
        return
    slots = _of_goal(reading, goal)
    found = find(reading_of("pace", slots, workspace, reading.lang), workspace)
    # The pace counts from the newest figure at hand: said only where that is the one spoken of.
    if isinstance(found, Found) and found.findings.records[0].get("as_of") == reading.slots.periods[0].id:
        yield Sentence("pace", found.answer.headline, {"": found})


def _required(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """The growth a year that a target of a later year needs."""
    goal = _goal(reading, workspace)
    if goal and parse_id(goal).year > reading.slots.periods[0].end.year:
        found = find(reading_of("required_growth", _of_goal(reading, goal), workspace, reading.lang), workspace)
        if isinstance(found, Found) and found.findings.records[0].get("as_of") == reading.slots.periods[0].id:
            yield Sentence("required", found.answer.headline, {"": found})


def _contributor(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """The part that added most to a rise, or lost most in a fall; where all parts are known and add up."""
    slots, lang = _plain(reading), reading.lang
    before = _year_before(slots.periods[0])
    if before is None or any(getattr(slots, name) for name in DIMENSIONS):
        return
    pair = slots.but(periods=(slots.periods[0], before))
    for over in _split(slots, workspace):
        total = find(reading_of("difference_of_periods", pair, workspace, lang), workspace)
        parts = {
            part: find(reading_of("difference_of_periods", pair.but(**{over: (part,)}), workspace, lang), workspace)
            for part in PARTS[over]
        }
        if isinstance(total, Missing):
            yield total
            return
        known = {part: one for part, one in parts.items() if isinstance(one, Found)}
        if len(known) == len(parts) and (sentence := _most(total, known, workspace, lang)):
            yield sentence
            return


def _split(slots: Slots, workspace: Workspace) -> list[str]:
    """The dimensions that the figure has all parts in."""
    values = {"metric": slots.metric, "place": slots.places[0], "period": slots.periods[0].id}
    sql = THERE.format(table=relation("observation", workspace.published_only))
    rows = workspace.engine.execute(sql, values, row_cap=200, seconds=workspace.engine.patience).rows
    there = [{str(row[at]) for row in rows} for at in range(len(DIMENSIONS))]
    return [over for over, parts in zip(DIMENSIONS, there, strict=True) if set(PARTS[over]) <= parts]


def _most(total: Found, parts: Mapping[str, Found], workspace: Workspace, lang: str) -> Sentence | None:
    """The sentence about the part whose change was largest in the direction of the whole."""
    whole = float(total.answer.rows[0]["value"])
    changes = {part: float(found.answer.rows[0]["value"]) for part, found in parts.items()}
    methods = {figure.method for found in (total, *parts.values()) for figure in found.all_rests}
    if not whole or len(methods) > 1 or abs(sum(changes.values()) - whole) > 1e-6 * abs(whole):
        return None
    most = max(changes, key=lambda part: changes[part] * (1 if whole > 0 else -1))
    one_way = all(change * whole >= 0 for change in changes.values())
    share, unit = amount(changes[most] / whole, "ratio", lang), total.findings.unit
    said = text(
        f"brief.contributor.{'rise' if whole > 0 else 'fall'}.{'share' if one_way else 'amount'}",
        lang,
        part=metric_phrase(parts[most].reading.slots, workspace.catalog, lang),
        by=amount(abs(changes[most]), unit, lang),
        whole=amount(abs(whole), unit, lang),
        share=share,
    )
    found = {"part": parts[most], "whole": total}
    return Sentence("contributor", said, found, (share, "part", "whole") if one_way else None)


def _plain(reading: Reading) -> Slots:
    slots = reading.slots
    return Slots(
        metric=slots.metric, consumer=slots.consumer, offering=slots.offering, sector=slots.sector,
        places=slots.places, periods=slots.periods,
    )  # fmt: skip


def _of_goal(reading: Reading, goal: str) -> Slots:
    year = When.of(parse_id(goal))
    return Slots(measure="target", metric=reading.slots.metric, places=reading.slots.places, periods=(year,))


def _goal(reading: Reading, workspace: Workspace) -> str:
    """The period of the next target for the figure, from its own period on; empty where there is none."""
    slots = reading.slots
    if slots.consumer or slots.offering or slots.sector:
        return ""
    after = slots.periods[0].end.end_date.isoformat()
    values = {"metric": slots.metric, "place": slots.places[0], "after": after}
    sql = GOALS.replace("from target", f"from {relation('target', workspace.published_only)}")
    rows = workspace.engine.execute(sql, values, row_cap=1, seconds=workspace.engine.patience).rows
    return str(rows[0][0]) if rows else ""


def _year_before(when: When) -> When | None:
    if when.start != when.end:
        return None
    earlier: Period = when.start.years_on(-1)
    return When.of(earlier)


def _at_end(reading: Reading, workspace: Workspace) -> bool:
    return workspace.catalog.at_end(reading.slots.metric or "")


SENTENCES: Mapping[str, Callable[[Reading, Workspace], Iterator[Said]]] = {
    "level": _level,
    "change": _change,
    "contributor": _contributor,
    "rank": _rank,
    "target": _target,
    "gap": _gap,
    "pace": _pace,
    "required": _required,
}
