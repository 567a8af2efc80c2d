"""What a text of a table means: place, metric, part, period, unit, role of a column; and what of it is not understood.

Built on the words that questions are read by and on the store's own names. Nothing is decided here that a text leaves
open: several meanings stay several, and words that mean nothing known are handed back as `rest`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from xinfo.errors import InputError, nearest
from xinfo.intake.said import DIMENSIONS_OF, Heard, Said
from xinfo.intake.times import normal, read_time
from xinfo.intake.units import read_units, split_units
from xinfo.store.names import PlaceNames, spelling
from xinfo.understand.catalog import PARTS, Catalog
from xinfo.understand.lexicon import Lexicon, Sense
from xinfo.understand.phrases import expand
from xinfo.understand.template import read_yaml
from xinfo.understand.text import HAN, key

_KINDS = ("metric", "per", "ambiguous", "flag", "consumer", "offering", "sector", "place", "province", "filler")
"""Senses that count in a table; where a phrase has several, the first of these wins."""
_NUMBERING = re.compile(
    r"^[\s#*·•\-]*(?:(?:\(?[一二三四五六七八九十]+\)?[、.,]|\([一二三四五六七八九十\d]+\)|\d{1,2}[、.)](?!\d))\s*)*"
)
_FOOTNOTE = re.compile(r"(?:\s*(?:\*+|[①-⑳]|\[\d+\]|\(注\s*\d*\)|注\d+))+$")
_ALL = {"all": "all", "合计": "all", "total": "all", "全部": "all", "总计": "all", "小计": "all"}


class Words:
    """The words of a store's catalog, of questions (`lexicon`) and of tables."""

    def __init__(self, catalog: Catalog, lexicon: Lexicon):
        self.catalog = catalog
        self._lexicon = Lexicon()
        for phrase, senses in lexicon.senses.items():
            for sense in senses:
                if sense.kind in _KINDS[:-1] and sense.kind != "flag":
                    self._add(phrase, sense)
        self.roles: dict[str, str] = {}
        self._add_own(read_yaml(Path(__file__).with_name("words.yaml")))
        for metric in catalog.metrics:
            self._lexicon.add(metric.replace("_", " "), ("metric", metric))
        self._names = PlaceNames(map(vars, catalog.places.values()))
        self.read = lru_cache(maxsize=200_000)(self._read)
        self.place = lru_cache(maxsize=200_000)(self._place)

    def _add(self, phrase: tuple[str, ...], sense: Sense) -> None:
        known = self._lexicon.senses.get(phrase, ())
        self._lexicon.senses[phrase] = (*known, sense)
        self._lexicon.longest[phrase[0]] = max(self._lexicon.longest.get(phrase[0], 0), len(phrase))

    def _add_own(self, own: Mapping[str, Any]) -> None:
        for role, patterns in own["roles"].items():
            for phrase in _expanded(patterns):
                self.roles.setdefault(" ".join(key(phrase)), role)
                if role == "value":
                    self._lexicon.add(phrase, ("filler", phrase))
        for flag, patterns in own["flags"].items():
            for phrase in _expanded(patterns):
                self._lexicon.add(phrase, ("flag", flag))
        for phrase in _expanded(own["filler"]):
            self._lexicon.add(phrase, ("filler", phrase))

    def role(self, text: str) -> str | None:
        """The role of a column whose header is `text`, its unit and numbering left aside; the ids are known too."""
        _, bare = split_units(_bare(normal(text).replace("_", " ")))
        return self.roles.get(" ".join(key(bare)))

    def _place(self, text: str) -> tuple[str, ...]:
        """The places that the whole text may mean; one where it is sure."""
        bare = _bare(text)
        try:
            found = self._names.find(bare)
        except InputError:
            ids = [str(sense.value) for sense in self._lexicon.senses.get(key(bare), ()) if sense.kind == "place"]
            return tuple(dict.fromkeys(ids))
        place = self.catalog.places[found]
        if HAN.search(bare) or bare.replace("-", " ").casefold() != place.name_en.casefold():
            others = self._province(bare, found)
        else:
            others = (*self._province(bare, found), *(["?"] if found in self.catalog.namesakes else []))
        return (found, *others)

    def _province(self, text: str, place_id: str) -> tuple[str, ...]:
        """'?' where the text names a province as well, which is not the place: 吉林."""
        place = self.catalog.places[place_id]
        if spelling(text) in (spelling(place.name_zh), place.place_id):
            return ()
        senses = self._lexicon.senses.get(key(text), ())
        own = place.admin_type in ("province", "municipality", "country")
        return ("?",) if not own and any(sense.kind == "province" for sense in senses) else ()

    def nearest_places(self, text: str) -> tuple[str, ...]:
        """Ids of the places whose names are most like the text, best first."""
        names = {spelling(name): p.place_id for p in self.catalog.places.values() for name in (p.name_zh, p.name_en)}
        written, said = spelling(_bare(text)), self.read(text)
        found = [*([said.place] if said.place else said.places), *(names[name] for name in nearest(written, names))]
        # Three characters of which one is wrong are too few for a measure of likeness
        found += [place for name, place in names.items() if len(written) > 2 and _one_off(written, name)]
        return tuple(dict.fromkeys(found))

    def nearest_metrics(self, text: str) -> tuple[str, ...]:
        """Ids of the metrics whose labels are most like the text, best first."""
        labels = {
            normal(label): m.metric_id
            for m in self.catalog.metrics.values()
            for label in (m.label_zh, m.label_en, m.metric_id)
        }
        return tuple(dict.fromkeys(labels[label] for label in nearest(normal(_bare(text)), labels)))

    def _read(self, *texts: str, about: str | None = None) -> Said:
        """What the texts of one header, or a row's label, say together; `about` is what the table is about."""
        heard: list[Heard] = []
        for text in texts:
            heard += self._hear(text, alone=len(texts) == 1)
        return Said.settle(heard, self.catalog, about)

    def _hear(self, text: str, alone: bool) -> Iterable[Heard]:
        plain = _bare(normal(text))
        whole = key(plain.replace("_", " "))
        named = self._lexicon.senses.get(whole, ())
        if not (alone and named) and (units := read_units(plain)):
            return [Heard("units", units)]
        if role := self.roles.get(" ".join(whole)):
            senses = self._chosen(named)
            if role != "year" or not named:
                return [Heard("role", role), *([h for h in senses if h.kind == "flag"])]
        if (found := self._chosen(named)) and found[0].kind in ("metric", "place"):
            return found
        units, plain = split_units(plain)
        time, plain = read_time(plain)
        heard = [*([Heard("units", units)] if units else []), *([Heard("time", time)] if time else [])]
        return [*heard, *self._segments(key(plain.replace("_", " ")))]

    def _segments(self, words: tuple[str, ...]) -> Iterable[Heard]:
        """The longest known phrases from left to right."""
        start = 0
        while start < len(words):
            found = [(end, senses) for end, senses in self._lexicon.at(words, start)]
            if found:
                end, senses = found[-1]
                yield from self._chosen(senses)
                start = end
                continue
            if words[start].isalnum():
                yield Heard("rest", words[start])
            start += 1

    def _chosen(self, senses: tuple[Sense, ...]) -> list[Heard]:
        """What a phrase says: of its senses those of the first kind that counts."""
        kind = min((sense.kind for sense in senses), key=_KINDS.index, default="")
        chosen = [sense for sense in senses if sense.kind == kind]
        if kind in ("metric", "place") and len({sense.value for sense in chosen}) > 1:
            several = tuple(dict.fromkeys(str(sense.value) for sense in chosen))
            return [Heard("ambiguous" if kind == "metric" else "places", several)]
        fullest = max(chosen, key=lambda sense: len(sense.means), default=Sense(()))
        return [Heard(name, value) for name, value in fullest.means]

    def part(self, dimension: str, text: str) -> str | None:
        """The part of a dimension that a cell names; `all` for a total or nothing."""
        plain = _bare(normal(text))
        if not plain or plain in _ALL or plain in (*PARTS[dimension], "all"):
            return _ALL.get(plain, plain or "all")
        said = self.read(plain)
        if said.rest:
            return None
        return said.parts.get(dimension) or ("all" if "total" in said.flags else None)

    def dimensions(self, metric: str) -> tuple[str, ...]:
        """The dimensions that a metric is split by."""
        return DIMENSIONS_OF.get(metric, ())

    def years(self) -> tuple[str, ...]:
        """The years of the store's figures and the next one, latest first."""
        first, last = self.catalog.data_from, self.catalog.data_to
        return tuple(str(year) for year in range(last.year + 1, first.year - 1, -1)) if first and last else ()

    def runs(self, metric: str) -> bool:
        """Whether a metric's figure of a running total differs from that of the single quarter: flows, their growth."""
        found = self.catalog.metrics[metric]
        of = self.catalog.metrics.get(found.growth_of or found.numerator or "")
        return found.kind == "flow" or (of is not None and of.kind == "flow")


def _expanded(patterns: Iterable[str]) -> Iterable[str]:
    for pattern in patterns:
        yield from expand(str(pattern))


def _one_off(one: str, other: str) -> bool:
    """Whether two texts of one length differ in a single character."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _bare(text: str) -> str:
    """A label without its numbering, indent and footnote marks."""
    return _FOOTNOTE.sub("", _NUMBERING.sub("", text.strip())).strip(" :：")
