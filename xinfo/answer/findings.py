"""What a statement found, in the answer's own terms: rows of ids and numbers, each with its unit, status and sources.

Everything else of the answer (headline, caveats, chart) is made from `Findings`. Chooses no words and draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Any

from xinfo.query.result import Result, kinds_in
from xinfo.understand.catalog import DIMENSIONS, Catalog
from xinfo.understand.reading import Reading, Slots
from xinfo.understand.say import phrases
from xinfo.understand.template import Template

ABOUT = (
    *("project", "place", "province", "region", "admin_type", "batch", "content_area", "level", "project_status"),
    *("metric", "period", "consumer", "offering", "sector"),
)
"""The columns that say what a row is about, in the order they are shown."""
STATUSES = ("reported", "preliminary", "estimated", "illustrative")
"""Strongest first; a figure made of several has the weakest."""
DEMONSTRATION = "demonstration"
"""The source, and the method, of made-up rows."""
APART = frozenset(["average", "median", "count", "in_each", "distribution", "correlation"])
"""What questions need whose answers keep every place, one inside another too: nothing is added up."""
FURTHER = ("counted", "other", "pearson", "spearman")
"""What rows tell beside their value: of how many places it is, the second figure of a relation, how close that is."""
PROJECT = ("name", "budget", "spent", "start_date", "due_date")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Findings:
    """A reading, what its statement gave back, and the rows that the answer shows."""

    reading: Reading
    catalog: Catalog
    params: Mapping[str, Any]
    records: tuple[Row, ...]
    """The statement's rows with everything in them, also what is not shown."""
    rows: tuple[dict[str, Any], ...]
    """The answer's rows, in the records' order."""
    expected_places: tuple[str, ...]
    truncated: bool
    unit: str | None
    """Of `value`."""

    @property
    def lang(self) -> str:
        return self.reading.lang

    @property
    def slots(self) -> Slots:
        return self.reading.slots

    @property
    def template(self) -> Template:
        return self.reading.template

    @property
    def of_pilots(self) -> bool:
        """Whether a set of pilots was asked about, not places by name or a text."""
        needs, takes = self.template.needs, self.template.takes
        by_description = not self.slots.places and "scope" in takes and not self.slots.fact
        return by_description or bool(needs & {"scope", "near"})

    @cached_property
    def subject(self) -> tuple[str, ...]:
        """The columns that tell the rows apart: what was asked over, else what differs, else what one row is about."""
        rows, over = self.rows, self.slots.over
        names = set().union(*rows)
        held = [name for name in ABOUT if name != "metric" and name in names]
        if "in_each" in self.template.needs and over:
            return (over, "place")
        kinds = {name: len({row.get(name) for row in rows}) for name in held}
        if over in held and kinds[over] == len(rows):
            return (over,)
        differing = tuple(name for name in held if kinds[name] > 1)
        # One column that tells all rows apart is enough: a list of places gives their provinces too.
        if alone := next((name for name in differing if kinds[name] == len(rows)), None):
            return (alone,)
        if differing:
            return differing
        return (("period",) if self.slots.grain and "period" in held else tuple(held))[:1]

    @cached_property
    def values(self) -> list[float]:
        return [row["value"] for row in self.rows if row.get("value") is not None]

    @cached_property
    def said(self) -> dict[str, str]:
        """What the slots are in words, by placeholder."""
        return phrases(self.slots, self.catalog, self.lang)

    def gathered(self, column: str) -> list[str]:
        """Everything that the lists of a bookkeeping column hold, each once, in order of first sight."""
        if column not in self._gathered:
            there = column in self.records[0] if self.records else False
            self._gathered[column] = _texts([record[column] for record in self.records]) if there else []
        return self._gathered[column]

    @cached_property
    def _gathered(self) -> dict[str, list[str]]:
        return {}

    @cached_property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(self.gathered("sources") + self.gathered("source_id")))

    @cached_property
    def statuses(self) -> list[str]:
        """What the figures' statuses are, strongest first."""
        found = {*self.gathered("statuses"), *({"illustrative"} if DEMONSTRATION in self.sources else ())}
        return [status for status in STATUSES if status in found]


def find(
    reading: Reading, result: Result, catalog: Catalog, params: Mapping[str, Any], expected_places: tuple[str, ...]
) -> Findings:
    """The findings of a result; a figure that came out empty is no row."""
    records = _records(result, reading.slots)
    if reading.template.measures:
        records = [record for record in records if record.get("value") is not None]
    unit = unit_of(reading, catalog) or _unit_of_all(records)
    # A fact or a definition is all sentence: it has no row that is about something.
    said = _from_slots(reading)
    about = [name for name in ABOUT if name in said or name in (records[0] if records else ())]
    made = (_row(record, said, about, reading.lang, unit) for record in records)
    rows = [row for row in made if not row.keys() <= {"sources", "metric"}]
    for part in [part for part in DIMENSIONS if all(row.get(part) == "all" for row in rows)]:
        for row in rows:
            row.pop(part, None)
    return Findings(
        reading, catalog, params, tuple(records), tuple(rows), expected_places, result.truncated, unit if rows else None
    )


def _unit_of_all(records: list[Row]) -> str | None:
    """The unit that every row says it has."""
    units = {record.get("unit") for record in records}
    return str(units.pop()) if len(units) == 1 and None not in units else None


def unit_of(reading: Reading, catalog: Catalog) -> str | None:
    """The unit of the asked-for number, from what kind of question it is."""
    needs, slots = reading.template.needs, reading.slots
    if slots.field:
        return "yuan"
    if "near" in needs:
        return "km"
    if needs & {"count", "by_project", "position"}:
        return "count"
    if "required" in needs or {"scope", "place"} <= needs:
        return "ratio"
    if slots.measure in ("growth", "share", "attainment", "share_of_set"):
        return "ratio"
    metric = catalog.metrics.get(slots.metric or "")
    return metric.unit if metric else None


def weakest(statuses: list[str]) -> str | None:
    """The status of a figure that is made of figures with these."""
    return max(statuses, key=STATUSES.index) if statuses else None


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def _records(result: Result, slots: Slots) -> list[Row]:
    """The rows with plain values, a group's `label` under the name of what the groups are."""
    groups = {"label": slots.over, "second_label": slots.by}
    names = [groups.get(name) or name for name in result.columns]
    columns = map(_plain_column, zip(*result.rows, strict=True))
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain_column(values: Sequence[Any]) -> Iterable[Any]:
    """The values of a column as JSON holds them; most columns are so already, which their kinds tell at once."""
    return values if kinds_in(values) <= JSON else map(plain, values)


JSON = frozenset([str, int, float, bool, type(None)])


def _row(record: Row, said: Row, about: list[str], lang: str, unit: str | None) -> dict[str, Any]:
    """One row of the answer: what it is about (of itself, else as the question said), the number, where it is from."""
    own = {name: record.get(name) for name in about}
    row = {name: value for name in about if (value := said.get(name) if own[name] is None else own[name]) is not None}
    if "project" in row:
        row["name"] = record.get(f"name_{lang}") or record.get("name_en") or record.get("name_zh")
        row |= {name: record.get(name) for name in PROJECT if name != "name"}
    if "value" in record:
        row |= {"value": record["value"], "unit": record.get("unit") or unit}
    row |= {name: record[name] for name in FURTHER if name in record}
    sources = list(dict.fromkeys(_listed(record.get("sources")) + _listed(record.get("source_id"))))
    statuses = [status for status in _listed(record.get("statuses")) if status in STATUSES]
    if DEMONSTRATION in sources:
        statuses.append("illustrative")
    if status := weakest(statuses):
        row["status"] = status
    return row | ({"sources": sources} if sources else {})


def _from_slots(reading: Reading) -> dict[str, Any]:
    """What every row is about because the question says so."""
    slots, about = reading.slots, {}
    if not slots.metric:
        return {}
    about["metric"] = slots.metric
    if len(slots.periods) == 1 and not slots.grain and reading.template.needs.isdisjoint({"ask_period"}):
        about["period"] = slots.periods[0].id
    for name in DIMENSIONS:
        if len(parts := getattr(slots, name)) == 1:
            about[name] = parts[0]
    return about


def _listed(value: Any) -> list[str]:
    """The texts of a bookkeeping cell, which holds one, a list of them (perhaps with gaps) or nothing."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]


def _texts(cells: Sequence[Any]) -> list[str]:
    """The texts of many such cells, each once, in order of first sight."""
    lists = cells if set(map(type, cells)) == {list} else map(_listed, cells)
    items = list(chain.from_iterable(lists))
    return list(dict.fromkeys(items if set(map(type, items)) == {str} else _listed(items)))
