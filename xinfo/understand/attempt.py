"""A question taken one way: heard, settled, and the templates that fit. Tries no corrections and keeps no context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from xinfo.understand.called import asked_by_name, beyond, laid_over, names
from xinfo.understand.catalog import Catalog
from xinfo.understand.choose import choose
from xinfo.understand.correct import Speller
from xinfo.understand.declared import not_declared
from xinfo.understand.facts import GROUP, NAMED, PLACE, SKIPPED, FactAsked
from xinfo.understand.frame import Frame, Trouble
from xinfo.understand.lexicon import Key, Lexicon
from xinfo.understand.reading import Heard, Scope, Slots
from xinfo.understand.say import sentence
from xinfo.understand.segment import Piece, segment
from xinfo.understand.settle import settle
from xinfo.understand.settled import Settled
from xinfo.understand.template_parts import LANGUAGES, Pinned, Template
from xinfo.understand.text import Text, key, language_of, read_text

MOST_NAMES = 60
"""Names of a metric that words are held against; the vocabulary has the usual ones first."""

BATCHES = {"first_batch": "1", "second": "2"}
"""The batches of pilots, by the concept that each is called by."""
ALL = "all"


class Parser(Protocol):
    """The grammar of a language, which lies above this package."""

    @property
    def literals(self) -> frozenset[str]:
        """Every word that a rule asks for."""

    def frames(self, text: Text, lexicon: Lexicon, catalog: Catalog, pieces: Sequence[Piece] = ()) -> tuple[Frame, ...]:
        """The frames of the derivations that cover every token; of `pieces` those count that are spelt otherwise."""

    def chunked(self, text: Text, lexicon: Lexicon, catalog: Catalog, pieces: Sequence[Piece]) -> Frame:
        """What is understood of a text that nothing derives, with a trouble for every word that is not."""


@dataclass(frozen=True)
class Reader:
    """Everything that reading needs, made once for a store and a set of templates."""

    lexicon: Lexicon
    templates: tuple[Template, ...]
    catalog: Catalog
    speller: Speller
    parsers: Mapping[str, Parser]
    """The grammar by language."""

    @cached_property
    def general(self) -> tuple[Template, ...]:
        """The templates that are not called by cue words of their own."""
        return tuple(template for template in self.templates if not template.is_own)

    @cached_property
    def own(self) -> dict[str, Template]:
        """Those that are, by id: however many there are, only the one that is called is looked at."""
        return {template.template_id: template for template in self.templates if template.is_own}

    @cached_property
    def named(self) -> dict[Key, tuple[str, ...]]:
        """Templates by the phrases that count only where they are the whole question."""
        return names(self.own.values(), self.lexicon)

    @cached_property
    def kept(self) -> dict[str, Frame | None]:
        """The frames of kept questions, as far as they were asked for."""
        return {}

    @cached_property
    def metric_names(self) -> dict[str, str]:
        """Names of metrics without their gaps, with whose each is: the usual ones of the vocabulary, and the labels."""
        names: dict[str, list[str]] = {}
        for phrase, senses in self.lexicon.senses.items():
            for sense in senses:
                if sense.kind == "metric" and len(names.setdefault(str(sense.value), [])) < MOST_NAMES:
                    names[str(sense.value)].append("".join(phrase))
        for metric in self.catalog.metrics.values():
            names.setdefault(metric.metric_id, []).extend("".join(key(metric.label(lang))) for lang in LANGUAGES)
        return {name: metric for metric, known in names.items() for name in known}

    def candidates(self, called: str | None) -> tuple[Template, ...]:
        return (self.own[called],) if called in self.own else self.general


@dataclass(frozen=True)
class Attempt:
    """One way to take a question."""

    frame: Frame
    settled: Settled
    fitting: tuple[Template, ...]
    follows: bool = False
    """Whether it takes the question as a follow-up."""
    derived: bool = True
    """Whether a derivation covers every word; else it is not answered, whatever it may mean."""

    @property
    def troubles(self) -> list[Trouble]:
        return self.settled.troubles

    @property
    def clear(self) -> bool:
        return self.derived and not self.troubles and len(self.fitting) == 1

    def but_for(self, trouble: Trouble) -> Attempt:
        """The same with this trouble alone: the words it is about are no longer merely unknown."""
        return replace(self, settled=replace(self.settled, troubles=[trouble]))


def fact_asked(text: Text, reader: Reader, of_projects: bool = False) -> Frame | None:
    """The frame of a fact of the programme, where that is asked for; after projects only where it is named."""
    asked = reader.lexicon.programme.asked(text.words(), reader.lexicon)
    if asked and asked.span(PLACE):
        return _of_place(text, asked, reader)
    if asked and of_projects and not any(map(asked.span, NAMED)):
        return None
    if asked and asked.fact in reader.catalog.facts:
        return Frame(fact=asked.fact, heard=_heard_in(text, asked))
    return None


def by_name(text: Text, reader: Reader) -> list[Attempt]:
    """A question as the name of a template, which it may be as a whole."""
    ids = asked_by_name(text, reader.named)
    if len(ids) != 1:
        return []
    heard = (Heard(text.original.strip(), 0, len(text.original), "cue", f"template={ids[0]}"),)
    found = attempt(Frame(template=ids[0], heard=heard), reader)
    found.settled.assumed.append(("assumed.kept", text.original.strip()))
    return [found]


def derivations(text: Text, pieces: Sequence[Piece], reader: Reader) -> tuple[Frame, ...]:
    """The frames that the grammar of the text's language derives."""
    parser = reader.parsers.get(language_of(text.original))
    return parser.frames(text, reader.lexicon, reader.catalog, pieces) if parser else ()


def frame_of(text: Text, pieces: Sequence[Piece], reader: Reader) -> Frame:
    """What a text says, though it may be no whole question: a fact, what is derived, or else its chunks."""
    found = fact_asked(text, reader) or next(iter(derivations(text, pieces, reader)), None)
    return found or chunked(text, pieces, reader)


def chunked(text: Text, pieces: Sequence[Piece], reader: Reader) -> Frame:
    """What is understood of a text that nothing derives, with a trouble for every word that is not."""
    parser = reader.parsers.get(language_of(text.original))
    return parser.chunked(text, reader.lexicon, reader.catalog, pieces) if parser else Frame()


def _of_place(text: Text, asked: FactAsked, reader: Reader) -> Frame:
    """What is asked of one place's part in the programme; which place that is, is heard as everywhere else."""
    said, named = _only(text, asked, reader, PLACE), _only(text, asked, reader, GROUP, SKIPPED)
    group = named.scope if asked.span(GROUP) else Scope() if asked.span(ALL) else None
    batch = next((number for concept, number in BATCHES.items() if asked.span(concept)), None)
    scope = replace(group or Scope(), batch=batch) if batch else group
    cues, heard = (frozenset({asked.fact}),), _heard_in(text, asked)
    return Frame(places=said.places, options=said.options, scope=scope, cues=cues, heard=heard)


def _only(text: Text, asked: FactAsked, reader: Reader, *concepts: str) -> Frame:
    """What is said by the words of some concepts alone."""
    said = read_text(text.without((start, end) for start, end, concept in asked.spans if concept not in concepts))
    return chunked(said, segment(said, reader.lexicon), reader)


def _heard_in(text: Text, asked: FactAsked) -> tuple[Heard, ...]:
    def piece(start: int, end: int, concept: str) -> Heard:
        kind, meaning = ("filler", "") if concept == SKIPPED else ("slot", f"fact={asked.fact}")
        return Heard(text.written(start, end), text.tokens[start].start, text.tokens[end - 1].end, kind, meaning)

    return tuple(piece(*span) for span in asked.spans)


def attempt(frame: Frame, reader: Reader, follows: bool = False) -> Attempt:
    """A frame settled, with the templates that fit best."""
    template = reader.own.get(frame.template or "")
    if template and template.pinned:
        return _kept_question(template, template.pinned, frame, reader)
    settled = settle(frame, reader.catalog)
    fitting = tuple(choose(reader.candidates(frame.template), settled, frame.template))
    _lost(template, settled)
    return Attempt(frame, settled, fitting, follows)


def _lost(template: Template | None, settled: Settled) -> None:
    """A trouble for what a template's declared parameters would not take up."""
    if template and template.parameters and (lost := not_declared(template.parameters, settled.slots)):
        settled.troubles.append(Trouble("pinned", options=lost))


def _kept_question(template: Template, pinned: Pinned, said: Frame, reader: Reader) -> Attempt:
    """A kept question with what is said over it: the same kind of question, changed only in what is free."""
    kept = kept_frame(template, pinned.slots, reader)
    if kept is None:
        return Attempt(said.but(template=None), Settled(Slots(), troubles=[Trouble("kept_broken")]), ())
    frame = laid_over(kept, said)
    settled = settle(frame, reader.catalog)
    if not settled.troubles:
        chosen = choose(reader.candidates(frame.template), settled, frame.template)
        _lost(template, settled)
        if template.uses and (changed := beyond(pinned, settled.slots)):
            settled.troubles.append(Trouble("pinned", options=changed))
        elif [one.template_id for one in chosen] != [template.uses or template.template_id]:
            settled.troubles.append(Trouble("other_kind"))
    return Attempt(frame, settled, (template,))


def kept_frame(template: Template, slots: Slots, reader: Reader) -> Frame | None:
    """The frame of a question that was kept: what its canonical sentence says; None where that means something else.

    The store may lack what it names, or the words may have come to mean something else since.
    """
    if template.template_id not in reader.kept:
        reader.kept[template.template_id] = _kept_frame(template, slots, reader)
    return reader.kept[template.template_id]


def _kept_frame(template: Template, slots: Slots, reader: Reader) -> Frame | None:
    try:
        text = read_text(sentence(template, slots, reader.catalog, "en"))
    except (KeyError, IndexError):
        return None
    fact = fact_asked(text, reader)
    found = (fact,) if fact else derivations(text, (), reader)
    return next((frame.but(heard=()) for frame in found if _says(frame, template, slots, reader)), None)


def _says(frame: Frame, template: Template, slots: Slots, reader: Reader) -> bool:
    """Whether a frame asks for just what was kept."""
    settled = settle(frame, reader.catalog)
    fitting = choose(reader.candidates(frame.template), settled, frame.template)
    same = [one.template_id for one in fitting] == [template.uses or template.template_id]
    held, asked = slots.filled(), settled.slots.filled()
    if template.parameters:
        # A comparison is said with its number and pinned by the SQL; no places at all are all pilots.
        asked = {name: value for name, value in asked.items() if name != "cmp" and value != Scope()}
    return same and held == asked and not settled.troubles
