"""What changed since an earlier issue, each figure's change split by its causes. Asks the store, writes sentences.

The earlier figure is asked again today: what that gives less what was printed is revision, definition or coverage; the
rest up to the new figure is the new period.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xinfo.answer.comparison import distance
from xinfo.answer.frame import capital
from xinfo.answer.labels import long_period
from xinfo.ask import Workspace
from xinfo.briefing.check.verdict import current
from xinfo.briefing.document import Document, Figure, Paragraph
from xinfo.briefing.made import ELAPSED
from xinfo.briefing.second import agree
from xinfo.briefing.sets import listed
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.understand.catalog import Catalog

CAUSES = ("period", "revised", "definition", "coverage", "hand")
MOST = 6
"""Changes told in a document; `compared` gives all."""


@dataclass(frozen=True)
class Change:
    """A figure then and now; `parts` holds how much of the difference each cause makes, in the figure's unit."""

    old: Figure
    new: Figure
    parts: Mapping[str, float]
    printed: str = ""
    """What stood in the earlier file instead of the old figure, where that was changed by hand."""


def compared(
    old: Document, new: Document, workspace: Workspace, by_hand: Mapping[str, str] | None = None
) -> tuple[Change, ...]:
    """Every figure of both documents that is not the same; `by_hand` is what stands in the earlier file, by figure."""
    today = current(old, workspace)
    made = []
    for one, other in _pairs(old, new):
        printed = (by_hand or {}).get(one.id, "")
        parts = dict(_parts(one, other, today[one.id], old, new))
        if parts or printed:
            made.append(Change(one, other, parts, printed))
    return tuple(made)


def sentences(changes: Sequence[Change], old: Document, new: Document, workspace: Workspace) -> tuple[str, ...]:
    """The changes in words, and how many are left out, what vanished and what is new; that nothing changed, too."""
    number, lang = old.number, new.lang
    catalog = workspace.catalog
    others = [listed(one, catalog, lang) for one in (*_alone("gone", old, new), *_alone("new", new, old))]
    if not changes:
        return (text("brief.since.none", lang, n=number), *others)
    told = _in_text(changes, new)
    said = [_said(change, new, catalog) for change in told[:MOST]]
    if len(told) > MOST:
        said.append(text("brief.since.more", lang, n=len(told) - MOST))
    return (text("brief.since.head", lang, n=number, changes=len(told)), *said, *others)


def _in_text(changes: Sequence[Change], new: Document) -> Sequence[Change]:
    """The changes of what is said in the text, each figure once and in its order; all where none is said there."""
    order = [run.figure for block in new.blocks() if isinstance(block, Paragraph) for run in block.runs if run.figure]
    by_id = {change.new.id: change for change in changes}
    found: dict[tuple[str, str, str], Change] = {}
    for change in (by_id[one] for one in order if one in by_id):
        found.setdefault((_question(change, new), change.new.key, change.new.name), change)
    return tuple(found.values()) or changes


def _question(change: Change, new: Document) -> str:
    return new.queries[change.new.query].question


def _alone(which: str, one: Document, other: Document) -> Iterator[str]:
    """The questions with figures in one document and none in the other."""
    there = {figure.query for figure in other.figures.values()}
    asked = [one.queries[figure.query].question for figure in one.figures.values() if figure.query not in there]
    named = list(dict.fromkeys(asked))
    if named:
        between = text("list.semicolon", one.lang)
        yield text(f"brief.since.{which}", one.lang, n=len(named), what=between.join(named[:MOST]))


def _pairs(old: Document, new: Document) -> Iterator[tuple[Figure, Figure]]:
    """The same figure of both: of a course that of the same period, else whatever its period is."""
    by_period = {(f.query, f.key, f.name, f.period): f for f in new.figures.values()}
    alone: dict[tuple[str, str, str], list[Figure]] = {}
    for figure in new.figures.values():
        alone.setdefault((figure.query, figure.key, figure.name), []).append(figure)
    for one in old.figures.values():
        if one.of or one.name == ELAPSED:
            continue  # What is made of others, or of the calendar, changes as they do.
        same = by_period.get((one.query, one.key, one.name, one.period))
        others = alone.get((one.query, one.key, one.name), [])
        if same or len(others) == 1:
            yield one, same or others[0]


def _parts(one: Figure, other: Figure, today: float | str, old: Document, new: Document) -> Iterator[tuple[str, float]]:
    """How much of the difference each cause makes; nothing of none."""
    then = today if isinstance(today, float) else other.value if one.period == other.period else one.value
    places = {r.place for r in one.rests}, {r.place for r in other.rests}
    if one.period != other.period and not agree(then, other.value):
        covered = _covered(one, other, places) if places[0] != places[1] else None
        if not agree(then + (covered or 0), other.value):
            yield "period", other.value - then - (covered or 0)
        if covered:
            yield "coverage", covered
    rest = then - one.value
    if agree(then, one.value):
        return
    before, after = old.queries[one.query], new.queries[other.query]
    if (before.definition, before.version, set(one.methods)) != (after.definition, after.version, set(other.methods)):
        yield "definition", rest
    elif places[0] != places[1] and one.period == other.period:
        covered = _covered(one, other, places)
        if covered is None or agree(covered, rest):
            yield "coverage", rest
        else:
            yield "coverage", covered
            yield "revised", rest - covered
    else:
        yield "revised", rest


def _covered(one: Figure, other: Figure, places: tuple[set[str], set[str]]) -> float | None:
    """What places that came and went make of a sum; None where the figure is no sum of its parts."""
    sums = [sum(rest.value for rest in figure.rests) for figure in (one, other)]
    if not (agree(sums[0], one.value) and agree(sums[1], other.value)):
        return None
    came = sum(rest.value for rest in other.rests if rest.place not in places[0])
    return came - sum(rest.value for rest in one.rests if rest.place not in places[1])


def _said(change: Change, new: Document, catalog: Catalog) -> str:
    one, other, lang = change.old, change.new, new.lang
    between = text("list.comma", lang)
    causes = []
    for cause in CAUSES:
        if cause in change.parts:
            part = change.parts[cause]
            by = ("+" if part > 0 else "−") + distance(abs(part), one.unit, lang)
            when = long_period(other.period, lang)
            causes.append(text(f"brief.since.cause.{cause}", lang, by=by, period=when))
    if change.printed:
        causes.append(text("brief.since.cause.hand", lang, printed=change.printed))
    values = {"old": amount(one.value, one.unit, lang), "new": amount(other.value, other.unit, lang)}
    label = listed(capital(_question(change, new)), catalog, lang, len({rest.place for rest in other.rests}))
    if other.id != other.query:  # One of several rows.
        row = [one for one in other.label.split(" · ") if one.lower() not in label.lower()] or [other.label]
        label = text("brief.finding.topic", lang, topic=label, findings=" · ".join(row))
    return text("brief.since.line", lang, label=label, causes=between.join(causes), **values)
