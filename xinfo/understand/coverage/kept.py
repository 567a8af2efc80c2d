"""What a template's file promises of sentences: its own phrases, those that must mean it, and those that must not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from xinfo.understand.attempt import kept_frame
from xinfo.understand.called import has_own_word, own_phrases
from xinfo.understand.coverage.examples import Tried, strangers
from xinfo.understand.coverage.fitting import fit, written
from xinfo.understand.coverage.report import Collision
from xinfo.understand.lexicon import Key
from xinfo.understand.read import Reader
from xinfo.understand.say import sentence
from xinfo.understand.template import LANGUAGES, Example, Template
from xinfo.understand.text import key, language_of


def try_kept(template: Template, reader: Reader, tried: Tried) -> int:
    """Reads what the template promises, and keeps what does not hold; how many sentences that were."""
    if template.parameters and not any(has_own_word(phrase, reader.lexicon) for phrase in own_phrases(template)):
        tried.complaints.append(f"{template.path}: every word of its title means something already; give it another")
        return 0
    if template.pinned and not _can_be_asked(template, reader, tried):
        return 0
    count = 0
    for said, wanted in promises(template):
        count += 1
        fitting = fit(said, reader)
        found = fitting.templates if fitting.clear else ()
        tie = next((trouble.options for trouble in fitting.troubles if trouble.kind == "two_templates"), ())
        if tie:
            tried.collisions.append(Collision(said, language_of(said), template.template_id, tie))
        elif wanted and not found:
            why = fitting.troubles[0].kind if fitting.troubles else "no template fits"
            tried.complaints.append(f"{template.path}: “{said}” must mean it and is not understood ({why})")
        elif found == (template.uses,) and template.pinned and fitting.slots == template.pinned.slots:
            continue  # The name says in full what is kept.
        elif wanted != (found == (template.template_id,)):
            tried.collisions.append(Collision(said, language_of(said), template.template_id, found))
    return count


def promises(template: Template) -> Iterator[tuple[str, bool]]:
    """(sentence, whether it must mean the template); what it is called counts where its slots have values."""
    must = [*(own_phrases(template) if template.pinned else ()), *_each(template.tests.must)]
    yield from ((said, True) for said in dict.fromkeys(must))
    yield from ((said, False) for said in dict.fromkeys(_each(template.tests.must_not)))


def touched(sentences: Iterable[str], phrases: Collection[Key]) -> bool:
    """Whether any of the phrases stands in any of the sentences."""
    return any(holds(key(said), words) for said in sentences for words in phrases)


def holds(words: Key, phrase: Key) -> bool:
    return any(words[at : at + len(phrase)] == phrase for at in range(len(words) - len(phrase) + 1))


def _each(by_language: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [said for lang in LANGUAGES for said in by_language.get(lang, ())]


def _can_be_asked(template: Template, reader: Reader, tried: Tried) -> bool:
    """Whether what is kept can be asked on this store; where it names what the store has not, nothing is tried."""
    assert template.pinned
    slots = template.pinned.slots
    if strangers(Example("", "", written(slots, template)), reader):
        tried.skipped += 1
        return False
    if kept_frame(template, slots, reader) is None:
        said = sentence(template, slots, reader.catalog, "en")
        tried.complaints.append(f"{template.path}: what it keeps, “{said}”, is not understood as these slots")
        return False
    return True
