"""A template's examples tried: each must be read as this template, with just the slots that stand beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from xinfo.understand.coverage.fitting import fit, written
from xinfo.understand.coverage.report import Collision
from xinfo.understand.read import Reader
from xinfo.understand.reading import Slots
from xinfo.understand.template import LANGUAGES, Example, Template
from xinfo.understand.template_parts import GRAMMAR


@dataclass
class Tried:
    """What became of the examples of one template."""

    read: list[Slots] = field(default_factory=list)
    """The slots of those that were read as they should be, one for each pair of languages."""
    skipped: int = 0
    collisions: list[Collision] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def try_examples(template: Template, reader: Reader) -> Tried:
    """Reads every example in every language."""
    tried = Tried()
    if not (template.examples or template.pinned or template.tests.must or template.needs & GRAMMAR):
        tried.complaints.append(f"{template.path}: no examples; give at least one in each language")
    for example in template.examples:
        if strangers(example, reader):
            tried.skipped += len(LANGUAGES)
            continue
        found = [_try(template, example, lang, reader, tried) for lang in LANGUAGES]
        if all(found):
            tried.read.extend(slots for slots in found[:1] if slots)
    return tried


def strangers(example: Example, reader: Reader) -> list[str]:
    """Ids in an example's slots that this store knows nothing of: it cannot be tried here."""
    catalog, slots = reader.catalog, example.slots
    places = [*slots.get("places", ()), *filter(None, [slots.get("than")])]
    scopes = [slots.get(name) or {} for name in ("scope", "other")]
    named = [str(scope["province"]) for scope in scopes if "province" in scope]
    provinces = {place.province_en for place in catalog.places.values()}
    unknown = [place for place in places if place not in catalog.places]
    metrics = filter(None, [slots.get("metric"), slots.get("against"), (slots.get("also") or {}).get("metric")])
    unknown += [metric for metric in metrics if metric not in catalog.metrics]
    unknown += [fact for fact in filter(None, [slots.get("fact")]) if fact not in catalog.facts]
    return unknown + [province for province in named if province not in provinces]


def _try(template: Template, example: Example, lang: str, reader: Reader, tried: Tried) -> Slots | None:
    """The slots, where all is well; else the complaint is kept."""
    question = getattr(example, lang)
    found = fit(question, reader)
    said = f"{template.path}: the example “{question}”"
    if found.troubles:
        tried.complaints.append(
            f"{said} is not understood: {found.troubles[0].kind} {found.troubles[0].about}".rstrip()
        )
    elif not found.templates:
        tried.complaints.append(f"{said} fits no template")
    elif found.templates != (template.template_id,):
        tried.collisions.append(Collision(question, lang, template.template_id, found.templates))
    elif wrong := list(_differences(example.slots, written(found.slots, template))):
        tried.complaints.append(f"{said} is read with {'; '.join(wrong)}")
    else:
        return found.slots
    return None


def _differences(expected: Any, read: dict[str, Any]) -> Iterator[str]:
    for name in sorted({*expected, *read}):
        if _plain(expected.get(name)) != _plain(read.get(name)):
            yield f"{name} {read.get(name, 'empty')} where {expected.get(name, 'none')} was expected"


def _plain(value: Any) -> Any:
    """YAML reads a year among periods as a number; here it is an id."""
    return [str(item) for item in value] if isinstance(value, list) else value
