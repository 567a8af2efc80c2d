"""A question that was asked with one part taken away, or one more put beside: whole questions that have an answer."""

from __future__ import annotations

from dataclasses import dataclass

from xinfo.store.periods import Period
from xinfo.understand.chips import Chip
from xinfo.understand.frame import Frame
from xinfo.understand.read import Reader
from xinfo.understand.reading import Reading, Scope, When
from xinfo.understand.suggest.answerable import answerable
from xinfo.understand.suggest.coverage import Coverage
from xinfo.understand.suggest.index import index_of
from xinfo.understand.when import Times


@dataclass(frozen=True)
class Altered:
    """What was asked, as it was heard and as it was read."""

    asked: Frame
    reading: Reading
    reader: Reader
    coverage: Coverage

    def without(self, chip: Chip) -> str | None:
        """The question without one of several places or periods; without the only place it is about all pilots."""
        places, whens = list(self.reading.slots.places), list(self.reading.slots.periods)
        if chip.name == "places":
            del places[chip.at]
            return self._said(self.asked.but(places=tuple(places), scope=self.asked.scope if places else Scope()))
        if chip.name == "periods" and len(whens) > 1:
            del whens[chip.at]
            return self._said(self.asked.but(times=Times(tuple(whens))))
        return None

    def with_place(self, place: str) -> str | None:
        return self._said(self.asked.but(places=(*self.reading.slots.places, place)))

    def with_year(self, year: int) -> str | None:
        whens = sorted((*self.reading.slots.periods, When.of(Period(year))), key=lambda when: when.start.start_date)
        return self._said(self.asked.but(times=Times(tuple(whens))))

    def places(self) -> list[str]:
        """Those that may be put beside the ones that are asked about; none where it asks about a set."""
        slots, catalog = self.reading.slots, self.reader.catalog
        if not slots.places or slots.scope is not None:
            return []
        others = (place for place in sorted(catalog.places) if place not in slots.places)
        return [one for one in others if answerable(slots.but(places=(*slots.places, one)), catalog, self.coverage)]

    def years(self) -> list[int]:
        """Those that may be put beside the single years that are asked about."""
        slots = self.reading.slots
        if (
            slots.grain
            or not slots.periods
            or any(when.start != when.end or when.start.kind != "year" for when in slots.periods)
        ):
            return []
        known = self.coverage.years(slots.metric or "", slots.places, self.reader.catalog, slots.measure)
        return [year for year in known if year not in {when.start.year for when in slots.periods}]

    def _said(self, frame: Frame) -> str | None:
        """In words, first with the words of the asked question, then without what only it called for."""
        filler = index_of(self.reader, self.coverage).filler
        plain = frame.but(cues=())
        tried = (frame, plain, plain.but(over="place"), plain.but(order="desc"))
        found = (filler.question(one, self.reading.lang) for one in tried)
        return next((said for said in found if said and said != self.reading.sentence), None)
