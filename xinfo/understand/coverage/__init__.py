"""How well the templates cover what may be asked, as numbers, and where they get in each other's way.

`check_templates` is the door: every example read, canonical sentences said and read back, wordings counted, dead words
found. It knows no SQL, prints nothing and takes a few seconds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from xinfo.understand.coverage.cues import dead_cues
from xinfo.understand.coverage.examples import Tried, try_examples
from xinfo.understand.coverage.fitting import fit
from xinfo.understand.coverage.report import Collision, CoverageReport, DeadCue, TemplateRow
from xinfo.understand.coverage.samples import sampled
from xinfo.understand.coverage.spread import Spread, by_language
from xinfo.understand.read import Reader
from xinfo.understand.say import sentence
from xinfo.understand.template import LANGUAGES, Template

__all__ = ["Collision", "CoverageReport", "DeadCue", "TemplateRow", "check_templates", "said_back"]


def check_templates(reader: Reader, only: Collection[str] | None = None) -> CoverageReport:
    """Everything that can be said of the templates without running them.

    With `only`, what concerns the templates with these ids: the examples of all others are still tried, since one of
    these may take them; words that no template uses are not looked for.
    """
    spread = Spread(reader.lexicon, reader.catalog)
    rows, collisions, complaints = [], list(_shared_phrases(reader)), []
    for template in reader.templates:
        tried = try_examples(template, reader)
        if only is None or template.template_id in only:
            count = _read_back(template, tried, reader)
            rows.append(_row(template, tried, count, spread))
            complaints += tried.complaints
        collisions += tried.collisions
    if only is not None:
        collisions = [found for found in collisions if not set(only).isdisjoint({found.template_id, *found.fits})]
    dead = dead_cues(reader.templates, reader.lexicon, reader.catalog) if only is None else ()
    return CoverageReport(tuple(rows), tuple(collisions), dead, tuple(complaints))


def said_back(template: Template, reader: Reader) -> Iterator[tuple[str, str]]:
    """(sentence, language) of the canonical sentences that the template's examples lead to."""
    for slots in sampled(template, try_examples(template, reader).read, reader.catalog):
        yield from ((sentence(template, slots, reader.catalog, lang), lang) for lang in LANGUAGES)


def _row(template: Template, tried: Tried, count: int, spread: Spread) -> TemplateRow:
    return TemplateRow(
        template.template_id,
        template.path,
        len(template.examples) * len(LANGUAGES),
        tried.skipped,
        count,
        spread.meanings(template),
        by_language(spread, template),
    )


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


def _shared_phrases(reader: Reader) -> Iterator[Collision]:
    """Cue phrases that several templates call their own."""
    for words, senses in reader.lexicon.senses.items():
        owners = tuple(str(sense.value) for sense in senses if sense.kind == "template")
        if len(owners) > 1:
            yield Collision(" ".join(words), "", owners[0], owners)
