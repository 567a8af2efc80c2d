"""Templates that are called by words of their own: when those are heard, and questions kept with values to change.

A phrase with a word that nothing else means is heard wherever it stands. One made of known words alone would take
other questions' words away, so it counts only where it is the whole question, and that means nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from xinfo.understand.frame import Frame, Trouble, filled
from xinfo.understand.lexicon import Key, Lexicon
from xinfo.understand.reading import Slots
from xinfo.understand.segment import Piece, segment
from xinfo.understand.template_parts import Pinned, Template
from xinfo.understand.text import Text, key, read_text

MARKS = frozenset("?!.。！？，,;；:：“”\"'「」《》")
UNSAID = frozenset(["heard", "troubles", "template", "cues", "pronoun", "follows", "new_topic", "everywhere"])
"""Fields of a frame that give no slot a value."""


def add_called(lexicon: Lexicon, templates: Iterable[Template]) -> None:
    """Adds the phrases with a word of their own."""
    called = [(phrase, t.template_id) for t in templates for phrase in own_phrases(t)]
    heard = [(phrase, template_id) for phrase, template_id in called if has_own_word(phrase, lexicon)]
    for phrase, template_id in heard:
        lexicon.add(phrase, ("template", template_id))


def without_called(lexicon: Lexicon) -> Lexicon:
    """A copy without any template's phrases."""
    without = lexicon.copy()
    for words, senses in lexicon.senses.items():
        left = tuple(sense for sense in senses if sense.kind != "template")
        if left != senses:
            without.senses[words] = left
    return without


def own_phrases(template: Template) -> tuple[str, ...]:
    """Each phrase that calls for the template, once."""
    return tuple(dict.fromkeys(phrase for phrases in template.phrases.values() for phrase in phrases))


def has_own_word(phrase: str, lexicon: Lexicon) -> bool:
    """Whether a word of the phrase means nothing but templates, or what is refused in any case."""
    text = read_text(phrase)
    return any(_is_own(piece, text.words()[piece.start : piece.end], lexicon) for piece in segment(text, lexicon))


def _is_own(piece: Piece, words: Sequence[str], lexicon: Lexicon) -> bool:
    if piece.atom or piece.quantity:
        return False
    if piece.senses and not lexicon.senses.get(tuple(words)):
        # Somebody's document or office: what no list has is a name that it bears.
        return any(word not in lexicon.asides and (word,) not in lexicon.senses for word in words)
    return all(sense.kind in ("template", "refuse") for sense in piece.senses)


def names(templates: Iterable[Template], lexicon: Lexicon) -> dict[Key, tuple[str, ...]]:
    """Ids by the phrases that count only as the whole question."""
    found: dict[Key, tuple[str, ...]] = {}
    for template in templates:
        for words in dict.fromkeys(map(bare, map(key, own_phrases(template)))):
            heard = any(sense.kind == "template" for sense in lexicon.senses.get(words, ()))
            if words and not heard:
                found[words] = (*found.get(words, ()), template.template_id)
    return found


def bare(words: Key) -> Key:
    """Without the marks around it."""
    start, end = 0, len(words)
    while start < end and words[start] in MARKS:
        start += 1
    while end > start and words[end - 1] in MARKS:
        end -= 1
    return words[start:end]


def asked_by_name(text: Text, known: Mapping[Key, tuple[str, ...]]) -> tuple[str, ...]:
    """Ids of the templates whose phrase is the whole question."""
    return known.get(bare(text.words()), ())


def laid_over(kept: Frame, said: Frame) -> Frame:
    """The kept question with what is said in place of its own; nothing of what is said gets lost."""
    changes = {name: value for name, value in filled(said).items() if name not in UNSAID}
    if said.places or said.options:
        changes |= {"places": said.places, "scope": said.scope}
    elif said.scope is not None:
        changes |= {"places": (), "scope": said.scope}
    if said.metrics and not said.metric:
        changes["metric"] = None
    troubles = said.troubles
    if said.pronoun:
        troubles = (*troubles, Trouble("no_template"))
    return kept.but(**changes, cues=(*kept.cues, *said.cues), heard=said.heard, troubles=troubles)


def beyond(pinned: Pinned, asked: Slots) -> tuple[str, ...]:
    """The slots that were asked for with other values although they are pinned."""
    changed = frozenset(f.name for f in fields(Slots) if getattr(pinned.slots, f.name) != getattr(asked, f.name))
    return tuple(sorted(name for name in changed if not pinned.may_change(frozenset([name]))))
