"""Sentences computed around one figure: level, change, rank, gap, pace, the part that contributed most. No model.

Most are answers to questions of their own, said by their templates. Nothing is said that has no figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from xinfo.answer.frame import capital
from xinfo.answer.labels import long_period
from xinfo.answer.owning_up import owned_up_together
from xinfo.ask import Workspace
from xinfo.briefing.among import among
from xinfo.briefing.asking import Missing, find, reading_of, understood
from xinfo.briefing.contributions import contributor
from xinfo.briefing.goals import gap, progress, required, target
from xinfo.briefing.peers import peers
from xinfo.briefing.ranks import comparable, confirmed, rank
from xinfo.briefing.remaining import needed, projected
from xinfo.briefing.sentence import Said, Sentence, answered, figure, plain, value_of
from xinfo.briefing.sets import counted, held
from xinfo.language.numbers import amount, ordinal
from xinfo.language.texts import text
from xinfo.store.periods import parse_id
from xinfo.understand.naming import metric_phrase
from xinfo.understand.reading import Reading, Scope, When
from xinfo.understand.say_places import place_name, scope_phrase

EXPLAINED = frozenset({"contributor", "target", "comparable", "peers"})
"""Sentences whose lack is told; the others come only where these or their time allow it."""


def account(question: str, say: tuple[str, ...], workspace: Workspace, lang: str, today: str = "") -> Iterator[Said]:
    """The sentences, in order; a Missing for each that has no figure. In Chinese level and change are one sentence.

    `today` is the ISO day on which it is said.
    """
    stop = text("brief.stop", lang)
    before: Said | None = None
    for told in _said(question, say, workspace, lang, today):
        if isinstance(before, Sentence) and before.kind == "level" and lang == "zh" and _is_change(told):
            before = replace(before, text=before.text.removesuffix(stop) + text("brief.going_on", lang))
        if before:
            yield before
        before = told
    if before:
        yield before


def _is_change(told: Said) -> bool:
    return isinstance(told, Sentence) and told.kind == "change"


def _said(question: str, say: tuple[str, ...], workspace: Workspace, lang: str, today: str) -> Iterator[Said]:
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
        dated = DATED.get(kind)
        said = list(dated(reading, workspace, today) if dated else SENTENCES[kind](reading, workspace))
        if not said and kind in EXPLAINED and not (kind == "comparable" and unranked):
            yield Missing(reading.sentence, text(f"brief.unsaid.{kind}", lang))
        for told in said:
            if isinstance(told, Sentence):
                told = _shorter(told, workspace, after_level)
                every = [found.findings for found in told.found.values()]
                told = replace(told, text=owned_up_together(told.text, every))
            yield told
            after_level = after_level or (kind == "level" and isinstance(told, Sentence))
            unranked = unranked or (kind == "rank" and isinstance(told, Missing))


def _shorter(told: Sentence, workspace: Workspace, after_level: bool) -> Sentence:
    """After the level has been said, change and rank need not repeat what they are of; a rank never says the level."""
    found = told.found.get("")
    if not found or told.kind not in ("change", "rank") or (told.kind == "change" and not after_level):
        return told
    lang, slots, value = found.reading.lang, found.reading.slots, float(found.answer.rows[0]["value"])
    if told.kind == "change":
        change = found.answer.one_number.removeprefix("−") or amount(abs(value), "ratio", lang)
        return replace(told, text=text(f"brief.change.{_way(value)}", lang, change=change))
    sure = told.found.get("sure")
    said = text(
        "brief.rank" if after_level else "brief.rank_by", lang, value=ordinal(round(value), lang),
        scope=scope_phrase(slots.scope or Scope(), workspace.catalog, lang),
        place=place_name(slots.places[0], workspace.catalog, lang),
        figure=found.findings.said["figure"], when=found.findings.said["when"],
        sure=confirmed(value_of(sure), len(held(sure.findings)), lang) if sure else "",
    )  # fmt: skip
    return replace(told, text=capital(counted(said, found.findings)))


def _level(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    yield from answered("level", "value", plain(reading), reading, workspace)


def _change(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    for told in answered("change", "value", plain(reading).but(measure="growth"), reading, workspace):
        if isinstance(told, Missing) and workspace.catalog.metrics[reading.slots.metric or ""].moves_by_points:
            told = _no_points(reading, workspace)
        if isinstance(told, Sentence):
            way = _way(value_of(told.found[""]))
            of = figure_of(reading, workspace)
            told = replace(told, finding=text(f"brief.finding.change.{way}", reading.lang, figure=of))
        yield told


def _no_points(reading: Reading, workspace: Workspace) -> Missing:
    """Why by how many points a ratio has changed cannot be said: of no growth is spoken there."""
    before = parse_id(reading.slots.periods[0].id).years_on(-1)
    there = figure(plain(reading).but(periods=(When.of(before),)), reading, workspace)
    level = reading_of("value", plain(reading), workspace, reading.lang)
    key = f"brief.unsaid.change.{'method' if there else 'none'}"
    return Missing(level.sentence, text(key, reading.lang, before=long_period(before.id, reading.lang)))


def figure_of(reading: Reading, workspace: Workspace) -> str:
    """The figure in words, without its period."""
    place = place_name(reading.slots.places[0], workspace.catalog, reading.lang)
    metric = metric_phrase(reading.slots, workspace.catalog, reading.lang)
    return text("brief.finding.figure", reading.lang, place=place, metric=metric)


def _way(change: float) -> str:
    return "rise" if change > 0 else "fall" if change < 0 else "none"


SENTENCES: Mapping[str, Callable[[Reading, Workspace], Iterator[Said]]] = {
    "level": _level,
    "change": _change,
    "contributor": contributor,
    "rank": rank,
    "among": among,
    "comparable": comparable,
    "peers": peers,
    "target": target,
    "progress": progress,
    "gap": gap,
    "required": required,
}
DATED: Mapping[str, Callable[[Reading, Workspace, str], Iterator[Said]]] = {"needed": needed, "projected": projected}
"""Those that are of the rest of a year, which may be over on the day they are said."""
