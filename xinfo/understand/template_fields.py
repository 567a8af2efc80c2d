"""The fields of a template's file made into a template; what is wrong is said with its field. Reads no question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from xinfo.errors import InputError, did_you_mean
from xinfo.store.assets import EARLIER_TEMPLATES
from xinfo.understand.declared import read_parameters, sentence_of, signs_of
from xinfo.understand.template_parts import (
    LANGUAGES,
    SIGNS,
    SLOTS,
    Example,
    Template,
    by_language,
    read_card,
    read_pinned,
    read_tests,
)

FIELDS = frozenset(
    "id version title needs takes combine measures sentence headline sql chart examples phrases may_be_empty complete "
    "uses slots free parameters description tags author tests frozen".split()
)
KEPT = frozenset("id version title phrases uses slots free description tags author tests frozen examples".split())
"""The fields of a kept question; all others are those of the template that it uses."""
SHARED = "figures.sql"
NO_TEMPLATES = ("measures", "vocabulary", EARLIER_TEMPLATES)
"""Folders beside the templates' own."""
HEADLINE = {"en": "{Sentence}: {listing}.", "zh": "{sentence}：{listing}。"}
"""What a template says that has no headline of its own."""


def made_of(entry: Any, path: Path, known: Mapping[str, Template]) -> Template:
    """The template that a file's content is; InputError says which field is missing or wrong, and where."""
    if not isinstance(entry, dict):
        raise InputError(f"{path}: expected fields such as id, title, needs, sql")
    try:
        return _kept_question(entry, path, known) if "uses" in entry else _whole(entry, path)
    except InputError as error:
        raise InputError(f"{path}{_line_of(str(error), path)}: {error}") from error


def _kept_question(entry: dict[str, Any], path: Path, known: Mapping[str, Template]) -> Template:
    """The template that it uses, asked for with its slots."""
    _require(entry, ("id", "title"), KEPT)
    used = known.get(str(entry["uses"]))
    if used is None or used.uses:
        raise InputError(f"'uses' names no template '{entry['uses']}'{did_you_mean(str(entry['uses']), known)}")
    title = _in_each_language(entry, "title")
    cues = by_language("phrases", entry.get("phrases"))
    pinned = read_pinned(entry)
    return replace(
        used,
        template_id=str(entry["id"]),
        version=_version(entry),
        title=title,
        phrases={lang: tuple(dict.fromkeys((title[lang], *cues.get(lang, ())))) for lang in LANGUAGES},
        examples=_examples(entry),
        path=str(path),
        uses=used.template_id,
        pinned=pinned,
        card=read_card(entry),
        tests=read_tests(entry),
    )


def _whole(entry: dict[str, Any], path: Path) -> Template:
    """A template that stands by itself; where its parameters are declared, what follows from them need not be said."""
    declared = "parameters" in entry
    _require(entry, ("id", "title", "sql", *(() if declared else ("sentence", "headline"))), FIELDS)
    title = _in_each_language(entry, "title")
    phrases = by_language("phrases", entry.get("phrases"))
    parameters = read_parameters(entry.get("parameters") or {})
    pinned = read_pinned(entry) if declared else None
    needs, takes = signs_of(parameters, frozenset(pinned.slots.filled())) if pinned else (frozenset(), frozenset())
    if declared:
        phrases = {lang: tuple(dict.fromkeys((title[lang], *phrases.get(lang, ())))) for lang in LANGUAGES}
    sentence = {lang: sentence_of(title[lang], parameters, lang) for lang in LANGUAGES}
    return Template(
        template_id=str(entry["id"]),
        version=_version(entry),
        title=title,
        needs=_signs(entry.get("needs"), needs),
        takes=_signs(entry.get("takes"), takes),
        measures=tuple(entry.get("measures") or ()),
        combine=str(entry.get("combine") or ""),
        sentence=_in_each_language(entry, "sentence") if "sentence" in entry else sentence,
        headline=_in_each_language(entry, "headline") if "headline" in entry else dict(HEADLINE),
        sql=str(entry["sql"]),
        chart=str(entry.get("chart", "none")),
        examples=_examples(entry),
        path=str(path),
        may_be_empty=bool(entry.get("may_be_empty", False)),
        complete=bool(entry.get("complete", False)),
        phrases=phrases,
        pinned=replace(pinned, free=frozenset(SLOTS)) if pinned and (pinned.slots.filled() or not parameters) else None,
        parameters=parameters,
        card=read_card(entry),
        tests=read_tests(entry),
        written=not _shipped(path),
    )


def _shipped(path: Path) -> bool:
    """Whether the file stands with what xinfo ships, beside the steps that its templates share."""
    return (path.parents[1] / SHARED).exists()


def _require(entry: dict[str, Any], needed: tuple[str, ...], known: frozenset[str]) -> None:
    for name in needed:
        if name not in entry:
            raise InputError(f"the field '{name}' is missing")
    for name in entry:
        if name not in known:
            raise InputError(f"there is no field '{name}'{did_you_mean(str(name), known)}")


def _in_each_language(entry: dict[str, Any], name: str) -> dict[str, Any]:
    given = entry[name]
    if isinstance(given, str):
        return dict.fromkeys(LANGUAGES, given)
    if not isinstance(given, dict):
        raise InputError(f"'{name}' is not as it should be, a text in each language")
    if missing := [lang for lang in LANGUAGES if not given.get(lang)]:
        raise InputError(f"'{name}' lacks the language {missing[0]}")
    return given


def _version(entry: dict[str, Any]) -> int:
    version = entry.get("version", 1)
    if not isinstance(version, int):
        raise InputError(f"'version' is {version!r}", "a whole number")
    return version


def _examples(entry: dict[str, Any]) -> tuple[Example, ...]:
    try:
        return tuple(Example(str(e["en"]), str(e["zh"]), e.get("slots") or {}) for e in entry.get("examples") or ())
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"'examples' lacks {error}", "a question under en and zh, and slots") from error


def _signs(words: list[str] | None, default: frozenset[str]) -> frozenset[str]:
    for word in words or ():
        if word not in SIGNS:
            raise InputError(f"nothing called '{word}' can be heard{did_you_mean(word, SIGNS)}")
    return default if words is None else frozenset(words)


def _line_of(message: str, path: Path) -> str:
    """':12' where the message names a field or a word that stands in that line of the file."""
    named = re.findall(r"'([^']+)'", message)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    found = (at for name in named for at, line in enumerate(lines, 1) if re.search(rf"\b{re.escape(name)}\b", line))
    return f":{at}" if (at := next(found, None)) else ""
