"""What can be asked of one thing that was named alone, by topic: whole questions, as far as the coverage tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xinfo.understand.catalog import Catalog, parts_of
from xinfo.understand.frame import Frame
from xinfo.understand.read import Reader
from xinfo.understand.reading import Scope, Subject
from xinfo.understand.suggest.coverage import Coverage
from xinfo.understand.suggest.fill import Filler
from xinfo.understand.suggest.index import index_of
from xinfo.understand.suggest.values import FEW

MOST = 8
"""Questions of one topic."""
Topics = Mapping[str, tuple[str, ...]]


def about(subject: Subject, reader: Reader, coverage: Coverage, lang: str) -> Topics:
    """Questions by topic (figures, targets, projects, further, or what can be asked at all), none without one."""
    filler = index_of(reader, coverage).filler
    found: dict[str, list[str]] = {}
    for topic, frame in _FRAMES[subject.kind](subject.id, filler):
        said = filler.question(frame, lang)
        known = found.setdefault(topic, [])
        if said and len(known) < MOST and all(said not in others for others in found.values()):
            known.append(said)
    return {topic: tuple(questions) for topic, questions in found.items() if questions}


def _of_place(place: str, filler: Filler) -> Iterator[tuple[str, Frame]]:
    here = Frame(places=(place,))
    for metric in filler.metrics:
        if place in filler.coverage.figures.get(metric, {}):
            yield "figures", here.but(metric=metric)
    for metric in filler.metrics:
        if place in filler.coverage.targets.get(metric, {}):
            yield "targets", here.but(metric=metric, measure="target")
            yield "targets", here.but(metric=metric, measure="attainment")
    yield "projects", here.but(projects=True, cues=_cues("count"))
    yield "projects", here.but(projects=True, field="budget")
    for metric in filler.metrics[:2]:
        yield "further", here.but(metric=metric, grain="year")
        yield "further", here.but(metric=metric, measure="growth")
    yield "further", here.but(cues=_cues("near"), n=FEW, scope=Scope())


def _of_metric(metric: str, filler: Filler) -> Iterator[tuple[str, Frame]]:
    figure, everywhere = Frame(metric=metric), Frame(metric=metric, scope=Scope())
    yield "figures", everywhere.but(cues=_cues("total"))
    yield "figures", everywhere.but(cues=_cues("average"))
    yield "figures", everywhere.but(order="desc", n=FEW)
    yield "figures", everywhere.but(order="desc", n=FEW, measure="growth")
    yield "further", everywhere.but(grain="year")
    yield from (("further", everywhere.but(over=over)) for over in ("region", "place"))
    yield from (("further", figure.but(over=part)) for part in parts_of(filler.reader.catalog, metric)[:1])
    yield "further", figure.but(cues=_cues("definition"))


def _of_anything(_: str, filler: Filler) -> Iterator[tuple[str, Frame]]:
    """One question of every kind."""
    catalog, metric = filler.reader.catalog, next(iter(filler.metrics), None)
    one, all_of_them = Frame(metric=metric, places=filler.places[:1]), Frame(metric=metric, scope=Scope())
    yield "value", one
    yield "value", one.but(measure="growth")
    yield "course", one.but(grain="quarter")
    yield "course", all_of_them.but(grain="year")
    yield "ranking", all_of_them.but(order="desc", n=FEW)
    yield "ranking", all_of_them.but(over="region")
    yield "comparison", Frame(metric=metric, places=filler.places[:2], cues=_cues("compare"))
    yield "comparison", Frame(metric=metric, places=filler.places[:2], cues=_cues("difference"))
    yield from (("parts", one.but(over=part)) for part in parts_of(catalog, metric)[:1])
    yield "target", one.but(measure="attainment")
    yield "target", all_of_them.but(measure="attainment", order="desc", n=FEW)
    yield "projects", Frame(projects=True, over="content_area", cues=_cues("count"), scope=Scope())
    yield from (("programme", Frame(fact=fact)) for fact in _facts(catalog))


def _facts(catalog: Catalog) -> tuple[str, ...]:
    return tuple(sorted(catalog.facts))[:2]


def _cues(name: str) -> tuple[frozenset[str], ...]:
    return (frozenset({name}),)


_FRAMES = {"place": _of_place, "metric": _of_metric, "help": _of_anything}
