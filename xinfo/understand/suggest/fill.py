"""A frame with something missing to a whole question: what was not said is filled with what the store surely has.

Decides nothing about what was typed; every result is read by the same rules as a question and is understood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from xinfo.store.periods import Period
from xinfo.understand.catalog import DIMENSIONS, parts_of
from xinfo.understand.choose import lacking
from xinfo.understand.frame import GROUPS, Frame
from xinfo.understand.read import Reader, attempt_reading
from xinfo.understand.reading import Scope, When
from xinfo.understand.settle import settle
from xinfo.understand.suggest.answerable import answerable
from xinfo.understand.suggest.coverage import Coverage
from xinfo.understand.suggest.returning import Returning
from xinfo.understand.suggest.values import FEW
from xinfo.understand.when import Times

REMEMBERED = 20_000
"""Frames whose question is kept; one is a few hundred bytes."""
TRIED = 2
"""Question types that are tried for what was typed, nearest first."""


@dataclass(eq=False)
class Filler:
    """Makes whole questions for one reader."""

    reader: Reader
    coverage: Coverage
    given: Coverage | None = None
    """The coverage that was asked for; None where the catalog stands in for one."""
    said: dict[tuple[Frame, str], str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        catalog = self.reader.catalog
        self.metrics = tuple(m for m in self.coverage.metrics(catalog) if m in catalog.metrics)
        self.returning = Returning(self.reader, next(iter(self.metrics), None))
        rich = {
            place: sum(place in self.coverage.figures.get(metric, {}) for metric in self.metrics)
            for place in catalog.pilots()
        }
        self.places = tuple(sorted(rich, key=lambda place: -rich[place]))

    def question(self, frame: Frame, lang: str) -> str | None:
        """The whole question that a frame begins, or None where there is none with an answer."""
        bare = frame.but(heard=())
        if (bare, lang) not in self.said:
            if len(self.said) >= REMEMBERED:
                self.said.clear()
            self.said[bare, lang] = self._question(bare, lang)
        return self.said[bare, lang]

    def _question(self, frame: Frame, lang: str) -> str | None:
        for tried in self._ways(frame):
            reading = attempt_reading(tried, self.reader, lang)
            if reading is None or not answerable(reading.slots, self.reader.catalog, self.coverage):
                continue
            if self.returning.returns(reading, lang):
                return reading.sentence
        return None

    def _ways(self, frame: Frame) -> Iterator[Frame]:
        """The frame as it is where it may stand, then filled, then with what the nearest question types need."""
        stands = frame.metric and frame.times and (frame.places or frame.scope)
        if stands or frame.cues or frame.projects or frame.fact or frame.template:
            yield frame
        if frame.fact or frame.template:
            return
        full = self.filled(frame)
        if full != frame:
            yield full
        for template, missing in lacking(self.reader.templates, settle(full, self.reader.catalog))[:TRIED]:
            del template
            if (more := self._with(full, missing)) is not None:
                yield self.filled(more)

    def filled(self, frame: Frame) -> Frame:
        """The frame with a metric, a place and a period, where it speaks of figures and lacks them."""
        if frame.projects:
            return frame
        if frame.metric is None and not frame.metrics:
            frame = frame.but(metric=self._metric(frame))
        if not (frame.places or frame.scope or frame.options):
            frame = frame.but(scope=Scope()) if _of_many(frame) else frame.but(places=self._place(frame))
        if frame.times is None and frame.metric and (years := self.years(frame)):
            frame = frame.but(times=Times((self._stretch(frame, years) if frame.grain else When.of(Period(years[0])),)))
        return frame

    def _stretch(self, frame: Frame, years: tuple[int, ...]) -> When:
        """The newest years without a gap, for a course; of a course by quarters those with all four."""
        if frame.grain == "quarter" and self.coverage.periods:
            known = self.coverage.known(frame.metric or "", frame.places)
            years = tuple(y for y in years if all(f"{y}Q{quarter}" in known for quarter in range(1, 5))) or years
        run = [year for at, year in enumerate(years) if year == years[0] - at]
        return When(Period(run[-1]), Period(run[0]))

    def years(self, frame: Frame) -> tuple[int, ...]:
        """Years with what the frame asks for, newest first."""
        places = (*frame.places, *frame.than)
        return self.coverage.years(frame.metric or "", places, self.reader.catalog, frame.measure or "value")

    def _metric(self, frame: Frame) -> str | None:
        """The best known metric that has the parts, places and targets that were said."""
        wanted = set(frame.parts()) | ({frame.over} & set(DIMENSIONS))
        for metric in self.metrics:
            if wanted <= set(parts_of(self.reader.catalog, metric)) and self.years(frame.but(metric=metric)):
                return metric
        return None

    def _place(self, frame: Frame) -> tuple[str, ...]:
        return next(((place,) for place in self.places if self.years(frame.but(places=(place,)))), self.places[:1])

    def _with(self, frame: Frame, signs: frozenset[str]) -> Frame | None:
        """The frame with one of each missing thing; None where one of them can only be said by the reader."""
        for sign in sorted(signs):
            if sign not in GIVEN:
                return None
            frame = frame.but(**GIVEN[sign](self, frame))
        return frame


def _of_many(frame: Frame) -> bool:
    """Whether it asks about a set of places, which is all pilots where none was named."""
    many = frame.order or frame.cmp or frame.over in ("place", *GROUPS)
    return bool(many or frame.has_cue("average", "median", "total", "ask_one", "ask_many", "count", "list"))


def _another(filler: Filler, frame: Frame) -> dict[str, Any]:
    return {"places": (*frame.places, next(place for place in filler.places if place not in frame.places))}


def _two_years(filler: Filler, frame: Frame) -> dict[str, Any]:
    return {"times": Times(tuple(When.of(Period(year)) for year in filler.years(frame)[:2]))}


def _elsewhere(filler: Filler, frame: Frame) -> dict[str, Any]:
    return {"than": (_another(filler, frame)["places"][-1],), "cmp": frame.cmp or ">", "scope": frame.scope or Scope()}


def _cue(name: str) -> Callable[[Filler, Frame], dict[str, Any]]:
    return lambda filler, frame: {"cues": (*frame.cues, frozenset({name}))}


GIVEN: dict[str, Callable[[Filler, Frame], dict[str, Any]]] = {
    "metric": lambda filler, frame: {"metric": filler._metric(frame)},
    "place": lambda filler, frame: {"places": filler._place(frame), "scope": None},
    "period": lambda filler, frame: {},
    "scope": lambda filler, frame: {"scope": Scope()},
    "places": _another,
    "periods": _two_years,
    "order": lambda filler, frame: {"order": "desc", "n": frame.n or FEW},
    "grain": lambda filler, frame: {"grain": "quarter"},
    "over_part": lambda filler, frame: {"over": next(iter(parts_of(filler.reader.catalog, frame.metric)), None)},
    "over_group": lambda filler, frame: {"over": "region"},
    "two_scopes": lambda filler, frame: {"scope": Scope(region="east"), "other": Scope(region="west"), "places": ()},
    "than": _elsewhere,
    "projects": lambda filler, frame: {"projects": True},
    "by_project": lambda filler, frame: {"over": "content_area"},
    "field": lambda filler, frame: {"field": "budget"},
    "ask_place": _cue("ask_many"),
    "count": _cue("count"),
    "difference": _cue("difference"),
    "multiple": _cue("multiple"),
    "excess": _cue("excess"),
}
"""What stands for a sign that a question type needs and that was not said."""
