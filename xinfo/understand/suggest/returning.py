"""Whether a canonical sentence is understood as what it says. Each way of saying something is tried but once."""

from __future__ import annotations

from xinfo.store.periods import Period
from xinfo.understand.frame import Frame
from xinfo.understand.read import Reader, attempt_reading, read
from xinfo.understand.reading import Reading, When
from xinfo.understand.when import Times


class Returning:
    """Tries sentences of one reader."""

    def __init__(self, reader: Reader, metric: str | None):
        self.reader, self.metric = reader, metric
        self._tried: dict[tuple[object, ...], bool] = {}

    def returns(self, reading: Reading, lang: str) -> bool:
        """Whether the reading's sentence gives the reading again."""
        slots = reading.slots
        # Which places and years are named makes no difference to how the rest is understood; of a metric its kind does.
        whens = tuple((w.start.kind, w.start.first, w.end.last, w.start == w.end) for w in slots.periods)
        rest = slots.but(metric=None, places=(), than=None, periods=())
        named = (*slots.places, *((slots.than,) if slots.than else ()))
        way = (lang, reading.template.template_id, rest, self._kind(slots.metric), len(slots.places), whens)
        figure = (lang, slots.metric, slots.measure, slots.consumer, slots.offering, slots.sector)
        return (
            self._try(way, reading, lang)
            and self._try(figure, reading, lang)
            and all(self._is_heard(place, lang) for place in named)
        )

    def _kind(self, metric: str | None) -> tuple[object, ...]:
        """What of a metric makes a difference to the words around it."""
        if metric is None:
            return ()
        return self.reader.catalog.metrics[metric].kind, self.reader.catalog.at_end(metric), "share" in metric

    def _is_heard(self, place: str, lang: str) -> bool:
        """Whether a place is known by the name that it is called."""
        newest = self.reader.catalog.data_to
        if self.metric is None or newest is None:
            return True
        times = Times((When.of(Period(newest.year)),))
        reading = attempt_reading(Frame(metric=self.metric, places=(place,), times=times), self.reader, lang)
        return reading is not None and self._try((lang, place), reading, lang)

    def _try(self, way: tuple[object, ...], reading: Reading, lang: str) -> bool:
        if way not in self._tried:
            again, _ = read(reading.sentence, self.reader, lang)
            self._tried[way] = isinstance(again, Reading) and again.slots == reading.slots
        return self._tried[way]
