"""Everything that can be completed while typing, from the vocabulary and the catalog. Reads no question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from xinfo.language import times
from xinfo.language.texts import text, texts
from xinfo.store.periods import Period, quarters
from xinfo.understand.catalog import DIMENSIONS, PARTS, Catalog, Place
from xinfo.understand.frame import GROUPS
from xinfo.understand.lexicon import Lexicon
from xinfo.understand.place_names import place_names
from xinfo.understand.reading import Scope, When
from xinfo.understand.say_places import place_name, scope_phrase
from xinfo.understand.suggest.coverage import Coverage
from xinfo.understand.suggest.spelling import Spellings, Value
from xinfo.understand.when import Times

BOTH = ("zh", "en")
FEW, SEVERAL = 5, 3
"""Places of a ranking that is proposed; whole years whose quarters are proposed."""
MEASURES = ("growth", "target", "attainment", "gap")
LONGEST_SYNONYM = 6
"""Tokens; longer phrases of the vocabulary are found when they are typed out, not before."""


def spellings_of(lexicon: Lexicon, catalog: Catalog, coverage: Coverage) -> Spellings:
    """An index of all values."""
    synonyms = synonyms_of(lexicon)
    found = Spellings()
    for value, names, sense in (
        *_places(catalog, coverage),
        *_sets(catalog),
        *_metrics(catalog, coverage),
        *_parts(),
        *_questions(),
        *_facts(catalog),
        *_periods(catalog, coverage),
    ):
        found.add(value, [name for name in names if name], synonyms.get(sense, ()))
    return found.finish()


Entry = tuple[Value, list[str], tuple[str, str]]
"""A value, its names, and the vocabulary's kind and value whose phrases mean it, too."""


def synonyms_of(lexicon: Lexicon) -> dict[tuple[str, str], list[str]]:
    """The vocabulary's phrases that mean one thing alone, by what they mean."""
    found = defaultdict(list)
    for words, senses in lexicon.senses.items():
        if len(senses) == 1 and len(senses[0].means) == 1 and len(words) <= LONGEST_SYNONYM:
            found[senses[0].kind, str(senses[0].value)].append(" ".join(words))
    return found


def _places(catalog: Catalog, coverage: Coverage) -> Iterator[Entry]:
    known = {place for of_place in coverage.figures.values() for place in of_place}
    for place in catalog.places.values():
        if coverage.figures and place.place_id not in known:
            continue
        said = [place_name(place.place_id, catalog, lang) for lang in BOTH]
        names = [*said, *place_names(place), *_without_suffix(place)]
        yield Value("place", (("places", (place.place_id,)),), said[0], 0 if place.batch else 1), names, ("", "")


def _without_suffix(place: Place) -> list[str]:
    return [place.name_zh[:-1]] if len(place.name_zh) > 2 and place.name_zh[-1] in "市区县" else []


def _sets(catalog: Catalog) -> Iterator[Entry]:
    pilots = [place for place in catalog.places.values() if place.batch]
    scopes = [Scope(), *(Scope(region=name) for name in ("east", "central", "west", "northeast"))]
    scopes += [Scope(admin_type=name) for name in sorted({p.admin_type for p in pilots})]
    scopes += [Scope(province=name) for name in sorted({p.province_en for p in pilots if p.province_en})]
    for rank, scope in enumerate(scopes, 2):
        if catalog.members(scope):
            zh, en = (scope_phrase(scope, catalog, lang) for lang in BOTH)
            # 'the western pilots' is typed without its article, too, and a province by its bare name.
            bare = [text("suggest.ask.pilots", lang) for lang in BOTH] if scope == Scope() else []
            names = [*bare, zh, en, en.removeprefix("the "), en.removeprefix("the pilots in "), zh.removesuffix("试点")]
            yield Value("place", (("scope", scope),), zh, rank), names, ("", "")


def _metrics(catalog: Catalog, coverage: Coverage) -> Iterator[Entry]:
    for rank, metric_id in enumerate(coverage.metrics(catalog)):
        metric = catalog.metrics[metric_id]
        value = Value("metric", (("metric", metric_id),), metric.label_zh, rank)
        yield value, [metric.label_zh, metric.label_en], ("metric", metric_id)


def _parts() -> Iterator[Entry]:
    for dimension in DIMENSIONS:
        for part in PARTS[dimension]:
            zh, en = (text(f"part.{part}", lang) for lang in BOTH)
            yield Value("part", ((dimension, (part,)),), zh, 3), [zh, en], (dimension, part)


def _questions() -> Iterator[Entry]:
    """What may be asked of a figure: its growth, its course, an order of places, a grouping."""
    for measure in MEASURES:
        names = [text(f"suggest.ask.{measure}", lang) for lang in BOTH]
        yield Value("template", (("measure", measure),), names[0], 4), names, ("measure", measure)
    for order in ("desc", "asc"):
        names = [text(f"order.{order}", lang) for lang in BOTH]
        yield Value("template", (("order", order), ("n", FEW)), names[0], 4), names, ("order", order)
    for grain in ("quarter", "year"):
        names = [text(f"suggest.ask.{grain}", lang) for lang in BOTH]
        yield Value("template", (("grain", grain),), names[0], 5), names, ("grain", grain)
    for over in (*DIMENSIONS, *GROUPS):
        names = [text("suggest.ask.by", lang, over=text(f"dimension.{over}", lang)) for lang in BOTH]
        yield Value("part", (("over", over),), names[0], 6), names, ("over", over)


def _facts(catalog: Catalog) -> Iterator[Entry]:
    for fact in sorted(catalog.facts):
        if f"fact.{fact}" in texts("en"):
            names = [text(f"fact.{fact}", lang) for lang in BOTH]
            yield Value("template", (("fact", fact),), names[0], 7), names, ("", "")


def _periods(catalog: Catalog, coverage: Coverage) -> Iterator[Entry]:
    for rank, period in enumerate(proposed_periods(catalog, coverage)):
        names = [times.name(period, lang) for lang in BOTH]
        named = [*names, names[1].removeprefix("the "), *(times.short(period, lang) for lang in BOTH)]
        yield Value("period", (("times", Times((When.of(period),))),), names[0], rank), named, ("", "")


def proposed_periods(catalog: Catalog, coverage: Coverage) -> list[Period]:
    """Whole years, newest first, then the newest years' year-to-date spans, halves and quarters."""
    metrics = coverage.metrics(catalog)
    years = coverage.years(metrics[0], (), catalog) if metrics else ()
    found = [Period(year) for year in years]
    for year in years[:SEVERAL]:
        whole = Period(year)
        found += [Period(year, 1, 9), Period(year, 1, 6), Period(year, 7, 12), *reversed(quarters(whole, whole))]
    return found
