"""Whether what a derivation says of a figure can be said of it: its unit, the grain of its course. Reads no words."""

from __future__ import annotations

from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.times import Ends, OpenPart, Relative
from xinfo.understand.catalog import Catalog, Metric

RATIOS = ("growth", "share", "share_of_set", "attainment")
"""Measures that are told in percent, whatever the figure's own unit is."""

AIMS = ("target", "attainment", "gap")
DIMENSIONS = frozenset(["consumer", "offering", "sector"])

SAME_UNIT = {"ratio": "percent", "points": "percent", "scale": "amount"}
"""Percent and points are units of rates, a scale alone ('in billions') one of amounts."""


def coherent(meaning: Meaning, catalog: Catalog) -> bool:
    """False where a figure is asked for in a unit that it is not told in, or by the year in a part of one."""
    if "metric" in meaning and ("projects" in meaning or "field" in meaning):
        return False
    if "count" in meaning.get("cues", ()) and {"places", "without"} <= meaning.keys():
        # 'The pilots except Beijing, Tianjin and Xining': all of them are left out.
        return False
    if "rank" in meaning.get("cues", ()) and "nth" in meaning:
        return False  # 'Ranked fifth' puts nothing in order.
    if "actual" in meaning and meaning.get("measure") in ("target", "gap", "attainment"):
        return False
    if "typical" in meaning and "average" not in meaning.get("cues", ()):
        return False
    if "within" in meaning and catalog.metrics[meaning["metric"]].denominator != meaning["within"]:
        return False
    if {"places", "without"} <= meaning.keys() and "nominal" not in meaning:
        return False
    if {"bar", "threshold"} <= meaning.keys():
        return False
    if "yearly" in meaning and meaning.get("measure") != "growth" and "difference" not in meaning.get("cues", ()):
        return False
    if "unaveraged" in meaning and "average" in meaning.get("cues", ()):
        return False
    if meaning.get("measure") in AIMS and DIMENSIONS & meaning.keys():
        # Targets are set for whole figures.
        return False
    return _in_its_unit(meaning, catalog) and _annual(meaning) and _quarterly(meaning)


def _in_its_unit(meaning: Meaning, catalog: Catalog) -> bool:
    unit, metric = meaning.get("unit"), catalog.metrics.get(str(meaning.get("metric")))
    if unit is None or metric is None:
        return True
    return SAME_UNIT.get(str(unit), str(unit)) in _units(metric, meaning.get("measure"), "per" in meaning or "whole" in meaning)


def _units(metric: Metric, measure: object, related: bool) -> tuple[str, ...]:
    """What a question may call the unit of a figure."""
    if measure in RATIOS or (metric.kind == "ratio" and not metric.unit.startswith("yuan")):
        return ("percent",)
    if metric.unit.startswith("yuan"):
        return ("money", "amount", "percent") if related else ("money", "amount")
    return ("count", "amount", "percent") if related else ("count", "amount")


def _quarterly(meaning: Meaning) -> bool:
    """Whether what is called a single quarter is one."""
    time = meaning.get("time", ())
    if "quarterly" not in meaning or isinstance(time, (Relative, Ends)):
        return "quarterly" not in meaning
    months = [time.last - time.first + 1] if isinstance(time, OpenPart) else [3 * (span.when.start.kind == "quarter" and span.when.start == span.when.end) for span in time]
    return set(months) == {3}


def _annual(meaning: Meaning) -> bool:
    """Whether what is called annual is of whole years."""
    time = meaning.get("time", ())
    if meaning.get("grain") == "year" and isinstance(time, tuple) and len(time) == 1:
        # No course of years runs over one of them, or over a part of it.
        return bool(time[0].when.start.year < time[0].when.end.year)
    spans = () if isinstance(time, (OpenPart, Relative, Ends)) else time
    return "annual" not in meaning or all(span.when.start.kind == span.when.end.kind == "year" for span in spans)
