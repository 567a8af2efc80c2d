"""Which ready questions are offered where there is no answer: only those that give one.

How many are tried is counted, not timed: a busy machine offers the same. Only where the figures are slow, time ends it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from xinfo.query.missing import Held, instead
from xinfo.understand.catalog import Catalog
from xinfo.understand.frame import GOALS
from xinfo.understand.own_words import outer_name
from xinfo.understand.read import Reader, of_other_metrics, read
from xinfo.understand.reading import Reading, Scope, Slots, Unclear
from xinfo.understand.say import as_actual, sentence

MOST, TRIED, SECONDS = 3, 5, 1.0
"""Questions that are offered, those that are tried once one was good, and the time in which any are."""

FIGURE = "value"
"""The template of a figure by itself."""
TOGETHER = {FIGURE: "total", "trend": "trend_of_total"}
"""Templates about one place, and those that tell the same of several together."""


@dataclass(frozen=True)
class Offers:
    """What tries ready questions for one that was declined."""

    reader: Reader
    answers: Callable[[Reading], bool]
    held: Held
    began: float = field(default_factory=time.perf_counter)

    def checked(self, unclear: Unclear) -> Unclear:
        """With those of its choices that give an answer; where none does, what there is in place of the nearest."""
        good = self._good(unclear.choices, unclear.lang)
        for choice in unclear.choices[:MOST]:
            if good:
                break
            understood, _ = read(choice, self.reader, unclear.lang)
            good = self._in_place_of(understood) if isinstance(understood, Reading) else ()
        return replace(unclear, choices=good)

    def for_missing(self, reading: Reading, unclear: Unclear) -> Unclear:
        """With what there is in place of a figure that is missing."""
        return replace(unclear, choices=self._in_place_of(reading))

    def _in_place_of(self, reading: Reading) -> tuple[str, ...]:
        """Other periods, the whole, what happened; where there is nothing of this metric, another one."""
        catalog, lang = self.reader.catalog, reading.lang
        figure = next((one for one in self.reader.templates if one.template_id == FIGURE), reading.template)
        others = (
            _said(reading if _has_its_sides(reading, slots) else replace(reading, template=figure), slots, catalog)
            for slots in instead(reading.slots, catalog, self.held)
        )
        good = self._good(chain(self._of_what_lies_in(reading), others), lang)
        return good or self._good(of_other_metrics(reading, self.reader), lang)

    def _of_what_lies_in(self, reading: Reading) -> Iterator[str]:
        """The same of all places of one kind together that lie in one which has no figure of its own."""
        catalog, slots = self.reader.catalog, reading.slots
        wanted = TOGETHER.get(reading.template.template_id)
        template = next((one for one in self.reader.templates if one.template_id == wanted), None)
        if catalog.own is None or template is None or len(slots.places) != 1:
            return
        outer = outer_name(catalog.places[slots.places[0]], catalog)
        kinds = {catalog.places[inner].admin_type for inner in catalog.members(Scope(province=outer))}
        if len(kinds) == 1:
            inside = slots.but(places=(), scope=Scope(province=outer, admin_type=kinds.pop()))
            yield sentence(template, inside, catalog, reading.lang)

    def _good(self, choices: Iterable[str], lang: str) -> tuple[str, ...]:
        good: list[str] = []
        for at, choice in enumerate(dict.fromkeys(choices)):
            if len(good) == MOST or (good and at >= TRIED) or time.perf_counter() - self.began > SECONDS:
                break
            understood, _ = read(choice, self.reader, lang)
            good += [choice] if isinstance(understood, Reading) and self.answers(understood) else []
        return tuple(good)


def _has_its_sides(reading: Reading, slots: Slots) -> bool:
    """Whether there are still two figures where the number that was asked for is made of two."""
    sides = (slots.places, slots.periods, slots.consumer, slots.offering, slots.sector)
    return not reading.template.is_sided or slots.scope is not None or max(map(len, sides)) > 1


def _said(reading: Reading, slots: Slots, catalog: Catalog) -> str:
    """The question in words; what happened is marked where it stands in for what was aimed at."""
    words = sentence(reading.template, slots, catalog, reading.lang)
    return as_actual(words, reading.lang) if slots.measure == "value" and reading.slots.measure in GOALS else words
