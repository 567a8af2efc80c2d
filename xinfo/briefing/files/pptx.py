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
from xinfo.briefing.document import Paragraph, Run, Table
from xinfo.briefing.files.look import ACCENT, HAN, INK, LATIN, MUTED, Step
from xinfo.briefing.files.paging import (
    GAP,
    SHARE,
    SIZES,
    SPACING,
    Sheet,
    body_sizes,
    height,
    in_pages,
    more_behind,
    pointed,
    sheets,
    size_of,
    title_size,
    titled,
)
from xinfo.briefing.files.properties import describe
from xinfo.briefing.files.slides import Slides
from xinfo.briefing.files.wide import split
from xinfo.briefing.layout import Layout, Shown
from xinfo.briefing.letter import uncounted
from xinfo.briefing.pointing import unpointed
from xinfo.errors import InputError
from xinfo.language.texts import text

CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
CUSTOM_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
PROPERTIES = PackURI("/docProps/custom.xml")
PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
COVER = {36: 460, 30: 700, 24: 1000}
"""The sizes of the title of all, with the width at 12 points that has room on two lines."""
POINTS_HIGH = 540
"""Of a slide."""
METHODS = ("plain",)
"""Kinds of lines of the annex that stand in the notes of its first slide."""
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
    writer.text(sheets([replace(one, title=uncounted(one.title)) for one in layout.chapters]), step)
    if layout.signatures:
        signed = [Paragraph("", (Run(said),), "note" if one.void else "body") for one, said in layout.signatures]
        writer.lines(Sheet(text("brief.signatures", layout.lang), "", signed), min(SIZES))
    writer.annex()
    describe(deck.part.package, deck.core_properties, layout)
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
        size = next((size for size, room in COVER.items() if text_width(document.title) <= room), min(COVER))
        self.placed(slide, document.title, top=0.32, height=0.24, size=size, bold=True, color=ACCENT)
        said = f"{self.layout.state} · {self.layout.head}"
        self.placed(slide, said, top=0.58, height=0.1, size=16, color=MUTED)
        self._notes(slide, [said, *document.disagreements])

    def text(self, made: Sequence[Sheet], step: Step) -> None:
        """The slides of the text, in one size of titles and two of text."""
        full, beside = body_sizes(made)
        titles = titled(made, self.layout.lang)
        self.size = title_size(titles)
        for at, (sheet, title) in enumerate(zip(made, titles, strict=True)):
            step(sheet.section, at / len(made))
            sheet = replace(sheet, title=title, lines=pointed(_beside(sheet, self.layout.lang)))
            if sheet.shown:
                self._shown(sheet, sheet.shown, beside)
            else:
                self.lines(sheet, full)

    def annex(self) -> None:
        """What stands behind the text, its parts together on as few slides as hold them."""
        told, notes = list[Paragraph](), list[str]()
        for chapter in self.layout.back:
            lines = [one for one in chapter.elements if isinstance(one, Paragraph)]
            for one in (one for one in chapter.elements if isinstance(one, Shown)):
                self._annexed(uncounted(chapter.title), one)
                lines += [Paragraph("", (Run(said),), "caution") for said in one.below]
            shown = [one for one in lines if one.kind not in METHODS]
            told += [Paragraph("", (Run(uncounted(chapter.title)),), "head"), *shown] if shown else []
            notes += [uncounted(chapter.title)] * (len(shown) < len(lines))
            notes += [one.text for one in lines if one.kind in METHODS]
        told += [Paragraph("", (Run(text("brief.in_notes", self.layout.lang)),), "caution")] if notes else []
        made = [Sheet(self.layout.annex, "", page, first=not at) for at, page in enumerate(in_pages(told))]
        for sheet, title in zip(made, titled(made, self.layout.lang), strict=True):
            self.lines(replace(sheet, title=title), min(SIZES), notes if sheet is made[-1] else ())

    def lines(self, sheet: Sheet, size: int, notes: Sequence[str] = ()) -> None:
        """Paragraphs on a slide, which what they come to heads."""
        slide = self.slide(1)
        self.title(slide, sheet.title, self.size)
        self._written(slide, sheet.lines, size, 0.21, 1.0, more_behind(sheet.lines, size) if sheet.section else 0)
        noted = (ids for line in sheet.lines if (ids := _notes_of(line)))
        self._notes(slide, [sheet.title, *map(self.layout.note, noted), *notes])

    def _written(
        self, slide: Any, lines: Sequence[Paragraph], size: int, top: float, share: float, more: int = 0
    ) -> None:
        frame = self.box(slide, top, 0.66, share)
        frame.name = "text"
        for at, line in enumerate(lines):
            paragraph = frame.text_frame.paragraphs[0] if not at else frame.text_frame.add_paragraph()
            of = size_of(line, size)
            paragraph.space_after = Pt(round(of * GAP * SPACING) + more)
            color = {"caution": MUTED, "note": MUTED, "head": ACCENT}.get(line.kind, INK)
            self.write(paragraph, line.text, of, bold=line.kind == "head", color=color)

    def _shown(self, sheet: Sheet, shown: Shown, size: int) -> None:
        exhibit = shown.exhibit
        slide = self.slide(1)
        self.title(slide, sheet.title, self.size)
        left, top = SHARE + 0.02 if sheet.beside and sheet.lines else 0.0, 0.2
        if sheet.lines:
            self._written(slide, sheet.lines, size, top, SHARE if left else 1.0)
        if sheet.lines and not left:
            top += height(sheet.lines, size) / POINTS_HIGH
        both = bool(exhibit.chart and exhibit.table and len(exhibit.table.columns) <= 2)
        if exhibit.chart:
            self.chart(slide, exhibit, left, 0.58 if both else 1.0, top)
        if exhibit.table and (both or not exhibit.chart):
            self.table(slide, exhibit.table, exhibit.id, 0.6 if both else 0.0, top)
        self._below(slide, sheet, shown)

    def _annexed(self, title: str, shown: Shown) -> None:
        """A table on as many slides as its rows need; what stands below it is among the lines of the annex."""
        table, caption = shown.exhibit.table, shown.table_caption
        assert table
        assert caption
        pages = split(table)
        for page, said in zip(pages, titled([Sheet(title, "") for _ in pages], self.layout.lang), strict=True):
            slide = self.slide(1)
            self.title(slide, said, self.size)
            self.table(slide, page, shown.exhibit.id, 0.0, 0.2, table)
            self.placed(slide, "  ".join(caption), top=0.88, height=0.05, size=max(BELOW), color=MUTED)
            self._notes(slide, [said])

    def _below(self, slide: Any, sheet: Sheet, shown: Shown) -> None:
        """The caption and the sources, and in the notes all that is behind the figure."""
        caption, exhibit = shown.chart_caption or shown.table_caption, shown.exhibit
        below = [f"{caption[0]}  {caption[1]}" if caption else "", *shown.below]
        said = " · ".join(filter(None, below))
        size = next((size for size, room in BELOW.items() if text_width(said) * size / 12 <= room), min(BELOW))
        self.placed(slide, said, top=0.86, height=0.07, size=size, color=MUTED)
        notes = (self.layout.note(ids) for line in sheet.lines if (ids := _notes_of(line)))
        self._notes(slide, [sheet.section, exhibit.message, *notes, *below, *self._rows(exhibit.table)])

    def _rows(self, table: Table | None) -> list[str]:
        """All rows for the notes: also of what does not fit on the slide."""
        if not table:
            return []
        return [" | ".join(table.columns), *(" | ".join(run.text for run in row) for row in table.rows)]

    def _notes(self, slide: Any, lines: Sequence[str]) -> None:
        slide.notes_slide.notes_text_frame.text = "\n".join(dict.fromkeys(clean(one) for one in lines if one))


def _beside(sheet: Sheet, lang: str) -> list[Paragraph]:
    """A slide's text, which need not say where the figure is that stands on it."""
    captions = (sheet.shown.chart_caption, sheet.shown.table_caption) if sheet.shown else ()
    named = [one[0] for one in captions if one]
    return [unpointed(line, named, lang) for line in sheet.lines] if named else sheet.lines


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


def _enclose(deck: Any, seal: str) -> None:
    """The seal twice: PowerPoint keeps custom XML when it saves, LibreOffice custom properties."""
    package = deck.part.package
    deck.part.relate_to(Part(PackURI("/customXml/item9.xml"), "application/xml", package, part(seal)), CUSTOM_XML)
    # A house's own properties are about its template.
    for id_, relation in list(package._rels.items()):
        if relation.reltype == CUSTOM_PROPERTIES:
            package._rels.pop(id_)
    package.relate_to(Part(PROPERTIES, PROPERTIES_TYPE, package, properties(seal)), CUSTOM_PROPERTIES)
