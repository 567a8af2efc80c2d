"""How many questions a template covers, and in how many wordings: products over its slots. Reads no sentence.

What is counted: everything the template needs, with none or one of the further things it takes. Both numbers are bounds
from above on that: combinations that the data has not are in them. Wordings are those of the vocabulary alone, so that
filler, word order and the many ways to write a number or a date come on top.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import comb, prod

from xinfo.understand.catalog import DIMENSIONS, Catalog
from xinfo.understand.frame import GROUPS, PROJECT_GROUPS
from xinfo.understand.lexicon import Lexicon
from xinfo.understand.reading import Scope
from xinfo.understand.settled import signs_of
from xinfo.understand.template import LANGUAGES, Template
from xinfo.understand.text import HAN

SPANS = 10
"""Periods of a year: itself, its quarters and what runs over several of them."""
PROJECTS = 7 * 5 * 5 - 1
"""An area, a level and a status, each of them or none, but not none of all."""


@dataclass(frozen=True)
class Spread:
    """Counts over one vocabulary and one store."""

    lexicon: Lexicon
    catalog: Catalog

    def meanings(self, template: Template) -> int:
        """At most this many different slots."""
        if "fact" in template.needs:
            return self.values["fact"]  # Of what else is said in a question about a fact, nothing is kept.
        needed = prod(self._values(sign, template) for sign in template.needs)
        return needed * (1 + sum(self._values(sign, template) for sign in _further(template) if sign in self.values))

    def sentences(self, template: Template, lang: str) -> int:
        """At most this many wordings."""
        if template.phrases.get(lang):
            return len(template.phrases[lang])
        needed = prod(max(1, self.phrases(sign, lang)) for sign in template.needs)
        return needed * (1 + sum(self.phrases(sign, lang) for sign in _further(template)))

    def _values(self, sign: str, template: Template) -> int:
        return len(template.measures) or 1 if sign == "measure" else self.values.get(sign, 1)

    @cached_property
    def values(self) -> dict[str, int]:
        """How many values each sign's slot may have; signs that are mere cues are not there."""
        places, scopes, years = len(self.catalog.places), self._scopes(), self._years()
        parts = {dimension: self._distinct(dimension) for dimension in DIMENSIONS}
        return {
            "metric": len(self.catalog.metrics), "place": places, "places": comb(places, 2), "scope": scopes,
            "two_scopes": scopes * (scopes - 1), "period": years * SPANS, "periods": comb(years * SPANS, 2),
            "span": comb(years, 2), "part": sum(parts.values()), "parts": sum(comb(n, 2) for n in parts.values()),
            "over_part": len(DIMENSIONS), "over_group": len(GROUPS), "by_project": len(PROJECT_GROUPS) + 1,
            "grain": 2, "order": 2, "n": len(self.catalog.pilots()), "threshold": 4, "than": 4 * places, "field": 2,
            "measure": 1, "fact": len(self.catalog.facts), "project": PROJECTS,
        }  # fmt: skip

    def phrases(self, sign: str, lang: str) -> int:
        """How many phrases of the vocabulary make this sign heard; for numbers and periods, their values."""
        if sign in ("period", "periods", "span", "n"):
            return self.values[sign]
        if sign in ("places", "parts", "two_scopes"):
            one = self.phrases({"places": "place", "parts": "part", "two_scopes": "scope"}[sign], lang)
            return comb(one, 2)
        if sign == "scope":
            return (
                prod(1 + self.known[kind, lang] for kind in ("province", "region", "admin_type", "batch", "pilots")) - 1
            )
        if sign in ("threshold", "than"):
            return self.known["cmp", lang] * (self.known["place", lang] if sign == "than" else 1)
        return sum(self.known[kind, lang] for kind in KINDS.get(sign, ())) + self.known[f"cue:{sign}", lang]

    @cached_property
    def known(self) -> Counter[tuple[str, str]]:
        """Phrases by (kind, language); cue words by what they may stand for, groupings by what they group."""
        counted: Counter[tuple[str, str]] = Counter()
        for words, senses in self.lexicon.senses.items():
            lang = "zh" if any(HAN.match(word) for word in words) else "en"
            for kind in {kind for sense in senses for pair in sense.means for kind in _kinds(*pair)}:
                counted[kind, lang] += 1
        return counted

    def _distinct(self, kind: str) -> int:
        senses = (sense for found in self.lexicon.senses.values() for sense in found)
        return len({sense.value for sense in senses if sense.kind == kind})

    def _scopes(self) -> int:
        """Descriptions that fit at least one pilot."""
        found = {Scope()}
        for place in (place for place in self.catalog.places.values() if place.batch):
            held = (place.province_en, place.region, place.admin_type, place.batch)
            for chosen in product((True, False), repeat=len(held)):
                province, region, kind, batch = (v if taken else None for v, taken in zip(held, chosen, strict=True))
                found.add(Scope(province, region, kind, batch))
        return len(found)

    def _years(self) -> int:
        first, last = self.catalog.data_from, self.catalog.data_to
        return last.year - first.year + 1 if first and last else 1


KINDS = {
    "metric": ("metric",), "place": ("place",), "part": DIMENSIONS, "over_part": ("over:part",),
    "over_group": ("over:group",), "by_project": ("over:project",), "over_place": ("over:place",), "grain": ("grain",),
    "order": ("order",), "measure": ("measure",), "projects": ("projects",), "field": ("field",), "fact": ("fact",),
    "project": ("content_area", "level", "project_status"),
}  # fmt: skip
"""The kinds of phrases that make a sign heard."""


def _kinds(kind: str, value: object) -> Iterable[str]:
    if kind == "cue":
        return [f"cue:{sign}" for sign in signs_of(frozenset([str(value)]))]
    if kind == "over":
        group = (
            "part"
            if value in DIMENSIONS
            else "group"
            if value in GROUPS
            else "place"
            if value == "place"
            else "project"
        )
        return [f"over:{group}"]
    return [kind]


def _further(template: Template) -> frozenset[str]:
    measured = {"measure"} if len(template.measures) > 1 else set()
    return (template.takes | measured) - template.needs - (set() if template.measures else {"measure"})


def by_language(spread: Spread, template: Template) -> dict[str, int]:
    """The wordings in each language."""
    return {lang: spread.sentences(template, lang) for lang in LANGUAGES}
