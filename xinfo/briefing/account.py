"""Sentences computed around one figure: level, change, rank, gap, pace, the part that contributed most. No model.

Most are answers to questions of their own, said by their templates. Nothing is said that has no figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from xinfo.answer.frame import capital
from xinfo.answer.owning_up import owned_up_together
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found, Missing, find, reading_of, understood
from xinfo.briefing.goals import gap, needed, progress, required, target
from xinfo.briefing.ranks import comparable, rank
from xinfo.briefing.sentence import Made, Said, Sentence, answered, plain, value_of
from xinfo.briefing.sets import counted
from xinfo.language.numbers import amount, ordinal
from xinfo.language.texts import text
from xinfo.query.schema import relation
from xinfo.store.periods import Period
from xinfo.understand.catalog import DIMENSIONS, PARTS
from xinfo.understand.naming import metric_phrase
from xinfo.understand.reading import Reading, Scope, Slots, When
from xinfo.understand.say_places import place_name, scope_phrase

THERE = """
  select consumer, offering, sector from {table}
  where metric_id = $metric and place_id = $place and period_id = $period order by 1, 2, 3
"""

EXPLAINED = frozenset({"contributor", "target", "comparable"})
"""Sentences whose lack is told; the others come only where these or their time allow it."""


def account(question: str, say: tuple[str, ...], workspace: Workspace, lang: str) -> Iterator[Said]:
    """The sentences, in order; a Missing for each that has no figure. In Chinese level and change are one sentence."""
    stop = text("brief.stop", lang)
    before: Said | None = None
    for told in _said(question, say, workspace, lang):
        if isinstance(before, Sentence) and before.kind == "level" and lang == "zh" and _is_change(told):
            before = replace(before, text=before.text.removesuffix(stop) + text("brief.going_on", lang))
        if before:
            yield before
        before = told
    if before:
        yield before


def _is_change(told: Said) -> bool:
    return isinstance(told, Sentence) and told.kind == "change"


def _said(question: str, say: tuple[str, ...], workspace: Workspace, lang: str) -> Iterator[Said]:
    reading = understood(question, workspace, lang)
    if isinstance(reading, Missing):
        yield reading
        return
    slots = reading.slots
    if not slots.metric or len(slots.places) != 1 or len(slots.periods) != 1 or slots.grain:
        yield Missing(question, text("brief.no_account", lang))
        return
    level = find(reading_of("value", plain(reading), workspace, lang), workspace)
    if isinstance(level, Missing):
        # Of what has no figure nothing else can be said either, and that is told once.
        yield level
        say = tuple(kind for kind in say if kind == "target")
    after_level, unranked = False, False
    for kind in say:
        said = list(SENTENCES[kind](reading, workspace))
        if not said and kind in EXPLAINED and not (kind == "comparable" and unranked):
            yield Missing(reading.sentence, text(f"brief.unsaid.{kind}", lang))
        for told in said:
            if isinstance(told, Sentence):
                told = _shorter(told, workspace) if after_level else told
                every = [found.findings for found in told.found.values()]
                told = replace(told, text=owned_up_together(told.text, every))
            yield told
            after_level = after_level or (kind == "level" and isinstance(told, Sentence))
            unranked = unranked or (kind == "rank" and isinstance(told, Missing))


def _shorter(told: Sentence, workspace: Workspace) -> Sentence:
    """After the level has been said, change and rank need not repeat what they are of."""
    found = told.found.get("")
    if not found or told.kind not in ("change", "rank"):
        return told
    lang, slots, value = found.reading.lang, found.reading.slots, float(found.answer.rows[0]["value"])
    if told.kind == "change":
        change = found.answer.one_number.removeprefix("−") or amount(abs(value), "ratio", lang)
        return replace(told, text=text(f"brief.change.{_way(value)}", lang, change=change))
    said = text(
        "brief.rank",
        lang,
        scope=scope_phrase(slots.scope or Scope(), workspace.catalog, lang),
        place=place_name(slots.places[0], workspace.catalog, lang),
        value=ordinal(round(value), lang),
    )
    return replace(told, text=capital(counted(said, found.findings)))


def _level(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    yield from answered("level", "value", plain(reading), reading, workspace)


def _change(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    for told in answered("change", "value", plain(reading).but(measure="growth"), reading, workspace):
        if isinstance(told, Sentence):
            way = _way(value_of(told.found[""]))
            of = figure_of(reading, workspace)
            told = replace(told, finding=text(f"brief.finding.change.{way}", reading.lang, figure=of))
        yield told


def figure_of(reading: Reading, workspace: Workspace) -> str:
    """The figure in words, without its period."""
    place = place_name(reading.slots.places[0], workspace.catalog, reading.lang)
    metric = metric_phrase(reading.slots, workspace.catalog, reading.lang)
    return text("brief.finding.figure", reading.lang, place=place, metric=metric)


def _way(change: float) -> str:
    return "rise" if change > 0 else "fall" if change < 0 else "none"


def _contributor(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """The part that added most to a rise, or lost most in a fall; where all parts are known and add up."""
    slots, lang = plain(reading), reading.lang
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
    way, name = "rise" if whole > 0 else "fall", metric_phrase(parts[most].reading.slots, workspace.catalog, lang)
    share, unit = amount(changes[most] / whole, "ratio", lang), total.findings.unit
    said = text(
        f"brief.contributor.{way}.{'share' if one_way else 'amount'}",
        lang,
        part=name,
        by=amount(abs(changes[most]), unit, lang),
        whole=amount(abs(whole), unit, lang),
        share=share,
    )
    found = {"part": parts[most], "whole": total}
    made = (Made("share", "share", "part", "whole", "ratio", share),) if one_way else ()
    return Sentence("contributor", said, found, made, text(f"brief.finding.contributor.{way}", lang, part=name))


def _year_before(when: When) -> When | None:
    if when.start != when.end:
        return None
    earlier: Period = when.start.years_on(-1)
    return When.of(earlier)


SENTENCES: Mapping[str, Callable[[Reading, Workspace], Iterator[Said]]] = {
    "level": _level,
    "change": _change,
    "contributor": _contributor,
    "rank": rank,
    "comparable": comparable,
    "target": target,
    "progress": progress,
    "gap": gap,
    "needed": needed,
    "required": required,
}
