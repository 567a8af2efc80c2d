"""PPTX: a message a slide, charts and tables native and editable, details in the notes; on a house's own masters."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Cm, Pt

from xinfo.answer.cells import clean
from xinfo.answer.marks import text_width
from xinfo.briefing.check.carried import part, properties
from xinfo.briefing.document import Document, Paragraph, Run, Table
from xinfo.briefing.files.look import ACCENT, HAN, INK, LATIN, MUTED, Step
from xinfo.briefing.files.paging import SIZES, TEXT_AT, beside_exhibits, exhibits, in_pages, left, over, with_short
from xinfo.briefing.files.slides import Slides
from xinfo.briefing.layout import Chapter, Layout, Shown
from xinfo.briefing.letter import uncounted
from xinfo.errors import InputError
from xinfo.language.texts import text

CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
CUSTOM_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
PROPERTIES = PackURI("/docProps/custom.xml")
PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
BELOW = {10: 1700, 8: 2550, 7: 3400, 6: 4250}
"""Below an exhibit: the sizes of its caption and sources, with the pixels of text that have room there."""


def to_pptx(layout: Layout, step: Step, seal: str, house: Path | None = None) -> bytes:
    """The document as slides with its seal, on the masters of `house` where it is given.

    Raises InputError where that is no PPTX, or a damaged one.
    """
    if house is None:
        return _written(_plain(), layout, step, seal)
    try:
        return _written(_masters(house), layout, step, seal)
    except MemoryError:
        raise
    # What is missing in it comes up wherever it is wanted: KeyError, ValueError, BadZipFile, errors of lxml.
    except Exception as error:
        raise InputError(f"{house.name} cannot be used as a template for slides", "a PPTX file") from error


def _written(deck: Any, layout: Layout, step: Step, seal: str) -> bytes:
    writer = _Writer(deck, layout)
    writer.cover()
    # Sections are counted in papers; a slide is headed by what it says alone.
    chapters = with_short([replace(one, title=uncounted(one.title)) for one in layout.chapters])
    for at, (chapter, below) in enumerate(chapters):
        step(chapter.title, at / len(chapters))
        writer.chapter(chapter, below)
    if layout.signatures:
        signed = [Paragraph("", (Run(said),), "note" if one.void else "body") for one, said in layout.signatures]
        writer.lines(text("brief.signatures", layout.lang), signed)
    writer.annex()
    _about(deck, layout)
    _enclose(deck, seal)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


class _Writer(Slides):
    """What comes on which slide."""

    def cover(self) -> None:
        slide = self.slide(0)
        document = self.layout.document
        sent = " · ".join((*self.layout.letter.above, self.layout.letter.recipient)).strip(" ·：")
        if sent:
            self.placed(slide, sent, top=0.2, height=0.1, size=18, color=INK)
        self.placed(slide, document.title, top=0.32, height=0.24, size=36, bold=True, color=ACCENT)
        said = f"{self.layout.state} · {self.layout.head}"
        self.placed(slide, said, top=0.58, height=0.1, size=16, color=MUTED)
        self._notes(slide, [said, *document.disagreements])

    def chapter(self, chapter: Chapter, below: Sequence[Paragraph]) -> None:
        """Each exhibit under its message and its sentence, and the text that has no room beside one, where it begins.

        `below` stands under the text: short sections that follow.
        """
        beside, rest = beside_exhibits(chapter), left(chapter)
        leads = bool(rest) and chapter.elements[0] is rest[0]
        if leads:
            self.lines(chapter.title, [*rest, *below], told=True)
        for one in exhibits(chapter):
            self._shown(chapter.title, one, beside[one.exhibit.id])
        if not leads and (rest or below):
            self.lines(chapter.title, [*rest, *below], told=True)

    def annex(self) -> None:
        """What stands behind the text, its parts together on as few slides as hold them."""
        lines = [Paragraph("", (Run(line),), "head") if isinstance(line, str) else line
                 for chapter in self.layout.back for line in (chapter.title, *chapter.elements)]  # fmt: skip
        self.lines(self.layout.annex, [line for line in lines if isinstance(line, Paragraph)])

    def lines(self, title: str, lines: Sequence[Paragraph], told: bool = False) -> None:
        """Paragraphs on slides, which what they come to heads where they tell something."""
        for some in in_pages(lines):
            slide = self.slide(1)
            self.title(slide, title, 24 if told else 26)
            frame = self.box(slide, 0.22, 0.66)
            frame.name = "text"
            full = sum(len(one.text) for one in some) / (260 if self.layout.lang == "zh" else 620)
            for at, line in enumerate(some):
                paragraph = frame.text_frame.paragraphs[0] if not at else frame.text_frame.add_paragraph()
                paragraph.space_after = Pt(9)
                size = SIZES.get(line.kind, 15 if full > 1 else 18 if full > 0.7 else 22)
                color = {"caution": MUTED, "head": ACCENT}.get(line.kind, INK)
                self.write(paragraph, line.text, size, bold=line.kind == "head", color=color)
            notes = (ids for line in some if (ids := _notes_of(line)))
            self._notes(slide, [title, *map(self.layout.note, notes)])

    def _shown(self, section: str, shown: Shown, beside: Sequence[Paragraph]) -> None:
        exhibit = shown.exhibit
        slide = self.slide(1)
        self.title(slide, exhibit.message, 22)
        size, top = over(beside)
        if beside:
            frame = self.box(slide, TEXT_AT, top - TEXT_AT)
            frame.name = "text"
            for at, line in enumerate(beside):
                paragraph = frame.text_frame.paragraphs[0] if not at else frame.text_frame.add_paragraph()
                self.write(paragraph, line.text, size)
        both = bool(exhibit.chart and exhibit.table and len(exhibit.table.columns) <= 2)
        if exhibit.chart:
            self.chart(slide, exhibit, 0.58 if both else 1.0, top)
        if exhibit.table and (both or not exhibit.chart):
            self.table(slide, exhibit.table, exhibit.id, 0.6 if both else 0.0)
        caption = shown.chart_caption or shown.table_caption
        below = [f"{caption[0]}  {caption[1]}" if caption else "", *shown.below]
        said = " · ".join(filter(None, below))
        size = next((size for size, room in BELOW.items() if text_width(said) * size / 12 <= room), min(BELOW))
        self.placed(slide, said, top=0.86, height=0.07, size=size, color=MUTED)
        notes = (self.layout.note(ids) for line in beside if (ids := _notes_of(line)))
        self._notes(slide, [section, exhibit.message, *notes, *below, *self._rows(exhibit.table)])

    def _rows(self, table: Table | None) -> list[str]:
        """All rows for the notes: also of what does not fit on the slide."""
        if not table:
            return []
        return [" | ".join(table.columns), *(" | ".join(run.text for run in row) for row in table.rows)]

    def _notes(self, slide: Any, lines: Sequence[str]) -> None:
        slide.notes_slide.notes_text_frame.text = "\n".join(dict.fromkeys(clean(one) for one in lines if one))


def _notes_of(line: Paragraph) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for run in line.runs for id_ in run.notes))


def _plain() -> Any:
    """An empty 16:9 file."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Cm(33.867), Cm(19.05)
    theme = deck.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
    faces = f'<a:latin typeface="{LATIN}"/><a:ea typeface="{HAN}"/>'.encode()
    theme._blob = re.sub(rb'<a:latin typeface="[^"]*"/><a:ea typeface=""/>', faces, theme.blob)
    return deck


def _masters(house: Path) -> Any:
    """The house's file without its slides."""
    deck: Any = Presentation(str(house))
    slides = deck.slides._sldIdLst
    for one in list(slides):
        deck.part.drop_rel(one.rId)
        slides.remove(one)
    return deck


def _about(deck: Any, layout: Layout) -> None:
    document: Document = layout.document
    core = deck.core_properties
    core.title, core.author, core.subject = clean(document.title), clean(document.author), clean(layout.head)
    core.identifier, core.comments, core.language = document.store, layout.mark, document.lang
    core.keywords = layout.mark_of_content


def _enclose(deck: Any, seal: str) -> None:
    """The seal twice: PowerPoint keeps custom XML when it saves, LibreOffice custom properties."""
    package = deck.part.package
    deck.part.relate_to(Part(PackURI("/customXml/item9.xml"), "application/xml", package, part(seal)), CUSTOM_XML)
    # A house's own properties are about its template.
    for id_, relation in list(package._rels.items()):
        if relation.reltype == CUSTOM_PROPERTIES:
            package._rels.pop(id_)
    package.relate_to(Part(PROPERTIES, PROPERTIES_TYPE, package, properties(seal)), CUSTOM_PROPERTIES)
