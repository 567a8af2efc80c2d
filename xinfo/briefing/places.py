"""The table behind a document's ranks: every place that was counted, with the figures that it was ranked by.

Whoever reads '25th of the 29 pilots' can count them there, and sees which are confirmed as pilots, and by what size
those were chosen that the own place is compared with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from xinfo.answer.frame import capital
from xinfo.answer.labels import long_period, period, word
from xinfo.answer.rows import DEMONSTRATION
from xinfo.ask import Workspace
from xinfo.briefing.annex import WHERE
from xinfo.briefing.asking import Found, Missing, find, reading_of
from xinfo.briefing.document import Exhibit, Figure, Run, Table
from xinfo.briefing.made import Numbers
from xinfo.briefing.marking import register
from xinfo.briefing.ranks import of_that_size
from xinfo.briefing.sentence import Sentence
from xinfo.briefing.sets import held, unconfirmed
from xinfo.language.numbers import column as in_column
from xinfo.language.numbers import scale_for
from xinfo.language.texts import listing, text
from xinfo.store.standing import MARKS, weakest
from xinfo.understand.reading import Scope, Slots
from xinfo.understand.say_places import kind_name, member_name, place_name

ID = "places"
MOST = 100
"""Places that are listed; of a longer list there is no table."""
NONE = "–"
"""In the place of a figure that there is not."""


@dataclass(frozen=True)
class Column:
    """Cells by place; `none` stands where there is none."""

    title: str
    cells: Mapping[str, Run]
    none: str = NONE
    numeric: bool = True


@dataclass
class Ranked:
    """A ranking of all places, with the figure of each by its place."""

    found: Found
    figures: Mapping[str, Figure]

    def column(self, lang: str, among: Sequence[str] = ()) -> Column:
        """The figures; `among` are the places that it is about, where it is not about all."""
        values = [one.value for one in self.figures.values()]
        unit = self.found.findings.unit
        cells = {place: Run(NONE) for place in among}
        written = in_column(values, unit, lang)
        cells |= {place: Run(said, one.id) for (place, one), said in zip(self.figures.items(), written, strict=True)}
        when, of = period(self.found.reading.slots.periods[0].id, lang), scale_for(values, unit, lang)[1]
        label = text("brief.places.figure", lang, figure=self.found.findings.said["figure"], when=when)
        return Column(capital(text("export.in_base_unit", lang, label=label, unit=of)), cells, "" if among else NONE)

    def said(self, lang: str) -> str:
        """'information consumption in the first three quarters of 2015'."""
        when = long_period(self.found.reading.slots.periods[0].id, lang)
        return text("brief.places.said", lang, figure=self.found.findings.said["figure"], when=when)

    def ranks(self, title: str, among: Sequence[str] = ()) -> Column:
        """The place of each from the top; `among` some of them alone, where they are given."""
        chosen = {place: one.value for place, one in self.figures.items() if not among or place in among}
        cells = {place: Run(str(1 + sum(other > own for other in chosen.values()))) for place, own in chosen.items()}
        return Column(title, cells, "" if among else NONE)


@dataclass
class Places:
    """What the ranks of a document are of, gathered while it is filled."""

    workspace: Workspace
    lang: str
    place: str
    _ranked: dict[Slots, tuple[Found, Sequence[str]] | None] = field(default_factory=dict)
    _compared: Sentence | None = None

    def ranking(self, whole: Found, ids: Sequence[str]) -> bool:
        """A whole ranking with the ids of its figures; whether they will be listed."""
        if listed := self._of_all(whole):
            self._ranked[self._asked(whole)] = whole, ids
        return listed

    def said(self, told: Sentence) -> None:
        """A sentence that may give a rank."""
        if told.kind == "rank" and self._of_all(told.found[""]):
            self._ranked.setdefault(self._asked(told.found[""]), None)
        elif told.kind == "comparable" and told.chosen_by and not self._compared:
            self._compared = told

    def exhibit(self, numbers: Numbers) -> Exhibit | None:
        """The table, its figures entered; none where no place was ranked among all."""
        ranked = list(self._rankings(numbers))
        if not ranked:
            return None
        lang, first = self.lang, ranked[0].figures
        every = sorted(self.workspace.catalog.pilots(), key=lambda one: -first[one].value if one in first else inf)
        sizes = self._sizes(numbers)
        columns = [*self._names(every)]
        for of in ranked:
            columns += [of.column(lang), of.ranks(self._text("rank"))]
        if self._compared and sizes:
            among = sorted(held(self._compared.found[""].findings))
            columns += [sizes.column(lang, self._alike()), ranked[0].ranks(self._text("comparable"), among)]
        rows = (tuple(one.cells.get(place, Run(one.none)) for one in columns) for place in every)
        own = tuple(at for at, place in enumerate(every) if place == self.place)
        table = Table(tuple(one.title for one in columns), tuple(one.numeric for one in columns), tuple(rows), own=own)
        found = [one.found for one in (*ranked, *filter(None, [sizes]))]
        sources = dict.fromkeys(source.source_id for one in found for source in one.answer.sources)
        title = self._text("caption", n=len(every), those=member_name(Scope(), self.workspace.catalog, lang, "many"))
        return Exhibit(ID, title, "", table, None, tuple(self._notes(ranked, sizes)), tuple(sources))

    def _of_all(self, found: Found) -> bool:
        """Whether it is of all places, from the top, and of no more than can be listed."""
        slots = found.reading.slots
        few = len(self.workspace.catalog.pilots()) <= MOST
        return few and slots.scope == Scope() and slots.order != "asc" and len(slots.periods) == 1

    def _asked(self, found: Found) -> Slots:
        count = len(self.workspace.catalog.pilots())
        return found.reading.slots.but(places=(), order="desc", n=count)

    def _rankings(self, numbers: Numbers) -> Iterator[Ranked]:
        """Those of the document; what only a sentence ranks by is asked for."""
        for at, (slots, known) in enumerate(self._ranked.items(), 1):
            if known is None:
                found = find(reading_of("rank", slots, self.workspace, self.lang), self.workspace)
                if isinstance(found, Missing):
                    continue
                known = found, register(found, f"{ID}{at}", numbers, self.workspace)
            yield _ranked(*known, numbers)

    def _sizes(self, numbers: Numbers) -> Ranked | None:
        found = self._compared.chosen_by if self._compared else None
        return _ranked(found, register(found, f"{ID}_size", numbers, self.workspace), numbers) if found else None

    def _names(self, every: Sequence[str]) -> Iterator[Column]:
        """Which place it is, where it lies and whether it is confirmed, where that is not the same of all."""
        catalog, lang = self.workspace.catalog, self.lang
        names = {one: Run(capital(place_name(one, catalog, lang))) for one in every}
        yield Column(capital(member_name(Scope(), catalog, lang, "one")), names, numeric=False)
        lie = {one: catalog.places[one].region for one in every}
        if len({*lie.values()}) > 1:
            regions = {one: Run(capital(word("region", of, catalog, lang))) for one, of in lie.items() if of}
            yield Column(text("column.region", lang), regions, numeric=False)
        if weak := unconfirmed(catalog):
            said = {one: Run(self._text("sure.no" if one in weak else "sure.yes")) for one in every}
            yield Column(self._text("confirmed"), said, numeric=False)

    def _alike(self) -> tuple[str, ...]:
        """The places of the kind of those that are compared."""
        found = self._compared.chosen_by if self._compared else None
        return found.findings.expected_places if found else ()

    def _counted(self) -> tuple[str, ...]:
        """The places among which the own one is ranked, those without a figure too."""
        return self._compared.found[""].findings.expected_places if self._compared else ()

    def _notes(self, ranked: Sequence[Ranked], sizes: Ranked | None) -> Iterator[str]:
        """By what the compared places were chosen and from where that is; what is no counted figure."""
        catalog, lang = self.workspace.catalog, self.lang
        if sizes:
            kind = kind_name(catalog.places[self.place].admin_type, catalog, lang)
            told = {"size": sizes.said(lang), "kind": kind, "place": place_name(self.place, catalog, lang)}
            lacking = [place_name(one, catalog, lang) for one in self._alike() if one not in sizes.figures]
            titles = [WHERE.sub("", one.title) for one in sizes.found.answer.sources if one.source_id != DEMONSTRATION]
            yield self._text("chosen", **told)
            yield from [self._text("left_out", **told, names=listing(lacking, lang))] if lacking else ()
            if unsure := of_that_size(self.place, sizes.found) - {*self._counted()}:
                names = [place_name(one, catalog, lang) for one in self._alike() if one in unsure]
                yield self._text("not_published", **told, names=listing(names, lang))
            yield self._text("source", **told, titles=text("list.semicolon", lang).join(titles)) if titles else ""
        every = [*ranked, *filter(None, [sizes])]
        for mark in dict.fromkeys(MARKS):
            if mark != "reported" and (of := [said for one in every if (said := self._marked(one, mark))]):
                kind = capital(text(f"status.{mark}", lang))
                yield self._text("marked", kind=kind, what=text("list.semicolon", lang).join(of))

    def _marked(self, of: Ranked, mark: str) -> str:
        """Which figures of a column are of a kind; the places are named where it is not all."""
        catalog, lang = self.workspace.catalog, self.lang
        places = [place for place, one in of.figures.items() if weakest(one.statuses) == mark]
        if not places or len(places) == len(of.figures):
            return of.said(lang) if places else ""
        names = [place_name(one, catalog, lang) for one in places]
        return self._text("some", what=of.said(lang), names=listing(names, lang))

    def _text(self, key: str, **told: object) -> str:
        return text(f"brief.places.{key}", self.lang, **told)


def _ranked(found: Found, ids: Sequence[str], numbers: Numbers) -> Ranked:
    rows = zip(found.findings.rows, ids, strict=True)
    return Ranked(found, {str(row["place"]): numbers.figures[id_] for row, id_ in rows if id_})
