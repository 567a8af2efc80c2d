"""Briefings as YAML files that people read and mend, kept beside the store: `<store>.briefings/<id>.yaml`."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from xinfo.briefing.model import (
    LETTERHEAD,
    LIVE,
    SENTENCES,
    SHOWN,
    Account,
    Ask,
    Briefing,
    Item,
    Note,
    Section,
    Text,
    Words,
)
from xinfo.errors import InputError, StoreError, did_you_mean, nearest
from xinfo.store.whole import write_whole
from xinfo.understand.template import LANGUAGES, read_yaml

HEAD = ("id", "title", "lang", "place", "period", "published_only", "made_from", "series", "letterhead", "sections")
ITEM = ("id", "ask", "show", "title", "about", "say", "words", "text", "note", "required")
FORMER: Mapping[str, tuple[str, ...]] = {"pace": ("needed", "projected")}
"""What sentences were called before."""
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def folder(store: Path) -> Path:
    """Where the briefings of `store` are kept."""
    return store.with_name(store.name + ".briefings")


def listed(store: Path) -> tuple[str, ...]:
    """The ids of the saved briefings."""
    return tuple(sorted(path.stem for path in folder(store).glob("*.yaml")))


def find(store: Path, named: str) -> Briefing:
    """The briefing of an id, or of a YAML file. Raises InputError, with the nearest id, where there is none."""
    if named.endswith((".yaml", ".yml")) and Path(named).is_file():
        return read(Path(named))
    path = folder(store) / f"{named}.yaml"
    if not NAME.fullmatch(named) or not path.is_file():
        raise InputError(f"there is no briefing '{named}'", close=nearest(named, listed(store)))
    return read(path)


def save(store: Path, briefing: Briefing) -> Path:
    """Writes the file in one step. Raises InputError for an id that names no file, StoreError for a full disk."""
    if not NAME.fullmatch(briefing.id):
        raise InputError(f"'{briefing.id}' is no id of a briefing", "small letters, digits and hyphens")
    path = folder(store) / f"{briefing.id}.yaml"
    try:
        write_whole(path, written(briefing))
    except InputError as error:
        raise StoreError(str(error)) from error
    return path


def written(briefing: Briefing) -> str:
    """The file's text."""
    yaml = YAML()
    yaml.width, yaml.allow_unicode = 120, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(_form(briefing), out)
    return out.getvalue()


def read(path: Path) -> Briefing:
    """The briefing of one file. Raises InputError that says what is wrong where."""
    return from_form(read_yaml(path), str(path))


def from_text(text: str, where: str) -> Briefing:
    """The briefing of a file's text. Raises InputError."""
    try:
        return from_form(YAML(typ="safe").load(text), where)
    except YAMLError as error:
        raise InputError(f"{where}: no YAML") from error


def from_form(entry: Any, where: str) -> Briefing:
    """The briefing of a tree of mappings and lists."""
    form = _known(entry, HEAD, where)
    if not form.get("id") or not form.get("title"):
        raise InputError(f"{where}: a briefing needs an id and a title")
    lang = str(form.get("lang") or "en")
    if lang not in LANGUAGES:
        raise InputError(f"{where}: 'lang' is '{lang}'", " or ".join(LANGUAGES))
    sections = tuple(_section(one, f"{where}, section {at}") for at, one in enumerate(form.get("sections") or (), 1))
    told = {name: str(form.get(name) or "") for name in ("place", "period", "made_from", "series")}
    made = Briefing(
        id=str(form["id"]),
        title=_words(form["title"], lang),
        lang=lang,
        sections=tuple(_in_language(section, lang) for section in sections),
        published_only=bool(form.get("published_only", False)),
        letterhead=_letterhead(form.get("letterhead") or {}, lang, where),
        **told,
    )
    ids = [item.id for item in made.items()]
    if twice := next((name for name in ids if ids.count(name) > 1), None):
        raise InputError(f"{where}: two items are called '{twice}'")
    return made


def _letterhead(entry: Any, lang: str, where: str) -> Mapping[str, Words]:
    form = _known(entry, LETTERHEAD, f"{where}, letterhead")
    given = {name: _words(form.get(name) or "", lang) for name in LETTERHEAD}
    return {name: words for name, words in given.items() if words}


def _section(entry: Any, where: str) -> Section:
    form = _known(entry, ("title", "items"), where)
    items = tuple(_item(one, f"{where}, item {at}") for at, one in enumerate(form.get("items") or (), 1))
    return Section(_words(form.get("title") or "", ""), items)


def _item(entry: Any, where: str) -> Item:
    form = _known(entry, ITEM, where)
    id_, required = str(form.get("id") or ""), bool(form.get("required", True))
    if not re.fullmatch(r"[A-Za-z0-9_]{1,24}", id_):
        raise InputError(f"{where}: '{id_}' is no id of an item", "letters, digits and _, at most 24")
    if "ask" in form:
        show = _among(form.get("show") or SHOWN, SHOWN, where)
        return Ask(id_, str(form["ask"]), show, _words(form.get("title") or "", ""), required)
    if "about" in form:
        say = [now for name in form.get("say") or SENTENCES for now in FORMER.get(name, (name,))]
        words = _words(form.get("words") or "", "")
        return Account(id_, str(form["about"]), _among(say, SENTENCES, where), required, words)
    if "text" in form:
        return Text(id_, _words(form["text"], ""))
    if "note" in form:
        return Note(id_, _words(form["note"], ""))
    raise InputError(f"{where}: nothing to show", "one of ask, about, text, note")


def _known(entry: Any, names: tuple[str, ...], where: str) -> Mapping[str, Any]:
    if not isinstance(entry, Mapping):
        raise InputError(f"{where}: expected fields such as {', '.join(names[:3])}")
    for name in entry:
        if name not in names:
            raise InputError(f"{where}: there is no field '{name}'{did_you_mean(str(name), names)}")
    return entry


def _among(given: Any, known: tuple[str, ...], where: str) -> tuple[str, ...]:
    for name in given:
        if name not in known:
            raise InputError(f"{where}: there is no '{name}'{did_you_mean(str(name), known)}", ", ".join(known))
    return tuple(name for name in known if name in given)


def _words(given: Any, lang: str) -> Words:
    """By language; a plain text is in the briefing's own."""
    if isinstance(given, Mapping):
        return {str(name): str(text) for name, text in given.items() if text}
    return {lang: str(given)} if given else {}


def _in_language(section: Section, lang: str) -> Section:
    """Plain texts, which were read before the language was known, put under it."""
    from dataclasses import replace

    def mended(words: Words) -> Words:
        return {name or lang: text for name, text in words.items()}

    items: list[Item] = []
    for item in section.items:
        if isinstance(item, Ask):
            items.append(replace(item, title=mended(item.title)))
        elif isinstance(item, Text | Note):
            items.append(replace(item, text=mended(item.text)))
        else:
            items.append(replace(item, words=mended(item.words)))
    return Section(mended(section.title), tuple(items))


def _form(briefing: Briefing) -> dict[str, Any]:
    form: dict[str, Any] = {"id": briefing.id, "title": dict(briefing.title), "lang": briefing.lang}
    form |= {
        name: getattr(briefing, name) for name in ("place", "period", "made_from", "series") if getattr(briefing, name)
    }
    if briefing.published_only:
        form["published_only"] = True
    if briefing.letterhead:
        form["letterhead"] = {name: dict(words) for name, words in briefing.letterhead.items()}
    form["sections"] = [
        {"title": dict(section.title), "items": [_item_form(item) for item in section.items]}
        for section in briefing.sections
    ]
    return form


def _item_form(item: Item) -> dict[str, Any]:
    form: dict[str, Any] = {"id": item.id}
    if isinstance(item, Ask):
        form |= {"ask": item.question}
        form |= {"show": list(item.show)} if item.show != SHOWN else {}
        form |= {"title": dict(item.title)} if item.title else {}
    elif isinstance(item, Account):
        form |= {"about": item.question, "say": list(item.say)}
        form |= {"words": dict(item.words)} if item.words else {}
    else:
        form["text" if isinstance(item, Text) else "note"] = dict(item.text)
    if isinstance(item, Ask | Account) and not item.required:
        form["required"] = False
    return form


def references(words: str) -> list[str]:
    """The questions that a text refers to."""
    return LIVE.findall(words)
