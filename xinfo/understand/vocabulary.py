"""The words that questions are made of: phrases from queries/vocabulary and names from the catalog, ready for look-up.

A phrase in the files may hold [parts that may be left out] and (one|of|several); what it means is a tuple of senses,
since the same word can mean several things until its neighbours are known. Knows nothing of sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from xinfo.errors import InputError
from xinfo.language.texts import languages, texts
from xinfo.store.assets import EARLIER_WORDS
from xinfo.store.cache import kept
from xinfo.understand.catalog import Catalog
from xinfo.understand.facts import Programme
from xinfo.understand.label_words import for_one_and_several
from xinfo.understand.lexicon import OPERATOR, Lexicon, Sense
from xinfo.understand.own_words import (
    add_further_names,
    add_own_names,
    add_own_words,
    add_what_is_done,
    known_words,
    without_programme,
)
from xinfo.understand.phrases import expand
from xinfo.understand.place_names import add_places
from xinfo.understand.template import parse_yaml
from xinfo.understand.text import key

_EXPECTED = "no vocabulary: kinds are expected, in them values, in those lists of phrases by language"
LAST_FILES = ("function_words.yaml", "beside.yaml", "operators.yaml")
"""Words that say nothing by themselves, then those that nothing here can say: what else a phrase means comes first."""


def build_lexicon(folder: Path, catalog: Catalog, own: Path | None = None, cache: Path | None = None) -> Lexicon:
    """The vocabulary files, people's own too, and the catalog's names; templates' phrases come after: see `called`.

    With a folder as `cache` it is made once for as long as files and names stay as they are. People's own file is left
    out as long as there is a `fault` in it.
    """
    shipped = [path for path in (folder / "vocabulary").glob("*.yaml") if path != folder / EARLIER_WORDS]
    theirs = [own] if own and own.exists() and not fault(own) else []
    ordered = sorted([*shipped, *theirs], key=lambda path: _in_order(path, own))
    files = tuple((path.name, _content(path)) for path in ordered)
    if cache is None:
        return _with_names(_of_files(files), catalog)
    apart = (catalog.called, catalog.own) if catalog.called or catalog.own else ()
    names = repr((catalog.metrics, catalog.places, sorted(catalog.facts), catalog.divisions, *apart)).encode()
    made_from = (
        names,
        version("pypinyin").encode(),
        *(part for name, content in files for part in (name.encode(), content)),
    )
    made = kept(cache, "vocabulary", made_from, lambda: _with_names(_of_files(files), catalog).plain())
    return Lexicon.read_back(made)


def fault(own: Path) -> str:
    """What is wrong with people's own file, with its name and line; empty where nothing is, or there is none."""
    try:
        return _fault(own.name, _content(own)) if own.exists() else ""
    except InputError as error:
        return str(error)


@lru_cache(maxsize=4)
def _fault(name: str, content: bytes) -> str:
    tree = parse_yaml(content, name) or {}
    if not isinstance(tree, dict):
        return f"{name}:1: {_EXPECTED}"
    for kind, entries in tree.items():
        parts = [{one: words} for one, words in entries.items()] if isinstance(entries, dict) else [entries]
        for part in parts:
            try:
                _require_lists(part)
                _add_file(Lexicon(), {kind: part})
            except (InputError, TypeError, AttributeError, KeyError, ValueError) as error:
                place = YAML(typ="rt").load(content.decode("utf-8-sig"))
                value = next(iter(part)) if isinstance(part, dict) else None
                line = place[kind].lc.key(value)[0] if value is not None else place.lc.key(kind)[0]
                return f"{name}:{line + 1}: {error if isinstance(error, InputError) else _EXPECTED}"
    return ""


def _require_lists(part: object) -> None:
    """Raises TypeError for phrases that are a text: each of its letters would be one."""
    if isinstance(part, str):
        raise TypeError(part)
    for inner in part.values() if isinstance(part, dict) else ():
        _require_lists(inner)


def _with_names(files: Lexicon, catalog: Catalog) -> Lexicon:
    """The words of the files and the catalog's names."""
    lexicon = files.copy() if catalog.own is None else without_programme(files, catalog)
    if catalog.own is not None:
        add_own_words(lexicon, catalog)
        _add_file(lexicon, known_words(catalog))
    names: dict[str, list[str]] = {}
    for metric in catalog.metrics.values():
        called = catalog.called.get(metric.metric_id, {})
        names[metric.metric_id] = [metric.label_en, metric.label_zh, *_phrases(called, "en", "zh")]
        for name in names[metric.metric_id]:
            lexicon.add(name, ("metric", metric.metric_id))
        for phrase in _phrases(called, "told_by_en", "told_by_zh"):
            for form in (phrase, *for_one_and_several(phrase)):
                lexicon.add(form, ("variant", frozenset([metric.metric_id])))
    for fact in catalog.facts:
        for lang in languages():
            lexicon.add(texts(lang).get(f"fact.{fact}", ""), ("fact", fact))
    add_places(lexicon, catalog)
    if catalog.own is not None:
        add_own_names(lexicon, catalog)
        add_further_names(lexicon, names)
        add_what_is_done(lexicon, names)
    return lexicon


def _phrases(called: Mapping[str, list[str]], *names: str) -> Iterator[str]:
    """The phrases of some of the patterns that a metric goes by; a pattern that is none is left out."""
    for pattern in (pattern for name in names for pattern in called.get(name, ())):
        with suppress(InputError):
            yield from expand(pattern)


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
