"""What a statement found, in the answer's own terms: rows of ids and numbers, each with its unit, status and sources.

Everything else of the answer (headline, caveats, chart) is made from `Findings`. Chooses no words and draws nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from xinfo.answer.rows import (
    ABOUT,
    ASIDE,
    DEMONSTRATION,
    OF_RIVALS,
    RIVALS,
    Row,
    about_all,
    mark_of,
    records_of,
    row_of,
    texts_in,
)
from xinfo.language.texts import listing
from xinfo.query.proved import LEAST
from xinfo.query.result import Result
from xinfo.store.standing import MADE_UP, MARKS
from xinfo.understand.catalog import DIMENSIONS, Catalog
from xinfo.understand.naming import measured_unit
from xinfo.understand.reading import Reading, Slots
from xinfo.understand.say import phrases
from xinfo.understand.template import Template

ALSO = "also_"
"""How the parameters of a second figure are called."""
APART = frozenset(["average", "median", "count", "passing", "in_each", "distribution", "correlation", "extremes"])
"""What questions need whose answers keep every place, one inside another too: nothing is added up."""


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
        sides = [self.slots.scope, self.slots.other] if "two_scopes" in needs else []
        return by_description or bool(needs & {"scope", "near"}) or any(side and not side.named for side in sides)

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
            self._gathered[column] = texts_in([record[column] for record in self.records]) if there else []
        return self._gathered[column]

    @cached_property
    def _gathered(self) -> dict[str, list[str]]:
        return {}

    @cached_property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(self._all("sources") + self.gathered("source_id")))

    def _all(self, column: str) -> list[str]:
        """What a bookkeeping column holds, for the figures, those they are held against, and those that chose."""
        return [item for kind in ("", *ASIDE) for item in self.gathered(kind + column)]

    def methods(self, column: str = "methods") -> list[str]:
        """The methods behind the figures, with those of the figures that they are held against."""
        beside = self.gathered("beside_methods") if column == "methods" else []
        return list(dict.fromkeys(self.gathered(column) + beside))

    @cached_property
    def statuses(self) -> list[str]:
        """The marks of the figures, strongest first."""
        rivals = {mark for mark in self.gathered(RIVALS) if mark != "reported"}
        found = self.own_statuses | rivals | ({MADE_UP} if DEMONSTRATION in self.sources else set())
        found |= {*self.gathered(LEAST)}
        return [mark for mark in dict.fromkeys(MARKS) if mark in found]

    @cached_property
    def own_statuses(self) -> set[str]:
        """The same without those of figures that these were only put in order or judged with."""
        return {*self._all("statuses")}

    def record_of(self, row: Row) -> Row:
        """The record that a row was made of."""
        same = (record for made, record in zip(self.rows, self.records, strict=False) if made is row)
        return next(same, {})

    @property
    def is_open_list(self) -> bool:
        """Whether the set that was asked about is of a list that is known to lack some."""
        return self.of_pilots and self.catalog.is_incomplete_list

    @cached_property
    def marks(self) -> frozenset[str]:
        """The marks of the rows' figures."""
        of_place = bool(self.rows) and "place" in self.rows[0]
        found = (mark_of(record, of_place) for record in self.records)
        return frozenset(mark or "reported" for mark in found)

    def uploaders(self, sources: Sequence[str] | None = None) -> str:
        """Who loaded the unconfirmed figures of these sources, where none are named of all that is told of."""
        named = [*self.sources, *self.gathered(OF_RIVALS)] if sources is None else sources
        who = [self.catalog.uploads[source] for source in named if source in self.catalog.uploads]
        return listing(list(dict.fromkeys(filter(None, who))), self.lang)


def find_each(
    reading: Reading,
    result: Result,
    catalog: Catalog,
    params: Mapping[str, Any],
    expected_places: tuple[str, ...],
    judged: Result | None = None,
) -> tuple[Findings, ...]:
    """The findings of a question; of one for two figures, those of each.

    `judged` tells of the figures of which none passed, where the result has no rows for that.
    """
    theirs = {name.removeprefix(ALSO): value for name, value in params.items() if name.startswith(ALSO)}
    asked = ((reading, params), (reading.second, theirs))
    every = [
        find(one, found, catalog, given, expected_places)
        for (one, given), found in zip(asked, result.sides, strict=False)
        if one
    ]
    if judged:
        records = tuple(records_of(judged, reading.slots))
        every[0] = replace(every[0], records=records, expected_places=_asked_about(records, catalog, expected_places))
    return tuple(every)


def find(
    reading: Reading, result: Result, catalog: Catalog, params: Mapping[str, Any], expected_places: tuple[str, ...]
) -> Findings:
    """The findings of a result; a figure that came out empty is no row."""
    records = records_of(result, reading.slots)
    if reading.template.measures:
        records = [record for record in records if record.get("value") is not None]
    unit = unit_of(reading, catalog) or _unit_of_all(records)
    # A fact or a definition is all sentence: it has no row that is about something.
    said = about_all(reading)
    about = [name for name in ABOUT if name in said or name in (records[0] if records else ())]
    made = (row_of(record, said, about, reading, unit) for record in records)
    rows = [row for row in made if not row.keys() <= {"sources", "metric"}]
    for part in [part for part in DIMENSIONS if all(row.get(part) == "all" for row in rows)]:
        for row in rows:
            row.pop(part, None)
    asked_about = _asked_about(records, catalog, expected_places)
    return Findings(
        reading, catalog, params, tuple(records), tuple(rows), asked_about, result.truncated, unit if rows else None
    )


def _asked_about(records: Sequence[Row], catalog: Catalog, expected: tuple[str, ...]) -> tuple[str, ...]:
    """The places that should have a figure: of a choice, those that were chosen."""
    chosen = records[0].get("chosen_places") if records else None
    return tuple(place for place in catalog.places if place in set(chosen)) if chosen else expected


def _unit_of_all(records: list[Row]) -> str | None:
    """The unit that every row says it has."""
    units = {record.get("unit") for record in records}
    return str(units.pop()) if len(units) == 1 and None not in units else None


def unit_of(reading: Reading, catalog: Catalog) -> str | None:
    """The unit of the asked-for number, from what kind of question it is."""
    needs, slots = reading.template.needs, reading.slots
    if needs & {"used", "portion", "so_far"}:
        return "ratio"
    if slots.field:
        return "yuan"
    if "near" in needs:
        return "km"
    if "multiple" in needs:
        return "times"
    if needs & {"count", "by_project", "position"}:
        return "count"
    if needs & {"required", "passing", "excess"} or {"scope", "place"} <= needs:
        return "ratio"
    return measured_unit(slots, catalog)
