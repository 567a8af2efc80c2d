"""The words that questions are made of: phrases from queries/vocabulary and names from the catalog, ready for look-up.

A phrase in the files may hold [parts that may be left out] and (one|of|several); what it means is a tuple of senses,
since the same word can mean several things until its neighbours are known. Knows nothing of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin

from xinfo.errors import InputError
from xinfo.language.texts import languages, texts
from xinfo.store.library import EARLIER_WORDS
from xinfo.understand.catalog import REGION_SUFFIX, Catalog, Place
from xinfo.understand.facts import Programme
from xinfo.understand.phrases import expand
from xinfo.understand.template import parse_yaml
from xinfo.understand.text import key

Key = tuple[str, ...]
LAST_FILES = ("function_words.yaml", "beside.yaml", "operators.yaml")
"""Words that say nothing by themselves, then those that nothing here can say: what else a phrase means comes first."""
OPERATOR = "operator"


@dataclass(frozen=True)
class Sense:
    """One thing that a phrase can mean: kind and value pairs, such as (('measure', 'growth'), ('order', 'desc'))."""

    means: tuple[tuple[str, Any], ...]

    @property
    def kind(self) -> str:
        return self.means[0][0]

    @property
    def value(self) -> Any:
        return self.means[0][1]


@dataclass
class Lexicon:
    """Phrases by their tokens."""

    senses: dict[Key, tuple[Sense, ...]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    """The most tokens that a phrase beginning with this token has."""
    asides: dict[str, str] = field(default_factory=dict)
    """Words that people speak of themselves with, and what each of them does: see `asides`."""
    programme: Programme = field(default_factory=Programme)
    """The words that ask for facts of the programme."""

    def add(self, phrase: str, *means: tuple[str, Any]) -> None:
        self.add_sense(phrase, Sense(tuple(means)))

    def add_sense(self, phrase: str, sense: Sense) -> None:
        self.add_senses(phrase, (sense,))

    def add_senses(self, phrase: str, senses: tuple[Sense, ...]) -> None:
        """The same tuple for many phrases costs the memory, and the garbage collector, of one."""
        if words := key(phrase):
            if (known := self.senses.get(words)) is None:
                self.senses[words] = senses
            elif new := tuple(sense for sense in senses if sense not in known):
                self.senses[words] = (*known, *new)
            first, many = words[0], len(words)
            if many > self.longest.get(first, 0):
                self.longest[first] = many

    def at(self, words: Key, start: int) -> Iterator[tuple[int, tuple[Sense, ...]]]:
        """(end, senses) of every phrase that begins at `start`."""
        for end in range(start + 1, min(len(words), start + self.longest.get(words[start], 0)) + 1):
            if found := self.senses.get(words[start:end]):
                yield end, found


def build_lexicon(folder: Path, catalog: Catalog, own: Path | None = None) -> Lexicon:
    """The vocabulary files, people's own too, and the catalog's names; templates' phrases come after: see `called`."""
    shipped = [path for path in (folder / "vocabulary").glob("*.yaml") if path != folder / EARLIER_WORDS]
    theirs = [own] if own and own.exists() else []
    files = sorted([*shipped, *theirs], key=lambda path: _in_order(path, own))
    lexicon = _of_files(tuple((path.name, _content(path)) for path in files))
    lexicon = replace(lexicon, senses=dict(lexicon.senses), longest=dict(lexicon.longest))
    for metric in catalog.metrics.values():
        for label in (metric.label_en, metric.label_zh):
            lexicon.add(label, ("metric", metric.metric_id))
    for fact in catalog.facts:
        for lang in languages():
            lexicon.add(texts(lang).get(f"fact.{fact}", ""), ("fact", fact))
    add_places(lexicon, catalog)
    return lexicon


def _in_order(path: Path, own: Path | None) -> tuple[int, bool, str]:
    return (LAST_FILES.index(path.name) + 1 if path.name in LAST_FILES else 0, path == own, path.name)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


@lru_cache(maxsize=4)
def _of_files(files: tuple[tuple[str, bytes], ...]) -> Lexicon:
    """The phrases of files, each with its name and content; made once, as it takes most of opening a store."""
    lexicon = Lexicon()
    for name, content in files:
        _add_file(lexicon, parse_yaml(content, name) or {})
    return lexicon


def _add_file(lexicon: Lexicon, content: dict[str, Any]) -> None:
    for kind, entries in content.items():
        if kind == "aside":
            _add_asides(lexicon, entries)
            continue
        if kind == "programme":
            lexicon.programme = Programme.of(entries)
            continue
        if isinstance(entries, list):
            for entry in entries:
                means = tuple(entry["means"].items()) if "means" in entry else ((kind, tuple(entry["of"])),)
                _add_phrases(lexicon, entry, means)
            continue
        # A file of metrics alone may leave the heading 'metric' out.
        grouped = {kind: entries} if {"en", "zh"} & set(entries) else entries
        outer = "metric" if {"en", "zh"} & set(entries) else kind
        for value, words in grouped.items():
            _add_phrases(lexicon, words, ((outer, str(value)),))


def _add_asides(lexicon: Lexicon, entries: dict[str, dict[str, list[str]]]) -> None:
    for does, words in entries.items():
        for word in (word for patterns in words.values() for pattern in patterns for word in expand(str(pattern))):
            lexicon.asides.setdefault(word, does)


def _add_phrases(lexicon: Lexicon, words: dict[str, Any], means: tuple[tuple[str, Any], ...]) -> None:
    senses = (Sense(means),)
    for lang in ("en", "zh"):
        for pattern in words.get(lang) or ():
            for phrase in expand(str(pattern)):
                if senses[0].kind != OPERATOR or key(phrase) not in lexicon.senses:
                    lexicon.add_senses(phrase, senses)


SHORTEST = 4
"""Letters of a name that is also known with an s behind it, the apostrophe forgotten."""
SUFFIXES = ("朝鲜族自治州", "自治州", "新区", "地区", "市", "区", "县", "盟")
NATION = ("全国", "中国", "我国", "china", "the nation", "the whole country", "nationwide", "nation", "national level")
ENGLISH_SUFFIXES = tuple(
    f" {kind}"
    for kind in ("autonomous prefecture", "new area", "new district", "district", "county", "prefecture", "city")
)
PEOPLES = re.compile("(?:(?:朝鲜|蒙古|哈萨克|柯尔克孜|土家|布依|哈尼|傈僳|景颇|藏|回|白|彝|傣|苗|侗|壮|羌)族?)+自治州$")
"""What stands between the name of an autonomous prefecture and its suffix: 大理白族自治州 is called 大理州."""
# Suffixes people write after a place's English name, by the kind of place.
KINDS_OF_CITY = {
    "municipality": ("city", "municipality"),
    "prefecture-level city": ("city", "prefecture level city"),
    "county-level city": ("city", "county level city"),
    "county": ("county",),
    "district": ("district",),
    "province": ("province",),
    "autonomous prefecture": ("prefecture", "autonomous prefecture"),
}


def add_places(lexicon: Lexicon, catalog: Catalog) -> None:
    """Every name of every place and province; a name shared by several places has as many senses."""
    provinces = {(p.province_en, p.province_zh) for p in catalog.places.values() if p.province_en}
    provinces |= {(d.name_en, d.name_zh) for d in catalog.divisions if d.level == "province"}
    shorts = {REGION_SUFFIX.sub("", chinese) for _, chinese in provinces}
    elsewhere = _names_elsewhere(catalog)
    for place in catalog.places.values():
        for name in place_names(place):
            # 'Hainan' is the province; the prefecture of that name is never called so alone.
            if place.admin_type == "autonomous prefecture" and name in shorts:
                continue
            # 'Changsha' is the city, also where the store knows Changsha County alone; a full name stays its own.
            if name not in elsewhere or name in (place.name_en.lower(), place.name_zh):
                lexicon.add(name, ("place", place.place_id))
                if name.isascii() and name.isalpha() and len(name) > SHORTEST:
                    lexicon.add(f"{name}s", ("place", place.place_id))  # 'wuhans gdp'
    for name in catalog.shared_names:
        if name.isascii() and " " not in name:
            for sense in lexicon.senses.get(key(name), ()):
                if sense.kind == "place":
                    lexicon.add_sense(f"{name}s", sense)  # 'both Taizhous'
    for place_id in catalog.doubled:
        place = catalog.places[place_id]
        for name in (place.name_en, REGION_SUFFIX.sub("", place.name_zh)):
            lexicon.add(name, ("place", place_id))
            lexicon.add(name, ("doubled", place_id))
    _add_outer(lexicon, catalog)
    for english, chinese in sorted(provinces):
        short = REGION_SUFFIX.sub("", chinese)
        for name in (english, f"{english} province", f"province of {english}", chinese, short, f"{short}省"):
            lexicon.add(name, ("province", english))


def _names_elsewhere(catalog: Catalog) -> frozenset[str]:
    """Names of cities without figures, written short: smaller places may bear them with their suffix only."""
    cities = catalog.cities_elsewhere
    return frozenset(name for d in cities for name in (d.name_en.lower(), d.name_zh.removesuffix("市")))


def _add_outer(lexicon: Lexicon, catalog: Catalog) -> None:
    """Cities that only say where a place lies: 'Hangzhou' in 杭州西湖区, where the store knows just the district."""
    known = {place.adcode for place in catalog.places.values()}
    outer = {code[:4] + "00" for code in known} - known
    for division in catalog.divisions:
        if division.adcode in outer:
            for name in (division.name_en, division.name_zh, division.name_zh.removesuffix("市")):
                lexicon.add(name, ("outer", division.adcode))


def place_names(place: Place) -> Iterator[str]:
    """Every way a place is written: with and without 市/区/县, City/District/County, as an id."""
    english = place.name_en.lower()
    short = next((english.removesuffix(s) for s in ENGLISH_SUFFIXES if english.endswith(s)), english)
    yield from (english, short, place.place_id.replace("-", " "), english.replace("'", " "))
    for kind in KINDS_OF_CITY.get(place.admin_type, ()):
        yield from (f"{short} {kind}", f"{kind} of {short}")
    yield place.name_zh
    if place.admin_type == "province":
        # Not in letters: 陕西 would be read as 山西.
        yield REGION_SUFFIX.sub("", place.name_zh)
        return
    suffix = next((s for s in SUFFIXES if place.name_zh.endswith(s)), "")
    if len(bare := place.name_zh.removesuffix(suffix)) > 1:
        yield bare
    if suffix.endswith("自治州"):
        bare = PEOPLES.sub("", place.name_zh)
        yield from (bare, f"{bare}州")
    syllables = lazy_pinyin(bare)
    yield from (" ".join(syllables), "".join(syllables), f"{short}{suffix}")
    if place.admin_type == "district" and suffix == "新区":
        yield from ("新区", "new area", f"{bare}区", f"{short} new district")
    if place.admin_type == "country":
        yield from NATION
