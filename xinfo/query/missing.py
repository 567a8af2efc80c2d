"""Whether a result is no figure, and then what is missing: a period, a part, a base to grow from, a target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import isfinite

from xinfo.language import times
from xinfo.language.texts import listing, text
from xinfo.query.bind import expected_places
from xinfo.query.result import Result
from xinfo.query.shape import BETWEEN
from xinfo.store.periods import Period, parse_id
from xinfo.understand.catalog import PARTS, Catalog
from xinfo.understand.frame import GOALS
from xinfo.understand.naming import figure_phrase, measure_name, when_phrase
from xinfo.understand.reading import Reading, Scope, Slots, When
from xinfo.understand.say import places_phrase, set_phrase, tidy

FEWEST_PAIRS = 8
"""Places with both figures that a relation takes: of fewer even chance makes a strong one easily."""
MOST_SPANS = 3
"""Runs of periods that are named where a figure lacks the one asked for."""
Held = Callable[[str, Sequence[str]], Result]
"""The periods for which any of some places has a metric, newest first."""


def why_none(
    reading: Reading, result: Result, catalog: Catalog, of_each_place: Callable[[Reading], Result], held: Held
) -> str:
    """Why there is no answer, in words; '' where there is one, of two figures both.

    `of_each_place` has a row if any of the places has the figure.
    """
    asked = (reading, reading.second) if reading.second else (reading,)
    for one, found in zip(asked, result.sides, strict=True):
        if reason := _why_none(one, found, catalog, partial(of_each_place, one), held):
            return reason
    return ""


def _why_none(
    reading: Reading, result: Result, catalog: Catalog, of_each_place: Callable[[], Result], held: Held
) -> str:
    slots, template = reading.slots, reading.template
    if "correlation" in template.needs and result.rows and (said := _no_relation(reading, result, catalog)):
        return said
    if template.combine == "sum" and slots.measure in ("target", "gap") and not catalog.additive(slots.metric or ""):
        return tidy(text("missing.no_sum", reading.lang, **_what(slots, catalog, reading.lang)))
    if slots.nth and not result.rows:
        what = _what(slots, catalog, reading.lang)
        return tidy(text("missing.no_such_rank", reading.lang, nth=slots.nth, **what))
    if template.may_be_empty and slots.quantifier != "is":
        there = not slots.metric or _any_figure(result, of_each_place)
    else:
        values = result.column("value")
        there = bool(result.rows) and ("value" not in result.columns or any(value is not None for value in values))
        lacking = (template.complete and len(result.rows) < _asked_for(slots)) or _lacks_a_rival(slots, result)
        # Of places that were chosen, those without a figure are told in a caveat.
        there = there and (slots.chosen is not None or not lacking)
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
    if (chosen := result.column("chosen_places")) and not any(chosen):
        return False
    if counted := result.column("places"):
        return bool(counted[0])
    return bool(result.rows) or any(value for row in of_each_place().rows for value in row)


def _nothing(reading: Reading, catalog: Catalog, held: Held) -> str:
    """What was looked for, and the periods for which the place has it."""
    slots, lang = reading.slots, reading.lang
    slots = slots.but(measure="attainment") if "so_far" in reading.template.needs else slots
    what = _what(slots, catalog, lang)
    if slots.places and slots.scope is not None:
        return tidy(text("missing.not_among", lang, **what, scope=set_phrase(slots, catalog, lang)))
    places = slots.places or catalog.members(slots.scope or Scope())
    there = [str(row[0]) for row in held(slots.metric or "", places).rows]
    if slots.periods and {when.id for when in slots.periods} <= {*there} and (key := _but_for(slots)):
        beside = slots.against or slots.per
        other = catalog.metrics[beside].label(lang) if beside else ""
        what = _what(slots.but(per=None), catalog, lang)
        said = tidy(text(f"missing.{key}", lang, metric=other, **what))
        return said[:1].upper() + said[1:]
    wording = WORDING.get(measure_name(slots), "value")
    lacking = tuple(when for when in slots.periods if when.id not in there)
    if wording == "value" and len(slots.places) == 1 and lacking:
        what = _what(slots.but(periods=lacking), catalog, lang)
    said = tidy(text(f"missing.{wording}", lang, **what).replace(" .", "."))
    periods = times.spans(map(parse_id, there), lang)[:MOST_SPANS]
    return said + text("missing.there_is" if periods else "missing.none_at_all", lang, periods=listing(periods, lang))


def _but_for(slots: Slots) -> str:
    """Which text says what is missing where some of the places have the metric for the asked period; '' for none."""
    if slots.against or slots.per:
        return "not_the_other"
    split = slots.over in PARTS or slots.consumer or slots.offering or slots.sector
    if len(slots.places) > 1:
        return "not_all_parts" if split else "not_all"
    return "not_its_parts" if split else ""


def _what(slots: Slots, catalog: Catalog, lang: str) -> dict[str, str]:
    return {
        "figure": figure_phrase(slots, catalog, lang),
        "places": places_phrase(slots, catalog, lang),
        "when": when_phrase(slots, catalog, lang),
    }


def instead(slots: Slots, catalog: Catalog, held: Held) -> tuple[Slots, ...]:
    """What may be there where a figure is not: of other periods, of the whole, what happened where no goal is known."""
    found = [*_of_other_periods(slots, catalog, held)]
    if slots.consumer or slots.offering or slots.sector:
        measure = "value" if slots.measure == "share" else slots.measure
        found.append(slots.but(consumer=(), offering=(), sector=(), measure=measure))
    if slots.measure in GOALS:
        happened = slots.but(measure="value", cmp=None, threshold=None)
        found += [happened, *_of_other_periods(happened, catalog, held)]
    return tuple(found)


def _of_other_periods(slots: Slots, catalog: Catalog, held: Held) -> list[Slots]:
    """The same for the newest periods that there are figures of: of the kind that was asked for, else of any."""
    if not slots.metric or not slots.periods or slots.chosen:
        return []
    places = slots.places or catalog.members(slots.scope or Scope())
    periods = [parse_id(str(row[0])) for row in held(slots.metric, places).rows]
    alike = [period for period in periods if period.kind == slots.periods[0].end.kind]
    if len(slots.periods) > 1:
        return _beside_those_there(slots, alike)
    return [slots.but(periods=(When.of(period),)) for period in (alike or periods)[:NEAREST]]


def _beside_those_there(slots: Slots, there: Sequence[Period]) -> list[Slots]:
    """The periods that were asked for, with the newest other ones in place of those without a figure."""
    had = {period.id for period in there}
    others = iter([period for period in there if period.id not in {when.id for when in slots.periods}])
    filled = [when if when.id in had else next((When.of(other) for other in others), None) for when in slots.periods]
    periods = tuple(when for when in filled if when is not None)
    return [slots.but(periods=periods)] if len(periods) == len(slots.periods) and periods != slots.periods else []


NEAREST = 3
WORDING = {"growth": "growth", **dict.fromkeys(BETWEEN, "ends")}
WORDING |= dict.fromkeys(("target", "attainment", "gap"), "target")
"""Which text tells that a measure is missing."""
