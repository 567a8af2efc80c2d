"""Whether templates hold together: SQL past the guard, parameters, placeholders and charts; then what coverage finds.

What is wrong with one file alone (a missing field, an unknown sign) is `understand.template`'s to say when it is read;
how templates get in each other's way is `understand.coverage`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from xinfo.answer.answer import NotAnswered
from xinfo.answer.chart import DRAWINGS
from xinfo.answer.findings import Findings
from xinfo.answer.headline import headline
from xinfo.ask import Workspace, answer_reading
from xinfo.errors import InputError, XinfoError, did_you_mean
from xinfo.frozen import changes
from xinfo.query.bind import bind
from xinfo.query.statements import Statements, read_shared
from xinfo.store.periods import Period
from xinfo.understand.called import add_called, own_phrases, without_called
from xinfo.understand.coverage import CoverageReport, check_templates
from xinfo.understand.read import read
from xinfo.understand.reading import Reading, Slots, When
from xinfo.understand.say import phrases
from xinfo.understand.template import LANGUAGES, Template, load_templates
from xinfo.understand.text import key

OVER = {"over_group": "region", "over_two": "region", "over_part": "consumer", "parts": "consumer"}
"""What rows are told apart by, to try a template that needs them to be."""
YEAR = When.of(Period(2014))
"""The time of what is tried."""
CHARTS = ("none", *DRAWINGS)


def with_templates(workspace: Workspace, extra: Sequence[Template]) -> Workspace:
    """A workspace with `extra` added; one of the same id takes the place of the earlier."""
    ids = {template.template_id for template in extra}
    templates = (*(t for t in workspace.templates if t.template_id not in ids), *extra)
    lexicon = workspace.reader.lexicon.copy()
    add_called(lexicon, extra)
    statements = Statements(templates, workspace.statements.measures, read_shared(workspace.assets.shipped))
    return replace(
        workspace, statements=statements, reader=replace(workspace.reader, templates=templates, lexicon=lexicon)
    )


def with_statements(workspace: Workspace) -> Workspace:
    """The workspace with the templates as they stand in its assets now; words, figures and measures stay."""
    shipped, known = workspace.assets.shipped, workspace.reader
    loaded, complaints = load_templates(shipped, workspace.assets.templates)
    statements = Statements(loaded, workspace.statements.measures, read_shared(shipped))
    add_called(lexicon := without_called(known.lexicon), loaded)
    reader = replace(known, lexicon=lexicon, templates=statements.templates)
    return replace(workspace, statements=statements, reader=reader, complaints=complaints)


def review(workspace: Workspace, only: Iterable[str] | None = None) -> CoverageReport:
    """Tries every template of the workspace, or those with the ids in `only`, among all the others.

    The examples of a template are tried and run where nothing else is wrong with it.
    """
    chosen = {t.template_id: t for t in workspace.templates}
    if only is not None:
        chosen = {template_id: chosen[template_id] for template_id in only}
    complaints = [] if only is not None else list(workspace.complaints)
    sound = []
    for template in chosen.values():
        faults = [*_refused(template, workspace), *_wording(template, workspace)]
        complaints += [f"{template.path}: {fault}" for fault in faults]
        if not faults:
            sound.append(template)
    everything = only is None and len(sound) == len(chosen)
    found = check_templates(workspace.reader, None if everything else {t.template_id for t in sound})
    complaints += [*found.complaints, *(what for template in sound for what in _failing(template, workspace))]
    return replace(found, complaints=tuple(complaints))


def _wording(template: Template, workspace: Workspace) -> Iterator[str]:
    if template.chart not in CHARTS:
        yield f"there is no chart '{template.chart}'{did_you_mean(template.chart, CHARTS)}"
    for lang in LANGUAGES:
        # Of a kept question they are those of the template that it uses.
        yield from () if template.uses else _placeholders(template, workspace, lang)
        for words in template.phrases.get(lang, ()):
            if not key(words):
                yield f"the phrase '{words}' has no word that could be heard"


def _refused(template: Template, workspace: Workspace) -> Iterator[str]:
    """What the guard refuses in the template's SQL with any of its measures, and parameters that nothing fills."""
    for measure, periods in product(template.measures or ("value",), _some_periods(template)):
        try:
            some = _some_slots(template).but(measure=measure, periods=periods)
            checked = workspace.statements.statement(template, some, workspace.catalog)
            bind(some, workspace.catalog, checked.parameters, template.parameters)
        except InputError as error:
            yield str(error).removeprefix(f"{template.path}: ")
            return
        except KeyError as error:
            yield f"nothing fills the parameter ${error.args[0]}"
            return


def _some_slots(template: Template) -> Slots:
    """Slots with what a template needs of those that change how its statement is made."""
    needs = template.needs
    return Slots(
        over=next((over for sign, over in OVER.items() if sign in needs), None),
        cmp=">",
        threshold=0.0,
        grain="year" if "grain" in needs else None,
        chosen=Slots(periods=(YEAR,), order="desc", n=1) if "chosen" in needs else None,
    )


def _some_periods(template: Template) -> Iterator[tuple[When, ...]]:
    """Periods that change how the figures are made: two that are set against each other, else one, else many."""
    yield from [(YEAR, When.of(Period(2013)))] if "periods" in template.needs else [(), (YEAR,)]


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


def _failing(template: Template, workspace: Workspace) -> Iterator[str]:
    """What is kept and examples whose statement cannot be run, and frozen results that came out differently."""
    for phrase in own_phrases(template)[:1] if template.pinned else ():
        understood, _ = read(phrase, workspace.reader)
        if isinstance(understood, Reading) and (why := _why_not(understood, workspace)):
            yield f"{template.path}: what it keeps cannot be answered: {why}"
    for changed in changes(template, workspace):
        yield f"{template.path}: {changed}"
    for example, lang in product(template.examples, LANGUAGES):
        question = getattr(example, lang)
        understood, _ = read(question, workspace.reader, lang)
        if isinstance(understood, Reading) and (why := _why_not(understood, workspace)):
            yield f"{template.path}: the example “{question}” cannot be answered: {why}"


def _why_not(reading: Reading, workspace: Workspace) -> str:
    """Why a reading's statement fails; figures that the store has not are no failure."""
    try:
        reply = answer_reading(reading, workspace)
    except XinfoError as error:
        return str(error)
    if isinstance(reply, NotAnswered) and reply.unclear.status == "refused":
        return reply.unclear.reason
    return ""


def checked_id(template: Template) -> str:
    """The template's id where it can name a file; raises InputError."""
    if not template.template_id.isidentifier() or not template.template_id.isascii():
        raise InputError(f"{template.path}: the id '{template.template_id}' must be letters, digits and _")
    return template.template_id
