"""Whole questions of every kind, made from sampled slots: found by how they begin, and what an empty box offers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from xinfo.language.texts import texts
from xinfo.understand.catalog import parts_of
from xinfo.understand.frame import Frame
from xinfo.understand.reading import Scope
from xinfo.understand.suggest.fill import Filler
from xinfo.understand.suggest.spelling import joined
from xinfo.understand.suggest.values import FEW

METRICS, PLACES = 10, 2
"""How many of each are sampled, those with most figures first."""


@dataclass(frozen=True)
class Sentences:
    """Questions sorted by their keys, and a few to begin with, by language."""

    sorted: dict[str, list[tuple[str, str]]]
    starters: dict[str, tuple[str, ...]]

    def beginning(self, run: str, lang: str, most: int) -> list[str]:
        """Questions whose key begins with `run`."""
        known = self.sorted[lang]
        at = bisect_left(known, (run, ""))
        return [said for key, said in known[at : at + most] if key.startswith(run)]


def sample(filler: Filler, languages: tuple[str, ...] = ("en", "zh")) -> Sentences:
    """Questions of every kind that the store has figures for."""
    found, starters = {}, {}
    for lang in languages:
        asked = [said for frame in _frames(filler) if (said := filler.question(frame, lang))]
        found[lang] = sorted({(joined(said), said) for said in asked})
        first = [said for frame in _first(filler) if (said := filler.question(frame, lang))]
        starters[lang] = tuple(dict.fromkeys(first))
    return Sentences(found, starters)


def _cued(*names: str) -> Frame:
    return Frame(cues=tuple(frozenset({name}) for name in names))


def _first(filler: Filler) -> Iterator[Frame]:
    """One of each kind, for an empty box."""
    for metric in filler.metrics[:1]:
        split = parts_of(filler.reader.catalog, metric)[:1]
        yield Frame(metric=metric, places=filler.places[:1])
        yield Frame(metric=metric, order="desc", n=FEW, scope=Scope())
        yield Frame(metric=metric, places=filler.places[:1], grain="quarter")
        yield from (Frame(metric=metric, places=filler.places[:1], over=dimension) for dimension in split)
        yield Frame(metric=metric, places=filler.places[:1], measure="growth")
        yield Frame(metric=metric, scope=Scope(), over="region")
    yield _cued("ask_many").but(scope=Scope(region="west"))
    yield Frame(projects=True, over="content_area", cues=(frozenset({"count"}),), scope=Scope())
    for fact in ("pilot_period", "three_parts"):
        if fact in filler.reader.catalog.facts:
            yield Frame(fact=fact)


def _frames(filler: Filler) -> Iterator[Frame]:
    yield from _first(filler)
    for metric in filler.metrics[:METRICS]:
        yield from _of_places(Frame(metric=metric), filler)
        yield from _of_sets(Frame(metric=metric, scope=Scope()))
    for region in ("east", "central", "west", "northeast"):
        here = Frame(scope=Scope(region=region))
        yield here.but(cues=_cued("ask_many").cues)
        yield here.but(cues=_cued("count").cues)
        yield from (here.but(metric=metric) for metric in filler.metrics[:METRICS])
    yield from _of_projects(filler)
    for place in filler.places[:PLACES]:
        yield _cued("where_is").but(places=(place,))
        yield _cued("near").but(places=(place,), n=FEW, scope=Scope())
    known = sorted(filler.reader.catalog.facts)
    yield from (Frame(fact=fact) for fact in known if f"fact.{fact}" in texts("en"))


def _of_places(asked: Frame, filler: Filler) -> Iterator[Frame]:
    for place in filler.places[:PLACES]:
        here = asked.but(places=(place,))
        yield here
        yield from (here.but(measure=measure) for measure in ("growth", "target", "attainment", "gap"))
        yield from (here.but(grain=grain) for grain in ("quarter", "year"))
        yield from (here.but(over=dimension) for dimension in parts_of(filler.reader.catalog, asked.metric))
        yield here.but(grain="quarter", order="desc", cues=_cued("ask_period").cues)
    yield asked.but(places=filler.places[:2], cues=_cued("compare").cues)
    yield asked.but(places=filler.places[:2], cues=_cued("difference").cues)
    yield asked.but(cues=_cued("definition").cues)


def _of_sets(asked: Frame) -> Iterator[Frame]:
    yield asked
    for order in ("desc", "asc"):
        yield asked.but(order=order, n=FEW)
        yield asked.but(order=order, n=FEW, measure="growth")
    yield asked.but(cues=_cued("average").cues)
    yield from (asked.but(over=over) for over in ("province", "region", "admin_type", "place"))
    yield asked.but(grain="quarter")


def _of_projects(filler: Filler) -> Iterator[Frame]:
    for scope, places in ((Scope(), ()), *((None, (place,)) for place in filler.places[:PLACES])):
        here = Frame(projects=True, scope=scope, places=places)
        yield here
        yield here.but(cues=_cued("count").cues)
        for over in ("content_area", "level", "project_status"):
            yield here.but(over=over, cues=_cued("count").cues)
        yield from (here.but(field=spent) for spent in ("budget", "spent"))
        yield from (here.but(project_status=status) for status in ("planned", "under_way", "completed", "delayed"))
