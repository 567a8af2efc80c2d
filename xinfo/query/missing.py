"""Whether a result is no figure, and then what is missing: a period, a part, a base to grow from, a target."""

from __future__ import annotations

from xinfo.language import times
from xinfo.language.texts import listing, text
from xinfo.query.bind import asked_periods
from xinfo.query.engine import Engine
from xinfo.query.result import Result
from xinfo.store.periods import parse_id
from xinfo.understand.catalog import Catalog
from xinfo.understand.reading import Reading
from xinfo.understand.say import figure_phrase, places_phrase, when_phrase

MAY_BE_EMPTY = frozenset(["filter", "filter_than", "places", "projects", "near"])
"""Lists of none are answers."""
NEAREST = """
  select distinct o.period_id, p.end_date from {observation} as o inner join period as p on p.period_id = o.period_id
  where o.metric_id = $metric and list_contains($places, o.place_id) and p.period_type <> 'month'
    and (p.period_type <> 'ytd' or o.origin = 'published')
  order by p.end_date desc, o.period_id limit 60
"""
ANY = "select count(*) from {observation} where metric_id = $metric and list_contains($periods, period_id)"


def why_none(reading: Reading, result: Result, catalog: Catalog, engine: Engine, observation: str) -> str:
    """Why there is no answer, in words; '' where there is one. `observation` is the relation asked."""
    values = [row.get("value") for row in result.dicts()]
    slots = reading.slots
    if reading.template.template_id in MAY_BE_EMPTY or reading.template.template_id.startswith(("count", "project")):
        if slots.metric and not _values_exist(reading, result, engine, observation):
            return _nothing(reading, catalog, engine, observation)
        return ""
    if result.rows and ("value" not in result.columns or any(value is not None for value in values)):
        return ""
    return _nothing(reading, catalog, engine, observation)


def _values_exist(reading: Reading, result: Result, engine: Engine, observation: str) -> bool:
    """Whether any place has the figure at all: a list of none of nothing is no answer."""
    rows = result.dicts()
    if reading.template.template_id.startswith("count"):
        return bool(rows and rows[0].get("places"))
    if rows:
        return True
    periods = [period.id for period in asked_periods(reading.slots)]
    found = engine.execute(
        ANY.format(observation=observation), {"metric": reading.slots.metric, "periods": periods}, row_cap=1, seconds=5
    )
    return bool(found.rows[0][0])


def _nothing(reading: Reading, catalog: Catalog, engine: Engine, observation: str) -> str:
    """What was looked for, and the periods for which the place has it."""
    slots, lang = reading.slots, reading.lang
    what = {
        "figure": figure_phrase(slots, catalog, lang),
        "places": places_phrase(slots, catalog, lang),
        "when": when_phrase(slots, catalog, lang),
    }
    key = (
        "growth"
        if slots.measure == "growth"
        else "target"
        if slots.measure in ("target", "attainment", "gap")
        else "value"
    )
    said = text(f"missing.{key}", lang, **what)
    places = list(slots.places) or list(catalog.pilots())
    asked = {"metric": slots.metric, "places": places}
    found = engine.execute(NEAREST.format(observation=observation), asked, row_cap=60, seconds=5)
    named = [times.name(parse_id(str(row[0])), lang) for row in found.rows[:6]]
    return said + (
        text("missing.there_is", lang, periods=listing(named, lang)) if named else text("missing.none_at_all", lang)
    )
