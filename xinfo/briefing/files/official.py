"""A document in Word as a Chinese official paper after GB/T 9704-2012: what differs from a report.

Title in 二号小标宋, text in 三号仿宋, sections in 黑体, their parts in 楷体; 22 lines of 28 characters a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from xinfo.answer.cells import clean
from xinfo.briefing.document import Paragraph, Run
from xinfo.briefing.files.look import FANG, HEI, WARNING
from xinfo.briefing.files.official_page import (
    EM,
    NOTE_LINE,
    at_foot,
    beside_lines,
    closing_indent,
    in_table,
    indented,
    off_grid,
    page,
    unstretched,
)
from xinfo.briefing.files.word import Writer
from xinfo.briefing.letter import level
from xinfo.language.texts import text
from xinfo.language.unbroken import JOINER


class Official(Writer):
    gap = "　"
    annexed = 1
    small = Pt(9)

    def page(self) -> None:
        page(self.word, self.layout)
        self.drawn = Length(round(Cm(15.6) * self.sizes["drawn"]))

    def head(self) -> None:
        """Who sends it stands in the head of the first page, the mark and the state in that of every page."""
        title = self._said(self.layout.document.title, "Title")
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if not self.layout.letter.above:
            title.paragraph_format.space_before = Pt(0)
        for gap in self.layout.document.disagreements:
            self.text(gap).runs[0].font.color.rgb = RGBColor.from_string(WARNING)
        if self.layout.paper.recipient:
            paragraph = self._said(self.layout.paper.recipient)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT

    def line(self, line: Paragraph) -> None:
        of = level(line)
        paragraph = self.word.add_paragraph(style=f"Heading {of}" if of else None)
        if not of:
            indented(paragraph)
        if line.kind == "item":  # Addresses leave wide gaps in full lines.
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        self.runs(paragraph, unstretched(line.runs))

    def closing(self) -> None:
        """What is annexed, who signs, the day, and in brackets who has made it."""
        self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        for paragraph in (self.word.add_paragraph(), self.text(self.layout.enclosed)):
            paragraph.paragraph_format.keep_with_next = True
        if self.layout.paper.closing:
            who, *_, day = self.layout.paper.closing
            self._signed(who, day)
        self.text(self.layout.colophon)

    def annex(self) -> None:
        """On a page of its own: the word at the edge, then its title."""
        mark = self._said(text("brief.annex_mark", self.layout.lang))
        mark.paragraph_format.page_break_before = True
        for run in mark.runs:
            run.font.name = HEI
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HEI)
        self._said(self.layout.annex, "Title").alignment = WD_ALIGN_PARAGRAPH.CENTER

    def end(self) -> None:
        """At the foot of the last page who has copies, who prints it and the day: between lines, in 四号."""
        said = self.layout.paper.imprint
        if not said:
            return
        table = self.word.add_table(len(said), 1)
        at_foot(table)
        for cell, one in zip(table.column_cells(0), said, strict=True):
            paragraph = off_grid(cell.paragraphs[0])
            paragraph.add_run(clean(one)).font.size = Pt(14)
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        # A table in a frame stands on the page of the paragraph behind it.
        self.word.add_paragraph()

    def _signed(self, *said: str) -> None:
        """Two lines below the text; who signs stands over the middle of the day, which ends four characters early."""
        for _ in range(2):
            self.word.add_paragraph().paragraph_format.keep_with_next = True
        issuer, day = (self._said(one) for one in said)
        issuer.alignment, day.alignment = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
        issuer.paragraph_format.left_indent, issuer.paragraph_format.right_indent = closing_indent(*said)
        issuer.paragraph_format.keep_with_next = True
        day.paragraph_format.right_indent = 4 * EM

    def runs(self, paragraph: WordParagraph, runs: Sequence[Run], bold: bool = False) -> None:
        """With the marks of notes kept on the line of what they are about."""
        super().runs(paragraph, [replace(run, text=run.text + JOINER) if at + 1 < len(runs) and runs[at + 1].notes
                                 else run for at, run in enumerate(runs)], bold)  # fmt: skip

    def pictured(self) -> WordParagraph:
        return off_grid(super().pictured())

    def caption(self, kind: str, caption: tuple[str, str], below: bool = False) -> WordParagraph:
        paragraph = super().caption(kind, caption, below)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = beside_lines(paragraph.text)
        return paragraph

    def below(self, lines: Sequence[str], table: Any) -> None:
        """In a last row of the table; as text where there is none."""
        for at, said in enumerate(lines, 1):
            if table is None:
                paragraph = self.text(said)
                paragraph.paragraph_format.keep_with_next = at < len(lines)
                in_table(paragraph, FANG)
                paragraph.paragraph_format.line_spacing = NOTE_LINE
                continue
            cells = table.add_row().cells
            self.cell(cells[0].merge(cells[-1]).paragraphs[0], (Run(said),), False)

    def cell(self, paragraph: WordParagraph, runs: Sequence[Run], numeric: bool, bold: bool = False) -> None:
        super().cell(paragraph, runs, numeric, bold)
        in_table(paragraph, HEI if bold else FANG)

    def text(self, said: str) -> WordParagraph:
        return indented(super().text(said))

    def _said(self, said: str, style: str | None = None) -> WordParagraph:
        paragraph = self.word.add_paragraph(style=style)
        paragraph.add_run(clean(said))
        return paragraph
