"""A document in Word: real headings, tables, captions and footnotes, in the style of a report."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from xinfo.answer.cells import clean
from xinfo.briefing.document import Paragraph, Run, Table
from xinfo.briefing.files.axes import told
from xinfo.briefing.files.charts import png
from xinfo.briefing.files.footnotes import Footnotes
from xinfo.briefing.files.look import MUTED, WARNING
from xinfo.briefing.files.wide import is_measured, is_wide, widths
from xinfo.briefing.files.word_page import field, page, small
from xinfo.briefing.layout import Chapter, Layout, Shown
from xinfo.language.texts import text

SEQUENCES = {"chart": "Figure", "table": "Table", "annex": "Annex"}
"""By which names Word counts."""
TOGETHER = 26
"""A table of fewer rows stays on one page."""


class Writer:
    """Writes what is laid out; counts footnotes."""

    gap = "  "
    """Between the number of a caption and its words."""
    drawn: Length = Cm(15.5)
    """How wide charts and wide tables are."""
    small: Length = Pt(8)
    """The type of tables of many columns."""
    annexed = 2
    """The level of what the annex has."""

    def __init__(self, word: Word, layout: Layout, sizes: Mapping[str, float]):
        """`sizes` is what `fitted` gives."""
        self.word, self.layout, self.sizes = word, layout, sizes
        self.page()
        self.notes = Footnotes(word)

    def page(self) -> None:
        page(self.word, self.layout)

    def head(self) -> None:
        for said in self.layout.letter.above:
            small(self.word.add_paragraph(), said, MUTED)
        title = self.word.add_paragraph(style="Title")
        title.add_run(clean(self.layout.document.title))
        small(self.word.add_paragraph(), f"{self.layout.state} · {self.layout.head}", MUTED)
        if self.layout.mark:
            small(self.word.add_paragraph(), self.layout.mark, WARNING, bold=True)
        for gap in self.layout.document.disagreements:
            small(self.word.add_paragraph(), gap, WARNING)
        if self.layout.letter.recipient:
            self.text(self.layout.letter.recipient)

    def chapter(self, chapter: Chapter, level: int = 1) -> None:
        self.word.add_heading(clean(chapter.title), level)
        for element in chapter.elements:
            if isinstance(element, Paragraph):
                self.line(element)
            else:
                self.shown(element)

    def signatures(self) -> None:
        lang = self.layout.lang
        if self.layout.signatures:
            self.word.add_heading(text("brief.signatures", lang), 1)
        for signed, said in self.layout.signatures:
            run = self.text(said).runs[0]
            run.font.color.rgb = RGBColor.from_string(WARNING if signed.void else "000000")

    def closing(self) -> None:
        for said in self.layout.letter.closing:
            self.text(said).alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def annex(self) -> None:
        """What opens it."""
        self.word.add_heading(clean(self.layout.annex), 1)

    def end(self) -> None:
        """What stands last: nothing in a report."""

    def text(self, said: str) -> WordParagraph:
        return self.word.add_paragraph(clean(said))

    def line(self, line: Paragraph) -> None:
        style = {"item": "List Bullet", "note": "Quote"}.get(line.kind)
        paragraph = self.word.add_paragraph(style=style)
        if line.kind == "caution":
            small(paragraph, line.text, MUTED)
            return
        self.runs(paragraph, line.runs)
        if line.kind in ("plain", "item"):
            paragraph.paragraph_format.space_after = Pt(3)
            for run in paragraph.runs:
                run.font.size = Pt(9.5)

    def runs(self, paragraph: WordParagraph, runs: Sequence[Run], bold: bool = False) -> None:
        for run in runs:
            if run.text:
                paragraph.add_run(clean(run.text)).bold = bold or None
            if run.notes and (said := self.layout.note(run.notes)):
                self.notes.mark(paragraph, clean(said))

    def shown(self, shown: Shown) -> None:
        if shown.exhibit.chart and shown.chart_caption:
            picture = self.pictured().add_run().add_picture(io.BytesIO(png(shown.exhibit.chart)), width=self.drawn)
            described: Any = picture._inline.docPr
            described.set("descr", clean(told(shown.exhibit, self.layout.lang)))
            kept = self.caption("chart", shown.chart_caption, below=True)
            kept.paragraph_format.keep_with_next = bool(shown.below) and not shown.exhibit.table
        made = None
        if shown.exhibit.table and shown.table_caption:
            self.caption("annex" if shown.annexed else "table", shown.table_caption)
            made = self.table(shown.exhibit.table)
        self.below(shown.below, made)

    def pictured(self) -> WordParagraph:
        """The paragraph of a picture."""
        paragraph = self.word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.line_spacing = 1.0
        return paragraph

    def below(self, lines: Sequence[str], table: Any) -> None:
        """What stands below an exhibit, whose last is `table`, if it has one."""
        for at, said in enumerate(lines, 1):
            paragraph = self.word.add_paragraph()
            paragraph.paragraph_format.keep_with_next = at < len(lines)
            small(paragraph, said, MUTED)

    def caption(self, kind: str, caption: tuple[str, str], below: bool = False) -> WordParagraph:
        """'Table 2' with a number that Word counts itself."""
        paragraph = self.word.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = not below
        before, number, after = re.split(r"(\d+)", caption[0], maxsplit=1)
        paragraph.add_run(before)
        field(paragraph, f"SEQ {SEQUENCES[kind]} \\* ARABIC", number)
        paragraph.add_run(f"{after}{self.gap}{clean(caption[1])}")
        return paragraph

    def table(self, table: Table) -> Any:
        made = self.word.add_table(rows=1, cols=len(table.columns))
        made.style = self.word.styles["Table Grid"]
        _lines(made)
        for at, title in enumerate(table.columns):
            self.cell(made.rows[0].cells[at].paragraphs[0], (Run(title),), table.numeric[at], bold=True)
        repeat: Any = made.rows[0]._tr.get_or_add_trPr()
        repeat.append(OxmlElement("w:tblHeader"))
        for number, row in enumerate(table.rows):
            cells = made.add_row().cells
            bold = number in table.own or (table.total and number == len(table.rows) - 1)
            for at, run in enumerate(row):
                self.cell(cells[at].paragraphs[0], (run,), table.numeric[at], bold=bold)
        if is_measured(table):
            self._measured(made, widths(table))
        if is_wide(table):
            self._narrow(made)
        for row in made.rows:
            whole: Any = row._tr.get_or_add_trPr()
            whole.append(OxmlElement("w:cantSplit"))
        for row in made.rows[:-1] if len(made.rows) < TOGETHER else ():
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        return made

    def _measured(self, made: Any, parts: Sequence[float]) -> None:
        """Columns of their own widths."""
        made.autofit = False
        page: Any = self.word.sections[0]
        across = page.page_width - page.left_margin - page.right_margin
        for column, part in zip(made.columns, parts, strict=True):
            column.width = Length(round(across * part))
            for cell in column.cells:
                cell.width = column.width

    def _narrow(self, made: Any) -> None:
        """Small type, with little beside what columns hold."""
        for at, row in enumerate(made.rows):
            for cell in row.cells:
                _sized(cell.paragraphs[0], Length(self.small - (0 if at else Pt(1))))
        _beside(made)

    def cell(self, paragraph: WordParagraph, runs: Sequence[Run], numeric: bool, bold: bool) -> None:
        self.runs(paragraph, runs, bold)
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.line_spacing = 1.0
        if numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for run in paragraph.runs:
            run.font.size = Pt(10)


def _sized(paragraph: WordParagraph, size: Length) -> None:
    """The size of a line, also of one that holds nothing."""
    for run in paragraph.runs:
        run.font.size = size
    mark, high = OxmlElement("w:rPr"), OxmlElement("w:sz")
    high.set(qn("w:val"), str(round(2 * size.pt)))
    mark.append(high)
    paragraph._p.get_or_add_pPr().append(mark)


def _beside(table: Any) -> None:
    """Half a millimetre between the sides of cells and what they hold."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "30")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties: Any = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    properties.append(margins) if look is None else look.addprevious(margins)


def _lines(table: Any) -> None:
    """Three lines, as in a statistical yearbook: above, under the head, below."""
    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side, width in (("top", 12), ("left", 0), ("bottom", 12), ("right", 0), ("insideH", 2), ("insideV", 0)):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single" if width else "nil"), ("sz", width), ("space", 0), ("color", "808080")):
            line.set(qn(f"w:{name}"), str(value))
        borders.append(line)
    properties.append(borders)
