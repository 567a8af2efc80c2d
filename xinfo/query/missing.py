"""Whether a result is no figure, and then what is missing: a period, a part, a base to grow from, a target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite

from xinfo.language import times
from xinfo.language.texts import listing, text
from xinfo.query.bind import expected_places
from xinfo.query.result import Result
from xinfo.store.periods import parse_id
from xinfo.understand.catalog import PARTS, Catalog
from xinfo.understand.hear.mood import GOALS
from xinfo.understand.reading import Reading, Scope, Slots, When
from xinfo.understand.say import as_actual, figure_phrase, places_phrase, sentence, when_phrase

FEWEST_PAIRS = 8
"""Places with both figures that a relation takes: of fewer even chance makes a strong one easily."""
Held = Callable[[str, Sequence[str]], Result]
"""The periods for which any of some places has a metric, newest first."""


def why_none(
    reading: Reading, result: Result, catalog: Catalog, of_each_place: Callable[[], Result], held: Held
) -> str:
    """Why there is no answer, in words; '' where there is one. `of_each_place` has a row if any of them has it."""
    slots, template = reading.slots, reading.template
    if "correlation" in template.needs and result.rows and (said := _no_relation(reading, result, catalog)):
        return said
    if template.may_be_empty:
        there = not slots.metric or _any_figure(result, of_each_place)
    else:
        values = result.column("value")
        there = bool(result.rows) and ("value" not in result.columns or any(value is not None for value in values))
        there = there and not (template.complete and len(result.rows) < _asked_for(slots))
        there = there and not _lacks_a_rival(slots, result)
    return "" if there else _nothing(reading, catalog, held)


def _no_relation(reading: Reading, result: Result, catalog: Catalog) -> str:
    """Why a relation of two figures cannot be told: too few places have both, or one of them does not differ."""
    asked = len(expected_places(reading.slots, catalog))
    if len(result.rows) < FEWEST_PAIRS:
        return text("missing.few_pairs", reading.lang, n=len(result.rows), all=asked, least=FEWEST_PAIRS)
    found = dict(zip(result.columns, result.rows[0], strict=True))
    known = all(isinstance(one := found[name], float) and isfinite(one) for name in ("pearson", "spearman"))
    return "" if known else text("missing.all_the_same", reading.lang)


def _asked_for(slots: Slots) -> int:
    """The rows of a comparison or breakdown that lacks nothing."""
    parts = len(getattr(slots, slots.over) or PARTS[slots.over]) if slots.over in PARTS else 1
    several_periods = len(slots.periods) if len(slots.periods) > 1 else 1
    return max(len(slots.places), 1) * several_periods * parts


def _lacks_a_rival(slots: Slots, result: Result) -> bool:
    """Which of several named places is highest cannot be told where one of them has no figure."""
    named = slots.order and len(slots.places) > 1 and not slots.scope
    counted = result.column("places") if named else []
    return any(isinstance(places, list) and len(places) < len(slots.places) for places in counted)


def _any_figure(result: Result, of_each_place: Callable[[], Result]) -> bool:
    """Whether any of the places has the figure at all: a list of none of nothing is no answer."""
    if counted := result.column("places"):
        return bool(counted[0])
    return bool(result.rows or of_each_place().rows)


def _nothing(reading: Reading, catalog: Catalog, held: Held) -> str:
    """What was looked for, and the periods for which the place has it."""
    slots, lang = reading.slots, reading.lang
    what = {
        "figure": figure_phrase(slots, catalog, lang),
        "places": places_phrase(slots, catalog, lang),
        "when": when_phrase(slots, catalog, lang),
    }
    said = text(f"missing.{WORDING.get(slots.measure, 'value')}", lang, **what).replace(" .", ".")
    places = slots.places or catalog.members(slots.scope or Scope())
    periods = [times.name(parse_id(str(row[0])), lang) for row in held(slots.metric or "", places).rows[:6]]
    key = "missing.there_is" if periods else "missing.none_at_all"
    return said + text(key, lang, periods=listing(periods, lang))


def nearest_questions(reading: Reading, catalog: Catalog, held: Held) -> tuple[str, ...]:
    """The same question for periods that have figures; of a target that was never set, first for what happened."""
    slots, lang = reading.slots, reading.lang
    asked = tuple(sentence(reading.template, near, catalog, lang) for near in _with_figures(slots, catalog, held))
    if slots.measure not in GOALS:
        return asked
    return (as_actual(sentence(reading.template, slots.but(measure="value"), catalog, lang), lang), *asked)


def _with_figures(slots: Slots, catalog: Catalog, held: Held) -> tuple[Slots, ...]:
    """The same slots for the newest periods that there are figures of: of the kind that was asked for, else of any."""
    if not slots.metric or len(slots.periods) != 1:
        return ()
    places = slots.places or catalog.members(slots.scope or Scope())
    periods = [parse_id(str(row[0])) for row in held(slots.metric, places).rows]
    alike = [period for period in periods if period.kind == slots.periods[0].end.kind]
    return tuple(slots.but(periods=(When.of(period),)) for period in (alike or periods)[:NEAREST])


NEAREST = 3
WORDING = {"growth": "growth", "target": "target", "attainment": "target", "gap": "target"}
"""Which text tells that a measure is missing."""
