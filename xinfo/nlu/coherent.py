"""Whether what a derivation says of a figure can be said of it: its unit, the grain of its course. Reads no words."""

from __future__ import annotations

from xinfo.nlu.contradictions import contradicted
from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.times import Ends, OpenPart, Relative, against
from xinfo.understand.catalog import DIMENSIONS, Catalog, Metric
from xinfo.understand.courses import yearly_alone
from xinfo.understand.label_words import is_change

RATIOS = ("growth", "share", "share_of_set", "attainment")
"""Measures that are told in percent, whatever the figure's own unit is."""

QUARTER = 3
"""Its months."""
SAME_UNIT = {"ratio": "percent", "points": "percent", "scale": "amount"}
"""Percent and points are units of rates, a scale alone ('in billions') one of amounts."""


def coherent(meaning: Meaning, catalog: Catalog) -> bool:
    """False where what is said of a figure contradicts it: its unit, its time, its making, what it is related to."""
    within = catalog.metrics.get(str(meaning.get("metric"))) if "within" in meaning else None
    if "within" in meaning and (within is None or within.denominator != meaning["within"]):
        return False
    if "length" in meaning and not _as_long(meaning.get("time"), str(meaning["length"])):
        return False
    if {"before", "time"} <= meaning.keys() and "pronoun" not in meaning:
        return False  # 'Compared with 2013' is of what was spoken of before, or the other side of what is said.
    agrees = not contradicted(meaning) and _in_its_unit(meaning, catalog) and not _summed_rate(meaning, catalog)
    agrees = agrees and not _excess_of_rate(meaning, catalog) and not _has_its_change(meaning, catalog)
    agrees = agrees and _at_year_end(meaning, catalog) and _since_new_year(meaning, catalog)
    agrees = agrees and not _differs_by_programme(meaning, catalog) and not _is_a_pilot(meaning, catalog)
    return agrees and _annual(meaning) and _quarterly(meaning) and _held_against_another(meaning)


def _differs_by_programme(meaning: Meaning, catalog: Catalog) -> bool:
    """Whether the figures are others than those of which something can be said.

    'Grew most' of places of any size leaves open whether by amount or by percent; pilots are ranked by the rate. 'How
    many have a GDP' asks which pilots' figures there are; of others, how many have any of it.
    """
    if ("stuff" in meaning) != ("doing" in meaning):
        return True  # 'How much electricity' is no figure without what is done to it.
    grown = "by_most" in meaning and meaning.get("measure") == "growth" and meaning.get("unit") != "percent"
    return grown if catalog.own else "of_own" in meaning


def _is_a_pilot(meaning: Meaning, catalog: Catalog) -> bool:
    """Whether a province that is taken for its pilots is one of them itself: a municipality."""
    province = meaning.get("province") if "taken_for" in meaning else None
    return any(one.province_en == province and one.admin_type == "municipality" for one in catalog.places.values())


def over_it(metric: object, whole: object, catalog: Catalog) -> bool:
    """Whether a metric is in relation to a whole already: 'GDP per person above 100 yuan per person'."""
    found = catalog.metrics.get(str(metric))
    per_person = whole == "population" and found is not None and found.unit.endswith("/person")
    return per_person or (found is not None and found.denominator == whole)


def _in_its_unit(meaning: Meaning, catalog: Catalog) -> bool:
    unit, metric = meaning.get("unit"), catalog.metrics.get(str(meaning.get("metric")))
    if "per_hundred" in meaning and (metric is None or metric.unit != "count"):
        return False
    if unit == "points" and metric is None and "follows" not in meaning and "measure" not in meaning:
        return meaning.keys().isdisjoint(DIMENSIONS)  # What a part of something is spent on is no rate.
    if unit is None or metric is None:
        return True
    if "required" in meaning.get("cues", ()):
        return bool(unit == "percent")
    of_rate = metric.kind == "ratio" or "whole" in meaning or "per" in meaning
    if unit == "points" and meaning.get("measure") == "growth" and of_rate:
        return False  # A rate that rises by points has not grown by as many percent.
    return SAME_UNIT.get(str(unit), str(unit)) in _units(
        metric, meaning.get("measure"), "per" in meaning or "whole" in meaning
    )


def _since_new_year(meaning: Meaning, catalog: Catalog) -> bool:
    """Whether what is held against the end of last year is a stock, or a whole year of what flows."""
    metric, time = catalog.metrics.get(str(meaning.get("metric"))), meaning.get("time")
    whole = isinstance(time, tuple) and all(span.when.end.kind == "year" for span in time)
    return meaning.get("base") != "year_end" or whole or (metric is not None and catalog.at_end(metric.metric_id))


def _held_against_another(meaning: Meaning) -> bool:
    """Whether a time is held against another one: 'a quarter more than a quarter' names no two of them."""
    time = meaning.get("time")
    if "base" not in meaning or not isinstance(time, tuple) or len(time) != 1:
        return True
    return bool(against(meaning["base"], time[0]) != time[0])


def _summed_rate(meaning: Meaning, catalog: Catalog) -> bool:
    """Whether a rate that is only published is asked for over years: it has no parts that a sum could be made of."""
    metric, time = catalog.metrics.get(str(meaning.get("metric"))), meaning.get("time")
    rate = metric is not None and metric.kind == "ratio" and metric.numerator is None and metric.growth_of is None
    course = {"grain", "over"} & meaning.keys() or "trend" in meaning.get("cues", ())
    stretched = isinstance(time, tuple) and any(span.when.start.year != span.when.end.year for span in time)
    return rate and stretched and not course and not yearly_alone(str(meaning.get("metric")), catalog)


def _excess_of_rate(meaning: Meaning, catalog: Catalog) -> bool:
    """'By what percentage is its share higher' leaves open whether percent or points are meant."""
    metric = catalog.metrics.get(str(meaning.get("metric")))
    rate = bool(meaning.keys() & {"whole", "per"}) or (metric is not None and metric.moves_by_points)
    return ("off_by" in meaning and rate) or ("excess" in meaning.get("cues", ()) and (rate or "measure" in meaning))


def _has_its_change(meaning: Meaning, catalog: Catalog) -> bool:
    """Whether 'a decline in population' may be told in percent or by a metric of its own, the population change."""
    metric, bar = catalog.metrics.get(str(meaning.get("metric"))), meaning.get("threshold")
    if catalog.own is None or metric is None or meaning.get("measure") != "growth" or getattr(bar, "value", 1) != 0:
        return False
    return any(is_change(other.label_en, metric.label_en) for other in catalog.metrics.values())


def _units(metric: Metric, measure: object, related: bool) -> tuple[str, ...]:
    """What a question may call the unit of a figure."""
    if measure in RATIOS and metric.unit == "count":
        return ("percent",)  # 'By how many users did it grow' asks for no rate.
    if measure in RATIOS or (metric.kind == "ratio" and not metric.unit.startswith("yuan")):
        return ("percent", metric.unit)
    if metric.unit.startswith("yuan"):
        return ("money", "amount", "percent") if related else ("money", "amount")
    own = ("count", "amount", metric.unit)
    return (*own, "percent") if related else own


def _quarterly(meaning: Meaning) -> bool:
    """Whether what is called a single quarter is one."""
    time = meaning.get("time", ())
    if "quarterly" not in meaning or isinstance(time, (Relative, Ends)):
        return "quarterly" not in meaning
    if "before" in meaning or meaning.get("grain") == "quarter":
        return True  # Of what was spoken of: see `dialogue`; in which quarter.
    if isinstance(time, OpenPart):
        return bool(time.last - time.first == QUARTER - 1)
    return bool(time) and all(span.when.start.kind == "quarter" and span.when.start == span.when.end for span in time)


def _at_year_end(meaning: Meaning, catalog: Catalog) -> bool:
    """Whether what is called one of a year's end is: a stock, of whole years."""
    stock = catalog.all_at_end(meaning.get("metric"), None)
    return "year_end" not in meaning or (stock and _annual(meaning.but(annual=True)))


def _annual(meaning: Meaning) -> bool:
    """Whether what is called annual is of whole years; annual growth is that of each year, not between two ends."""
    time = meaning.get("time") or ()
    if {"each_year", "ends"} <= meaning.keys() and "per_year" not in meaning:
        return False
    if "order" in meaning and meaning.get("grain") == "quarter" and isinstance(time, tuple) and len(time) == 1:
        return bool(time[0].when.start != time[0].when.end or time[0].when.start.kind != "quarter")  # Best of one.
    if meaning.get("grain") == "year" and isinstance(time, tuple) and len(time) == 1:
        # No course of years runs over one of them, or over a part of it.
        return bool(time[0].when.start.year < time[0].when.end.year)
    whens = (time.later, time.earlier) if isinstance(time, Ends) else ()
    whens = whens if isinstance(time, (OpenPart, Relative, Ends)) else tuple(span.when for span in time)
    return "annual" not in meaning or all(when.start.kind == when.end.kind == "year" for when in whens)


def _as_long(time: object, length: str) -> bool:
    """'In the fourth quarter of 2015, that quarter only': whether the time that is said is of that length."""
    if time is None:
        return True  # It is the one that was spoken of.
    spans = time if isinstance(time, tuple) and len(time) == 1 else ()
    return any(span.when.start == span.when.end and span.when.start.kind == length for span in spans)
