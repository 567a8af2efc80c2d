"""The figures that a Vega-Lite chart shows, worked out as a browser would: transforms, grouping, aggregates, order.

Knows what NL4DV writes and no more. A histogram or a box plot stands for the figures that it bins: they count as shown.
"""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Callable, Sequence
from typing import Any

Record = dict[str, Any]
AGGREGATES: dict[str, Callable[[list[float]], float]] = {
    "mean": statistics.fmean,
    "average": statistics.fmean,
    "sum": math.fsum,
    "median": statistics.median,
    "min": min,
    "max": max,
    "count": lambda some: float(len(some)),
}
CONDITION = re.compile(r'lower\(datum\["(?P<field>.+?)"\]\) (?P<sign>>|<|==) (?P<value>"[^"]*"|[-\d.e+]+)$')
SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    ">": lambda a, b: bool(a > b),
    "<": lambda a, b: bool(a < b),
    "==": lambda a, b: bool(a == b),
}


def shown(spec: dict[str, Any], records: Sequence[Record]) -> list[tuple[float, ...]]:
    """A row of figures for each mark, in the chart's order."""
    kept = _filtered(records, spec.get("transform", []))
    if "hconcat" in spec:
        return _listed(spec["hconcat"], kept)
    encoding = {channel: told for channel, told in spec["encoding"].items() if "type" in told}
    if binned := _binned(spec, encoding):
        return [(float(record[binned]),) for record in kept if _number(record[binned])]
    if any("aggregate" in told for told in encoding.values()):
        kept = _grouped(kept, encoding)
    else:
        kept = [{channel: record[told["field"]] for channel, told in encoding.items()} for record in kept]
    return _rows(_ordered(kept, encoding), encoding)


def _filtered(records: Sequence[Record], transforms: list[Any]) -> list[Record]:
    kept = list(records)
    for condition in (one["filter"] for one in transforms if "filter" in one):
        kept = [record for record in kept if _holds(record, condition)]
    return kept


def _holds(record: Record, condition: Any) -> bool:
    if isinstance(condition, str):
        said = CONDITION.match(condition)
        assert said, condition
        held, value = record[said["field"]], said["value"]
        if value.startswith('"'):
            return SIGNS[said["sign"]](str(held).lower(), value.strip('"'))
        return _number(held) and SIGNS[said["sign"]](float(held), float(value))
    if "not" in condition:
        return not _holds(record, condition["not"])
    held = record[condition["field"]]
    if "oneOf" in condition:
        return str(held) in map(str, condition["oneOf"])
    low, high = condition["range"]
    return bool(low <= held <= high)


def _binned(spec: dict[str, Any], encoding: dict[str, Any]) -> str | None:
    """The quantitative field whose figures a histogram, a box or a strip gathers."""
    mark = spec.get("mark", {}).get("type")
    fields = [
        told["field"]
        for told in encoding.values()
        if told["type"] == "quantitative"
        and (told.get("bin") or mark == "boxplot" or (mark == "tick" and "aggregate" not in told))
    ]
    return fields[0] if fields else None


def _grouped(records: list[Record], encoding: dict[str, Any]) -> list[Record]:
    plain = {channel: told["field"] for channel, told in encoding.items() if "aggregate" not in told}
    groups: dict[tuple[Any, ...], list[Record]] = {}
    for record in records:
        groups.setdefault(tuple(record[field] for field in plain.values()), []).append(record)
    made = []
    for key, members in groups.items():
        row = dict(zip(plain, key, strict=True))
        for channel, told in encoding.items():
            if "aggregate" in told:
                row[channel] = _aggregate(told, members)
        made.append(row)
    return made


def _aggregate(told: dict[str, Any], members: list[Record]) -> float:
    if told["aggregate"] == "count":
        return float(len(members))
    figures = [float(record[told["field"]]) for record in members if _number(record[told["field"]])]
    return AGGREGATES[told["aggregate"]](figures) if figures else math.nan


def _ordered(rows: list[Record], encoding: dict[str, Any]) -> list[Record]:
    """By the channel that another names for its order, else along time."""
    for told in encoding.values():
        if isinstance(told.get("sort"), str) and told["sort"].lstrip("-") in encoding:
            by = told["sort"].lstrip("-")
            return sorted(rows, key=lambda row: row[by], reverse=told["sort"].startswith("-"))
    times = [channel for channel, told in encoding.items() if told["type"] == "temporal" and "aggregate" not in told]
    return sorted(rows, key=lambda row: [str(row[channel]) for channel in times]) if times else rows


def _rows(rows: list[Record], encoding: dict[str, Any]) -> list[tuple[float, ...]]:
    figures = [channel for channel, told in encoding.items() if told["type"] == "quantitative" or "aggregate" in told]
    made = [tuple(float(row[channel]) for channel in figures if _number(row[channel])) for row in rows]
    return [row for row in made if len(row) == len(figures) and row]


def _listed(columns: list[Any], records: list[Record]) -> list[tuple[float, ...]]:
    """The figures of a table of text columns, each with its own filters."""
    fields = [column["encoding"]["text"]["field"] for column in columns]
    kept = _filtered(records, columns[0].get("transform", []))
    rows = [tuple(float(record[field]) for field in fields if _number(record[field])) for record in kept]
    return [row for row in rows if row]


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not math.isnan(value)
