"""What each text of a document is to its reader: title, mark, caveat, source, caption, … Reads no file."""

from __future__ import annotations

from collections.abc import Iterator

from xinfo.briefing.check.said import CELL, Unit, plain, row, sentences
from xinfo.briefing.document import Paragraph
from xinfo.briefing.layout import Chapter, Layout, Shown
from xinfo.language.texts import text

Told = tuple[str, str]
"""What a text is, and the text."""
KINDS = {"caution": "caution", "note": "remark"}


def told(layout: Layout) -> Iterator[Told]:
    """Every text of the document in reading order, footnotes behind the paragraph they belong to."""
    document = layout.document
    yield from (("head", one) for one in layout.letter.above)
    yield "title", document.title
    yield "head", f"{layout.state} · {layout.head}"
    yield "head", layout.paper.recipient
    yield "mark", layout.mark
    yield from (("caution", one) for one in document.disagreements)
    for chapter in layout.chapters:
        yield from _chapter(chapter, layout)
    yield from (("signature", said) for _, said in layout.signatures)
    yield "head", layout.enclosed
    yield from (("signature", said) for said in layout.paper.closing)
    yield "head", layout.colophon
    yield "heading", text("brief.annex_mark", layout.lang)
    yield "heading", layout.annex
    for chapter in layout.back:
        sources = chapter is layout.back[-1] and bool(document.sources)
        yield from (
            ("source" if sources and what == "text" else what, said) for what, said in _chapter(chapter, layout)
        )
    yield from (("signature", said) for said in layout.paper.imprint)


def units(layout: Layout) -> list[Unit]:
    """The texts as units, to look for in what flows."""
    made = []
    for what, said in told(layout):
        if what == "row":
            made += [one] if (one := row(said.split(CELL))) else []
        else:
            made += [Unit("text", one) for one in sentences(said)]
    return made


def edges(layout: Layout) -> list[Unit]:
    """What stands on every page."""
    return [Unit("edge", plain(one)) for one in layout.running if one]


def roles(layout: Layout) -> dict[str, str]:
    """What each sentence or row is."""
    found: dict[str, str] = {}
    for what, said in told(layout):
        for one in [plain(said.replace(CELL, " "))] if what == "row" else sentences(said):
            found.setdefault(one, what)
    return found


def _chapter(chapter: Chapter, layout: Layout) -> Iterator[Told]:
    yield "heading", chapter.title
    for element in chapter.elements:
        yield from _paragraph(element, layout) if isinstance(element, Paragraph) else _shown(element)


def _paragraph(line: Paragraph, layout: Layout) -> Iterator[Told]:
    yield KINDS.get(line.kind, "text"), line.text
    yield from (("source", layout.note(run.notes)) for run in line.runs if run.notes)


def _shown(shown: Shown) -> Iterator[Told]:
    exhibit, table = shown.exhibit, shown.exhibit.table
    yield from (("caption", f"{one[0]}  {one[1]}") for one in (shown.chart_caption,) if one)
    yield from (("caption", f"{one[0]}  {one[1]}") for one in (shown.table_caption,) if one)
    yield "text", exhibit.message
    if table:
        yield "row", CELL.join(table.columns)
        yield from (("row", CELL.join(run.text for run in line)) for line in table.rows)
    yield from (("caution" if said in exhibit.cautions else "source", said) for said in shown.below)
