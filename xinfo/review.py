"""Whether a library of templates holds together: SQL, placeholders, charts, examples, collisions, dead cues.

What is wrong with one file alone (a missing field, an unknown sign) is `understand.template`'s to say when it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, product

from xinfo.answer.chart import DRAWINGS
from xinfo.answer.findings import Findings
from xinfo.answer.form import slot
from xinfo.answer.headline import headline
from xinfo.ask import Workspace, answer_reading
from xinfo.errors import InputError, XinfoError, did_you_mean
from xinfo.query.bind import bind
from xinfo.query.library import Library
from xinfo.understand.choose import IMPLIED
from xinfo.understand.read import read
from xinfo.understand.reading import Reading, Slots
from xinfo.understand.say import phrases
from xinfo.understand.settled import signs_of
from xinfo.understand.template import LANGUAGES, SIGNS, Example, Template
from xinfo.understand.text import key

CHARTS = ("none", *DRAWINGS)


@dataclass(frozen=True)
class Review:
    """What was looked at, what is wrong (each a line that names the template's file), and what is worth knowing."""

    templates: int
    examples: int
    complaints: tuple[str, ...]
    notes: tuple[str, ...]


def with_templates(workspace: Workspace, extra: Sequence[Template], shared: str) -> Workspace:
    """A workspace with `extra` added; one of the same id takes the place of the earlier. `shared` is figures.sql."""
    ids = {template.template_id for template in extra}
    templates = (*(t for t in workspace.templates if t.template_id not in ids), *extra)
    known = workspace.reader.lexicon
    lexicon = replace(known, senses=dict(known.senses), longest=dict(known.longest))
    for template in extra:
        for phrase in chain(*template.phrases.values()):
            lexicon.add(phrase, ("template", template.template_id))
    library = Library(templates, workspace.library.measures, shared)
    return replace(workspace, library=library, reader=replace(workspace.reader, templates=templates, lexicon=lexicon))


def review(workspace: Workspace, only: Iterable[str] | None = None) -> Review:
    """Tries every template of the workspace, or those with the ids in `only`, among all the others."""
    wanted = None if only is None else set(only)
    chosen = [t for t in workspace.templates if wanted is None or t.template_id in wanted]
    complaints = list(workspace.complaints) if wanted is None else []
    for template in chosen:
        complaints += [f"{template.path}: {what}" for what in _wrong(template, workspace)]
    notes = [*_collisions(workspace.templates, wanted), *(_dead_cues(workspace) if wanted is None else ())]
    return Review(len(chosen), sum(len(t.examples) for t in chosen), tuple(complaints), tuple(notes))


def _wrong(template: Template, workspace: Workspace) -> list[str]:
    """What is wrong with a template; its examples are tried where nothing else is."""
    found = [*_refused(template, workspace), *_wording(template, workspace)]
    if found:
        return found
    return [
        what
        for example in template.examples
        for lang in LANGUAGES
        for what in _misread(example, lang, template, workspace)
    ]


def _wording(template: Template, workspace: Workspace) -> Iterator[str]:
    if template.chart not in CHARTS:
        yield f"there is no chart '{template.chart}'{did_you_mean(template.chart, CHARTS)}"
    for lang in LANGUAGES:
        yield from _placeholders(template, workspace, lang)
        for words in template.phrases.get(lang, ()):
            if not key(words):
                yield f"the phrase '{words}' has no word that could be heard"


def _refused(template: Template, workspace: Workspace) -> Iterator[str]:
    """What the guard refuses in the template's SQL with any of its measures, and parameters that nothing fills."""
    for measure, one_period in product(template.measures or ("",), (True, False)):
        try:
            checked = workspace.library.statement(template, measure, one_period)
            bind(Slots(), workspace.catalog, checked.parameters)
        except InputError as error:
            yield str(error).removeprefix(f"{template.path}: ")
            return
        except KeyError as error:
            yield f"nothing fills the parameter ${error.args[0]}"
            return


def _placeholders(template: Template, workspace: Workspace, lang: str) -> Iterator[str]:
    """Placeholders of the sentence and of each wording of the headline that nothing fills."""
    try:
        template.sentence[lang].format_map(phrases(Slots(), workspace.catalog, lang))
    except (KeyError, ValueError, IndexError) as error:
        yield f"sentence ({lang}): there is no placeholder {error}"
    given = template.headline[lang]
    for wording in [given] if isinstance(given, str) else given.values():
        # Without measures and rows no other wording takes the place of this one.
        bare = replace(template, headline={lang: wording}, measures=())
        reading = Reading("", lang, bare, Slots(), "")
        try:
            headline(Findings(reading, workspace.catalog, {}, (), (), (), False, None))
        except (KeyError, ValueError, IndexError) as error:
            yield f"headline ({lang}): there is no placeholder {error} in '{wording}'"


def _misread(example: Example, lang: str, template: Template, workspace: Workspace) -> Iterator[str]:
    """What is wrong where an example is not read as it should be, or its statement fails."""
    question = getattr(example, lang)
    understood, _ = read(question, workspace.reader, lang)
    if not isinstance(understood, Reading):
        yield f"example '{question}' is not understood: {understood.reason}"
        return
    if understood.template.template_id != template.template_id:
        yield f"example '{question}' is taken by the template {understood.template.template_id}"
        return
    found = {name: slot(value) for name, value in understood.slots.filled().items()}
    for name, wanted in example.slots.items():
        if found.get(name) != wanted:
            yield f"example '{question}': {name} is {found.get(name)!r}, expected {wanted!r}"
    try:
        answer_reading(understood, workspace)
    except XinfoError as error:
        yield f"example '{question}' cannot be answered: {error}"


def _collisions(templates: Sequence[Template], wanted: set[str] | None) -> Iterator[str]:
    """Pairs of templates that the same words would call for, so that a question with them is never answered."""
    for one, two in combinations(templates, 2):
        if wanted is not None and wanted.isdisjoint({one.template_id, two.template_id}):
            continue
        for said in sorted(_phrases(one) & _phrases(two)):
            yield f"collision: '{' '.join(said)}' calls for both {one.template_id} and {two.template_id}"
        if signs := _tie(one, two):
            named = ", ".join(sorted(signs))
            yield f"collision: a question with {named} fits both {one.template_id} and {two.template_id}"


def _phrases(template: Template) -> set[tuple[str, ...]]:
    return {key(phrase) for phrase in chain(*template.phrases.values())}


def _tie(one: Template, two: Template) -> frozenset[str]:
    """The signs for which both fit equally well; none where one always wins, or nothing fits both."""
    if one.is_own or two.is_own or len(one.needs) != len(two.needs):
        return frozenset()
    if one.measures and two.measures and not set(one.measures) & set(two.measures):
        return frozenset()
    signs = one.needs | two.needs
    return signs if all(signs <= _allowed(template, signs) for template in (one, two)) else frozenset()


def _allowed(template: Template, signs: frozenset[str]) -> frozenset[str]:
    allowed = template.needs | template.takes | ({"measure"} if template.measures else frozenset())
    return allowed | {single for single, several in IMPLIED.items() if several in allowed & signs}


def _dead_cues(workspace: Workspace) -> Iterator[str]:
    """Words of the vocabulary that no template has a use for."""
    used = frozenset[str]().union(*(t.needs | t.takes for t in workspace.templates), {"filler"})
    dead: dict[str, str] = {}
    for heard, senses in workspace.reader.lexicon.senses.items():
        for name in (str(sense.value) for sense in senses if sense.kind == "cue"):
            meant = signs_of(frozenset({name}))
            if meant <= SIGNS | {"filler"} and not meant & used:
                dead.setdefault(name, " ".join(heard))
    for name, words in dead.items():
        yield f"dead cue: '{words}' is heard as {name}, which no template needs or takes"


def checked_id(template: Template) -> str:
    """The template's id where it can name a file; raises InputError."""
    if not template.template_id.isidentifier() or not template.template_id.isascii():
        raise InputError(f"{template.path}: the id '{template.template_id}' must be letters, digits and _")
    return template.template_id
