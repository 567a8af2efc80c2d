"""The page of a Chinese official paper in Word after GB/T 9704-2012: measures, grid, faces, heads and feet."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from xinfo.answer.cells import clean
from xinfo.briefing.document import Run
from xinfo.briefing.files.look import FANG, HEI, INSTEAD, KAI, SONG, TITLE_SONG, WARNING
from xinfo.briefing.files.word_page import about, dressed, field
from xinfo.briefing.layout import Layout
from xinfo.language.unbroken import JOINER

EM = Pt(16)
"""三号, the size of the text; 四号 is 14, 小四 12, 二号 22."""
LINE = Pt(28)
TITLE_LINE, NOTE_LINE = Pt(33), Pt(18)
CHARACTERS = 28
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
RED = "FF0000"
BEHIND = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:textAlignment", "w:outlineLvl", "w:rPr", "w:sectPr")
"""Of a paragraph's properties those that stand behind its borders and its place on the grid."""
EVEN = ("autoSpaceDE", "autoSpaceDN")
"""Gaps between digits and characters: none anywhere, as there are none where a joiner stands."""
PIECE = re.compile(r"[（《“〔]*(?:[!-~]+|.)(?:\u2060(?:[!-~]+|.)?)*[，。、；：！？）》”〕]*", re.DOTALL)
"""What no line breaks."""
KEPT = re.compile(r"(?<=\d)\u2060")
PULLED = 3
"""So many characters no line may lack, that is pulled over the whole width."""
DIGIT = (0.5, 0.64)
"""How wide a digit is, in characters: in the faces named here, and in others."""
FACES = (
    *(("Normal", EM, FANG), ("Title", Pt(22), TITLE_SONG), ("Caption", EM, HEI)),
    *(("Heading 1", EM, HEI), ("Heading 2", EM, KAI), ("Heading 3", EM, FANG), ("Heading 4", EM, FANG)),
    *(("Header", Pt(9), FANG), ("Footer", Pt(14), SONG)),
)


def page(word: Word, layout: Layout) -> None:
    """A4 with 22 lines of 28 characters, the styles of all that a paper has, its first head, page numbers."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
    _grid(section)
    # A full stop beyond the edge would leave the mark of a note alone on the next line.
    for name in ("overflowPunct", *EVEN):
        word.styles["Normal"].element.get_or_add_pPr().insert_element_before(_off(f"w:{name}"), *BEHIND)
    for name, size, face in FACES:
        _style(dressed(word, name, size, face, face), name)
    _edges(word, section, layout)
    _font_table(word)
    about(word, layout)


def indented(paragraph: Paragraph) -> Paragraph:
    """As text is set: full lines, the first one two characters in."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Length(2 * EM)
    paragraph._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")
    return paragraph


def unstretched(runs: Sequence[Run]) -> list[Run]:
    """The runs; where numbers that keep their units with them would stretch full lines, they let them go."""
    if _lacking("".join(run.text for run in runs)) < PULLED:
        return list(runs)
    return [replace(run, text=KEPT.sub("", run.text)) for run in runs]


def _lacking(said: str) -> float:
    """The most characters that a full line of a text lacks, before it is pulled over the whole width."""
    return max(_short(said, digit) for digit in DIGIT)


def _short(said: str, digit: float) -> float:
    used, lacks = 2.0, 0.0
    for piece in PIECE.findall(said):
        takes = _wide(piece, digit)
        if used + takes > CHARACTERS:
            lacks, used = max(lacks, CHARACTERS - used), 0.0
        used += takes
    return lacks


def beside_lines(said: str) -> Length:
    """The room on each side of a centred text that makes its lines about as long: none is of one character."""
    wide = _wide(said, max(DIGIT))
    lines = math.ceil(wide / (CHARACTERS - 2))
    return Length(round((CHARACTERS - min(wide / lines + 2, CHARACTERS)) / 2 * EM)) if lines > 1 else Length(0)


def _wide(said: str, digit: float) -> float:
    return sum(0.0 if char == JOINER else digit if char.isascii() else 1.0 for char in said)


def in_table(paragraph: Paragraph, face: str) -> None:
    """小四 on lines of its own."""
    for run in paragraph.runs:
        run.font.size, run.font.name = Pt(12), face
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    off_grid(paragraph)


def off_grid(paragraph: Paragraph) -> Paragraph:
    """With lines of its own height."""
    paragraph._p.get_or_add_pPr().insert_element_before(_off("w:snapToGrid"), *BEHIND)
    return paragraph


def at_foot(table: Any) -> None:
    """In a frame at the end of the text of its page, with a line above and below each row."""
    frame = f'<w:tblpPr {nsdecls("w")} w:vertAnchor="margin" w:horzAnchor="margin" w:tblpX="1" w:tblpYSpec="bottom"/>'
    table._tbl.tblPr.insert_element_before(parse_xml(frame), "w:tblW")
    lines = _borders("w:tblBorders", ("top", "bottom", "insideH"))
    table._tbl.tblPr.insert_element_before(lines, "w:tblLayout", "w:tblLook")


def closing_indent(issuer: str, day: str) -> tuple[Length, Length]:
    """Left and right of the line in which who signs is centred over the day; on the right where it is longer."""
    middle = 4 + sum(0.5 if char.isdigit() else 1 for char in day if char.isprintable()) / 2
    half = min(max(middle, len(issuer) / 2 + 1), CHARACTERS / 2)
    right = max(middle - half, 0)
    return Length(round((CHARACTERS - right - 2 * half) * EM)), Length(round(right * EM))


def _grid(section: Any) -> None:
    grid = section._sectPr.find(qn("w:docGrid"))
    width = (section.page_width - LEFT - RIGHT) / Pt(1)
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(LINE // Pt(1) * 20))
    grid.set(qn("w:charSpace"), str(round((width / CHARACTERS - EM / Pt(1)) * 4096)))


def _style(style: Any, name: str) -> None:
    style.font.bold, style.font.italic = name == "Heading 3", False
    style.font.color.rgb = RGBColor(0, 0, 0)
    spacing = style.element.find(qn("w:rPr")).find(qn("w:spacing"))
    if spacing is not None:
        spacing.getparent().remove(spacing)
    form = style.paragraph_format
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        borders.getparent().remove(borders)
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = {"Title": TITLE_LINE, "Header": Pt(12), "Footer": Pt(16)}.get(name, LINE)
    if name == "Title":
        form.space_before, form.space_after, form.keep_with_next = LINE, LINE // 2, True
    if name == "Caption":
        form.space_before, form.space_after = Pt(4), Pt(6)
    if name.startswith("Heading"):
        form.first_line_indent = Length(2 * EM)
        form.keep_with_next = True


def _edges(word: Word, section: Any, layout: Layout) -> None:
    """Numbers on the outer side of each page; on the first page who sends it, above a red line."""
    word.settings.odd_and_even_pages_header_footer = True
    section.different_first_page_header_footer = bool(layout.letter.above)
    heads = [section.header, section.even_page_header]
    feet = [(section.footer, True), (section.even_page_footer, False)]
    if layout.letter.above:
        heads.append(section.first_page_header)
        feet.append((section.first_page_footer, True))
    for head in heads:
        _running(head, layout)
    if layout.letter.above:
        _first(section.first_page_header, layout)
    for foot, odd in feet:
        _number(foot.paragraphs[0], odd)


def _running(head: Any, layout: Layout) -> None:
    """The mark, and which draft or issue it is."""
    for at, said in enumerate(filter(None, layout.running)):
        paragraph = head.add_paragraph(style="Header") if at else head.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(clean(said))
        run.bold, run.font.color.rgb = said == layout.mark, RGBColor.from_string(WARNING)


def _first(head: Any, layout: Layout) -> None:
    letter = layout.letter
    issuer = head.add_paragraph()
    issuer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    issuer.paragraph_format.space_before, issuer.paragraph_format.space_after = Mm(30), Mm(8)
    issuer.paragraph_format.line_spacing = Pt(44)
    run = issuer.add_run(clean(letter.issuer))
    run.font.size, run.font.name, run.font.color.rgb = Pt(36), TITLE_SONG, RGBColor.from_string(RED)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TITLE_SONG)
    below = head.add_paragraph()
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    below.paragraph_format.line_spacing = LINE
    below.add_run(clean("　　".join(filter(None, (letter.number, letter.signatory))))).font.size = EM
    line = _borders("w:pBdr", ("bottom",), RED, wide=12, gap=6)
    below._p.get_or_add_pPr().insert_element_before(line, "w:snapToGrid", *BEHIND)


def _borders(name: str, sides: Sequence[str], color: str = "000000", wide: int = 8, gap: int = 0) -> Any:
    """Lines along sides, `wide` in eighths of a point."""
    borders = OxmlElement(name)
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", wide), ("space", gap), ("color", color)):
            line.set(qn(f"w:{key}"), str(value))
        borders.append(line)
    return borders


def _number(paragraph: Paragraph, odd: bool) -> None:
    """— 1 —, one character in from the outer side."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if odd else WD_ALIGN_PARAGRAPH.LEFT
    form = paragraph.paragraph_format
    form.right_indent, form.left_indent = (Pt(14), None) if odd else (None, Pt(14))
    paragraph.add_run("— ")
    field(paragraph, "PAGE", "1")
    paragraph.add_run(" —")


def _font_table(word: Word) -> None:
    """What may stand for a face that the reader's machine does not have."""
    faces = "".join(
        f'<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(",".join(others))}/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in INSTEAD.items()
    )
    part: Any = word.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    part._blob = f"{head}<w:fonts {nsdecls('w')}>{faces}</w:fonts>".encode()


def _off(name: str) -> Any:
    made = OxmlElement(name)
    made.set(qn("w:val"), "0")
    return made
