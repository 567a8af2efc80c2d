"""Footnotes: which sources they name, and that none says again what another on the same page does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xinfo.briefing.annex import sources
from xinfo.briefing.document import Block, Document, Exhibit, Paragraph, Run
from xinfo.language.texts import text

STOP = "。"
MOST_SOURCES = 3
"""Named in one footnote; the list at the end has all."""


def cited(ids: Sequence[str], document: Document) -> str:
    """'Sources: A (B, 2014); C; and 4 more in the list of sources'."""
    said = sources([one for one in ids if one in document.sources], document)
    if not said:
        return ""
    between, lang = text("list.semicolon", document.lang), document.lang
    if len(said) > MOST_SOURCES:
        said = [*said[:MOST_SOURCES], text("brief.more_sources", lang, n=len(said) - MOST_SOURCES)]
    return text("brief.source", lang, names=between.join(said))


def noted_once(blocks: Sequence[Block], seen: set[frozenset[str]]) -> Iterator[Block]:
    """A section's blocks with the same footnote once, and none where an exhibit names the sources of its sentence.

    `seen` are those of the sections before, to which this one's are added.
    """
    below = {block.id: set(block.sources) for block in blocks if isinstance(block, Exhibit)}
    for block in blocks:
        if isinstance(block, Paragraph):
            runs = tuple(_one_note(block.runs))
            sets = [frozenset(run.notes) for run in runs]
            told = {one for one in sets if one <= below.get(block.id, set()) or any(one <= noted for noted in seen)}
            seen |= {one for one in sets if one}
            block = replace(block, runs=tuple(
                replace(run, notes=()) if one in told else run for run, one in zip(runs, sets, strict=True)
            ))  # fmt: skip
        yield block


def _one_note(runs: Sequence[Run]) -> Iterator[Run]:
    """Sentences that follow each other and rest on the same sources, or on fewer, share the footnote after the last;
    one that rests on what is noted before it in the paragraph has none.
    """
    notes = [run.notes for run in runs if run.notes]
    seen, noted = 0, set[str]()
    for run in runs:
        if run.notes:
            seen += 1
            if (seen < len(notes) and {*run.notes} <= {*notes[seen]}) or noted >= {*run.notes}:
                run = replace(run, notes=())
            noted |= {*run.notes}
        yield run


def before_stops(runs: Sequence[Run]) -> list[Run]:
    """In Chinese marks stand before the full stop: one that hangs over the edge leaves its mark alone on a line."""
    made = list[Run]()
    for run in runs:
        made.append(run)
        if run.notes and not run.text and len(made) > 1 and made[-2].text.endswith(STOP):
            made[-2:] = [replace(made[-2], text=made[-2].text.removesuffix(STOP)), run, Run(STOP)]
    return made
