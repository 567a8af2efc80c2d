"""Changes to a briefing, each giving a new one: items added, moved, changed, taken out; sections too. Saves nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from xinfo.briefing.model import Account, Ask, Briefing, Item, Note, Section, Text, Words


def added(briefing: Briefing, at: int, item: Item) -> Briefing:
    """With an item at the end of section `at`; a briefing without sections gets one."""
    if not briefing.sections:
        return replace(briefing, sections=(Section({}, (item,)),))
    section = briefing.sections[at]
    return briefing.with_section(at, replace(section, items=(*section.items, item)))


def changed(briefing: Briefing, item: Item) -> Briefing:
    """With the item of that id exchanged."""
    return _each(briefing, lambda items: tuple(item if one.id == item.id else one for one in items))


def without(briefing: Briefing, id_: str) -> Briefing:
    """Without an item."""
    return _each(briefing, lambda items: tuple(one for one in items if one.id != id_))


def moved(briefing: Briefing, id_: str, by: int) -> Briefing:
    """With an item one place up (-1) or down (1), over a section's border where it stands at one."""
    for at, section in enumerate(briefing.sections):
        place = next((i for i, one in enumerate(section.items) if one.id == id_), None)
        if place is None:
            continue
        items = list(section.items)
        item = items.pop(place)
        if 0 <= place + by <= len(items):
            items.insert(place + by, item)
            return briefing.with_section(at, replace(section, items=tuple(items)))
        if not 0 <= at + by < len(briefing.sections):
            return briefing
        other = briefing.sections[at + by]
        joined = (item, *other.items) if by > 0 else (*other.items, item)
        left = briefing.with_section(at, replace(section, items=tuple(items)))
        return left.with_section(at + by, replace(other, items=joined))
    return briefing


def section_added(briefing: Briefing) -> Briefing:
    """With an empty section at the end."""
    return replace(briefing, sections=(*briefing.sections, Section({})))


def section_moved(briefing: Briefing, at: int, by: int) -> Briefing:
    """With a section one place up or down."""
    sections = list(briefing.sections)
    if not 0 <= at + by < len(sections):
        return briefing
    sections.insert(at + by, sections.pop(at))
    return replace(briefing, sections=tuple(sections))


def section_removed(briefing: Briefing, at: int) -> Briefing:
    """Without a section and all that is in it."""
    return replace(briefing, sections=(*briefing.sections[:at], *briefing.sections[at + 1 :]))


def worded(words: Words, lang: str, text: str) -> Words:
    """The words with those of one language exchanged; none where they are taken out."""
    return {name: said for name, said in {**words, lang: text.strip()}.items() if said}


def authored(briefing: Briefing, item: Account, lang: str, text: str) -> Briefing:
    """With the author's own sentences in place of an account's; with none, computed ones again."""
    return changed(briefing, replace(item, words=worded(item.words, lang, text)))


def lettered(briefing: Briefing, name: str, lang: str, text: str) -> Briefing:
    """With a line of the letterhead exchanged."""
    words = worded(briefing.letterhead.get(name, {}), lang, text)
    kept = {one: told for one, told in briefing.letterhead.items() if one != name}
    return replace(briefing, letterhead=kept | ({name: words} if words else {}))


def new_item(briefing: Briefing, kind: str, said: str, lang: str, say: tuple[str, ...] = ()) -> Item:
    """An item of a kind (ask, about, text, note) with a free id."""
    id_ = briefing.free_id(kind)
    if kind == "ask":
        return Ask(id_, said.strip())
    if kind == "about":
        return Account(id_, said.strip(), say)
    return Text(id_, worded({}, lang, said)) if kind == "text" else Note(id_, worded({}, lang, said))


def _each(briefing: Briefing, change: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> Briefing:
    sections = tuple(replace(one, items=change(one.items)) for one in briefing.sections)
    return replace(briefing, sections=sections)
