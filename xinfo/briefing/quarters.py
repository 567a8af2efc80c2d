"""The table behind what is said of the quarters of a year that has a target: each with the year to date and its growth.

Whoever reads that no quarter gave what is needed, or how much of a year was reached by then, can see that for himself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xinfo.answer.frame import capital
from xinfo.answer.labels import period
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found
from xinfo.briefing.document import Exhibit, Figure, Run, Table
from xinfo.briefing.made import Numbers
from xinfo.briefing.marking import register
from xinfo.briefing.sentence import Sentence, figure
from xinfo.language.numbers import column, scale_for
from xinfo.language.texts import text
from xinfo.store.periods import Period, parse_id
from xinfo.store.standing import MARKS
from xinfo.understand.reading import When

ID = "quarters"
DIGITS = 4
"""Of the least amount, so that none is written shorter than in a sentence."""
NONE = "–"
"""In the place of a figure that there is not."""

GIVEN = "published"
"""The rule of a figure that stands as such in a source."""


@dataclass(frozen=True)
class Cell:
    figure: Figure
    worked_out: bool


Cells = Mapping[Period, Cell]


@dataclass
class Quarters:
    """The quarters that sentences of a document rest on, gathered while it is filled: one table for all of a figure."""

    workspace: Workspace
    lang: str
    _courses: dict[str, Found] = field(default_factory=dict)

    def said(self, told: Sentence) -> None:
        """A sentence that may rest on a course of quarters."""
        if told.course:
            self._courses.setdefault(told.course.reading.slots.metric or "", told.course)

    def exhibits(self, numbers: Numbers) -> Iterator[Exhibit]:
        for at, course in enumerate(self._courses.values(), 1):
            yield self._exhibit(course, f"{ID}{at}", numbers)

    def _exhibit(self, course: Found, id_: str, numbers: Numbers) -> Exhibit:
        levels = _by_period(course, register(course, f"{id_}_level", numbers, self.workspace), numbers)
        so_far, further = self._so_far(levels, course, id_, numbers)
        slots = course.reading.slots.but(measure="growth")
        rates = figure(slots, course.reading, self.workspace, "trend")
        growth = _by_period(rates, register(rates, f"{id_}_growth", numbers, self.workspace), numbers) if rates else {}
        base = {one: levels[before] for one in growth if (before := one.years_on(-1)) in levels}
        kinds = [self._kind([some[one] for some in (levels, so_far) if one in some]) for one in levels]
        alike = len({*kinds}) == 1
        table = self._table(course.findings.unit, levels, so_far, growth, base)
        table = table if alike else _last(table, self._text("kind"), kinds)
        found = [course, *further, *([rates] if rates else [])]
        sources = dict.fromkeys(source.source_id for one in found for source in one.answer.sources)
        title = capital(course.reading.sentence)
        title = self._text("all", title=title, kind=kinds[0]) if alike else title
        return Exhibit(id_, title, "", table, None, (self._text("note"),), tuple(sources))

    def _so_far(self, levels: Cells, course: Found, id_: str, numbers: Numbers) -> tuple[Cells, list[Found]]:
        """The year up to the end of each quarter, where there is a figure of it."""
        cells, every = dict[Period, Cell](), list[Found]()
        for at, quarter in enumerate(levels, 1):
            span = When.of(Period(quarter.year, 1, quarter.last))
            slots = course.reading.slots.but(periods=(span,), grain=None)
            if found := figure(slots, course.reading, self.workspace):
                ids = register(found, f"{id_}_to{at}", numbers, self.workspace)
                cells[quarter] = _cells(found, ids, numbers)[0]
                every.append(found)
        return cells, every

    def _table(self, unit: str | None, levels: Cells, so_far: Cells, growth: Cells, base: Cells) -> Table:
        amounts = [one.figure.value for one in (*levels.values(), *so_far.values())]
        rates, lang = [one.figure.value for one in growth.values()], self.lang
        written = dict(zip(amounts, column(amounts, unit, lang, DIGITS), strict=True))
        percents = dict(zip(rates, column(rates, "ratio", lang), strict=True))
        columns = ((levels, written), (so_far, written), (growth, percents), (base, written))
        rows = (
            (Run(capital(period(quarter.id, lang))), *(_run(some.get(quarter), said) for some, said in columns))
            for quarter in levels
        )
        of = scale_for(amounts, unit, lang)[1]
        units = {"level": of, "so_far": of, "growth": "%", "base": of}
        titles = (text("export.in_base_unit", lang, label=self._text(one), unit=in_) for one, in_ in units.items())
        return Table((self._text("quarter"), *titles), (False, True, True, True, True), tuple(rows))

    def _kind(self, cells: Sequence[Cell]) -> str:
        """Of which kinds the amounts of a row are, and whether any of them is worked out and stands in no source."""
        marks = sorted({mark for one in cells for mark in one.figure.statuses}, key=[*dict.fromkeys(MARKS)].index)
        said = [text(f"status.{one}", self.lang) for one in marks]
        said += [self._text("worked_out")] if any(one.worked_out for one in cells) else []
        return text("list.comma", self.lang).join(said)

    def _text(self, key: str, **told: object) -> str:
        return text(f"brief.quarters.{key}", self.lang, **told)


def _last(table: Table, title: str, said: Sequence[str]) -> Table:
    """The table with one more column of words."""
    rows = tuple((*row, Run(one)) for row, one in zip(table.rows, said, strict=True))
    return replace(table, columns=(*table.columns, title), numeric=(*table.numeric, False), rows=rows)


def _run(cell: Cell | None, written: Mapping[float, str]) -> Run:
    return Run(written[cell.figure.value], cell.figure.id) if cell else Run(NONE)


def _cells(found: Found, ids: Sequence[str], numbers: Numbers) -> list[Cell]:
    rests = [any(one.rule != GIVEN for one in some) for some in found.rests]
    return [Cell(numbers.figures[id_], made) for id_, made in zip(ids, rests, strict=True) if id_]


def _by_period(found: Found, ids: Sequence[str], numbers: Numbers) -> Cells:
    return {parse_id(one.figure.period): one for one in _cells(found, ids, numbers)}
