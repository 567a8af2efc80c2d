"""How well the templates cover what may be asked, as numbers, and where they get in each other's way.

`check_templates` is the door: every example read, canonical sentences said and read back, wordings counted, dead words
found. It knows no SQL, prints nothing and takes a few seconds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from xinfo.understand.called import bare, own_phrases
from xinfo.understand.coverage.cues import dead_cues
from xinfo.understand.coverage.examples import Tried, try_examples
from xinfo.understand.coverage.fitting import fit
from xinfo.understand.coverage.kept import promises, touched, try_kept
from xinfo.understand.coverage.report import Collision, CoverageReport, DeadCue, TemplateRow
from xinfo.understand.coverage.samples import sampled
from xinfo.understand.coverage.spread import Spread, by_language
from xinfo.understand.read import Reader
from xinfo.understand.say import sentence
from xinfo.understand.template import LANGUAGES, Template
from xinfo.understand.text import key, language_of

__all__ = ["Collision", "CoverageReport", "DeadCue", "TemplateRow", "check_templates", "said_back"]


def check_templates(reader: Reader, only: Collection[str] | None = None) -> CoverageReport:
    """Everything that can be said of the templates without running them.

    With `only`, what concerns the templates with these ids: all others that one of these may take a sentence from are
    tried too; words that no template uses are not looked for.
    """
    spread = Spread(reader.lexicon, reader.catalog)
    chosen = [t for t in reader.templates if only is None or t.template_id in only]
    rows, complaints = [], []
    collisions = list(_shared_phrases(chosen, reader))
    for template in chosen:
        tried = try_examples(template, reader)
        count = try_kept(template, reader, tried)
        count += 0 if template.uses else _read_back(template, tried, reader)
        rows.append(_row(template, tried, count, spread))
        complaints += tried.complaints
        collisions += tried.collisions
    if only is None:
        dead = dead_cues(reader.templates, reader.lexicon, reader.catalog)
        return CoverageReport(tuple(rows), tuple(dict.fromkeys(collisions)), dead, tuple(complaints))
    for tried in _beside(chosen, reader):
        complaints += tried.complaints
        collisions += (found for found in tried.collisions if not set(only).isdisjoint(found.fits))
    return CoverageReport(tuple(rows), tuple(dict.fromkeys(collisions)), (), tuple(complaints))


def _beside(chosen: Sequence[Template], reader: Reader) -> Iterator[Tried]:
    """What becomes of other templates' examples and promises; a called one can only take those with its phrases."""
    new = {key(phrase) for template in chosen for phrase in own_phrases(template)}
    any_sentence = not all(template.is_own for template in chosen)
    for template in reader.templates:
        if template in chosen:
            continue
        tried = Tried()
        if any_sentence or touched((said for e in template.examples for said in (e.en, e.zh)), new):
            tried.collisions += try_examples(template, reader).collisions
        if touched((said for said, _ in promises(template)), new):
            try_kept(template, reader, tried)
        yield tried


def said_back(template: Template, reader: Reader) -> Iterator[tuple[str, str]]:
    """(sentence, language) of what a template promises and the canonical sentences that its examples lead to."""
    yield from ((said, language_of(said)) for said, wanted in promises(template) if wanted)
    yield from ((one.question, one.lang) for one in template.tests.frozen)
    for slots in sampled(template, try_examples(template, reader).read, reader.catalog):
        yield from ((sentence(template, slots, reader.catalog, lang), lang) for lang in LANGUAGES)


def _row(template: Template, tried: Tried, count: int, spread: Spread) -> TemplateRow:
    # What a kept question covers is counted with the template that it uses.
    meanings, wordings = (1, _called_by(template)) if template.uses else (spread.meanings(template), None)
    return TemplateRow(
        template.template_id,
        template.path,
        len(template.examples) * len(LANGUAGES),
        tried.skipped,
        count,
        meanings,
        wordings or by_language(spread, template),
    )


def _called_by(template: Template) -> dict[str, int]:
    return {lang: len(template.phrases.get(lang, ())) for lang in LANGUAGES}


def _read_back(template: Template, tried: Tried, reader: Reader) -> int:
    """Says canonical sentences and reads them; those that fit another template are kept as collisions."""
    count = 0
    for slots in sampled(template, tried.read, reader.catalog):
        for lang in LANGUAGES:
            said = sentence(template, slots, reader.catalog, lang)
            found = fit(said, reader)
            if found.troubles:
                continue  # A combination that cannot be asked for, such as the growth of what has no year before.
            count += 1
            if found.templates != (template.template_id,):
                tried.collisions.append(Collision(said, lang, template.template_id, found.templates))
    return count


def _shared_phrases(chosen: Sequence[Template], reader: Reader) -> Iterator[Collision]:
    """Cue phrases of these templates that others call their own, too."""
    for phrase in dict.fromkeys(phrase for template in chosen for phrase in own_phrases(template)):
        senses = reader.lexicon.senses.get(key(phrase), ())
        heard = tuple(str(sense.value) for sense in senses if sense.kind == "template")
        owners = heard or reader.named.get(bare(key(phrase)), ())
        if len(owners) > 1:
            yield Collision(phrase, language_of(phrase), owners[0], owners)
