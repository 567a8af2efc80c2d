"""The words of a store whose figures are not the pilots': without those of the programme, with its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from xinfo.store.within import with_kind
from xinfo.understand.catalog import Catalog, Place
from xinfo.understand.facts import Programme
from xinfo.understand.label_words import as_done, further_names, plural
from xinfo.understand.lexicon import Lexicon, Sense
from xinfo.understand.phrases import expand
from xinfo.understand.text import key

OF_PROGRAMME = frozenset(
    "consumer offering sector region province admin_type pilots batch capital seat national fact".split()
)
"""Kinds of senses that speak of the pilots alone: parts of their figures, their regions, kinds and facts."""
OF_PROJECTS = frozenset("projects content_area level project_status field".split())
OTHER_MONEY = (("refuse", "currency"),)
"""That amounts are in yuan alone, which is so of the pilots."""
OF_METRICS = frozenset(["metric", "ambiguous"])
PER_HEAD = (("per", "population"),)
PEOPLE = (("metric", "population"),)
EACH = (("over", "place"),)


def without_programme(files: Lexicon, catalog: Catalog) -> Lexicon:
    """The phrases that mean something of these figures, too; what metrics are called, only of those there are."""
    lexicon = Lexicon(asides=files.asides, programme=Programme())
    people, kinds = _people(files, catalog), _kind_words(catalog)
    for words, senses in files.senses.items():
        said = [sense for sense in senses if _is_said(sense, catalog) and not (sense.means == EACH and kinds(words))]
        if kept := tuple(_per_head(sense, people) for sense in said):
            lexicon.senses[words] = kept
            lexicon.longest[words[0]] = max(lexicon.longest.get(words[0], 0), len(words))
    return lexicon


def _kind_words(catalog: Catalog) -> Callable[[tuple[str, ...]], bool]:
    """Whether a phrase ends with the word for a kind of places, as 'each city': it is of those and not of all."""
    named = {word for place in catalog.places.values() for word in kinds_of(place.admin_type, catalog)}
    chinese = catalog.own.vocabulary.get("admin_type", {}) if catalog.own else {}
    named |= {str(word) for said in chinese.values() for word in said.get("zh", ())}
    ends = {key(word) for one in named for word in (one, plural(one))}
    return lambda words: any(words[at:] in ends for at in range(len(words)))


def _people(files: Lexicon, catalog: Catalog) -> str:
    """The metric that counts the people of a place, which a figure per head is over; empty where none alone does."""
    whole = {one: called for one in catalog.metrics if not (called := catalog.called.get(one, {})).get("part_of")}
    found = [
        one
        for one, called in whole.items()
        for pattern in (catalog.metrics[one].label_en, *called.get("en", ()))
        if any(PEOPLE in (sense.means for sense in files.senses.get(key(name), ())) for name in expand(pattern))
    ]
    return found[0] if len(set(found)) == 1 else ""


def _per_head(sense: Sense, people: str) -> Sense:
    return Sense((("per", people),)) if sense.means == PER_HEAD and people else sense


def _is_said(sense: Sense, catalog: Catalog) -> bool:
    kinds = {kind for kind, _ in sense.means}
    of_none = not (catalog.own and catalog.own.projects) and not OF_PROJECTS.isdisjoint(kinds)
    if sense.means == OTHER_MONEY or of_none:
        return False
    named = (one for kind, value in sense.means if kind in OF_METRICS for one in _listed(value))
    return OF_PROGRAMME.isdisjoint(kinds) and all(metric in catalog.metrics for metric in named)


def _listed(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else (value,)


MEMBERS = {"all": ("all [of] [the] places", "(全部|所有)地方"), "some": ("place", "[the|these|those] places", "地方")}
"""What the places that there are figures of are called, whatever their kind."""
APART = ("place by place", "各地方")
"""What tells that each of them is meant."""
LISTED_UNITS = frozenset(["yuan", "count", "ratio", "each", "percentage_point", "times"])
"""Units that questions know without the store."""


def add_own_words(lexicon: Lexicon, catalog: Catalog) -> None:
    """The kinds of places that there are, one and several of them, what all places are called, and the units."""
    for which, phrases in MEMBERS.items():
        for phrase in chain.from_iterable(map(expand, phrases)):
            lexicon.add(phrase, ("pilots", which))
    for phrase in APART:
        lexicon.add(phrase, ("over", "place"))
    for kind in sorted({place.admin_type for place in catalog.places.values()} - {"country"}):
        lexicon.add(kind, ("admin_type", kind), ("one", "place"))
        lexicon.add(plural(kind), ("admin_type", kind))
    for unit in sorted({metric.unit for metric in catalog.metrics.values()} - LISTED_UNITS):
        lexicon.add(unit, ("unit_word", unit))


def add_own_names(lexicon: Lexicon, catalog: Catalog) -> None:
    """Names of places with the words for their kind: Canton Uri, Uri, the canton of Uri; as what others lie in, too."""
    called = known_words(catalog).get("place", {})
    for place in catalog.places.values():
        outer = [("province", around)] if (around := outer_name(place, catalog)) in catalog.provinces else []
        further = (words for lang in called.get(place.place_id, {}).values() for words in lang)
        for name in chain(own_names(place, catalog), *(expand(str(one)) for one in further)):
            for sense in (("place", place.place_id), *outer):
                lexicon.add(name, sense)
        if outer:
            _add_what_lies_in(lexicon, place, catalog)


def outer_name(place: Place, catalog: Catalog) -> str:
    """The name under which others lie in a place: its own, with its kind where another place bears it, too."""
    told = with_kind(place.admin_type, place.name_en)
    return told if told in catalog.provinces else place.name_en


def _add_what_lies_in(lexicon: Lexicon, outer: Place, catalog: Catalog) -> None:
    """'Uri municipalities' as 'the municipalities in Uri'."""
    around = outer_name(outer, catalog)
    inner = {place.admin_type for place in catalog.places.values() if place.province_en == around}
    name = next(named_by_kind(outer.name_en.lower(), kinds_of(outer.admin_type, catalog)))
    for kind in sorted(inner):
        lies = ("admin_type", kind), ("province", around)
        lexicon.add(f"{name} {kind}", *lies, ("one", "place"))
        for word in {*kinds_of(kind, catalog)[1:], plural(kind)}:
            lexicon.add(f"{name} {word}", *lies)


def known_words(catalog: Catalog) -> dict[str, Any]:
    """The programme's vocabulary without words for places and metrics that the store does not have."""
    said = dict(catalog.own.vocabulary) if catalog.own else {}
    for kind, there in (("place", catalog.places), ("metric", catalog.metrics)):
        if isinstance(said.get(kind), dict):
            said[kind] = {one: words for one, words in said[kind].items() if one in there}
    return said


def add_further_names(lexicon: Lexicon, names: Mapping[str, Iterable[str]]) -> None:
    """What follows from the names of each metric, where it means nothing else."""
    found: dict[str, list[str]] = {}
    for metric, called in names.items():
        for name in sorted(further_names(called)):
            found.setdefault(name, []).append(metric)
    for name, metrics in found.items():
        if key(name) not in lexicon.senses:
            for metric in metrics:
                lexicon.add(name, ("metric", metric))


def add_what_is_done(lexicon: Lexicon, names: Mapping[str, Iterable[str]]) -> None:
    """What names say is done to something, by the verb and by that apart: how much electricity was consumed."""
    for metric, called in names.items():
        for stuff, verbs in filter(None, map(as_done, sorted({name.lower() for name in called}))):
            lexicon.add(stuff, ("stuff", metric))
            for verb in verbs:
                lexicon.add(verb, ("doing", metric))


def own_names(place: Place, catalog: Catalog) -> Iterator[str]:
    """How a place is called by the words for its kind; nothing where the figures are the pilots'."""
    return named_by_kind(place.name_en.lower(), kinds_of(place.admin_type, catalog)) if catalog.own else iter(())


def all_names(place: Place, catalog: Catalog) -> frozenset[str]:
    """Every name of a place, each once."""
    from xinfo.understand.place_names import place_names

    return frozenset((*place_names(place), *own_names(place, catalog)))


def kinds_of(kind: str, catalog: Catalog) -> tuple[str, ...]:
    """A kind and what else its programme calls it in English."""
    named = catalog.own.vocabulary.get("admin_type", {}).get(kind, {}).get("en", ()) if catalog.own else ()
    return (kind, *(phrase for pattern in named for phrase in expand(str(pattern))))


def named_by_kind(name: str, kinds: tuple[str, ...]) -> Iterator[str]:
    """A name with and without each word for its kind, which may be part of it."""
    bare = name
    for kind in kinds:
        bare = bare.removeprefix(f"{kind} of ").removeprefix(f"{kind} ").removesuffix(f" {kind}")
    yield from (bare, bare.replace("'", " "))
    for kind in kinds:
        yield from (f"{bare} {kind}", f"{kind} {bare}", f"{kind} of {bare}")
